"""`onboard keys`: what it lists, how it explains a column, and what it says of a person's word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import legacy_dbs, onboard

SALES = next(one for one in legacy_dbs() if one.name == "tbl_sales")


@pytest.fixture
def scanned(new_database: NewDatabase, tmp_path: Path) -> Path:
    onboard(tmp_path, "scan", SALES.made(new_database, tmp_path))
    return tmp_path


def test_refuses_a_column_nobody_scanned(scanned: Path) -> None:
    done = onboard(scanned, "keys", "--explain", "TBLORDER.NOSUCH", code=2)
    assert "TBLORDER.NOSUCH" in done.stderr


def test_lists_declared_and_inferred_keys(scanned: Path) -> None:
    lines = onboard(scanned, "keys").stdout.splitlines()
    assert any("TBLCUST(CUSTNO)" in line and "declared" in line for line in lines)
    assert any("TBLORDER(CUSTNO)" in line and "inferred" in line for line in lines)


def test_explains_a_key_by_its_terms_and_says_what_would_change_it(scanned: Path) -> None:
    text = onboard(scanned, "keys", "--explain", "TBLORDER.CUSTNO").stdout
    assert text.startswith("public.TBLORDER.CUSTNO\n")
    assert "public.TBLCUST(CUSTNO)" in text
    assert "+" in text  # the terms, in log-odds
    assert "onboard.toml" in text


def test_says_what_the_person_has_ruled(scanned: Path) -> None:
    path = scanned / "onboard.toml"
    path.write_text(path.read_text().replace("use = true ", "use = false"))
    text = onboard(scanned, "keys", "--explain", "TBLORDER.CUSTNO").stdout
    assert "`onboard.toml` says that it does not refer to public.TBLCUST(CUSTNO)." in text


def test_a_join_in_a_view_that_nobody_asked_for_is_evidence(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(
        "create table thing (thing_id int primary key)",
        "create table part (part_id int primary key, belongs int not null, weighs int not null)",
        "create view whole as select t.thing_id, p.part_id from thing t join part p on p.belongs = t.thing_id",
    )
    onboard(tmp_path, "scan", dsn, "--no-data")
    assert "public.thing(thing_id)" in onboard(tmp_path, "keys", "--explain", "part.belongs").stdout
    assert "public.thing" not in onboard(tmp_path, "keys", "--explain", "part.weighs").stdout
    assert "whole" not in (tmp_path / ".onboard/catalog.json").read_text()
