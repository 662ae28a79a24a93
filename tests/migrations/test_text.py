"""Literals read back as what they were made of."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboard.migrations.text import text_literal, tuple_literal


@given(st.text() | st.text(alphabet="\"'\\\n\r\x00a{%"))
def test_a_literal_reads_back_as_the_text(text: str) -> None:
    assert ast.literal_eval(text_literal(text)) == text


@pytest.mark.parametrize("quotes", range(12))
def test_quotes_at_the_end_of_several_lines_close_nothing(quotes: int) -> None:
    for text in ("a\n" + '"' * quotes, '"' * quotes + "\n" + '"' * quotes, "\n\\" + '"' * quotes):
        assert ast.literal_eval(text_literal(text)) == text


@given(st.text(alphabet="\"'\\\n ab"))
def test_a_literal_of_several_lines_keeps_its_lines(text: str) -> None:
    lines = text.count("\n")
    assert text_literal(text).count("\n") == (lines + 1 if lines else 0)


def test_characters_that_change_how_a_file_reads_are_spelled_out() -> None:
    assert text_literal("a\u202eb\x07\U000e0001") == r'"a\u202eb\x07\U000e0001"'


def test_plain_text_is_left_as_it_is() -> None:
    assert text_literal("Ünï") == '"Ünï"'
    assert text_literal('say "x"') == "'say \"x\"'"


def test_a_tuple_has_one_item_a_line() -> None:
    assert ast.literal_eval(tuple_literal(["1"])) == (1,)
    assert tuple_literal([]) == "()"
