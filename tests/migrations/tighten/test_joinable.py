from __future__ import annotations

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.migrations.tighten.joinable import are_joinable


def _type(name: str, **more: object) -> ColumnType:
    return ColumnType("pg_catalog", name, name, **more)  # type: ignore[arg-type]  # whatever a test gives


def test_joins_the_same_type_and_those_of_one_family() -> None:
    assert are_joinable(_type("bpchar", max_length=3), _type("bpchar", max_length=5))
    assert are_joinable(_type("int2"), _type("int8"))
    assert are_joinable(_type("varchar", max_length=9), _type("text"))


def test_joins_a_domain_as_what_it_stands_on() -> None:
    domain = ColumnType("public", "number", "public.number", TypeKind.DOMAIN, base=_type("int4"))
    assert are_joinable(domain, _type("int8"))


def test_joins_nothing_that_needs_a_cast() -> None:
    assert not are_joinable(_type("numeric"), _type("int4"))
    assert not are_joinable(_type("varchar"), _type("bpchar"))
    assert not are_joinable(ColumnType("public", "int4", "public.int4"), _type("int4"))
