import psycopg
import pytest

from onboard.catalog.canonical import to_json
from onboard.catalog.engines.postgresql.server import Server
from onboard.catalog.snapshot import Selection
from onboard.errors import BadInput
from tests.catalog.engines.postgresql.scans import scan
from tests.conftest import NewDatabase


def test_an_empty_schema_is_no_error(new_database: NewDatabase) -> None:
    snapshot = scan(new_database())
    assert snapshot.catalog.schemas == ("public",)
    assert snapshot.catalog.tables == ()
    assert snapshot.row_estimates == ()


def test_an_unknown_schema_is_bad_input_with_the_candidates(new_database: NewDatabase) -> None:
    dsn = new_database("create schema accounting")
    with pytest.raises(BadInput, match=r"`acounting`.*`accounting`"):
        scan(dsn, Selection(schemas=("acounting",)))


def test_reads_the_schemas_of_the_search_path_in_its_order(new_database: NewDatabase) -> None:
    dsn = new_database("create schema hr", "create table hr.dept (id int)", "create table emp (id int)")
    separator = "&" if "?" in dsn else "?"
    catalog = scan(f"{dsn}{separator}options=-c%20search_path%3Dhr,nowhere,public,pg_catalog").catalog
    assert catalog.schemas == ("hr", "public")
    assert [str(table.name) for table in catalog.tables] == ["hr.dept", "public.emp"]


def test_reads_inside_one_read_only_transaction_with_an_empty_path(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []
    original = Server.ask

    def spying(self: Server, statement: bytes, parameters: object) -> object:
        row = self.cursor.execute(
            b"select pg_catalog.current_setting('transaction_read_only'),"
            b" pg_catalog.current_setting('transaction_isolation'), pg_catalog.current_setting('search_path')"
        ).fetchone()
        assert row is not None
        seen.append(row)
        return original(self, statement, parameters)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Server, "ask", spying)
    scan(new_database("create table t (id int)"))
    assert set(seen) == {("on", "repeatable read", '""')}


def test_operators_and_functions_of_the_owners_are_never_called(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table called (x int)",
        "create function trap(name, name) returns bool language plpgsql as 'begin raise exception ''called''; end'",
        "create operator public.= (leftarg = name, rightarg = name, procedure = public.trap)",
        "create function public.format_type(oid, int) returns text language sql as 'select 1/0 || '''''",
        "create function public.unnest(oid[]) returns setof oid language sql as 'select (1/0)::oid'",
        "create table public.pg_class (oid oid)",
    )
    separator = "&" if "?" in dsn else "?"
    catalog = scan(f"{dsn}{separator}options=-c%20search_path%3Dpublic,pg_catalog").catalog
    assert {table.name.name for table in catalog.tables} == {"called", "pg_class"}


def test_what_a_database_sets_for_itself_shows_in_no_definition(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table t (a timestamptz default '2020-01-02 00:00+00', b date default '2020-01-02',"
        " c bytea default '\\x00', d interval default '1 day 02:03:04',"
        " e float8 default 0.1, check (e < 0.30000000000000004))"
    )
    plain = to_json(scan(dsn).catalog)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for setting in (
            "timezone = 'Asia/Tokyo'",
            "datestyle = 'German'",
            "bytea_output = 'escape'",
            "intervalstyle = 'iso_8601'",
            "extra_float_digits = -10",
            "quote_all_identifiers = on",
        ):
            connection.execute(f'alter database "{connection.info.dbname}" set {setting}'.encode())
    assert to_json(scan(dsn).catalog) == plain
