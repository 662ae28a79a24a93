import json
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onboard.catalog.canonical import FORMAT, from_json, to_json
from onboard.catalog.structure import Catalog, Column, ColumnType, Table, TableKind, TableName
from onboard.errors import BadInput

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def values(hint: Any, depth: int = 3) -> st.SearchStrategy[Any]:  # Any: a strategy for whatever is annotated
    """Any value of the annotation, so that a field added to a dataclass is tried as well."""
    if get_origin(hint) is tuple:
        arguments = get_args(hint)
        if arguments[-1] is Ellipsis:
            return st.lists(values(arguments[0], depth), max_size=2 if depth > 0 else 0).map(tuple)
        return st.tuples(*(values(argument, depth) for argument in arguments))
    if get_origin(hint) in (Union, UnionType):
        (present,) = (argument for argument in get_args(hint) if argument is not NoneType)
        return st.none() if depth <= 0 and is_dataclass(present) else st.none() | values(present, depth)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        given_fields = {field.name: values(hints[field.name], depth - 1) for field in fields(hint)}
        made: st.SearchStrategy[Any] = st.builds(hint, **given_fields)  # type: ignore[arg-type]  # a class here
        return made
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return {str: TEXT, bool: st.booleans(), int: st.integers(-(2**63), 2**63)}[hint]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(values(Catalog, depth=4))
def test_every_catalogue_survives_its_json(catalog: Catalog) -> None:
    text = to_json(catalog)
    assert from_json(text) == catalog
    assert to_json(from_json(text)) == text


def small() -> Catalog:
    columns = tuple(
        Column(name, ColumnType("pg_catalog", "text", "text"), is_nullable=True, comment="\u2028\x00\n\"'é☃")
        for name in ("a", "b")
    )
    return Catalog("postgresql", "15.1", ("public",), (Table(TableName("public", "t"), TableKind.TABLE, columns),))


def test_writes_one_line_for_each_column() -> None:
    lines = to_json(small()).split("\n")
    assert sum('"is_nullable"' in line for line in lines) == 2


def test_leaves_defaults_out_and_ends_in_a_newline() -> None:
    text = to_json(small())
    assert text.endswith("}\n")
    assert set(json.loads(text)) == {"format", "engine", "version", "schemas", "tables"}


def test_an_added_column_changes_only_its_neighbourhood() -> None:
    table = small().tables[0]
    longer = replace(table, columns=(*table.columns, replace(table.columns[0], name="c")))
    before, after = to_json(small()).split("\n"), to_json(replace(small(), tables=(longer,))).split("\n")
    assert len(set(after) - set(before)) == 2  # the new line, and the comma on the line above it


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", "no `format` of ours"),
        ("{}", "no `format` of ours"),
        ('{"format": "onboard-scan/1"}', "no `format` of ours"),
        ('{"format": "onboard-catalog/2"}', f"this version reads `{FORMAT}`"),
        (f'{{"format": "{FORMAT}"}}', "Catalog lacks"),
        (f'{{"format": "{FORMAT}", "engine": 1}}', "is not str"),
        (to_json(small()).replace('"kind": "table"', '"kind": "chair"'), "no TableKind"),
        (to_json(small()).replace('"kind"', '"sort"'), "lacks"),
        (to_json(small()).replace('"comment"', '"remark"'), "remark"),
        (to_json(small()).replace('["public"]', '"public"'), "not a list"),
        (to_json(small()).replace("true", "1"), "not bool"),
    ],
)
def test_refuses_what_it_did_not_write(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_json(text)
