"""Names that act on SQL, on Python and on Django's own formatting, through every operation."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from onboard.catalog.structure import TableName
from onboard.decisions.spelling import spell_column, spell_key, spell_table
from tests.conftest import NewDatabase
from tests.migrations.tighten.worn import done
from tests.verify.legacy_project import LegacyProject, sqlite_made

NAMES = [  # parent, child, key, column
    ('a%s{b}"\'c\n"""', 'it\'s 100% {range} "x"; drop', 'k"%d', "f{0}%s'\\"),
    ('"quoted"', "%%", '"', "%(x)s"),
]
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


def _database(new_database: NewDatabase, names: tuple[str, str, str, str]) -> str:
    dsn = new_database()
    parent, child, key, column = map(_quoted, names)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in (
            f"create table {parent} ({key} integer, {column} text)",
            f"create table {child} (id integer primary key, {column} integer, {key} integer)",
            f"insert into {parent} select n, 'x' from generate_series(0, 8) n",
            f"insert into {child} select n, n % 12, n % 7 from generate_series(1, 2500) n",
        ):
            connection.execute(statement.encode())
    return dsn


@pytest.mark.parametrize("names", NAMES, ids=["odd", "quoted"])
def test_names_of_any_kind_go_through_every_step(
    names: tuple[str, str, str, str], new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = _database(new_database, names)
    of_parent, of_child, of_key, of_column = names
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    parent, table = TableName("public", of_parent), TableName("public", of_child)
    source, target = spell_key(table, [of_column]), spell_key(parent, [of_key])
    texts = {
        "parent": spell_table(parent),
        "key": of_key,
        "source": source,
        "other": spell_key(table, [of_key]),
        "target": target,
    }
    project.write("onboard.toml", TOML.format(**{name: _toml(text) for name, text in texts.items()}))
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    child = _quoted(of_child)
    content = project.query(f"select t::text from {child} t order by 1")
    arguments = ("promote", "--all", "--tighten", "--orphans", "delete")
    shown = project.onboard(*arguments, "--not-null", spell_column(table, of_key))
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


@pytest.mark.parametrize("names", NAMES, ids=["odd", "quoted"])
def test_a_sqlite_table_of_any_name_is_made_anew(names: tuple[str, str, str, str], tmp_path: Path) -> None:
    parent, child, key, column = map(_quoted, names)
    statements = (
        f"create table {parent} ({key} integer, {column} text)",
        f"create table {child} (id integer primary key, {column} text default 'a,)' , {key} integer)",
        f"create index {_quoted(names[3] + 'index')} on {child} ({column})",
        f"create trigger {_quoted(names[2] + 'trigger')} after insert on {child} begin select '%s;'; end",
        f"insert into {parent} values (0, 'x'), (1, 'y')",
        f"insert into {child} values (1, '%', 1), (2, '%%s', 0), (3, null, null)",
    )
    dsn = sqlite_made(tmp_path / "odd.db", statements)
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    above, below = TableName("main", names[0]), TableName("main", names[1])
    texts = {
        "parent": spell_table(above),
        "key": names[2],
        "source": spell_key(below, [names[2]]),
        "target": spell_key(above, [names[2]]),
    }
    toml = TOML.rpartition("[[foreign_key]]")[0]
    project.write("onboard.toml", toml.format(**{name: _toml(text) for name, text in texts.items()}))
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    content = project.query(f"select * from {child} order by 1")
    others = "select type, name, sql from sqlite_master where type in ('trigger', 'index') and name not like 'ix%'"
    before = set(project.query(f"{others} and sql is not null"))
    done(project.onboard, "promote", "--all", "--tighten")
    done(project.manage, "migrate", "legacy")
    assert "No changes" in done(project.manage, "makemigrations", "--check", "--dry-run")
    literal = names[1].replace("'", "''")
    assert len(project.query(f"select * from pragma_foreign_key_list('{literal}')")) == 1
    assert project.query(f"select * from {child} order by 1") == content
    assert set(project.query(f"{others} and sql is not null")) == before
    done(project.manage, "migrate", "legacy", "0001")
    assert len(project.query(f"select * from pragma_foreign_key_list('{literal}')")) == 0
    assert project.query(f"select * from {child} order by 1") == content
