from dataclasses import replace

import psycopg

from onboard.catalog.engines.postgresql.relations import SET_ASIDE
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import (
    LeftOut,
    TableKind,
    TableName,
)
from onboard.project.render import template_text
from tests.catalog.engines.postgresql.scans import public, scan
from tests.conftest import NewDatabase


def test_reads_views_only_when_asked(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table t (id int primary key)",
        "create view v as select id from t",
        "create materialized view m as select v.id from v join t using (id)",
        "create unique index on m (id)",
    )
    assert [table.name.name for table in scan(dsn).catalog.tables] == ["t"]
    catalog = scan(dsn, Selection(views=True)).catalog
    view, stored = public(catalog, "v"), public(catalog, "m")
    assert (view.kind, stored.kind) == (TableKind.VIEW, TableKind.MATERIALIZED_VIEW)
    assert "public.t" in (view.view_definition or "")
    assert [name.name for name in stored.depends_on] == ["t", "v"]
    assert len(stored.indexes) == 1


def test_leaves_out_dropped_columns_and_other_schemas(new_database: NewDatabase) -> None:
    catalog = scan(
        new_database(
            "create table t (a int, b int, c int, unique (c, a))",
            "alter table t drop column b",
            "create schema other",
            "create table other.t (id int)",
        )
    ).catalog
    assert [column.name for column in public(catalog, "t").columns] == ["a", "c"]
    assert public(catalog, "t").uniques[0].columns == ("c", "a")
    assert len(catalog.tables) == 1


def test_globs_choose_tables(new_database: NewDatabase) -> None:
    dsn = new_database("create table aa (i int)", "create table ab (i int)", "create table b (i int)")
    chosen = scan(dsn, Selection(tables=("a*",), exclude=("public.ab",))).catalog
    assert [table.name.name for table in chosen.tables] == ["aa"]


def test_a_role_without_rights_reads_the_catalogue(new_database: NewDatabase, server_dsn: str) -> None:
    dsn = new_database("create schema private", "create table private.t (id serial primary key, x int default 3)")
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute("drop role if exists onboard_poor")
        connection.execute("create role onboard_poor")
    separator = "&" if "?" in dsn else "?"
    poor = scan(f"{dsn}{separator}options=-c%20role%3Donboard_poor", Selection(schemas=("private",))).catalog
    rich = scan(dsn, Selection(schemas=("private",))).catalog
    assert not poor.tables[0].is_readable
    assert replace(poor, tables=(replace(poor.tables[0], is_readable=True),)) == rich
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute("drop role onboard_poor")


def test_leaves_out_what_belongs_to_an_extension(new_database: NewDatabase) -> None:
    dsn = new_database("create table mine (id int)", "create table theirs (id int)")
    with psycopg.connect(dsn, autocommit=True) as connection:
        # Any extension may own a table; this one is always there.
        connection.execute("alter extension plpgsql add table theirs")
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["mine"]
    assert catalog.left_out == (LeftOut(TableName("public", "theirs"), "belongs to the extension `plpgsql`"),)


def test_passes_over_rows_that_a_migration_set_aside(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table onboard_orphans_a_b (id int primary key)",
        f"comment on table onboard_orphans_a_b is '{SET_ASIDE}'",
        "create table onboard_orphans_mine (id int)",
        "create table other (id int)",
        f"comment on table other is '{SET_ASIDE}'",
    )
    catalog = scan(dsn).catalog
    assert [table.name.name for table in catalog.tables] == ["onboard_orphans_mine", "other"]
    assert [one.name.name for one in catalog.left_out] == ["onboard_orphans_a_b"]
    assert SET_ASIDE in template_text("app/migrations/_tighten.py")


def test_the_estimate_of_a_table_never_analysed_is_unknown(new_database: NewDatabase) -> None:
    dsn = new_database("create table a (x int)", "create table b (x int)", "insert into b values (1), (2)", "analyze b")
    estimates = {name.name: rows for name, rows in scan(dsn).row_estimates}
    assert estimates == {"a": -1, "b": 2}
