"""`scan`, `keys` and `report`: what is written, what is said, and what is never said."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import legacy_dbs, onboard

SALES = next(one for one in legacy_dbs() if one.name == "tbl_sales")


@pytest.fixture
def dsn(new_database: NewDatabase, tmp_path: Path) -> str:
    return SALES.made(new_database, tmp_path)


def test_writes_its_files_and_says_what_deserves_a_look(tmp_path: Path, dsn: str) -> None:
    done = onboard(tmp_path, "scan", dsn)
    assert "5 tables in public" in done.stdout
    assert "Look at these first" in done.stdout
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    wanted = {".onboard/catalog.json", ".onboard/evidence.json", ".onboard/.gitignore", "onboard.toml"}
    assert wanted <= found <= wanted | {".onboard/cache/lock"}


def test_says_which_schemas_with_tables_were_not_scanned(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database(
        "create schema hr", "create table hr.dept (id int)", 'create schema "Back Up"', 'create table "Back Up".t ()',
        "create schema void", "create table public.here (id int)",
    )  # fmt: skip
    sentence = "Tables of other schemas were not scanned: Back Up, hr."
    assert sentence in onboard(tmp_path, "scan", dsn).stdout
    assert sentence not in onboard(tmp_path, "scan", dsn, "--schema", "hr").stdout


def test_says_of_a_view_without_a_key_that_it_gets_no_model_yet(tmp_path: Path, new_database: NewDatabase) -> None:
    made = new_database(
        "create table note (id int primary key)", "create table bare (a int)", "create view totals as select 1"
    )
    onboard(tmp_path, "scan", made, "--views")
    found = json.loads(onboard(tmp_path, "report", "--json").stdout)["look_first"]
    said = {one["place"]: one["sentence"] for one in found if one["kind"] == "no key"}
    assert list(said) == ["public.bare", "public.totals"]
    assert "`[[primary_key]]`" in said["public.totals"]
    assert "can be read" in said["public.bare"]


def test_a_second_scan_writes_the_same_bytes(tmp_path: Path, dsn: str) -> None:
    onboard(tmp_path, "scan", dsn)
    before = (tmp_path / ".onboard/catalog.json").read_bytes(), (tmp_path / "onboard.toml").read_bytes()
    onboard(tmp_path, "scan", dsn)
    assert ((tmp_path / ".onboard/catalog.json").read_bytes(), (tmp_path / "onboard.toml").read_bytes()) == before


def test_check_tells_of_drift_and_writes_nothing(tmp_path: Path, dsn: str) -> None:
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "scan", dsn, "--check")
    with psycopg.connect(dsn) as server:
        server.execute('alter table "TBLCUST" add column "EMAIL" text')
        server.execute('drop table "TBLREGION"')
    before = (tmp_path / ".onboard/catalog.json").read_bytes()
    done = onboard(tmp_path, "scan", dsn, "--check", code=1)
    assert "public.TBLCUST: column EMAIL is new" in done.stdout
    assert "public.TBLREGION: gone" in done.stdout
    assert (tmp_path / ".onboard/catalog.json").read_bytes() == before


def test_json_on_stdout_is_the_document_and_nothing_else(tmp_path: Path, dsn: str) -> None:
    document = json.loads(onboard(tmp_path, "scan", dsn, "--json", "-").stdout)
    assert document["format"] == "onboard-scan/1"
    onboard(tmp_path, "scan", dsn, "--json", str(tmp_path / "scan.json"))
    assert json.loads((tmp_path / "scan.json").read_text()) == document
    assert json.loads(onboard(tmp_path, "keys", "--json").stdout)["tables"]


def test_only_the_structure_where_nothing_is_to_be_inferred(tmp_path: Path, dsn: str) -> None:
    document = json.loads(onboard(tmp_path, "scan", dsn, "--no-infer", "--json", "-").stdout)
    assert not any(table["foreign_keys"] for table in document["tables"])


def test_selects_tables_by_glob(tmp_path: Path, dsn: str) -> None:
    document = json.loads(onboard(tmp_path, "scan", dsn, "--table", "TBLORDER*", "--json", "-").stdout)
    assert [table["name"] for table in document["tables"]] == ["TBLORDER", "TBLORDERLINE"]
    document = json.loads(onboard(tmp_path, "scan", dsn, "--exclude", "*REGION", "--json", "-").stdout)
    assert "TBLREGION" not in [table["name"] for table in document["tables"]]


def test_keys_are_listed_and_explained(tmp_path: Path, dsn: str) -> None:
    onboard(tmp_path, "scan", dsn)
    assert "public.TBLORDER(CUSTNO)" in onboard(tmp_path, "keys").stdout
    said = onboard(tmp_path, "keys", "--explain", "TBLORDER.CUSTNO").stdout
    assert "to public.TBLCUST(CUSTNO): accepted" in said
    assert "primary key (CUSTNO)" in onboard(tmp_path, "keys", "--explain", "public.TBLCUST.CUSTNO").stdout
    onboard(tmp_path, "keys", "--explain", "TBLORDER.NOTHING", code=2)


def test_the_report_is_there_as_a_table_and_as_json(tmp_path: Path, dsn: str) -> None:
    with psycopg.connect(dsn) as server:
        server.execute('create rule nothing as on delete to "TBLREGION" do instead nothing')
    onboard(tmp_path, "scan", dsn)
    assert "What Django will not know" in onboard(tmp_path, "report").stdout
    document = json.loads(onboard(tmp_path, "report", "--json").stdout)
    assert {"kind": "rule", "place": "public.TBLREGION", "sentence": "nothing"} in document["unknown_to_django"]


def test_no_password_and_no_row_is_written_anywhere(tmp_path: Path, dsn: str) -> None:
    with psycopg.connect(dsn) as server:
        server.execute("""insert into "TBLCUST" values (7, 'MARKER-of-a-row', null, 'Y', null)""")
        server.execute("create role scan_tester login password 'MARKER-of-a-password' superuser")
    try:
        place = dsn.partition("@")[2]
        said = onboard(tmp_path, "scan", f"postgresql://scan_tester:MARKER-of-a-password@{place}", code=None)
    finally:
        with psycopg.connect(dsn) as server:
            server.execute("drop role scan_tester")
    everything = said.stdout + said.stderr
    everything += "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "MARKER" not in everything


def test_names_cannot_act_on_the_terminal(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database('create table "a\x1b[31m\u202e\x07[bold]" (x int)')
    done = onboard(tmp_path, "scan", dsn)
    for character in "\x1b\u202e\x07":
        assert character not in done.stdout + done.stderr


def test_points_at_tables_that_look_left_behind(tmp_path: Path, new_database: NewDatabase) -> None:
    names = (
        "orders",
        "orders_bak_2019",
        "tmp_load",
        "sales_20240101",
        "price_old",
        "copyright",
        "household",
        "template",
    )
    dsn = new_database(*(f"create table {name} (id integer primary key)" for name in names))
    done = onboard(tmp_path, "scan", dsn)
    told = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("leftover")]
    assert told == ["public.orders_bak_2019", "public.price_old", "public.sales_20240101", "public.tmp_load"]
