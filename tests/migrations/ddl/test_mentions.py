"""The qualified names in the server's SQL."""

from __future__ import annotations

from onboard.catalog.structure import TableName
from onboard.migrations.ddl.mentions import names_in


def test_finds_nothing_in_what_names_nothing() -> None:
    assert names_in("lower(name) > 1.5", None, "") == set()


def test_finds_plain_and_quoted_names() -> None:
    found = names_in('public.f(x) and "my schema"."f""x"()', "nextval('hr.ids'::regclass)")
    assert found == {TableName("public", "f"), TableName("my schema", 'f"x'), TableName("hr", "ids")}


def test_finds_names_in_any_script() -> None:
    assert names_in("схема.таблица$1") == {TableName("схема", "таблица$1")}
