from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Check, ColumnType, Exclusion, TableName, TypeKind, UserType
from onboard.decisions.unknown import unknown_to_django
from tests.catalogs import catalog, column, column_type, foreign_key, table

AMOUNT = ColumnType("public", "amount", "public.amount", TypeKind.DOMAIN, base=column_type("integer"))
ADDRESS = ColumnType("public", "address", "public.address", TypeKind.COMPOSITE)
POINT = ColumnType("public", "geometry", "public.geometry(Point,4326)")
VECTOR = ColumnType("ext", "vector", "ext.vector(3)")


def test_a_plain_table_has_nothing_that_django_does_not_know() -> None:
    assert unknown_to_django(catalog(table("note", column("id"), column("text", "text"), primary_key="id"))) == ()


def test_names_what_hangs_on_a_table() -> None:
    plain = table("note", column("id"), primary_key="id")
    told = replace(
        plain,
        triggers=("audit", "stamp"),
        rules=("redirect",),
        policies=("own_rows",),
        has_row_security=True,
        partition_key="RANGE (id)",
        is_readable=False,
        exclusions=(Exclusion("one", "btree", (("id", "="),)), Exclusion("two", "gist", (("id", "="),))),
    )
    assert [(one.kind, one.sentence) for one in unknown_to_django(catalog(told))] == [
        ("exclusion", "one: checked by the database alone"),
        ("grant", "the scanning role may not read its rows"),
        ("partitions", "by RANGE (id), 0 partitions"),
        ("row security", "own_rows"),
        ("rule", "redirect"),
        ("trigger", "audit, stamp"),
    ]


def test_names_types_that_django_has_no_field_for() -> None:
    columns = (
        replace(column("id"), type=AMOUNT),
        replace(column("home"), type=replace(ADDRESS, kind=TypeKind.ARRAY, element=ADDRESS)),
        replace(column("place"), type=POINT),
        replace(column("meaning"), type=VECTOR),
    )
    domain = UserType(
        TableName("public", "amount"), TypeKind.DOMAIN, type=AMOUNT.base, checks=(Check("c", "(VALUE > 0)"),)
    )
    found = unknown_to_django(replace(catalog(table("note", *columns, primary_key="id")), types=(domain,)))
    assert [(one.kind, one.columns) for one in found] == [
        ("composite type", ("home",)),
        ("domain", ("id",)),
        ("type of a package", ("meaning",)),
        ("type of a package", ("place",)),
    ]
    assert found[1].sentence == "public.amount: checked by the database alone: (VALUE > 0)"
    assert "`django.contrib.gis` has fields for it" in found[3].sentence
    assert "the package `pgvector`" in found[2].sentence


def test_tells_of_a_second_table_that_a_column_refers_to() -> None:
    keys = (foreign_key("x", "a(id)"), replace(foreign_key("x", "b(id)"), name="second"))
    (found,) = unknown_to_django(catalog(table("c", column("x"), foreign_keys=keys)))
    assert found.kind == "second reference"
    assert found.sentence == "x refers to public.b too (second): a field refers to one table"


def test_tells_of_dates_that_python_does_not_have() -> None:
    ends = replace(column("ends", "timestamptz"), default="'infinity'::timestamp with time zone")
    note = replace(column("note", "text"), default="'infinity'::text")
    (found,) = unknown_to_django(catalog(table("price", column("id"), ends, note, primary_key="id")))
    assert (found.kind, found.columns) == ("infinity", ("ends",))


def test_tells_of_a_sequence_that_columns_share() -> None:
    drawn = replace(column("id"), sequence=TableName("public", "numbers"))
    found = unknown_to_django(catalog(table("a", drawn, primary_key="id"), table("b", drawn, primary_key="id")))
    assert [(one.kind, str(one.place), one.sentence) for one in found] == [
        ("shared sequence", "public.numbers", "2 columns draw from it")
    ]
