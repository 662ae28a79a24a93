"""Tables that are copies of others."""

from __future__ import annotations

from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table

_COLUMNS = ("id", "title", "price", "weight", "maker_id")


def copies(**tables: tuple[str, ...]) -> set[str]:
    schema = read_schema(catalog(*(table(name, *(column(one) for one in columns)) for name, columns in tables.items())))
    return {view.name.name for view in schema.tables if view.is_copy}


def test_a_table_with_few_columns_of_another_is_no_copy() -> None:
    assert not copies(items=_COLUMNS, item_notes=("id", "title", "text", "written_at", "written_by"))


def test_a_table_with_the_same_columns_and_another_name_is_no_copy() -> None:
    assert not copies(items=_COLUMNS, parts=_COLUMNS)


def test_a_table_that_has_far_more_columns_is_no_copy() -> None:
    assert not copies(items=_COLUMNS, item_offers=(*_COLUMNS, "a", "b", "c", "d", "e", "f"))


def test_a_longer_name_and_all_the_columns_make_a_copy() -> None:
    assert copies(items=_COLUMNS, deleted_items=(*_COLUMNS, "deleted_at")) == {"deleted_items"}
    assert copies(items=_COLUMNS, itemshistory=_COLUMNS) == {"itemshistory"}


def test_columns_that_all_tables_have_make_no_copy() -> None:
    audit = ("id", "made_by", "made_at", "changed_by", "changed_at")
    others = {f"thing{letter}": (*audit, f"n{letter}") for letter in "abcdefghijklmnopqrst"}
    assert not copies(settings=audit, settings_taxes=(*audit, "tax"), **others)


def test_a_copy_is_found_beside_a_table_of_the_same_name_in_another_schema() -> None:
    small = ("id", "colour")
    for other in ("a.items", "z.items"):
        assert copies(**{"items": _COLUMNS, other: small, "old_items": _COLUMNS}) == {"old_items"}
