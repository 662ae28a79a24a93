"""Every type of PostgreSQL: a model that loads, checks, is recorded as it is, and reads back what it wrote."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from onboard.passes.source import AppSource
from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

TYPES = (
    "create type mood as enum ('sad', 'so so', 'very-glad', '2nd', '', 'naïve')",
    "create type pair as (left_side integer, right_side text)",
    "create type span as range (subtype = float8)",
    "create domain amount as numeric(8,2) check (value >= 0)",
    "create domain email as varchar(80)",
    "create domain code as char(4)",
    "create domain stage as mood",
    "create domain year as integer",
    "create domain words as text[]",
    "create domain flag as boolean not null",
    "create domain day as date",
    "create domain stamp as timestamp",
    "create domain document as jsonb",
    "create domain plain_document as json",
    "create domain token as uuid",
    "create domain blob as bytea",
    "create domain ratio as real",
    "create domain delay as interval",
    "create domain deep as email",
)
# (column type, a value)
VALUES = (
    ("smallint", "7"), ("integer", "-7"), ("bigint", "9007199254740993"), ("oid", "4294967295"),
    ("real", "0.5"), ("double precision", "0.1"), ("numeric", "123.4560000000000000001"), ("numeric(6,2)", "12.50"),
    ("numeric(3,-2)", "12300"), ("numeric(2,4)", "0.0012"), ("money", "'12.34'"), ("boolean", "true"),
    ("text", "'it''s'"), ("varchar", "'long'"), ("varchar(20)", "'short'"), ("char(5)", "'ab'"), ("char", "'c'"),
    ('"char"', "'c'"), ("name", "'n'"), ("bytea", "'\\x00ff'"), ("uuid", "'6ecd8c99-4036-403d-bf84-cf8400f67836'"),
    ("date", "'2024-02-29'"), ("time", "'12:34:56.789'"), ("time(0)", "'12:34:56'"), ("timetz", "'12:34:56+02'"),
    ("timestamp", "'2024-03-10 02:30:00'"), ("timestamp(3)", "'2024-03-10 02:30:00.123'"),
    ("timestamptz", "'2024-03-10 02:30:00+00'"), ("timestamptz(0)", "'2024-03-10 02:30:00+00'"),
    ("interval", "'3 days 04:05:06'"), ("interval day to second", "'1 day'"), ("interval(3)", "'1.5 seconds'"),
    ("json", '\'{"a": [1, "2"]}\''), ("jsonb", '\'{"a": [1, "2"]}\''), ("xml", "'<a/>'"),
    ("inet", "'10.0.0.1'"), ("inet", "'10.0.0.1/8'"), ("cidr", "'10.0.0.0/8'"), ("macaddr", "'08:00:2b:01:02:03'"),
    ("macaddr8", "'08:00:2b:01:02:03:04:05'"), ("bit(3)", "'101'"), ("bit varying", "'10'"), ("bit varying(5)", "'1'"),
    ("tsvector", "'a:1 b:2'"), ("tsquery", "'a & b'"), ("point", "'(1,2)'"), ("line", "'{1,2,3}'"),
    ("lseg", "'[(0,0),(1,1)]'"), ("box", "'(1,1),(0,0)'"), ("path", "'[(0,0),(1,1)]'"),
    ("polygon", "'((0,0),(1,1),(1,0))'"), ("circle", "'<(0,0),1>'"), ("pg_lsn", "'0/16B3748'"), ("jsonpath", "'$.a'"),
    ("int4range", "'[1,5)'"), ("int8range", "'[1,5)'"), ("numrange", "'[1.5,2.5]'"),
    ("daterange", "'[2024-01-01,2024-02-01)'"), ("tsrange", "'[2024-01-01,2024-02-01)'"),
    ("tstzrange", "'[2024-01-01 00:00+00,2024-02-01 00:00+00)'"), ("span", "'[0.5,1.5)'"),
    ("int4multirange", "'{[1,3),[5,7)}'"), ("mood", "'so so'"), ("pair", "'(1,x)'"),
    ("amount", "1.50"), ("email", "'a@b.c'"), ("code", "'x'"), ("stage", "'sad'"), ("year", "2024"),
    ("words", "'{a,b}'"), ("flag", "true"), ("day", "'2024-02-29'"), ("stamp", "'2024-02-29 12:00'"),
    ("document", "'[1]'"), ("plain_document", "'[1]'"), ("token", "'6ecd8c99-4036-403d-bf84-cf8400f67836'"),
    ("blob", "'\\x00'"), ("ratio", "0.5"), ("delay", "'1 hour'"), ("deep", "'e@f.g'"),
    ("integer[]", "'{1,NULL,3}'"), ("text[]", "'{a,\"b c\",\"NULL\",NULL}'"),
    ("varchar(10)[]", "'{a}'"), ("numeric(6,2)[]", "'{1.50}'"), ("uuid[]", "'{}'"), ("timestamp[]", "'{2024-01-01}'"),
    ("mood[]", "'{sad,\"so so\",NULL}'"), ("email[]", r"""'{a@b.c,"q\"x"}'"""), ("jsonb[]", "array['[1]'::jsonb]"),
    ("amount[]", "'{1.50}'"), ("char(3)[]", "'{ab}'"), ("pair[]", "'{\"(1,x)\"}'"), ("inet[]", "'{10.0.0.1}'"),
    ("int4range[]", "array['[1,5)'::int4range]"), ("tsrange[]", "array['[2024-01-01,2024-02-01)'::tsrange]"),
    ("tstzrange[]", "array['[2024-01-01 00:00+00,2024-02-01 00:00+00)'::tstzrange]"),
    ("span[]", "array['[0.5,1.5)'::span]"),
    ("money[]", "array['12.34'::money]"), ("bit(3)[]", "array['101'::bit(3)]"), ("point[]", "array['(1,2)'::point]"),
    ("json[]", "array['[1]'::json]"), ("date[]", "array['2024-02-29'::date]"),
    ("timestamptz[]", "array['2024-02-29 12:00+00'::timestamptz]"),
    ("bytea[]", "array['\\x00ff'::bytea]"), ("interval[]", "array['1 day'::interval]"),
    ("time[]", "array['12:00'::time]"),
    ("name[]", "array['n'::name]"), ("oid[]", "array[5::oid]"), ("xml[]", "array['<a/>'::xml]"),
    ("boolean[]", "'{true,NULL}'"),
    ("double precision[]", "'{0.5,1e300}'"), ("real[]", "'{0.5}'"), ("smallint[]", "'{1}'"), ("bigint[]", "'{1}'"),
    ("stage[]", "array['sad'::stage]"), ("year[]", "array[2024::year]"),
    ("stamp[]", "array['2024-02-29 12:00'::stamp]"),
    ("flag[]", "array[true::flag]"), ("day[]", "array['2024-02-29'::day]"), ("document[]", "array['[1]'::document]"),
    ("token[]", "array['6ecd8c99-4036-403d-bf84-cf8400f67836'::token]"), ("blob[]", "array['\\x00'::blob]"),
    ("delay[]", "array['1 hour'::delay]"), ("words[]", "array['{a,b}'::words]"),
    ("tsvector[]", "array['a:1'::tsvector]"),
    ("macaddr[]", "'{08:00:2b:01:02:03}'"), ("cidr[]", "'{10.0.0.0/8}'"),
    ("int4multirange[]", "array['{[1,3)}'::int4multirange]"),
    ("numeric[]", "'{1.5,NULL}'"), ("timetz[]", "array['12:00+02'::timetz]"),
    ("pg_lsn[]", "array['0/16B3748'::pg_lsn]"),
    ("integer[][]", "'{{1,2},{3,NULL}}'"), ("text[3][2][1]", "'{{{a},{\"b c\"}},{{NULL},{d}}}'"),
    ("numeric(6,2)[][]", "'{{1.50}}'"), ("timestamptz[][]", "'{{2024-01-01 00:00+00}}'"),
    ("jsonb[][]", "array[['[1]'::jsonb]]"),
    ("mood[][]", "'{{sad,\"so so\"},{\"\",NULL}}'"), ("email[][]", "'{{a@b.c}}'"), ("amount[][][]", "'{{{1.50}}}'"),
)  # fmt: skip

READ = """
lost, refused = [], []
for model in models:
    field = model._meta.get_field("value")
    try:
        row = model._base_manager.get(pk=1)
        with transaction.atomic():
            row.save(force_update=True)
            again = model._base_manager.get(pk=1)
            if again.value != row.value:
                lost.append([model._meta.db_table, repr(row.value), repr(again.value)])
            made = model._base_manager.create(pk=2, value=row.value)
            model._base_manager.bulk_create([model(pk=3, value=row.value), model(pk=4, value=row.value)])
            if model._base_manager.get(pk=4).value != row.value:
                lost.append([model._meta.db_table, "bulk"])
        with connection.cursor() as cursor:
            cursor.execute(f'select count(distinct value::text) from "{model._meta.db_table}"')
            if cursor.fetchone()[0] != 1:
                lost.append([model._meta.db_table, "as text"])
    except Exception as error:
        refused.append([model._meta.db_table, type(field).__name__, str(error)])
tell({"lost": lost, "refused": refused})
"""

CREATE = """
with connection.cursor() as cursor:
    for model in models:
        cursor.execute(f'drop table "{model._meta.db_table}"')
for model in models:
    model._meta.managed = True
    with connection.schema_editor() as editor:
        editor.create_model(model)
tell(len(models))
"""


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    dsn = new_database(*TYPES)
    with psycopg.connect(dsn, autocommit=True) as connection:
        is_new = connection.info.server_version >= 150000
        for number, (type_, value) in enumerate(VALUES):
            if not is_new and type_ in ("numeric(3,-2)", "numeric(2,4)"):
                continue
            connection.execute(f"create table t{number} (id integer primary key, value {type_})".encode())
            try:
                connection.execute(f"insert into t{number} values (1, {value})".encode())
            except psycopg.errors.FeatureNotSupported:  # a server built without libxml
                connection.execute(f"drop table t{number}".encode())
    return dsn


def types_of(dsn: str) -> dict[str, str]:
    """What the server calls the type of each table's value."""
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select attrelid::regclass::text, format_type(atttypid, atttypmod) || attndims from pg_attribute "
            "join pg_class c on c.oid = attrelid where attname = 'value' and c.relkind = 'r' "
            "and relnamespace = 'public'::regnamespace"
        ).fetchall()
    return {str(table): str(type_) for table, type_ in rows}


def every_table(dsn: str, folder: Path) -> AppSource:
    """Generate the app over the database of all types."""
    app = app_of(catalog_of(dsn))
    write_app(app, folder)
    return app


def test_reads_back_what_it_wrote_and_leaves_the_text_form_alone(database: str, tmp_path: Path) -> None:
    every_table(database, tmp_path)
    answer = ask(tmp_path, database, READ)
    assert answer == {"lost": [], "refused": []}, str(answer)


def test_leaves_no_guess_and_passes_all_checks_and_is_recorded_as_it_is(database: str, tmp_path: Path) -> None:
    app = every_table(database, tmp_path)
    assert not any("guess" in model.text for model in app.models)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}


def test_makes_the_same_types_again_from_the_models_alone(database: str, tmp_path: Path) -> None:
    every_table(database, tmp_path)
    before = types_of(database)
    assert ask(tmp_path, database, CREATE) == len(before)
    assert types_of(database) == before
