"""`generate`: edits survive, nothing flips, an existing project is left alone, a baseline in use stays as it is."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

TABLES = (
    "create table account (id serial primary key, name varchar(80) not null)",
    "create table orders (id serial primary key, account_id int not null references account, note text)",
)


@pytest.fixture
def dsn(new_database: NewDatabase) -> str:
    return new_database(*TABLES)


@pytest.fixture
def work(tmp_path: Path, dsn: str) -> Path:
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "generate", "--app", "legacy")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and "cache" not in str(path.relative_to(root)))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_second_run_changes_nothing(work: Path) -> None:
    before = files(work)
    assert "nothing has changed" in onboard(work, "generate").stdout
    assert files(work) == before
    onboard(work, "generate", "--check")


def test_an_edit_survives_a_change_of_the_database(work: Path, dsn: str) -> None:
    models = work / "legacy/models.py"
    change(models, "    class Meta:", "    def __str__(self):\n        return self.name  # mine\n\n    class Meta:")
    with psycopg.connect(dsn) as server:
        server.execute("alter table account add column email text, alter column name type varchar(99)")
    onboard(work, "scan", dsn)
    onboard(work, "generate", "--check", code=1)
    shown = onboard(work, "generate", "--dry-run").stdout
    assert "+    email = models.TextField(blank=True, null=True)\n" in shown
    assert "max_length=80" in models.read_text()
    onboard(work, "generate")
    text = models.read_text()
    assert "return self.name  # mine" in text
    assert "email = models.TextField(blank=True, null=True)" in text
    assert "max_length=99" in text
    onboard(work, "generate", "--check")
    manage(work, "makemigrations", "--check", "--dry-run", dsn=dsn)


def test_a_conflict_keeps_the_edit_and_is_done_in_part(work: Path, dsn: str) -> None:
    change(work / "legacy/models.py", "max_length=80", "max_length=70")
    with psycopg.connect(dsn) as server:
        server.execute("alter table account alter column name type varchar(99)")
    onboard(work, "scan", dsn)
    done = onboard(work, "generate", code=3)
    assert "legacy/models.py: `Account.name`" in done.stderr
    assert "max_length=70" in (work / "legacy/models.py").read_text()
    onboard(work, "generate")


def test_names_do_not_flip_because_a_table_came(work: Path, dsn: str) -> None:
    before = (work / "legacy/models.py").read_text()
    with psycopg.connect(dsn) as server:
        server.execute("create schema other")
        server.execute('create table "Accounts" (id int primary key)')
    onboard(work, "scan", dsn)
    onboard(work, "generate")
    after = (work / "legacy/models.py").read_text()
    for line in before.splitlines():
        assert line in after


def test_a_baseline_that_is_applied_stays_as_it_is(work: Path, dsn: str) -> None:
    manage(work, "migrate", dsn=dsn)
    initial = (work / "legacy/migrations/0001_initial.py").read_bytes()
    with psycopg.connect(dsn) as server:
        server.execute("alter table account add column email text")
    onboard(work, "scan", dsn, "--exclude", "django_*", "--exclude", "auth_*")
    assert "0002_follow_database" in onboard(work, "generate", dsn=dsn).stdout
    assert (work / "legacy/migrations/0001_initial.py").read_bytes() == initial
    assert "email" in (work / "legacy/models.py").read_text()


def test_splits_into_modules_and_joins_them_again(work: Path, dsn: str) -> None:
    onboard(work, "generate", "--split")
    assert sorted(path.name for path in (work / "legacy/models").glob("*.py")) == [
        "__init__.py",
        "account.py",
        "order.py",
    ]
    assert not (work / "legacy/models.py").exists()
    manage(work, "check", dsn=dsn)
    onboard(work, "generate", "--check")
    onboard(work, "generate", "--no-split")
    assert (work / "legacy/models.py").exists()
    assert not list((work / "legacy/models").glob("*.py"))


def test_does_not_move_edited_models_to_other_files(work: Path) -> None:
    change(work / "legacy/models.py", "max_length=80", "max_length=70")
    before = files(work)
    assert "edited" in onboard(work, "generate", "--split", code=2).stderr
    assert files(work) == before


def test_an_existing_project_is_left_alone_and_told_what_to_add(tmp_path: Path, dsn: str) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").touch()
    settings = 'SECRET_KEY = "x"\nUSE_TZ = False\nINSTALLED_APPS = ["django.contrib.contenttypes"]\nDATABASES = {}\n'
    (tmp_path / "shop/settings.py").write_text(settings)
    (tmp_path / "manage.py").write_text('import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n')
    onboard(tmp_path, "scan", dsn)
    done = onboard(tmp_path, "generate", "--app", "legacy")
    assert 'INSTALLED_APPS += [\n    "legacy",\n]' in done.stdout
    assert (tmp_path / "shop/settings.py").read_text() == settings
    assert not (tmp_path / "config").exists()
    assert '"use_tz": false' in (tmp_path / ".onboard/apps/legacy.json").read_text()
    change(tmp_path / "shop/settings.py", '"django.contrib.contenttypes"', '"django.contrib.contenttypes", "legacy"')
    assert "INSTALLED_APPS" not in onboard(tmp_path, "generate").stdout


def test_writes_nothing_on_a_dry_run(tmp_path: Path, dsn: str) -> None:
    onboard(tmp_path, "scan", dsn)
    before = files(tmp_path)
    assert "+++ b/legacy/models.py" in onboard(tmp_path, "generate", "--app", "legacy", "--dry-run").stdout
    assert files(tmp_path) == before


def test_runs_without_onboard(work: Path, dsn: str) -> None:
    """What is generated imports Django and the standard library alone."""
    blocked = "import sys\nfor name in ('onboard', 'libcst', 'jinja2', 'click', 'tomlkit', 'dj_database_url'):\n"
    blocked += "    sys.modules[name] = None\n"
    change(work / "manage.py", "import os\nimport sys\n", f"import os\n{blocked}")
    manage(work, "check", dsn=dsn)
    manage(work, "migrate", dsn=dsn)
