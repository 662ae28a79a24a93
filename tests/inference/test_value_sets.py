from __future__ import annotations

from dataclasses import replace

import pytest

from onboard.catalog.structure import Catalog, Check
from onboard.inference.answers import Answers
from onboard.inference.inferred import infer_from_names
from onboard.inference.measured import ColumnProfile, Uniqueness
from onboard.inference.proposals import ValueSet
from onboard.inference.value_sets import small_sets
from tests.catalogs import catalog, column, name_of, table

PLACE = name_of("orders")


def orders(*checks: Check, type_: str = "text", name: str = "stage") -> Catalog:
    plain = table("orders", column("id"), column(name, type_), column("other", "text"), primary_key="id")
    return catalog(replace(plain, checks=checks))


def counted(found: Catalog, name: str, distinct: int, filled: int) -> list[ValueSet]:
    inferred = infer_from_names(found, Answers())
    inferred.situation.profiles[PLACE, name] = ColumnProfile(filled, distinct)
    inferred.situation.uniqueness[PLACE, (name,)] = Uniqueness(filled, filled - distinct, 0)
    return small_sets(inferred)


@pytest.mark.parametrize(
    ("distinct", "filled"),
    [(1, 1000), (13, 1000), (3, 49), (10, 90)],
)
def test_leaves_columns_of_one_many_or_hardly_repeated_values_alone(distinct: int, filled: int) -> None:
    assert counted(orders(), "stage", distinct, filled) == []


def test_leaves_long_texts_and_numbers_that_count_alone() -> None:
    assert counted(orders(type_="varchar(200)"), "stage", 3, 1000) == []
    assert counted(orders(type_="integer", name="quantity"), "quantity", 3, 1000) == []


def test_counts_what_rows_repeat_and_holds_no_value() -> None:
    assert counted(orders(), "stage", 3, 1000) == [ValueSet(PLACE, "stage", (), 3, 1000, is_exact=True)]
    assert counted(orders(type_="int2", name="status"), "status", 2, 60) != []


@pytest.mark.parametrize(
    "expression",
    [
        "(stage = ANY (ARRAY['a'::text, 'it''s'::text]))",
        "((stage)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))",
        "stage in ('a', 'it''s')",
    ],
)
def test_takes_what_a_check_lists(expression: str) -> None:
    inferred = infer_from_names(orders(Check("c", expression, ("stage",))), Answers())
    assert small_sets(inferred) == [ValueSet(PLACE, "stage", ("a", "it's"))]


@pytest.mark.parametrize(
    "check",
    [
        Check("c", "(stage <> ALL (ARRAY['a'::text, 'b'::text]))", ("stage",)),
        Check("c", "((stage = ANY (ARRAY['a'::text, 'b'::text])) OR (id > 3))", ("stage",)),
        Check("c", "(lower(stage) = ANY (ARRAY[lower('a'::text), 'b'::text]))", ("stage",)),
        Check("c", "(stage = ANY (ARRAY['a'::text, 'b'::text]))", ("stage",), is_valid=False),
        Check("c", "stage not in ('a', 'b')", ("stage",)),
        Check("c", "(stage = ANY (ARRAY[other, 'b'::text]))", ("stage", "other")),
    ],
)
def test_leaves_other_checks_alone(check: Check) -> None:
    assert small_sets(infer_from_names(orders(check), Answers())) == []
