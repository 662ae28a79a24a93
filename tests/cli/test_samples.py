"""`scan --samples`: sets of few values are proposed, and become choices and flags where a person accepts them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

SCHEMA = """
create table account (id integer primary key, active char(1) default 'Y' not null, stage varchar(10) default 'new',
  status smallint default 0, kind varchar(20) check (kind in ('a b', 'it''s')), name varchar(30),
  closed char(4), check (active in ('Y', 'N')));
create index account_active on account (id) where active = 'Y';
"""
ROW = "insert into account values ({0}, '{1}', '{2}', {3}, 'a b', 'Secret{0}', '{4}');"
USE = """
import json
from django.apps import apps
from django.db.models import Q
Account = apps.get_model("legacy", "Account")
row = Account.objects.create(id=1000, name="x", closed=True)
row.refresh_from_db()
said = [row.active, row.stage, row.closed, row.get_stage_display()]
row.active, row.stage, row.closed = False, Account.Stage.OPEN, False
row.full_clean()
row.save()
row = Account.objects.get(pk=1000, active=False, stage="open")
said += [row.active, row.closed, Account.objects.filter(~Q(active=True), pk=1000).count()]
said += [Account.objects.filter(active=True).count(), sorted(set(Account.objects.values_list("active", flat=True)))]
print("SAID" + json.dumps(said))
"""


def rows() -> str:
    stages = ("new", "open", "done")
    return "\n".join(
        ROW.format(n, "YN"[n % 2], stages[n % 3], n % 2, ("ja", "nein", "x")[0 if n % 2 else 1]) for n in range(120)
    )


@pytest.fixture(params=["postgresql", "sqlite"])
def dsn(request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return new_database(SCHEMA, rows())
    path = tmp_path / "legacy.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA + rows())
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def test_writes_no_values_of_rows_unless_asked_to(work: Path, dsn: str) -> None:
    done = onboard(work, "scan", dsn)
    assert "`stage` holds 3 different values in 120 rows: `onboard scan --samples` lists them" in done.stdout
    written = "".join(path.read_text() for path in work.rglob("*") if path.is_file())
    assert '"open"' not in written
    assert "nein" not in written
    assert 'values = { "a b" = "A B", "it\'s" = "it\'s" }' in written  # a check lists these


def test_proposes_sets_and_takes_what_is_accepted(work: Path, dsn: str) -> None:
    onboard(work, "scan", dsn, "--samples")
    toml = work / "onboard.toml"
    text = toml.read_text()
    assert "Secret" not in text
    assert 'values = { "Y" = true, "N" = false }\nuse = false  # a check lists them' in text
    assert 'values = { "done" = "Done", "new" = "New", "open" = "Open" }\nuse = false  # 3 values in 120 rows' in text
    assert 'values = { "0" = false, "1" = true }' in text
    onboard(work, "scan", dsn, "--samples")
    onboard(work, "scan", dsn)
    assert toml.read_text() == text
    text = text.replace('{ "ja" = "ja", "nein" = "Nein" }', '{ "ja" = true, "nein" = false }')
    toml.write_text(text.replace("use = false", "use = true"))
    onboard(work, "generate", "--app", "legacy")
    models = (work / "legacy/models.py").read_text()
    assert "class Stage(models.TextChoices):" in models
    assert "db_default=Stage.NEW" in models
    assert "active = FlagField(" in models
    assert manage(work, "check", "--fail-level", "WARNING", dsn=dsn).returncode == 0
    said = manage(work, "shell", "-c", USE, dsn=dsn).stdout
    found = json.loads(said[said.index("SAID") + 4 :].splitlines()[0])
    assert found == [True, "new", True, "New", False, False, 1, 60, [False, True]]


def test_refuses_a_flag_that_has_no_two_sides(work: Path, dsn: str) -> None:
    (work / "onboard.toml").write_text('[[choices]]\ncolumn = "account.active"\nvalues = { Y = true, N = true }\n')
    done = onboard(work, "scan", dsn, code=2)
    assert "one is true, the other false" in done.stderr


def test_asks_for_rows_or_for_none(work: Path, dsn: str) -> None:
    done = onboard(work, "scan", dsn, "--samples", "--no-data", code=2)
    assert "`--samples` needs the rows" in done.stderr
