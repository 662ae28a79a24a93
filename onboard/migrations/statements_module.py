"""Statements -> the text of `_baseline.py`: one value, table by table, that ships in wheels and reads as SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from onboard.catalog.ddl import Ddl
from onboard.catalog.structure import Catalog, Table, TableName
from onboard.migrations.ddl.indexes import in_lower_case
from onboard.migrations.ddl.statements import Statements, TableStatements, ViewStatements
from onboard.migrations.text import text_literal, tuple_literal

_NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}

_TEXT = '''\
"""The tables of `{app}` in the words of the {engine} database that they were scanned in.

`_onboard.CreateAbsentTables` makes them from these statements where none of them exists. Nothing else reads this.
"""

from ._onboard import {names}

BASELINE = Baseline(
engine={engine_literal},
{parts})
'''


_DDL = '''\
"""The database's own DDL, in the words of {source}: triggers, views and functions are there too.

`_onboard.CreateAbsentTables` runs it where none of the tables exists. (what it is, "" for what must be made; statement)
"""

STATEMENTS = {statements}
'''


def statements_text(
    app: str, catalog: Catalog, models: Mapping[TableName, str], statements: Statements, *, ddl: str = ""
) -> str:
    """Return the module that holds the statements, not yet formatted; `ddl` is the module that is run instead."""
    tables = {table.name: table for table in catalog.tables}
    parts = (
        ("optional", _texts(statements.optional)),
        ("before", _texts(statements.before)),
        ("tables", [_table(one, tables[one.name], models) for one in statements.tables]),
        ("between", _texts(statements.between)),
        ("views", [_view(one, models) for one in statements.views]),
        ("foreign_keys", [_later_key(*one) for one in statements.foreign_keys]),
        ("not_made", [_pair(f"{one.what} {one.name}", one.reason) for one in statements.not_made if not ddl]),
    )
    last = f"ddl={text_literal(ddl)},\n" if ddl else ""
    used = (("Baseline", True), ("Table", statements.tables), ("View", statements.views))
    return _TEXT.format(
        app=app,
        engine=_NAMES[catalog.engine],
        engine_literal=text_literal(catalog.engine),
        names=", ".join(name for name, is_used in used if is_used),
        parts="".join(f"{name}={tuple_literal(items)},\n" for name, items in parts if items) + last,
    )


def ddl_text(ddl: Ddl) -> str:
    """Return the module that holds the database's own DDL, not yet formatted."""
    statements = [f"(\n{text_literal(one.what)},\n{text_literal(in_lower_case(one.sql))},\n)" for one in ddl.statements]
    return _DDL.format(source=ddl.source, statements=tuple_literal(statements))


def _table(statements: TableStatements, table: Table, models: Mapping[TableName, str]) -> str:
    columns = [text_literal(column.name) for column in table.columns]
    foreign_keys = [
        f"({_pair(target.schema, target.name)}, {text_literal(text)})" for target, text in statements.foreign_keys
    ]
    return _call(
        "Table",
        _named(statements.name, models),
        (
            ("columns", f"({', '.join(columns)}{',' if len(columns) == 1 else ''})"),
            ("create", tuple_literal(_texts(statements.create))),
            ("finish", tuple_literal(_texts(statements.finish))),
            ("foreign_keys", tuple_literal(foreign_keys)),
            ("partitions", tuple_literal(_texts(statements.partitions))),
        ),
    )


def _view(statements: ViewStatements, models: Mapping[TableName, str]) -> str:
    return _call(
        "View",
        _named(statements.name, models),
        (("create", tuple_literal(_texts(statements.create))),),
    )


def _later_key(table: TableName, target: TableName, text: str) -> str:
    return f"({_pair(table.schema, table.name)}, {_pair(target.schema, target.name)}, {text_literal(text)})"


def _named(name: TableName, models: Mapping[TableName, str]) -> Iterator[tuple[str, str]]:
    yield "schema", text_literal(name.schema)
    yield "name", text_literal(name.name)
    yield "model", text_literal(models.get(name, ""))


def _call(name: str, *arguments: Iterable[tuple[str, str]]) -> str:
    lines = [f"{key}={value},\n" for group in arguments for key, value in group if value != "()" or key == "columns"]
    return f"{name}(\n{''.join(lines)})"


def _pair(first: str, second: str) -> str:
    return f"({text_literal(first)}, {text_literal(second)})"


def _texts(texts: Iterable[str]) -> list[str]:
    return [text_literal(text) for text in texts]
