from __future__ import annotations

import libcst as cst
import pytest

from onboard.passes.node_text import node_text
from onboard.passes.written import argument, call, imported, listed, literal, models

LAID_OUT = [
    "f( a)",
    "f(a, b)",
    "f(a = 1)",
    "f(*a)",
    "[ a]",
    "[a, b]",
    "(a)",
    "a + b",
    "lambda: a",
    "a . b",
    "f (a)",
    "-1",
]


@pytest.mark.parametrize("source", LAID_OUT)
def test_leaves_any_other_node_and_layout_to_libcst(source: str) -> None:
    assert node_text(cst.parse_expression(source)) is None


@pytest.mark.parametrize("source", ["a", "a.b", "'it\\'s'", "12", "f()", "f(a)", "a.f(b='x')", "[]", "[a]"])
def test_writes_what_is_parsed_as_it_stood(source: str) -> None:
    assert node_text(cst.parse_expression(source)) == source


def test_writes_what_is_built_as_libcst_does() -> None:
    fields = listed(literal(value) for value in ("a", 'b"', 3, None))
    node = call(
        models("Index"), [argument(None, imported("m", "F")), argument("fields", fields), argument("x", 1)]
    ).node
    assert node_text(node) == cst.Module([]).code_for_node(node)
