"""Defaults of the database: a row made through the model is the row that the database makes by itself."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

# (column type, default): a Python value
VALUES = (
    ("interval", "'1 day'"), ("interval", "'01:30:00'"), ("interval", "'3 days 04:05:06.5'"), ("interval", "'-2 days'"),
    ("interval", "'0'"), ("timestamp", "'2020-01-01 12:30:15.25'"), ("timestamptz", "'2020-06-01 00:00:00+02'"),
    ("date", "'2020-02-29'"), ("time", "'12:30'"), ("time", "'12:30:15.25'"), ("mood", "'so so'"),
    ("mood[]", "'{sad,\"so so\"}'"), ("mood[]", "'{}'"), ("stage", "'sad'"), ("email", "'a@b.c'"), ("amount", "5.25"),
    ("uuid", "'6ecd8c99-4036-403d-bf84-cf8400f67836'"), ("jsonb", "'{}'"), ("json", "'[]'"),
    ("jsonb", "'{\"a\": [1, null]}'"), ("text[]", "'{}'"), ("text[]", "'{\"a b\",c}'"), ("integer[]", "'{1,2}'"),
    ("char(1)", "'N'"), ("char(4)", "'ab'"), ("boolean", "true"), ("numeric(8,2)", "0.00"), ("numeric", "1.10"),
    ("float8", "0.5"), ("real", "0.5"), ("bigint", "-5"), ("bytea", "'\\x00ff'"), ("text", "'it''s %s %% {}'"),
    ("varchar(9)", "''"), ("bit(3)", "'101'"), ("citext", "'X'"), ("xml", "'<a/>'"), ("year", "2024"),
)  # fmt: skip
# an expression of the database
EXPRESSIONS = (
    ("interval", "'1 mon'"), ("date", "current_date"), ("date", "now()"), ("time", "localtime(0)"),
    ("timestamp", "localtimestamp"), ("timestamp", "now()"), ("timestamptz", "current_timestamp"),
    ("timestamptz", "(current_date + 1)"), ("timestamp", "(now() at time zone 'utc')"), ("text", "current_user"),
    ("text", "upper('x')"), ("integer", "1 + 1"), ("integer", "nextval('counter')"), ("float8", "'NaN'"),
    ("jsonb", "'{\"a\": 1.50}'"), ("inet", "'10.0.0.1'"), ("int4range", "'[1,3)'"), ("hstore", "''"),
    ("text[]", "array[]::text[]"), ("mood", "('s' || 'ad')::mood"), ("text", "null"), ("money", "0"),
)  # fmt: skip

ROWS = """
[model] = models
with transaction.atomic(), connection.cursor() as cursor:  # at one time
    model.objects.create(key=1)
    model.objects.bulk_create([model(key=2)])
    cursor.execute("insert into t (key) values (3)")
columns = [field.attname for field in model._meta.fields][1:]
one, two, three = model.objects.order_by("key").values(*columns)
tell([[name for name in columns if not one[name] == two[name] == three[name]], len(columns)])
"""
MAKE = """
with connection.cursor() as cursor:
    cursor.execute('drop table t')
[model] = models
model._meta.managed = True
with connection.schema_editor() as editor:
    editor.create_model(model)
tell(1)
"""
DEFAULTS = """
select a.attname::text, pg_get_expr(d.adbin, d.adrelid) from pg_attribute a
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = 't'::regclass and a.attnum > 0
"""


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    given = [(f"v{number}", *one) for number, one in enumerate(VALUES)]
    given += [(f"e{number}", *one) for number, one in enumerate(EXPRESSIONS)]
    columns = ", ".join(f"{name} {type_} default {default}" for name, type_, default in given if type_ != "xml")
    return new_database(
        "create extension hstore",
        "create extension citext",
        "create sequence counter",
        "create type mood as enum ('sad', 'so so')",
        "create domain stage as mood",
        "create domain email as varchar(80)",
        "create domain amount as numeric(8,2)",
        "create domain year as integer",
        f"create table t (key integer primary key, {columns})",
    )


def defaults(dsn: str) -> dict[str, str | None]:
    with psycopg.connect(dsn) as connection:
        connection.execute("set timezone = 'UTC'")
        return dict(connection.execute(DEFAULTS).fetchall())


def test_says_values_as_python_and_leaves_expressions_to_the_server(database: str) -> None:
    [model] = app_of(catalog_of(database)).models
    said = {name: expression.text for name, expression in model.fields}
    lines = {line.split(" = ")[0].strip(): line for line in model.text.splitlines() if " = " in line}
    values = {name: text for name, text in said.items() if name[0] == "v"}
    assert [name for name, text in values.items() if "RawSQL" in text or "db_default" not in text] == []
    assert "db_default=Mood.SO_SO" in lines["v10"]
    assert "db_default=[Mood.SAD, Mood.SO_SO]" in lines["v11"]
    assert "db_default='so so'" in said["v10"]


def test_makes_the_row_that_the_database_makes(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}
    # A number drawn, and one that equals nothing.
    assert ask(tmp_path, database, ROWS) == [["e12", "e13"], len(VALUES) + len(EXPRESSIONS) - 1]


def test_makes_the_same_defaults_again_from_the_model_alone(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    before = defaults(database)
    assert ask(tmp_path, database, MAKE) == 1
    after = defaults(database)
    differing = {name: words for name, words in after.items() if words != before[name]}
    assert differing == {"e5": "CURRENT_TIMESTAMP", "v18": "'[]'::jsonb"}  # which json takes as well
