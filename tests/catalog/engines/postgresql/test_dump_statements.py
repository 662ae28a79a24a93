"""Where a statement of a dump ends, what it is about, and what must not reach another server."""

from __future__ import annotations

import pytest

from onboard.catalog.engines.postgresql.dump_statements import dump_statements
from onboard.catalog.structure import TableName
from onboard.errors import NothingDone

ORDERS = TableName("public", "orders")


def _read(text: str) -> list[tuple[str, str, TableName | None]]:
    return [(one.sql, one.what, one.table) for one in dump_statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "\\restrict abc;\n\\connect other\n",
        "SET search_path = '';\nSELECT pg_catalog.set_config('search_path', '', false);",
        "CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (host 'x');",
        "CREATE USER MAPPING FOR joe SERVER far OPTIONS (password 'secret');",
        "CREATE SUBSCRIPTION s CONNECTION 'password=secret' PUBLICATION p;",
        "ALTER TABLE public.orders OWNER TO joe;",
        "GRANT SELECT ON TABLE public.orders TO joe;",
        "-- nothing; here\n/* nor; /* here; */ ; */",
    ],
)
def test_leaves_out_what_is_for_psql_or_names_others(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $_$ select 1; $$ ; "a $_$',
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\n"
        " SELECT CASE WHEN true THEN 1 END;\nEND",
        "CREATE FUNCTION public.f(a text DEFAULT ';'::text) RETURNS int LANGUAGE sql AS E'a\\';b'",
        'CREATE VIEW "public"."a;""b" AS SELECT \'\\restrict\n;\'',
        "CREATE RULE r AS ON DELETE TO public.orders DO INSTEAD (select 1; select 2)",
    ],
)
def test_ends_a_statement_where_the_server_does(statement: str) -> None:
    assert [sql for sql, _, _ in _read(f"{statement};\n\nCREATE TYPE public.x AS ENUM ();")] == [
        statement,
        "CREATE TYPE public.x AS ENUM ()",
    ]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE UNLOGGED TABLE public.orders (a int)", ""),
        ("ALTER TABLE ONLY public.orders ADD CONSTRAINT k PRIMARY KEY (id)", ""),
        (
            "ALTER TABLE ONLY public.orders ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES public.b(id)",
            "alter table public.orders",
        ),
        ('CREATE UNIQUE INDEX "on" ON ONLY "public"."orders" USING btree (a)', ""),
        (
            'CREATE TRIGGER t AFTER UPDATE OF "on" ON public.orders EXECUTE FUNCTION public.f()',
            "trigger t of public.orders",
        ),
        (
            "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON public.orders EXECUTE FUNCTION f()",
            "trigger t of public.orders",
        ),
        ("CREATE RULE r AS ON DELETE TO public.orders DO NOTHING", "rule r of public.orders"),
        ("CREATE POLICY p ON public.orders USING (true)", "policy p of public.orders"),
        ("CREATE STATISTICS public.s ON a, b FROM public.orders", "statistics public.s of public.orders"),
        ("COMMENT ON COLUMN public.orders.a IS 'x'", "comment on column of public.orders"),
        ("COMMENT ON TRIGGER t ON public.orders IS 'x'", "comment on trigger of public.orders"),
        ("ALTER SEQUENCE public.q OWNED BY public.orders.id", ""),
    ],
)
def test_knows_the_table_and_whether_it_must_be_made(statement: str, what: str) -> None:
    assert _read(f"{statement};") == [(statement, what, ORDERS)]


def test_makes_schemas_where_they_are_absent_and_lets_views_fail() -> None:
    assert _read('CREATE SCHEMA "sales";') == [('CREATE SCHEMA IF NOT EXISTS "sales"', "schema sales", None)]
    view = "CREATE MATERIALIZED VIEW public.orders AS SELECT 1; CREATE INDEX i ON public.orders USING btree (a);"
    assert [(what, table) for _, what, table in _read(view)] == [
        ("view public.orders", ORDERS),
        ("index i of public.orders", ORDERS),
    ]


def test_refuses_strings_of_another_spelling() -> None:
    with pytest.raises(NothingDone):
        dump_statements("SET standard_conforming_strings = off;")


def test_a_sequence_goes_with_the_table_that_owns_it() -> None:
    text = "CREATE SEQUENCE public.q AS integer; CREATE SEQUENCE public.free;"
    text += "ALTER SEQUENCE public.q OWNED BY public.orders.id;"
    assert [table for _, _, table in _read(text)] == [ORDERS, None, ORDERS]
