from onboard.catalog.lookup import columns_by_name, types_by_name
from onboard.catalog.structure import (
    TableName,
    TypeKind,
)
from tests.catalog.engines.postgresql.scans import public, scan
from tests.conftest import NewDatabase


def test_reads_domain_chains_enums_composites_and_ranges(new_database: NewDatabase) -> None:
    catalog = scan(
        new_database(
            "create type mood as enum ('sad', 'ok', 'it''s')",
            "create type unused as enum ('x')",
            "comment on type mood is 'how it is'",
            "create domain age as int not null default 7 check (value > 0)",
            'create domain word as text collate "C"',
            "create domain young as age check (value < 30)",
            "create type address as (street varchar(40), moods mood[])",
            "create type span as range (subtype = float8, subtype_diff = float8mi)",
            "create table t (a young, b mood[], c address, d span, e word)",
        )
    ).catalog
    types = types_by_name(catalog)
    assert [name.name for name in types] == ["address", "age", "mood", "span", "word", "young"]
    columns = columns_by_name(public(catalog, "t"))
    young = columns["a"].type
    assert (young.kind, young.is_not_null, columns["a"].is_nullable) == (TypeKind.DOMAIN, False, False)
    assert young.base is not None
    assert young.base.is_not_null
    assert young.base.base is not None
    assert young.base.base.name == "int4"
    assert types[TableName("public", "mood")].labels == ("sad", "ok", "it's")
    assert types[TableName("public", "mood")].comment == "how it is"
    assert types[TableName("public", "age")].default == "7"
    assert types[TableName("public", "age")].checks[0].expression == "(VALUE > 0)"
    assert types[TableName("public", "word")].collation == '"C"'
    attributes = types[TableName("public", "address")].attributes
    assert [(name, type_.sql) for name, type_ in attributes] == [
        ("street", "character varying(40)"),
        ("moods", "public.mood[]"),
    ]
    assert types[TableName("public", "span")].definition.startswith(
        "subtype = double precision, subtype_diff = float8mi"
    )
