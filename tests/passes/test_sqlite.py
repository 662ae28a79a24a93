"""SQLite: the spellings people use, keyless tables, and rows that read back as they were written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

VALUES = (
    ("interval", "'1 day'"), ("point", "'(1,2)'"), ("integer[]", "'{1}'"), ("year", "2024"), ("serial", "7"),
    ("integer", "1"), ("int", "1"), ("tinyint", "1"), ("bigint", "9007199254740993"), ("mediumint", "3"),
    ("nvarchar(30)", "'n'"), ("varchar(5)", "'v'"), ("character(20)", "'c'"), ("text", "'t'"), ("clob", "'c'"),
    ("string", "'s'"), ("uuid", "'6ecd8c99-4036-403d-bf84-cf8400f67836'"), ("real", "0.5"), ("double precision", "0.5"),
    ("float", "0.5"), ("numeric(8,2)", "1.5"), ("numeric", "1.25"), ("decimal(10,5)", "1.5"), ("money", "12.34"),
    ("boolean", "1"), ("bool", "0"), ("date", "'2024-02-29'"), ("datetime", "'2024-02-29 12:00:00'"),
    ("timestamp", "'2024-02-29 12:00:00'"), ("time", "'12:00:00'"), ("blob", "x'00ff'"), ("json", "'[1]'"),
    ("", "'any'"), ("", "7"), ("any", "x'01'"), ("geometry", "'?'"),
)  # fmt: skip
READ = """
lost = []
for model in models:
    if not any(field.name == "value" for field in model._meta.fields):
        continue
    row = model._base_manager.get(pk=1)
    row.save(force_update=True)
    made = model._base_manager.create(pk=2, value=row.value)
    if not (model._base_manager.get(pk=1).value == model._base_manager.get(pk=2).value == row.value):
        lost.append([model._meta.db_table, repr(row.value)])
tell(lost)
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "legacy.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        for number, (type_, value) in enumerate(VALUES):
            connection.execute(f"create table t{number} (id integer primary key, value {type_})")
            connection.execute(f"insert into t{number} values (1, {value})")
        connection.executescript(
            "create table parent (code text primary key, a int, b int, unique (a, b), check (a > 0 and b is not null));"
            "create table child (id integer primary key, parent_code text references parent on delete cascade);"
            "create unique index child_code on child (parent_code) where parent_code > 'a';"
            "create table keyless (line text);"
            "insert into keyless values ('one'), ('two');"
            "create table addressed (rowid text, _ROWID_ int);"
            "insert into addressed values ('x', 1);"
            "create table pairs (a int, b int, primary key (a, b)) without rowid;"
        )
        connection.commit()
    write_app(app_of(catalog_of(f"sqlite:///{path}")), tmp_path)
    return f"sqlite:///{path}"


def test_loads_checks_clean_and_is_recorded_as_it_is(database: str, tmp_path: Path) -> None:
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}


def test_reads_back_what_it_wrote(database: str, tmp_path: Path) -> None:
    assert ask(tmp_path, database, READ) == []


def test_tells_rows_without_a_key_apart(database: str, tmp_path: Path) -> None:
    script = """
Keyless = next(model for model in models if model._meta.db_table == "keyless")
last = Keyless.objects.order_by("line").last()
tell([Keyless.objects.get(pk=last.pk).line, Keyless.objects.count()])
"""
    assert ask(tmp_path, database, script) == ["two", 2]


def test_addresses_rows_by_another_name_where_a_column_has_the_usual_one(database: str, tmp_path: Path) -> None:
    script = """
Addressed = next(model for model in models if model._meta.db_table == "addressed")
row = Addressed.objects.get()
tell([Addressed._meta.pk.column, row.pk, sorted(map(str, Addressed.objects.values_list(*[
    field.name for field in Addressed._meta.fields if not field.primary_key
])[0]))])
"""
    assert ask(tmp_path, database, script) == ["oid", 1, ["1", "x"]]


def test_makes_the_tables_again_from_the_models_alone(database: str, tmp_path: Path) -> None:
    script = """
with connection.cursor() as cursor:
    for model in reversed(models):
        cursor.execute(f'drop table "{model._meta.db_table}"')
for model in models:
    model._meta.managed = True
    with connection.schema_editor() as editor:
        editor.create_model(model)
tell(sorted(connection.introspection.table_names()) == sorted(model._meta.db_table for model in models))
"""
    assert ask(tmp_path, database, script) is True
