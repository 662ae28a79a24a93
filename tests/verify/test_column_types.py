from __future__ import annotations

import pytest

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.verify.column_types import families_agree, types_agree


def _type(sql: str, kind: TypeKind = TypeKind.BASE, base: ColumnType | None = None) -> ColumnType:
    return ColumnType("", sql, sql, kind, base=base)


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ("varchar(255)", "character varying(255)"),
        ("varchar", "character varying"),
        ("integer", "integer"),
        ("serial", "integer"),
        ("numeric(10, 2)", "numeric(10,2)"),
        ("timestamp with time zone", "timestamp(6) with time zone"),
        ("timestamptz", "timestamp with time zone"),
        ("char(1)", "character(1)"),
        ("integer[]", "integer[]"),
        ("varchar(10)[]", "character varying(10)[]"),
        ("varchar(10)[3]", "character varying(10)[]"),
        ('"hr"."mood"', "hr.mood"),
        ("citext", "public.citext"),
        ("geometry(POINT,4326)", "public.geometry(Point,4326)"),
        ("interval day to second(3)", "interval day to second(3)"),
    ],
)
def test_one_type_in_two_spellings_agrees(claimed: str, actual: str) -> None:
    assert types_agree("postgresql", claimed, _type(actual))


@pytest.mark.parametrize(
    ("claimed", "actual"),
    [
        ("varchar(255)", "character varying(20)"),
        ("varchar(255)", "text"),
        ("integer", "bigint"),
        ("numeric(10, 2)", "numeric(12,2)"),
        ("timestamp with time zone", "timestamp without time zone"),
        ("timestamp with time zone", "timestamp(0) with time zone"),
        ("integer", "integer[]"),
        ("hr.mood", "public.mood"),
    ],
)
def test_two_types_differ(claimed: str, actual: str) -> None:
    assert not types_agree("postgresql", claimed, _type(actual))


def test_a_domain_agrees_by_name_and_as_what_it_stands_on() -> None:
    year = _type("public.year", TypeKind.DOMAIN, _type("integer"))
    assert types_agree("postgresql", "year", year)
    assert types_agree("postgresql", "integer", year)
    assert not types_agree("postgresql", "text", year)


@pytest.mark.parametrize(
    ("claimed", "declared"),
    [
        ("varchar(30)", "nvarchar(30)"),
        ("integer", "INT"),
        ("datetime", "timestamp"),
        ("bool", "boolean"),
        ("real", "DOUBLE"),
        ("", "YEAR"),
    ],
)
def test_sqlite_types_agree_by_affinity(claimed: str, declared: str) -> None:
    assert types_agree("sqlite", claimed, _type(declared))


@pytest.mark.parametrize(
    ("claimed", "declared"), [("integer", "text"), ("varchar(30)", "varchar(31)"), ("text", "blob")]
)
def test_sqlite_types_of_another_affinity_or_length_differ(claimed: str, declared: str) -> None:
    assert not types_agree("sqlite", claimed, _type(declared))


def test_a_relation_may_stand_over_another_width_but_not_another_family() -> None:
    assert families_agree("postgresql", "bigint", _type("integer"))
    assert families_agree("postgresql", "varchar(6)", _type("character(6)"))
    assert families_agree("postgresql", "bigint", _type("public.number", TypeKind.DOMAIN, _type("integer")))
    assert not families_agree("postgresql", "bigint", _type("text"))
    assert families_agree("sqlite", "integer", _type("TEXT"))


def test_a_declared_type_that_sqlite_does_not_know_may_hold_anything() -> None:
    for declared in ("json", "UUID", "string", "varbinary(16)", "year"):
        assert types_agree("sqlite", "text", _type(declared))
        assert types_agree("sqlite", "BLOB", _type(declared))
    assert not types_agree("sqlite", "text", _type("numeric(8,2)"))
    assert not types_agree("sqlite", "text", _type("datetime"))
    assert not types_agree("sqlite", "text", _type("integer"))
