"""SQLite: indexes are built; for keys, foreign keys and NOT NULL the table is made anew, and nothing else changes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.migrations.tighten.worn import done
from tests.verify.legacy_project import LegacyProject, sqlite_made

STATEMENTS = (
    "create table customer (id integer primary key, name varchar(60) not null)",
    "CREATE TABLE [pur chase] ( -- what was bought, and (by whom\n  id integer primary key autoincrement,"
    " customer_id integer /* , */, note varchar(90) collate nocase -- a note, maybe\n"
    " , doubled generated always as (id * 2), unique (note, customer_id) )",
    "create table remark (code text primary key, customer_id integer, text varchar(90) default ',)', loose)",
    "create table tag (code text, label text)",
    'create index by_note on "pur chase" (note)',
    "create trigger seen after insert on remark begin update remark set text = 'seen' where rowid = new.rowid; end",
    'create trigger counted after insert on customer begin delete from "pur chase" where id = -1; end',
    'create view notes as select note from "pur chase"',
    "insert into customer values (1, 'Ann'), (2, 'Bob')",
    "insert into \"pur chase\" (id, customer_id, note) values (1, 1, 'one'), (2, 2, 'two'), (9, null, 'three')",
    'delete from "pur chase" where id = 9',
    "insert into remark (rowid, code, customer_id, text, loose)"
    " values (5, 'x', 1, 'a', 1), (7, 'y', 2, 'b', '1'), (8, 'z', null, 'B', x'00')",
    "insert into tag values ('a', 'x'), ('b', 'y')",
)
TOML = """
[[primary_key]]
table = "main.tag"
columns = ["code"]
use = true

[[foreign_key]]
from = "main.pur chase(customer_id)"
to = "main.customer(id)"
use = true

[[foreign_key]]
from = "main.remark(customer_id)"
to = "main.customer(id)"
use = true
"""
OTHERS = (
    "select type, name, sql from sqlite_master where type <> 'table' and sql is not null"
    " and name not like 'ix%' order by 1, 2"
)
ROWS = (
    'select rowid, * from "pur chase" order by 1',
    "select rowid, customer_id, text, quote(loose) from remark order by 1",
    "select * from tag order by 1",
    "select * from sqlite_sequence where name = 'pur chase'",
    OTHERS,
)


def _project(tmp_path: Path, *more: str) -> LegacyProject:
    dsn = sqlite_made(tmp_path / "shop.db", (*STATEMENTS, *more))
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    project.write("onboard.toml", TOML)
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    return project


def _content(project: LegacyProject) -> list[list[tuple[object, ...]]]:
    return [project.query(one) for one in ROWS]


def _keys(project: LegacyProject) -> list[tuple[object, ...]]:
    return [row[2:5] for row in project.query("pragma foreign_key_list('pur chase')")]


def test_makes_tables_anew_and_keeps_everything_else(tmp_path: Path) -> None:
    project = _project(tmp_path)
    content = _content(project)
    before = project.query(
        "select name, substr(sql, instr(sql, '(')) from sqlite_master where type = 'table' order by 1"
    )
    tightened = project.onboard("promote", "--all", "--tighten", "--not-null", "pur chase.note")
    assert "The whole file, while the table is made anew." in tightened.stdout, tightened.stderr
    done(project.manage, "migrate", "legacy")
    assert "No changes" in done(project.manage, "makemigrations", "--check", "--dry-run")
    done(project.onboard, "verify")
    assert _content(project) == content
    table = str(project.query("select sql from sqlite_master where name = 'pur chase'")[0][0])
    assert "-- what was bought, and (by whom\n" in table
    assert '"note"' not in table.partition("constraint")[0]
    assert [row[2:5] for row in project.query("pragma foreign_key_list('pur chase')")] == [
        ("customer", "customer_id", "id")
    ]
    assert [row[1] for row in project.query("pragma table_info(tag)") if row[5]] == ["code"]
    with closing(sqlite3.connect(tmp_path / "shop.db")) as file:
        file.execute("pragma foreign_keys = on")
        for statement in (
            'insert into "pur chase" (note, customer_id) values (null, 1)',
            "insert into tag values ('a', 'z')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                file.execute(statement)
    assert "create table" in done(project.manage, "sqlmigrate", "legacy", "0002").lower()
    empty = LegacyProject(project.root, f"sqlite:///{tmp_path / 'empty.db'}")
    done(empty.manage, "migrate", "legacy")
    assert [row[2:5] for row in empty.query("pragma foreign_key_list('pur chase')")] == [
        ("customer", "customer_id", "id")
    ]
    done(project.manage, "migrate", "legacy", "0001")
    assert _content(project) == content
    # SQLite writes the name anew when a table is renamed.
    own = "select name, substr(sql, instr(sql, '(')) from sqlite_master where type = 'table' and name in"
    names = ", ".join(f"'{name}'" for name, _ in before)
    assert project.query(f"{own} ({names}) order by 1") == before


def test_rows_in_the_way_stop_it_and_nothing_changes(tmp_path: Path) -> None:
    project = _project(tmp_path)
    done(project.onboard, "promote", "--all", "--tighten", "--not-null", "pur chase.note")
    project.query('insert into "pur chase" (customer_id) values (77)')
    project.query("insert into tag values ('a', 'zebra')")
    content = _content(project)
    for number, query in (("0002", "having count(*) > 1"),):
        refused = project.manage("migrate", "legacy", number)
        assert refused.returncode == 1
        assert query in refused.stderr
        assert "zebra" not in refused.stderr
    assert _content(project) == content
    project.query("delete from tag where label = 'zebra'")
    refused = project.manage("migrate", "legacy")
    assert "Nothing has been changed" in refused.stderr
    assert [one[0] for one in project.query("select name from sqlite_master where name like 'onboard%'")] == []


def test_orphans_are_counted_first(tmp_path: Path) -> None:
    project = _project(tmp_path, "insert into remark (code, customer_id) values ('w', 99)")
    refused = project.onboard("promote", "remark", "--tighten", "--orphans", "keep")
    assert refused.returncode == 1
    assert "1 orphans: mend them first" in refused.stderr


# Migrates, and ends the process without a word before the n-th statement that changes the file.
KILLED = """
import os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from django.core.management import call_command
from django.db import connections

left = int(sys.argv[1])

def killing(execute, sql, params, many, context):
    global left
    if sql.lower().startswith(("create", "insert", "drop", "alter", "update")):
        left -= 1
        if left < 0:
            os._exit(9)
    return execute(sql, params, many, context)

connections["default"].execute_wrappers.append(killing)
call_command("migrate", "legacy", sys.argv[2], verbosity=0)
"""


@pytest.mark.soak
@pytest.mark.parametrize("way", ["0006", "0001"])
def test_a_process_killed_at_any_statement_leaves_the_table_as_it_was(tmp_path: Path, way: str) -> None:
    project = _project(tmp_path)
    content = _content(project)
    done(project.onboard, "promote", "--all", "--tighten", "--not-null", "pur chase.note")
    done(project.manage, "migrate", "legacy", "0001" if way == "0006" else "0006")
    project.write("killed.py", KILLED)
    file, start = tmp_path / "shop.db", tmp_path / "start.db"
    shutil.copy(file, start)
    for statements in range(1, 99):
        shutil.copy(start, file)
        if project.run("-W", "ignore", "killed.py", str(statements), way).returncode != 9:
            break
        assert _content(project) == content
        done(project.manage, "migrate", "legacy", way)
        assert _content(project) == content
        assert project.query("select name from sqlite_master where name like 'onboard%'") == []
    assert statements > 15
