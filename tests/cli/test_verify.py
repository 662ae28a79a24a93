from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import POSTGRESQL, SQLITE, LegacyProject, legacy_project, sqlite_file, sqlite_made

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers


@pytest.fixture
def project(new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    return legacy_project(tmp_path, new_database(*POSTGRESQL))


@pytest.mark.parametrize("engine", ["postgresql", "sqlite"])
def test_models_that_tell_the_truth_verify_clean(engine: str, new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = sqlite_file(tmp_path / "shop.db") if engine == "sqlite" else new_database(*POSTGRESQL)
    done = legacy_project(tmp_path, dsn).onboard("verify")
    assert done.returncode == 0, done.stdout
    assert "4 tables are what their models and migrations say." in done.stdout


DRIFTS = {
    "column_missing": "alter table orders drop total",
    "column_unclaimed": "alter table orders add note text",
    "type_differs": "alter table accounts alter code type varchar(30)",
    "null_allowed": "alter table accounts alter code drop not null",
    "null_forbidden": "alter table orders alter customer_id set not null",
    "default_missing": "alter table orders alter total drop default",
    "default_unclaimed": "alter table accounts alter code set default 'x'",
    "default_differs": "alter table orders alter total set default 1",
    "numbering_missing": "alter table accounts alter id drop default",
    "generated_unclaimed": "alter table accounts drop code, add code varchar(20) generated always as ('x') stored",
    "collation_differs": 'alter table accounts alter code type varchar(20) collate "C"',
    "primary_key_differs": "alter table orders drop constraint orders_pk, add primary key (order_no, total)",
    "unique_unclaimed": "alter table accounts add constraint code_once unique (code)",
    "foreign_key_missing": "alter table orders drop constraint orders_customer_id_fkey",
    "foreign_key_differs": "alter table orders drop constraint orders_customer_id_fkey, "
    "add foreign key (customer_id) references accounts",
    "check_missing": "alter table orders drop constraint total_is_positive",
    "check_unclaimed": "alter table accounts add constraint long check (length(code) > 0)",
    "check_differs": "alter table orders drop constraint total_is_positive, "
    "add constraint total_is_positive check (total >= 1)",
    "index_missing": "drop index orders_customer",
    "index_unclaimed": "create index by_code on accounts (code)",
    "index_name_differs": "alter index orders_customer rename to orders_by_customer",
    "comment_differs": "comment on column accounts.code is 'short'",
    "table_missing": "drop table orders",
    "sequence_behind": "select setval('accounts_id_seq', 1)",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("verify")


@pytest.mark.parametrize("kind", DRIFTS)
def test_finds_each_kind_of_drift_and_no_other(kind: str, new_database: NewDatabase, tmp_path: Path) -> None:
    project = legacy_project(tmp_path, new_database(*POSTGRESQL))
    project.query(DRIFTS[kind])
    done = project.onboard("verify", "--json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["differences"]
    kinds = {difference["kind"] for difference in found}
    also = {"column_missing": {"check_missing"}, "generated_unclaimed": {"null_allowed"}}.get(kind, set())
    assert kinds - also == {kind}
    assert all(difference["remedy"] for difference in found)


@pytest.mark.parametrize(("model", "database"), [('b""', "''"), ('b"a\\0\\xff\\x27"', r"'\x6100ff27'")])
def test_bytes_are_the_same_default_however_they_are_spelled(project: LegacyProject, model: str, database: str) -> None:
    models = project.text("legacy/models.py")
    code = "code = models.CharField(max_length=20)"
    project.write(
        "legacy/models.py", models.replace(code, f"{code}\n    mark = models.BinaryField(db_default={model})")
    )
    project.query(f"alter table accounts add mark bytea not null default {database}")
    assert "default_differs" not in project.onboard("verify", "accounts").stdout
    project.query("alter table accounts alter mark set default 'b'")
    assert "default_differs" in project.onboard("verify", "accounts").stdout


def test_a_partial_uniqueness_may_have_another_name_in_the_database(project: LegacyProject) -> None:
    constraint = 'models.UniqueConstraint(fields=["code"], condition=models.Q(id__gt=1), name="code_app")'
    models = project.text("legacy/models.py")
    meta = 'db_table = "accounts"'
    project.write("legacy/models.py", models.replace(meta, f"{meta}\n        constraints = [{constraint}]"))
    project.query("create unique index code_once on accounts (code) where id > 2")
    assert "unique_missing" in project.onboard("verify", "accounts").stdout
    project.query("drop index code_once")
    project.query("create unique index code_once on accounts (code) where id > 1")
    assert "unique_missing" not in project.onboard("verify", "accounts").stdout


def test_finds_what_the_record_does_not_know(project: LegacyProject) -> None:
    project.query("alter table accounts add note text")
    models = project.text("legacy/models.py").replace(
        "max_length=20)", "max_length=20)\n    note = models.TextField(null=True)"
    )
    project.write("legacy/models.py", models)
    done = project.onboard("verify", "accounts")
    assert done.returncode == 1
    assert "Add field note to account" in done.stdout
    assert project.onboard("verify", "orders").returncode == 0


def test_works_with_rights_on_the_catalogue_alone(project: LegacyProject) -> None:
    project.query("do $$ begin create role catalogue_reader login; exception when duplicate_object then null; end $$")
    reader = project.dsn.replace("postgres:@", "catalogue_reader:@", 1)
    done = project.onboard("verify", DATABASE_URL=reader)
    assert done.returncode == 0, done.stdout + done.stderr


def test_another_database_can_be_held_against_the_models(project: LegacyProject, new_database: NewDatabase) -> None:
    copy = new_database(*POSTGRESQL)
    assert project.onboard("verify", "--dsn", copy).returncode == 0
    LegacyProject(project.root, copy).query("drop index orders_customer")
    done = project.onboard("verify", "--dsn", copy)
    assert done.returncode == 1
    assert "index_missing" in done.stdout
    assert project.onboard("verify").returncode == 0


def test_a_sqlite_counter_that_is_behind_is_found(tmp_path: Path) -> None:
    counted = [one.replace("integer primary key", "integer primary key autoincrement") for one in SQLITE]
    project = legacy_project(tmp_path, sqlite_made(tmp_path / "shop.db", counted))
    assert project.onboard("verify").returncode == 0
    project.query("delete from sqlite_sequence where name = 'accounts'")
    done = project.onboard("verify")
    assert done.returncode == 1, done.stdout
    assert "sequence_behind" in done.stdout
    assert project.onboard("verify", "--offline").returncode == 0


def test_a_table_that_is_locked_is_not_taken_for_proven(project: LegacyProject) -> None:
    with psycopg.connect(project.dsn) as other:
        other.execute("lock table accounts in access exclusive mode")
        done = project.onboard("verify")
    assert done.returncode == 1
    assert "table_unread" in done.stdout
