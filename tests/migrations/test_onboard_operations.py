"""The operations generated into an app, in real migrations; each trap here loses a table or column in stock Django."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from onboard.catalog.structure import Extension, TableKind
from onboard.passes.source import ModelSource
from tests.catalogs import catalog, column, foreign_key, table
from tests.conftest import NewDatabase
from tests.migrations.apps import Project, baseline, database, model, project

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

ACCOUNTS = (
    "create table accounts (id integer not null, name varchar(20) not null, constraint accounts_pkey primary key (id))"
)
CUSTOMERS = (
    "create table legacy_customers (id integer not null, fullname varchar(255) not null, account_id integer not null,"
    " constraint legacy_customers_pkey primary key (id),"
    " constraint fk_account_id foreign key (account_id) references accounts (id))"
)
ROWS = ("insert into accounts values (1, 'a')", "insert into legacy_customers values (1, 'Ada', 1)")

CATALOG = catalog(
    table("accounts", column("id"), column("name", "varchar(20)"), primary_key="id"),
    table(
        "legacy_customers",
        column("id"),
        column("fullname", "varchar(255)"),
        column("account_id"),
        primary_key="id",
        indexes=("fullname",),
        foreign_keys=(foreign_key("account_id", "accounts(id)"),),
    ),
)
KEY = "models.IntegerField(primary_key=True, serialize=False)"
ACCOUNT_FIELDS = {"id": KEY, "name": "models.CharField(max_length=20)"}
CUSTOMER_FIELDS = {
    "id": KEY,
    "full_name": 'models.CharField(max_length=255, db_column="fullname")',
    "account": 'models.ForeignKey("legacy.account", models.PROTECT, db_column="account_id", db_index=False)',
}
ACCOUNT = model("Account", "accounts", ACCOUNT_FIELDS)
CUSTOMER = model("Customer", "legacy_customers", CUSTOMER_FIELDS)


def managed(one: ModelSource) -> ModelSource:
    """The same model as `models.py` says it once it is Django's."""
    return replace(one, text=one.text.replace("        managed = False\n", ""))


@pytest.fixture
def legacy(tmp_path: Path, new_database: NewDatabase) -> tuple[Project, str]:
    """A project over a database that has the tables and a row in each."""
    dsn = new_database(ACCOUNTS, CUSTOMERS, *ROWS)
    return _project(tmp_path, dsn), dsn


@pytest.fixture
def empty(tmp_path: Path, new_database: NewDatabase) -> tuple[Project, str]:
    """The same project over an empty database."""
    dsn = new_database()
    return _project(tmp_path, dsn), dsn


def _project(root: Path, dsn: str) -> Project:
    return project(root, baseline(CATALOG, ACCOUNT, CUSTOMER), ACCOUNT, CUSTOMER, databases={"default": database(dsn)})


def tables(dsn: str) -> list[str]:
    """What lies in `public`, Django's own record left out."""
    with psycopg.connect(dsn) as connection:
        found = connection.execute(
            "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')"
            " and relname <> 'django_migrations' order by 1"
        )
        return [name for (name,) in found]


def columns(dsn: str, name: str) -> list[str]:
    """The columns of a table in `public`."""
    with psycopg.connect(dsn) as connection:
        found = connection.execute(
            "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
            " order by attnum",
            (name,),
        )
        return [one for (one,) in found]


def rows(dsn: str) -> int:
    """How many customers there are."""
    with psycopg.connect(dsn) as connection:
        found = connection.execute("select count(*) from legacy_customers").fetchone()
        assert found
        return int(found[0])


def test_leaves_a_database_that_has_the_tables_alone(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    made.ok("migrate", "migrate legacy zero", "migrate", "makemigrations --check --dry-run")
    assert rows(dsn) == 1


def test_makes_the_tables_in_an_empty_database_and_never_drops_them(empty: tuple[Project, str]) -> None:
    made, dsn = empty
    made.ok("migrate")
    assert tables(dsn) == ["accounts", "legacy_customers"]
    with psycopg.connect(dsn) as connection:
        for statement in ROWS:
            connection.execute(statement.encode())
    made.ok("migrate legacy zero", "migrate")
    assert rows(dsn) == 1


def test_fake_initial_changes_nothing_of_this(
    legacy: tuple[Project, str], tmp_path: Path, new_database: NewDatabase
) -> None:
    made, dsn = legacy
    made.ok("migrate --fake-initial")
    assert rows(dsn) == 1
    absent = new_database()
    _project(tmp_path / "absent", absent).ok("migrate --fake-initial")
    assert tables(absent) == ["accounts", "legacy_customers"]


def test_stops_with_the_statement_that_the_server_refuses(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database("create type accounts as (x integer)")  # the name of the table's row type is taken
    outcome = _project(tmp_path, dsn).run("migrate")
    assert outcome.code == 1
    assert 'The statement was: create table "public"."accounts"' in outcome.err
    assert tables(dsn) == []


def test_an_extension_that_is_not_to_be_had_is_named_and_stops_nothing_by_itself(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    dsn = new_database()
    known = replace(CATALOG, extensions=(Extension("no_such_extension", "public"),))
    files = baseline(known, ACCOUNT, CUSTOMER)
    made = project(tmp_path, files, ACCOUNT, CUSTOMER, databases={"default": database(dsn)})
    outcome = made.run("migrate")
    assert outcome.code == 0, outcome.err
    assert 'create extension if not exists "no_such_extension"' in outcome.err
    assert tables(dsn) == ["accounts", "legacy_customers"]


def test_a_view_that_cannot_be_made_is_named_and_stops_nothing(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database()
    good = table("names", column("name", "text"), kind=TableKind.VIEW, view_definition="select name from accounts")
    bad = table("wrong", column("name", "text"), kind=TableKind.VIEW, view_definition="select name from nowhere")
    known = replace(CATALOG, tables=(*CATALOG.tables, good, bad))
    files = baseline(known, ACCOUNT, CUSTOMER)
    outcome = project(tmp_path, files, ACCOUNT, CUSTOMER, databases={"default": database(dsn)}).run("migrate")
    assert outcome.code == 0, outcome.err
    assert "view public.wrong was not made" in outcome.err
    assert tables(dsn) == ["accounts", "legacy_customers", "names"]


def test_stops_and_names_what_is_missing_where_some_tables_exist(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database(ACCOUNTS)
    outcome = _project(tmp_path, dsn).run("migrate")
    assert outcome.code == 1
    assert "1 of 2 recorded tables do not exist in database 'default': public.legacy_customers." in outcome.err
    assert tables(dsn) == ["accounts"]


def test_stops_where_a_column_is_missing_and_lets_others_be(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database(ACCOUNTS.replace("name varchar(20)", "title text"), CUSTOMERS)
    outcome = _project(tmp_path, dsn).run("migrate")
    assert outcome.code == 1
    assert "public.accounts: name" in outcome.err


def test_stops_where_the_search_path_does_not_lead_to_the_tables(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database("create schema other", ACCOUNTS, CUSTOMERS)
    made = project(
        tmp_path,
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(dsn, search_path="other")},
    )
    outcome = made.run("migrate")
    assert outcome.code == 1
    assert "(other) does not lead to public.accounts, public.legacy_customers" in outcome.err
    with psycopg.connect(dsn) as connection:
        assert connection.execute("select to_regclass('other.accounts')").fetchone() == (None,)


def test_stops_where_the_name_finds_another_table(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database("create schema other", ACCOUNTS, CUSTOMERS, "create table other.accounts (id integer)")
    made = project(
        tmp_path,
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(dsn, search_path="other,public")},
    )
    outcome = made.run("migrate")
    assert outcome.code == 1
    assert "does not lead to public.accounts." in outcome.err


def test_makes_nothing_where_the_tables_would_be_out_of_reach(tmp_path: Path, new_database: NewDatabase) -> None:
    dsn = new_database("create schema other")
    made = project(
        tmp_path,
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(dsn, search_path="other")},
    )
    assert made.run("migrate").code == 1
    assert tables(dsn) == []


def test_sqlmigrate_shows_the_statements_and_no_sql_for_a_flip(legacy: tuple[Project, str]) -> None:
    made, _ = legacy
    made.migration("0002_promote", "0001_initial", "_onboard.Promote('Customer')")
    assert 'create table "public"."legacy_customers"' in made.ok("sqlmigrate legacy 0001")
    assert _statements(made.ok("sqlmigrate legacy 0001 --backwards")) == []
    assert _statements(made.ok("sqlmigrate legacy 0002")) == []
    assert _statements(made.ok("sqlmigrate legacy 0002 --backwards")) == []


def _statements(sql: str) -> list[str]:
    return [
        line for line in sql.splitlines() if line and not line.startswith("--") and line not in ("BEGIN;", "COMMIT;")
    ]


def test_a_promoted_model_is_recorded_as_its_class_says(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    made.migration("0002_promote", "0001_initial", "_onboard.Promote(['Account', 'Customer'])")
    made.models(managed(ACCOUNT), managed(CUSTOMER))
    made.ok("migrate", "makemigrations --check --dry-run")
    made.migration("0003_demote", "0002_promote", "_onboard.Demote('Customer')")
    made.models(managed(ACCOUNT), CUSTOMER)
    made.ok("migrate", "makemigrations --check --dry-run")
    assert rows(dsn) == 1


def test_a_promoted_table_migrates_and_a_demoted_one_does_not(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    made.migration("0002_promote", "0001_initial", "_onboard.Promote('Customer')")
    made.migration(
        "0003_add", "0002_promote", "migrations.AddField('Customer', 'vip', models.BooleanField(default=False))"
    )
    made.migration("0004_demote", "0003_add", "_onboard.Demote('Customer')")
    made.migration(
        "0005_add", "0004_demote", "migrations.AddField('Customer', 'unseen', models.BooleanField(null=True))"
    )
    made.ok("migrate")
    assert columns(dsn, "legacy_customers") == ["id", "fullname", "account_id", "vip"]
    made.ok("migrate legacy 0002")
    assert columns(dsn, "legacy_customers") == ["id", "fullname", "account_id"]
    made.ok("migrate", "migrate legacy zero")
    assert columns(dsn, "legacy_customers") == ["id", "fullname", "account_id"]
    assert rows(dsn) == 1


def test_squash_migrate_and_zero_in_one_run_keep_the_tables(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    made.migration("0002_promote", "0001_initial", "_onboard.Promote(['Account', 'Customer'])")
    made.models(managed(ACCOUNT), managed(CUSTOMER))
    made.ok("squashmigrations --no-input legacy 0002", "migrate", "makemigrations --check --dry-run")
    squashed = next((made.root / "legacy/migrations").glob("*squashed*.py"))
    made.ok("migrate legacy zero", "migrate", "migrate legacy zero")
    assert rows(dsn) == 1
    text = squashed.read_text()
    assert "CreateAbsentTables(" in text
    assert "Promote(" in text
    made.ok(f"optimizemigration legacy {squashed.stem}")
    (made.root / "legacy/migrations/0001_initial.py").unlink()
    (made.root / "legacy/migrations/0002_promote.py").unlink()
    squashed.write_text(text.replace("replaces = [", "_was = ["))
    made.ok("migrate", "migrate legacy zero")
    assert rows(dsn) == 1


def test_a_squashed_history_still_makes_the_tables(empty: tuple[Project, str]) -> None:
    made, dsn = empty
    made.migration("0002_promote", "0001_initial", "_onboard.Promote(['Account', 'Customer'])")
    made.models(managed(ACCOUNT), managed(CUSTOMER))
    made.ok("squashmigrations --no-input legacy 0002", "migrate", "migrate legacy zero", "migrate")
    assert tables(dsn) == ["accounts", "legacy_customers"]


def test_an_unwrapped_field_operation_beside_a_flip_drops_nothing_when_reversed(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    with psycopg.connect(dsn) as connection:
        connection.execute("alter table legacy_customers add column note text")
    made.migration(
        "0002_promote",
        "0001_initial",
        "migrations.AddField('Customer', 'note', models.TextField(null=True))",
        "_onboard.Promote('Customer')",
    )
    made.ok("migrate", "migrate legacy 0001")
    assert columns(dsn, "legacy_customers") == ["id", "fullname", "account_id", "note"]
    made.ok("migrate")
    made.script(_BOTH_WAYS)
    assert columns(dsn, "legacy_customers") == ["id", "fullname", "account_id", "note"]
    assert rows(dsn) == 1


# Forwards and backwards with one executor, so that rendered classes live on between the runs.
_BOTH_WAYS = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
state = executor.migrate([("legacy", None)])
executor.loader.build_graph()
state = executor.migrate([("legacy", "0002_promote")], state=state)
executor.loader.build_graph()
executor.migrate([("legacy", None)], state=state)
"""


def test_flip_field_removal_demote_and_back_keep_what_was_there(legacy: tuple[Project, str]) -> None:
    made, dsn = legacy
    made.migration("0002_promote", "0001_initial", "_onboard.Promote('Customer')")
    made.migration("0003_remove", "0002_promote", "migrations.RemoveField('Customer', 'full_name')")
    made.migration("0004_demote", "0003_remove", "_onboard.Demote('Customer')")
    made.ok("migrate")
    assert columns(dsn, "legacy_customers") == ["id", "account_id"]
    with psycopg.connect(dsn) as connection:
        connection.execute("delete from legacy_customers")  # the removed column cannot be null when it comes back
    made.ok("migrate legacy 0001")
    assert sorted(columns(dsn, "legacy_customers")) == ["account_id", "fullname", "id"]


def test_the_router_decides_which_database_gets_the_tables(tmp_path: Path, new_database: NewDatabase) -> None:
    first, other = new_database(), new_database()
    made = project(
        tmp_path,
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(first), "other": database(other)},
        routers=("routers.Legacy",),
    )
    made.write("routers.py", _ROUTER)
    made.ok("migrate", "migrate --database other")
    assert tables(first) == []
    assert tables(other) == ["accounts", "legacy_customers"]


_ROUTER = """\
class Legacy:
    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return db == "other" if model_name else None
"""


def test_stops_where_the_statements_are_of_a_model_that_is_not_recorded(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    dsn = new_database()
    made = _project(tmp_path, dsn)
    first = made.root / "legacy/migrations/0001_initial.py"
    first.write_text(first.read_text().replace('"Customer"', '"Client"'))
    outcome = made.run("migrate")
    assert outcome.code == 1
    assert "_baseline.py makes tables for models that are not recorded before it: Customer." in outcome.err
    assert tables(dsn) == []


def test_leaves_out_the_foreign_key_to_a_table_that_the_router_keeps_out(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    dsn = new_database()
    made = project(
        tmp_path,
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(dsn)},
        routers=("routers.Legacy",),
    )
    made.write("routers.py", _ROUTER.replace('db == "other" if model_name else None', 'model_name != "account"'))
    outcome = made.run("migrate")
    assert outcome.code == 0, outcome.err
    assert "public.legacy_customers got no foreign key to public.accounts" in outcome.err
    assert tables(dsn) == ["legacy_customers"]


def test_another_engine_gets_the_tables_from_the_models(tmp_path: Path) -> None:
    file = tmp_path / "db.sqlite3"
    made = project(
        tmp_path / "site",
        baseline(CATALOG, ACCOUNT, CUSTOMER),
        ACCOUNT,
        CUSTOMER,
        databases={"default": database(f"sqlite:///{file}")},
    )
    made.ok("migrate", "migrate legacy zero", "migrate", "makemigrations --check --dry-run")
    printed = made.script(
        "from legacy.models import Account, Customer\n"
        "a = Account.objects.create(id=1, name='a')\n"
        "Customer.objects.create(id=1, full_name='Ada', account=a)\n"
        "print(Customer.objects.filter(account__name='a').count())\n"
    )
    assert printed == "1\n"
    assert 'CREATE TABLE "legacy_customers"' in made.ok("sqlmigrate legacy 0001")


def test_the_test_database_has_the_tables_also_in_parallel(legacy: tuple[Project, str]) -> None:
    made, _ = legacy
    case = "from django.test import TestCase\nfrom legacy.models import Account\n\n\n"
    for number in (1, 2):
        case += (
            f"class Test{number}(TestCase):\n    def test_reads(self):\n"
            f"        Account.objects.create(id={number}, name='x')\n"
            "        self.assertEqual(Account.objects.count(), 1)\n\n\n"
        )
    made.write("legacy/tests.py", case)
    assert made.run("test --parallel 2 --no-input").code == 0


def test_four_hundred_flips_render_no_model_again(tmp_path: Path) -> None:
    """Counts what is rendered, not seconds: each model once for the baseline, none for the flips."""
    chain = [model("M0", "m0", {"id": KEY})]
    for number in range(1, 400):
        parent = f'models.ForeignKey("legacy.m{number - 1}", models.PROTECT, related_name="+")'
        chain.append(model(f"M{number}", f"m{number}", {"id": KEY, "up": parent}))
    lone = catalog(*(table(f"m{number}", column("id")) for number in range(400)))
    file = tmp_path / "db.sqlite3"
    made = project(
        tmp_path / "site", baseline(lone, *chain), *chain, databases={"default": database(f"sqlite:///{file}")}
    )
    made.migration("0002_promote", "0001_initial", f"_onboard.Promote({[one.name for one in chain]!r})")
    printed = made.script(
        "from django.core.management import call_command\n"
        "from django.db.migrations.state import ModelState\n"
        "rendered, render = [], ModelState.render\n"
        "ModelState.render = lambda self, apps: rendered.append(self.name) or render(self, apps)\n"
        "call_command('migrate', verbosity=0)\n"
        "print(len(rendered))\n"
    )
    assert int(printed) <= 3 * 400


def test_an_app_without_models_migrates(tmp_path: Path, new_database: NewDatabase) -> None:
    made = project(tmp_path, baseline(catalog()), databases={"default": database(new_database())})
    made.ok("migrate", "migrate legacy zero")
