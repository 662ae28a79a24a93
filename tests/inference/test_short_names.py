"""Which keys short names lead to."""

from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.inference.candidates import Relation
from onboard.inference.entities import entity_of
from onboard.inference.schema import read_schema
from onboard.inference.short_names import ShortNames
from tests.catalogs import catalog
from tests.inference.test_key_index import keyed


def found(stem: str, *tables: Table) -> list[tuple[str, int]]:
    names = ShortNames()
    for table in read_schema(catalog(*tables)).tables:
        for key in table.keys:
            names.add(key, table.entities[0])
            if len(table.words) > 1:
                names.add_head(key, entity_of(table.words[-1:], 0, len(table.words) - 1))
    leads = list(names.found(tuple(stem.split())))
    assert all(relation is Relation.ABBREVIATION for _, relation, _, _ in leads)
    return [(key.table.name.name, left) for key, _, left, _ in leads]


def test_a_name_that_is_written_out_is_not_short_for_anything() -> None:
    assert found("customer", keyed("customers")) == []


def test_a_common_word_is_not_short_for_the_last_word_of_a_name() -> None:
    assert found("end", keyed("user_endorsements")) == []


def test_a_short_word_leads_to_the_long_one_and_back() -> None:
    assert found("cust", keyed("customers"), keyed("orders")) == [("customers", 0)]
    assert found("customer", keyed("custs"), keyed("orders")) == [("custs", 0)]


def test_words_before_the_short_one_are_left_unexplained() -> None:
    assert found("old cust", keyed("customers")) == [("customers", 1)]


def test_the_last_word_of_few_tables_may_be_abbreviated() -> None:
    assert found("dept", keyed("sales_departments")) == [("sales_departments", 0)]
    many = [keyed(f"{kind}_departments") for kind in ("sales", "legal", "press", "labor", "state", "water", "trade")]
    assert found("dept", *many) == []


def test_initials_stand_for_several_words() -> None:
    assert found("bu", keyed("business_units")) == [("business_units", 0)]


def test_initials_run_into_the_start_of_the_last_word() -> None:
    tables = (keyed("customer_demographics"), keyed("customer_days"))
    assert found("bill cdemo", *tables) == [("customer_demographics", 1)]
