"""The baseline's files, and the whole way: a real database read, generated from, and made again from nothing."""

from __future__ import annotations

import ast
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import django
import pytest

from onboard.catalog.canonical import to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog, Sequence
from onboard.decisions.decide import decide
from onboard.decisions.names_lock import read_lock
from onboard.decisions.person import read_person
from onboard.draft.inspectdb import draft_models
from onboard.inference.proposals import Proposals
from onboard.migrations.baseline import baseline_files, may_rewrite_baseline
from onboard.passes.rewrite import rewrite
from onboard.passes.target import Target
from onboard.project.app import app_files
from onboard.project.files import FileTree, joined
from onboard.project.format import formatted
from tests.catalogs import catalog, column, foreign_key, name_of, table
from tests.conftest import NewDatabase
from tests.migrations.apps import Project, baseline, database, model, project

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

SCHEMAS = Path(__file__).parent / "ddl" / "schemas"
KEY = "models.IntegerField(primary_key=True, serialize=False)"


def test_holds_every_model_whole_and_then_makes_what_is_absent() -> None:
    people = catalog(table("people", column("id"), column("name", "text"), primary_key="id"))
    files = formatted(baseline(people, model("Person", "people", {"id": KEY, "name": "models.TextField()"})))
    assert [str(file.path) for file in files.files] == [
        "legacy/migrations/0001_initial.py",
        "legacy/migrations/__init__.py",
        "legacy/migrations/_baseline.py",
        "legacy/migrations/_onboard.py",
    ]
    assert files.text("legacy/migrations/0001_initial.py") == _INITIAL
    assert files.text("legacy/migrations/_baseline.py") == _STATEMENTS
    assert formatted(baseline(people, model("Person", "people", {"id": KEY, "name": "models.TextField()"}))) == files


_INITIAL = '''\
"""The tables that were there before Django: recorded whole, made only where none of them exists."""

from django.db import migrations, models

from . import _onboard


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        _onboard.RecordModels(
            models=[
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.IntegerField(primary_key=True, serialize=False)),
                        ("name", models.TextField()),
                    ],
                    options={
                        "managed": False,
                        "db_table": "people",
                    },
                ),
            ],
        ),
        _onboard.CreateAbsentTables(),
    ]
'''

_STATEMENTS = '''\
"""The tables of `legacy` in the words of the PostgreSQL database that they were scanned in.

`_onboard.CreateAbsentTables` makes them from these statements where none of them exists. Nothing else reads this.
"""

from ._onboard import Baseline, Table

BASELINE = Baseline(
    engine="postgresql",
    optional=('create schema if not exists "public"',),
    tables=(
        Table(
            schema="public",
            name="people",
            model="Person",
            columns=("id", "name"),
            create=(
                """\\
create table "public"."people" (
    "id" integer not null,
    "name" text not null,
    constraint "people_pkey" primary key ("id")
)""",
            ),
        ),
    ),
)
'''


def test_makes_no_table_that_no_model_needs() -> None:
    known = catalog(
        table("orders", column("id"), column("customer"), foreign_keys=(foreign_key("customer", "customers(id)"),)),
        table("customers", column("id"), primary_key="id"),
        table("unrelated", column("id")),
    )
    known = replace(known, sequences=(Sequence(name_of("unrelated_seq"), owned_by=(name_of("unrelated"), "id")),))
    text = baseline(known, model("Order", "orders", {"id": KEY})).text("legacy/migrations/_baseline.py") or ""
    assert 'create table "public"."customers"' in text
    assert "unrelated" not in text


def test_takes_names_and_comments_for_text_and_nothing_else() -> None:
    hostile = '"""; import os; os.abort() #\\\n\x00\u202e{x}%s\''
    known = catalog(table("t", column(hostile, "text", comment=hostile, default=f"'{hostile}'"), comment=hostile))
    text = baseline(known, model("T", "t", {"id": KEY})).text("legacy/migrations/_baseline.py") or ""
    calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    assert {call.id for call in calls if isinstance(call, ast.Name)} == {"Baseline", "Table"}
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    assert hostile in strings
    assert "\u202e" not in text


WRITTEN = {"0001_initial.py": "a", "__init__.py": "", "_baseline.py": "b", "_onboard.py": "c"}


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        (WRITTEN, True),
        ({**WRITTEN, "max_migration.txt": "0001_initial\n"}, True),
        ({name: text for name, text in WRITTEN.items() if name != "_baseline.py"}, True),
        ({**WRITTEN, "0001_initial.py": "edited"}, False),
        ({**WRITTEN, "_baseline.py": "edited"}, False),
        ({**WRITTEN, "0002_promote.py": "p"}, False),
    ],
)
def test_may_be_rewritten_while_it_is_alone_and_untouched(existing: dict[str, str], expected: bool) -> None:
    assert may_rewrite_baseline(existing, WRITTEN) is expected


def test_may_not_be_rewritten_where_somebody_else_wrote_the_first_migration() -> None:
    assert not may_rewrite_baseline({"0001_initial.py": "theirs"}, {})


def test_a_thousand_models_are_quick() -> None:
    columns = [column(f"c{number}", "varchar(50)", comment="it's") for number in range(20)]
    names = [f"t{number}" for number in range(1_000)]
    fields = {"id": KEY, **{one.name: "models.CharField(max_length=50)" for one in columns}}
    known = catalog(*(table(name, column("id"), *columns, primary_key="id", indexes=("c0", "c1")) for name in names))
    models = [model(name.capitalize(), name, fields) for name in names]
    begun = time.process_time()
    baseline(known, *models)
    assert time.process_time() - begun < 1  # 0.1 s on an idle machine


def _read(dsn: str, *schemas: str) -> Catalog:
    return read_snapshot(parse_dsn(dsn), Selection(schemas=schemas, views=True)).catalog


def _generated(found: Catalog, *, qualify: bool = False) -> FileTree:
    decisions = decide(found, Proposals(), read_person(None), read_lock(None), app="legacy", qualify=qualify)
    target = Target((django.VERSION[0], django.VERSION[1]))
    source = rewrite(draft_models(found, decisions), found, decisions, target=target)
    return formatted(joined(app_files(source, found, decisions), baseline_files(source, found, decisions)))


def _project(root: Path, dsn: str, files: FileTree) -> Project:
    made = project(root, files, databases={"default": database(dsn)})
    for file in files.files:  # the models written before were those of no model
        made.write(str(file.path), file.text)
    return made


def _structure(found: Catalog) -> str:
    tables = (one for one in found.tables if one.name.name != "django_migrations")
    theirs = {"django_migrations_id_seq"}
    return to_json(
        replace(
            found,
            tables=tuple(replace(one, triggers=()) for one in tables),
            sequences=tuple(one for one in found.sequences if one.name.name not in theirs),
        )
    )


@pytest.mark.parametrize("name", ["keys", "columns", "types", "functions", "indexes", "partitions", "views"])
def test_a_generated_app_leaves_its_database_alone_and_rebuilds_it_from_nothing(
    name: str, tmp_path: Path, new_database: NewDatabase
) -> None:
    original = new_database((SCHEMAS / f"{name}.sql").read_text(encoding="utf-8"))
    found = _read(original)
    files = _generated(found)
    _project(tmp_path / "there", original, files).ok("migrate", "makemigrations --check --dry-run")
    assert _structure(_read(original)) == _structure(found)
    again = new_database()
    _project(tmp_path / "new", again, files).ok("migrate", "migrate legacy zero", "migrate")
    assert _structure(_read(again)) == _structure(found)


def test_a_generated_app_rebuilds_hostile_names_in_several_schemas(tmp_path: Path, new_database: NewDatabase) -> None:
    schemas = ("public", "select", 'we"ird; drop table x; --')
    original = new_database((SCHEMAS / "hostile.sql").read_text(encoding="utf-8"))
    found = _read(original, *schemas)
    files = _generated(found, qualify=True)
    _project(tmp_path / "there", original, files).ok("check", "migrate", "makemigrations --check --dry-run")
    assert _structure(_read(original, *schemas)) == _structure(found)
    again = new_database()
    _project(tmp_path / "new", again, files).ok("migrate", "migrate legacy zero", "migrate", "sqlmigrate legacy 0001")
    assert _structure(_read(again, *schemas)) == _structure(found)


def test_a_generated_app_rebuilds_a_sqlite_file(tmp_path: Path, new_database: NewDatabase) -> None:
    original = tmp_path / "original.sqlite3"
    with closing(sqlite3.connect(original)) as connection:
        connection.executescript((SCHEMAS / "sqlite.sql").read_text(encoding="utf-8"))
    found = _read(f"sqlite:///{original}")
    files = _generated(found)
    _project(tmp_path / "there", f"sqlite:///{original}", files).ok("migrate")
    assert _structure(_read(f"sqlite:///{original}")) == _structure(found)
    again = tmp_path / "again.sqlite3"
    _project(tmp_path / "new", f"sqlite:///{again}", files).ok("migrate", "migrate legacy zero", "migrate")
    assert _structure(_read(f"sqlite:///{again}")) == _structure(found)
    _project(tmp_path / "other", new_database(), files).ok("migrate")
