"""The whole of `promote --tighten`: what it finds, refuses, writes, and what the migrations do to the database."""

from __future__ import annotations

import threading
import time

import psycopg
import pytest

from onboard.catalog.structure import TableName
from tests.migrations.tighten.conftest import MakeWorn
from tests.migrations.tighten.worn import done, rows, structure
from tests.verify.legacy_project import LegacyProject

WRITTEN = [
    "0002_tighten_customer_pkey",
    "0003_promote_3_tables",
    "0004_tighten_item_id_sequence",
    "0005_tighten_purchase_priority_not_null",
    "0006_tighten_purchase_customer_id_fkey",
    "0007_tighten_purchase_customer_id_fkey_valid",
    "0008_tighten_purchase_item_valid",
    "0009_tighten_purchase_customer_id_index",
    "0010_tighten_purchase_item_id_index",
    "0011_tighten_item_label_once_rebuilt",
]


def _migrations(project: LegacyProject) -> list[str]:
    return sorted(path.stem for path in (project.root / "legacy/migrations").glob("0*.py"))


def _tighten(project: LegacyProject, *arguments: str) -> str:
    return done(project.onboard, "promote", "--all", "--tighten", *arguments)


def _is_clean(project: LegacyProject) -> bool:
    return "No changes" in done(project.manage, "makemigrations", "--check", "--dry-run")


def test_closes_every_gap_and_opens_it_again(worn: LegacyProject) -> None:
    before, content = structure(worn.dsn), rows(worn.dsn)
    shown = _tighten(worn, "--not-null", "purchase.priority")
    assert _migrations(worn) == ["0001_initial", *WRITTEN]
    assert "Locks: SHARE UPDATE EXCLUSIVE" in shown
    assert _is_clean(worn)
    assert "create unique index concurrently" in done(worn.manage, "sqlmigrate", "legacy", "0002")

    done(worn.manage, "migrate", "legacy")
    tight = structure(worn.dsn)
    _assert_tight(worn)
    assert rows(worn.dsn) == content
    assert _is_clean(worn)
    assert "3 tables are what" in done(worn.onboard, "verify")
    assert "Nothing to do" in _tighten(worn)

    done(worn.manage, "migrate", "legacy", "0001")
    again = structure(worn.dsn)
    # An index that was rebuilt stays whole, and PostgreSQL takes no foreign key for unvalidated again.
    assert again.table(TableName("public", "customer")) == before.table(TableName("public", "customer"))
    assert again.sequences == before.sequences
    purchase = again.table(TableName("public", "purchase"))
    assert purchase.columns == before.table(TableName("public", "purchase")).columns
    assert [key.name for key in purchase.foreign_keys] == ["purchase_item"]
    assert [index.name for index in purchase.indexes] == ["purchase_pkey"]
    assert rows(worn.dsn) == content
    done(worn.manage, "migrate", "legacy")
    assert structure(worn.dsn) == tight


def _assert_tight(project: LegacyProject) -> None:
    catalog = structure(project.dsn)
    customer, item, purchase = (catalog.table(TableName("public", name)) for name in ("customer", "item", "purchase"))
    assert customer.primary_key is not None
    assert customer.primary_key.columns == ("id",)
    assert customer.checks == ()
    assert [(key.columns, key.is_valid) for key in purchase.foreign_keys] == [
        (("customer_id",), True),
        (("item_id",), True),
    ]
    assert {index.columns for index in purchase.indexes} == {("id",), ("customer_id",), ("item_id",)}
    assert all(index.is_valid for table in (customer, item, purchase) for index in table.indexes)
    assert [sequence.owned_by for sequence in catalog.sequences] == [(TableName("public", "item"), "id")]


def test_promoted_tightened_demoted_and_promoted_again_beside_a_writer(worn: LegacyProject) -> None:
    content = rows(worn.dsn)
    with _Writer(worn.dsn) as writer:
        _tighten(worn)
        done(worn.manage, "migrate", "legacy")
        done(worn.onboard, "demote", "--all")
        done(worn.manage, "migrate", "legacy")
        _tighten(worn)
        done(worn.manage, "migrate", "legacy")
        assert _is_clean(worn)
    assert writer.failures == []
    assert writer.writes > 50
    assert rows(worn.dsn) == content
    _assert_tight(worn)


class _Writer:
    """Writes rows of its own and takes them away again, as another program does all day."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.writes = 0
        self.failures: list[str] = []

    def __enter__(self) -> _Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            while not self._stop.is_set():
                try:
                    connection.execute("insert into purchase values (-1, 1, 1, 'mine', 0)")
                    connection.execute("update purchase set note = note where id = 7")
                    connection.execute("update customer set name = name where id = 3")
                    connection.execute("delete from purchase where id = -1")
                    self.writes += 1
                except psycopg.Error as error:
                    self.failures.append(str(error))
                time.sleep(0.01)


def test_a_dry_run_shows_sql_and_locks_and_writes_nothing(worn: LegacyProject) -> None:
    models = worn.text("legacy/models.py")
    shown = _tighten(worn, "--dry-run")
    assert "create unique index concurrently" in shown
    assert "-        db_constraint=False,\n" in shown
    assert "Locks: SHARE ROW EXCLUSIVE on both tables for a moment" in shown
    assert _migrations(worn) == ["0001_initial"]
    assert worn.text("legacy/models.py") == models
    assert not (worn.root / "legacy/migrations/_tighten.py").exists()


def test_refuses_what_rows_stand_against_with_the_query_to_see_them(make_worn: MakeWorn) -> None:
    project = make_worn(
        "insert into customer values (1, 'Another')", "insert into customer values (null, 'Nobody')", orphans=True
    )
    refused = project.onboard("promote", "customer", "purchase", "--tighten", "--not-null", "purchase.customer_id")
    assert refused.returncode == 1
    assert "1 duplicates, 1 NULLs" in refused.stderr
    assert 'see them: select "id", count(*) as n from "public"."customer"' in refused.stderr
    assert "429 orphans" in refused.stderr
    assert "257 NULLs" in refused.stderr
    assert _migrations(project) == ["0001_initial"]
    every = project.onboard("promote", "--all", "--tighten")
    assert every.returncode == 3, every.stderr
    assert "public.customer gets no key" in every.stderr
    assert "0002_promote_2_tables" in _migrations(project)
    done(project.manage, "migrate", "legacy")
    assert _is_clean(project)


@pytest.mark.parametrize("choice", ["null", "delete"])
def test_orphans_are_set_aside_and_restored_exactly(make_worn: MakeWorn, choice: str) -> None:
    project = make_worn(orphans=True)
    content = rows(project.dsn)
    _tighten(project, "--orphans", choice)
    done(project.manage, "migrate", "legacy")
    _assert_tight(project)
    counts = project.query("select count(*), count(customer_id) from purchase")
    assert counts == [(3000, 2314)] if choice == "null" else counts == [(2571, 2314)]
    assert project.query("select count(*) from onboard_orphans_purchase_customer_id") == [(429,)]
    done(project.manage, "migrate", "legacy", "0001")
    assert rows(project.dsn) == content
    assert project.query("select to_regclass('onboard_orphans_purchase_customer_id')") == [(None,)]
    done(project.manage, "migrate", "legacy")
    _assert_tight(project)


def test_orphans_that_are_kept_leave_the_foreign_key_to_new_rows(make_worn: MakeWorn) -> None:
    project = make_worn(orphans=True)
    content = rows(project.dsn)
    kept = project.onboard("promote", "--all", "--tighten", "--orphans", "keep")
    assert kept.returncode == 3
    assert "429 orphans: they are left as they are" in kept.stderr
    done(project.manage, "migrate", "legacy")
    assert rows(project.dsn) == content
    assert _is_clean(project)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        project.query("insert into purchase values (-5, 123456, 1)")
    again = project.onboard("promote", "--all", "--tighten")
    assert again.returncode == 3
    assert "counts for new rows only; 429 orphans" in again.stderr


def test_orphans_are_not_set_aside_where_that_could_not_be_undone(make_worn: MakeWorn) -> None:
    project = make_worn(
        "create function note() returns trigger language plpgsql as $$ begin return new; end $$",
        "create trigger noting before update on purchase for each row execute function note()",
        orphans=True,
    )
    refused = project.onboard("promote", "purchase", "customer", "--tighten", "--orphans", "null")
    assert refused.returncode == 1
    assert "triggers act on public.purchase" in refused.stderr


def test_a_copy_whose_rows_stand_against_it_stops_and_goes_on_when_they_are_mended(make_worn: MakeWorn) -> None:
    project = make_worn()
    _tighten(project)
    copy = LegacyProject(project.root, make_worn("insert into customer values (1, 'Another')", orphans=True).dsn)
    stopped = copy.manage("migrate", "legacy")
    assert 'Rows of "customer" stand against customer_pkey' in stopped.stderr
    assert copy.query("select count(*) from pg_class where relname = 'customer_pkey'") == [(0,)]
    copy.query("delete from customer where name = 'Another'")
    stopped = copy.manage("migrate", "legacy")
    assert "stand against purchase_customer_id_fkey" in stopped.stderr
    copy.query("update purchase set customer_id = null where customer_id > 900000")
    done(copy.manage, "migrate", "legacy")
    _assert_tight(copy)


def test_an_empty_database_is_made_and_tightened(worn: LegacyProject, new_database: object) -> None:
    _tighten(worn)
    empty = LegacyProject(worn.root, new_database())  # type: ignore[operator]  # the fixture's type is a callable
    done(empty.manage, "migrate", "legacy")
    _assert_tight(empty)
    sqlite = LegacyProject(worn.root, f"sqlite:///{worn.root / 'other.sqlite3'}")
    done(sqlite.manage, "migrate", "legacy")
    done(sqlite.manage, "migrate", "legacy", "0001")


def test_a_table_in_use_is_waited_for_briefly_and_tried_again(worn: LegacyProject) -> None:
    _tighten(worn)
    with psycopg.connect(worn.dsn) as reader:
        reader.execute("select from customer limit 1")  # and stays in its transaction
        threading.Timer(2.5, reader.rollback).start()
        done(worn.manage, "migrate", "legacy")
    _assert_tight(worn)


def test_orphans_that_others_refer_to_stay_and_no_value_is_shown(make_worn: MakeWorn) -> None:
    project = make_worn(orphans=True)
    _tighten(project, "--orphans", "delete")
    project.query("create table parcel (id integer, purchase_id integer references purchase)")
    project.query("insert into parcel values (1, 1011)")
    stopped = project.manage("migrate", "legacy")
    assert 'Rows of other tables refer to rows of "purchase"' in stopped.stderr
    assert "1011" not in stopped.stderr
    project.query("drop table parcel")
    done(project.manage, "migrate", "legacy")
    _assert_tight(project)


def test_options_that_make_no_sense_are_refused(worn: LegacyProject) -> None:
    assert worn.onboard("promote", "--all", "--orphans", "null").returncode == 2
    assert worn.onboard("promote", "--all", "--tighten", "--offline").returncode == 2
    assert worn.onboard("promote", "item", "--tighten", "--not-null", "purchase.note").returncode == 2
    assert worn.onboard("promote", "item", "--tighten", "--not-null", "item.nothing").returncode == 2
