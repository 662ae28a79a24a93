"""Names survive the way into a model and back, and reach the database through Django as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboard.decisions.django_names import database_name, database_names, django_name, qualified_django_name

_NAMES = st.text(min_size=1) | st.text(alphabet='".%a', min_size=1)


@pytest.mark.parametrize("name", ["plain", "a b", "ünï", "a.b", "\\", "'", "$"])
def test_leaves_a_name_alone_that_django_quotes_well(name: str) -> None:
    assert django_name(name) == name


@pytest.mark.parametrize(
    ("name", "text"), [("%", "%%"), ('"', '""""'), ('""', '""""""'), ('a"b', '"a""b"'), ('%"', '"%%"""')]
)
def test_writes_what_django_would_get_wrong(name: str, text: str) -> None:
    assert django_name(name) == text


@given(_NAMES)
def test_a_name_is_read_back(name: str) -> None:
    assert database_name(django_name(name)) == name
    assert database_names(django_name(name)) == (name,)


@given(_NAMES, _NAMES)
def test_a_qualified_name_is_read_back(schema: str, name: str) -> None:
    assert database_names(qualified_django_name(schema, name)) == (schema, name)


def test_a_name_that_a_person_wrote_plainly_is_itself() -> None:
    assert database_name("100%") == "100%"
