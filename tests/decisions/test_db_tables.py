from __future__ import annotations

from onboard.decisions.db_tables import db_tables, search_path
from tests.catalogs import catalog, column, table


def places(*names: str, engine: str = "postgresql", qualify: bool = False) -> dict[str, str]:
    given = catalog(*(table(name, column("id")) for name in names), engine=engine)
    return {str(name): place for name, place in db_tables(given, qualify=qualify).items()}


def test_leaves_a_unique_name_plain() -> None:
    assert places("orders", "hr.shift") == {"public.orders": "orders", "hr.shift": "shift"}


def test_leaves_the_schema_of_sqlite_out() -> None:
    assert places("main.orders", engine="sqlite", qualify=True) == {"main.orders": "orders"}


def test_names_that_collide_are_quoted_with_their_schema() -> None:
    assert places("hr.dept", "fin.dept") == {"hr.dept": '"hr"."dept"', "fin.dept": '"fin"."dept"'}


def test_all_are_quoted_on_demand() -> None:
    assert places("hr.dept", qualify=True) == {"hr.dept": '"hr"."dept"'}


def test_quotes_and_percent_signs_are_doubled() -> None:
    assert places('we"ird', "100%") == {'public.we"ird': '"we""ird"', "public.100%": "100%%"}


def test_a_name_of_the_system_catalogue_is_quoted_with_its_schema() -> None:
    assert places("pg_thing") == {"public.pg_thing": '"public"."pg_thing"'}


def test_djangos_schema_comes_first_and_each_once() -> None:
    given = catalog(table("hr.dept", column("id")), table("orders", column("id")))
    assert search_path(given, django_schema="web") == ("web", "hr", "public")
    assert search_path(given, django_schema="public") == ("public", "hr")
    assert search_path(catalog(engine="sqlite"), django_schema="public") == ()
