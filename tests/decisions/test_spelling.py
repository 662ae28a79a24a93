from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboard.catalog.structure import Catalog, Column, Table, TableKind, TableName
from onboard.decisions.spelling import Spelled, Spellings, parse_spelling, spell_column, spell_key, spell_table
from onboard.errors import BadInput
from tests.catalogs import catalog, column, column_type, table

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10)


@pytest.mark.parametrize("name", ["orders", "Ord er", "größe", "a-b", "%"])
def test_leaves_a_plain_name_bare(name: str) -> None:
    assert spell_table(TableName("public", name)) == f"public.{name}"


def test_quotes_what_would_be_misread() -> None:
    assert spell_key(TableName("public", "odd.name"), ('we"ird', "c")) == 'public."odd.name"("we""ird", c)'
    assert parse_spelling('public."odd.name"("we""ird", c)') == Spelled(("public", "odd.name"), ('we"ird', "c"))


@given(NAMES, NAMES, NAMES)
def test_any_name_is_found_by_its_spelling(schema: str, name: str, own: str) -> None:
    where = TableName(schema, name)
    tables = (Table(where, TableKind.TABLE, (Column(own, column_type("int4"), False),)),)
    spellings = Spellings(Catalog("postgresql", "15", (schema,), tables))
    assert spellings.table(spell_table(where)) == where
    assert spellings.key(spell_key(where, (own,))) == (where, (own,))
    assert spellings.table_or_column(spell_column(where, own)) == (where, own)


@pytest.mark.parametrize("text", ["a(b", 'a."b', "a(b)c", "a.", ""])
def test_refuses_what_does_not_close(text: str) -> None:
    with pytest.raises(BadInput):
        parse_spelling(text)


def test_a_short_spelling_must_mean_one_thing() -> None:
    spellings = Spellings(
        catalog(table("hr.dept", column("id")), table("dept", column("id")), table("one", column("id")))
    )
    assert spellings.table("one") == TableName("public", "one")
    assert spellings.table_or_column("one.id") == (TableName("public", "one"), "id")
    with pytest.raises(BadInput, match="several"):
        spellings.table("dept")
