"""Every sequence is past the greatest key of its column: read from the table, an index look-up each."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.structure import TableName
from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.proof import models_of
from onboard.verify.located import located


def _find(patient: Patient) -> Iterator[Finding]:
    if patient.connection.vendor != "postgresql":
        return  # SQLite takes the greater of its counter and the greatest key
    found = located(patient.catalog)
    tables = {table.name: table for table in patient.catalog.tables}
    for label in sorted(patient.labels):
        for model in models_of((label,), patient.connection.alias):
            table = tables.get(found.table(model._meta.db_table))
            column = _automatic(model)
            if table is None or column is None or not any(one.name == column for one in table.columns):
                continue
            sequence = table.column(column).sequence
            behind = _behind(patient.connection, table.name, column, sequence)
            if behind is not None:
                yield _finding(label, table.name, column, *behind)


def _automatic(model: type[Model]) -> str | None:
    field = model._meta.auto_field
    return None if field is None or field.model is not model else str(field.column)


def _behind(
    connection: BaseDatabaseWrapper, table: TableName, column: str, sequence: TableName | None
) -> tuple[int, int] | None:
    if sequence is None:
        return None
    key, place = _quoted(column), f"{_quoted(table.schema)}.{_quoted(table.name)}"
    counter = f"{_quoted(sequence.schema)}.{_quoted(sequence.name)}"
    row = _row(connection, f"select (select max({key}) from {place}), last_value, is_called from {counter}")
    if row is None or row[0] is None:
        return None
    greatest, last, is_called = int(row[0]), int(row[1]), bool(row[2])
    return (greatest, last) if greatest > last or (greatest == last and not is_called) else None


def _row(connection: BaseDatabaseWrapper, sql: str) -> tuple[int | None, int, bool] | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            row: tuple[int | None, int, bool] | None = cursor.fetchone()
            return row
    except Error:  # no right to read the table or its sequence: nothing is known
        return None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _finding(label: str, table: TableName, column: str, greatest: int, last: int) -> Finding:
    return Finding(
        "sequence_behind",
        label,
        f"{table}.{column}",
        f"its sequence stands at {last}, the table has {greatest}",
        "The next inserts fail with a duplicate key, one by one, until the sequence has caught up.",
        f"`manage.py sqlsequencereset {label}` prints the SQL that sets it right.",
    )


CHECKUP = Checkup(("sequence_behind",), _find)
