"""Keys of several columns by names: which are looked at, and what their signals see."""

from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.inference.composite import CompositeEdge, composite_choices
from onboard.inference.pair_score import measure_pairs
from onboard.inference.schema import read_schema
from tests.catalogs import catalog, column, table


def found(*tables: Table) -> list[CompositeEdge]:
    choices = composite_choices(read_schema(catalog(*tables)))
    measure_pairs(choices)
    return [edge for choice in choices for edge in choice.edges]


def test_a_unique_pair_beside_a_key_of_one_column_is_left_alone() -> None:
    columns = (column("id"), column("tenant_id"), column("code"))
    units = table("units", *columns, primary_key="id", uniques=("tenant_id,code",))
    assert not found(units, table("bills", column("tenant_id"), column("code")))


def test_a_unique_pair_that_holds_a_key_is_there_to_be_referred_to() -> None:
    units = table("units", column("id"), column("tenant_id"), primary_key="id", uniques=("id,tenant_id",))
    (edge,) = found(units, table("bills", column("unit_id"), column("tenant_id")))
    assert edge.names == ("unit_id", "tenant_id")
    assert edge.terms["key_is_redundant"] == 1.0
    assert edge.terms["beside_single_key"] == 1.0


def test_initials_stand_for_a_table_of_several_words() -> None:
    units = table("business_units", column("id"), column("class_id"), primary_key="id", uniques=("id,class_id",))
    (edge,) = found(units, table("bills", column("bu_id"), column("class_id")))
    assert edge.names == ("bu_id", "class_id")


def test_columns_that_together_spell_the_parent() -> None:
    offers = table("part_suppliers", column("part_id"), column("supplier_id"), primary_key="part_id,supplier_id")
    (edge,) = found(offers, table("lines", column("part_id"), column("supplier_id")))
    assert edge.terms["key_spells_parent"] == 1.0
    other = table("offers", column("part_id"), column("supplier_id"), primary_key="part_id,supplier_id")
    (edge,) = found(other, table("lines", column("part_id"), column("supplier_id")))
    assert "key_spells_parent" not in edge.terms


def test_a_reference_would_be_left_half_empty() -> None:
    jobs = table("jobs", column("plan"), column("job_name"), primary_key="plan,job_name")
    (edge,) = found(jobs, table("fires", column("plan"), column("job_name", null=True)))
    assert edge.terms["half_nullable"] == 1.0
    (edge,) = found(jobs, table("fires", column("plan", null=True), column("job_name", null=True)))
    assert "half_nullable" not in edge.terms


def test_what_is_over_keeps_few_references() -> None:
    jobs = table("jobs", column("plan"), column("job_name"), primary_key="plan,job_name")
    (edge,) = found(jobs, table("finished_runs", column("plan"), column("job_name")))
    assert edge.terms["child_is_lifeless"] == 1.0
