"""The whole tree that `scan` and `generate` make of each fixture, byte for byte."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import LegacyDb, legacy_dbs, onboard

# Copies of what lies beside them, what is measured rather than read, and what is nobody's.
_UNSTABLE = (".onboard/generated/", ".onboard/cache/", ".onboard/evidence.json")


@pytest.mark.parametrize("legacy", legacy_dbs(), ids=lambda legacy: legacy.name)
def test_makes_the_expected_tree(
    legacy: LegacyDb, new_database: NewDatabase, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dsn = legacy.made(new_database, tmp_path / "database")
    work = tmp_path / "work"
    work.mkdir()
    onboard(work, "scan", dsn, *legacy.scan)
    onboard(work, "generate", "--app", "legacy", code=None)
    made = _tree(work)
    expected = legacy.folder / "expected"
    if request.config.getoption("--update-golden"):
        _rewrite(expected, made)
    wanted = _tree(expected)
    assert sorted(made) == sorted(wanted)
    for path, text in made.items():
        assert text == wanted[path], f"{path} of {legacy.name} is not as expected"


def test_the_example_that_must_come_out() -> None:
    text = (legacy_dbs()[0].folder / "expected/legacy/models.py").read_text()
    assert "class Customer(models.Model):\n    id = models.AutoField(primary_key=True)\n" in text
    assert '    full_name = models.CharField(max_length=255, db_column="fullname")\n' in text
    account = re.sub(
        r"\s+", " ", text[text.index("    account =") : text.index("    class Meta", text.index("account ="))]
    )
    assert account.replace("( ", "(").replace(" )", ")").strip() == (
        'account = models.ForeignKey("Account", on_delete=models.PROTECT, db_column="account_id", db_index=False)'
    )
    assert '    class Meta:\n        managed = False\n        db_table = "legacy_customers"\n' in text


def _tree(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(_UNSTABLE) and "__pycache__" not in name:
            found[name] = _without_version(name, path.read_text(encoding="utf-8"))
    return found


def _without_version(name: str, text: str) -> str:
    """The versions of the server and of Django are not the fixture's."""
    if name.endswith("catalog.json"):
        return re.sub(r'"version": "[^"]+"', '"version": "-"', text)
    if name.endswith(("apps/legacy.json", "requirements.txt")):
        return re.sub(r'("django": "|Django>=)[0-9.]+', r"\g<1>5.2", text)
    return text


def _rewrite(expected: Path, made: dict[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    for name, text in made.items():
        (expected / name).parent.mkdir(parents=True, exist_ok=True)
        (expected / name).write_text(text, encoding="utf-8")
