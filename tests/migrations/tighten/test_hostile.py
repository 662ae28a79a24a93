"""Names that act on SQL, on Python and on Django's own formatting, through every operation."""

from __future__ import annotations

from pathlib import Path

import psycopg

from onboard.catalog.structure import TableName
from onboard.decisions.spelling import spell_column, spell_key, spell_table
from tests.conftest import NewDatabase
from tests.migrations.tighten.worn import done
from tests.verify.legacy_project import LegacyProject

PARENT, CHILD = 'a%s{b}"\'c\n"""', 'it\'s 100% {range} "x"; drop'
KEY, COLUMN = 'k"%d', "f{0}%s'\\"
TOML = """
[[primary_key]]
table = {parent}
columns = [{key}]
use = true

[[foreign_key]]
from = {source}
to = {target}
use = true

[[foreign_key]]
from = {other}
to = {target}
use = true
"""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _database(new_database: NewDatabase) -> str:
    dsn = new_database()
    parent, child, key, column = map(_quoted, (PARENT, CHILD, KEY, COLUMN))
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in (
            f"create table {parent} ({key} integer, {column} text)",
            f"create table {child} (id integer primary key, {column} integer, {key} integer)",
            f"insert into {parent} select n, 'x' from generate_series(0, 8) n",
            f"insert into {child} select n, n % 12, n % 7 from generate_series(1, 2500) n",
        ):
            connection.execute(statement.encode())
    return dsn


def test_names_of_any_kind_go_through_every_step(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = _database(new_database)
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    parent, table = TableName("public", PARENT), TableName("public", CHILD)
    source, target = spell_key(table, [COLUMN]), spell_key(parent, [KEY])
    names = {
        "parent": spell_table(parent),
        "key": KEY,
        "source": source,
        "other": spell_key(table, [KEY]),
        "target": target,
    }
    project.write("onboard.toml", TOML.format(**{name: _toml(text) for name, text in names.items()}))
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    child = _quoted(CHILD)
    content = project.query(f"select t::text from {child} t order by 1")
    arguments = ("promote", "--all", "--tighten", "--orphans", "delete")
    shown = project.onboard(*arguments, "--not-null", spell_column(table, KEY))
    assert shown.returncode == 0, shown.stderr
    done(project.manage, "migrate", "legacy")
    assert "No changes" in done(project.manage, "makemigrations", "--check", "--dry-run")
    valid = "select count(*), bool_and(convalidated) from pg_constraint where contype = 'f'"
    assert project.query(valid) == [(2, True)]
    assert project.query(f"select count(*) from {child}") == [(1876,)]
    _sql_is_shown(project)
    done(project.manage, "migrate", "legacy", "0001")
    assert project.query(f"select t::text from {child} t order by 1") == content


def _sql_is_shown(project: LegacyProject) -> None:
    for path in sorted((project.root / "legacy/migrations").glob("000[2-9]*.py")):
        assert done(project.manage, "sqlmigrate", "legacy", path.stem[:4])
