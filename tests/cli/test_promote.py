from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import POSTGRESQL, LegacyProject, legacy_project, sqlite_file

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

TABLES = ("accounts", "legacy_customers", "orders", "logs")
NO_CHANGES = "No changes detected"


@pytest.fixture
def project(new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    return legacy_project(tmp_path, new_database(*POSTGRESQL))


@pytest.fixture(params=["postgresql", "sqlite"])
def either(request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    """The same project over each engine."""
    dsn = sqlite_file(tmp_path / "shop.db") if request.param == "sqlite" else new_database(*POSTGRESQL)
    return legacy_project(tmp_path, dsn)


def _rows(project: LegacyProject) -> list[object]:
    return [project.query(f"select * from {table} order by 1") for table in TABLES]


def _columns(project: LegacyProject, table: str) -> list[str]:
    if project.dsn.startswith("sqlite"):
        return [str(row[1]) for row in project.query(f"pragma table_info({table})")]
    found = project.query(
        f"select attname::text from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 "
        "and not attisdropped order by attnum"
    )
    return [str(name) for (name,) in found]


def _is_clean(project: LegacyProject) -> bool:
    checked = project.manage("makemigrations", "--check", "--dry-run")
    return checked.returncode == 0 and NO_CHANGES in checked.stdout


def test_promotes_one_table_and_leaves_its_rows_alone(either: LegacyProject) -> None:
    before, rows = either.text("legacy/models.py"), _rows(either)
    done = either.onboard("promote", "legacy_customers")
    assert done.returncode == 0, done.stderr
    assert "legacy.0002_promote_legacy_customers" in done.stdout
    assert "auth_user" in done.stdout
    assert "none. It locks nothing" in done.stdout
    assert 'Promote(\n            names="Customer",' in either.text(
        "legacy/migrations/0002_promote_legacy_customers.py"
    )
    customer = before.index('        managed = False\n        db_table = "legacy_customers"')
    assert either.text("legacy/models.py") == before[:customer] + before[customer:].replace(
        "        managed = False\n", "", 1
    )
    assert _is_clean(either)
    assert either.manage("migrate").returncode == 0
    assert _rows(either) == rows
    assert _is_clean(either)


def test_a_promoted_table_migrates_like_any_other(either: LegacyProject) -> None:
    assert either.onboard("promote", "orders").returncode == 0
    models = either.text("legacy/models.py").replace(
        "    total = models", "    note = models.CharField(max_length=9, null=True)\n    total = models"
    )
    either.write("legacy/models.py", models.replace("max_digits=10", "max_digits=12"))
    made = either.manage("makemigrations")
    assert "Add field note to order" in made.stdout
    assert "Alter field total on order" in made.stdout
    assert either.manage("migrate").returncode == 0
    assert sorted(_columns(either, "orders")) == ["customer_id", "note", "order_no", "total"]
    assert either.manage("migrate", "legacy", "0001").returncode == 0
    assert sorted(_columns(either, "orders")) == ["customer_id", "order_no", "total"]
    assert len(_rows(either)) == 4


def test_all_takes_what_it_can_and_names_the_rest(either: LegacyProject) -> None:
    done = either.onboard("promote", "--all")
    assert done.returncode == 3
    assert ".logs: it has no key" in done.stderr
    text = either.text("legacy/migrations/0002_promote_3_tables.py")
    assert text.index("Account") < text.index("Customer") < text.index("Order")
    assert either.text("legacy/models.py").count("managed = False") == 1
    assert either.manage("migrate").returncode == 0
    assert _is_clean(either)


def test_each_writes_one_migration_per_table(project: LegacyProject) -> None:
    assert project.onboard("promote", "orders", "accounts", "--each").returncode == 0
    names = sorted(path.name for path in (project.root / "legacy/migrations").glob("000*.py"))
    assert names == ["0001_initial.py", "0002_promote_accounts.py", "0003_promote_orders.py"]
    assert _is_clean(project)


def test_a_second_promotion_finds_nothing_to_do(either: LegacyProject) -> None:
    assert either.onboard("promote", "orders").returncode == 0
    again = either.onboard("promote", "orders")
    assert again.returncode == 0
    assert "Nothing to do" in again.stdout
    assert not list((either.root / "legacy/migrations").glob("0003*"))


def test_rows_survive_zero_and_back(either: LegacyProject) -> None:
    rows = _rows(either)
    assert either.onboard("promote", "--all").returncode == 3
    assert either.manage("migrate").returncode == 0
    assert either.manage("migrate", "legacy", "zero").returncode == 0
    assert _rows(either) == rows
    assert either.manage("migrate").returncode == 0
    assert _rows(either) == rows


def test_rows_survive_squash_migrate_and_zero(either: LegacyProject) -> None:
    rows = _rows(either)
    assert either.onboard("promote", "--all").returncode == 3
    squashed = either.manage("squashmigrations", "--noinput", "legacy", "0002")
    assert squashed.returncode == 0, squashed.stderr
    for step in (("migrate",), ("migrate", "legacy", "zero"), ("migrate",)):
        done = either.manage(*step)
        assert done.returncode == 0, done.stderr
        assert _rows(either) == rows
    assert _is_clean(either)


def test_the_record_is_brought_up_to_the_model_first(project: LegacyProject) -> None:
    project.query("alter table accounts add note text, alter code type varchar(50)")
    project.scan()
    models = project.text("legacy/models.py").replace(
        "max_length=20)", "max_length=50)\n    note = models.TextField(null=True)"
    )
    project.write("legacy/models.py", models)
    assert project.onboard("promote", "accounts").returncode == 0
    text = project.text("legacy/migrations/0002_promote_accounts.py")
    assert "SeparateDatabaseAndState" in text
    assert text.index("AddField") < text.index("Promote(")
    assert _is_clean(project)
    assert project.manage("migrate").returncode == 0
    assert "no-op" in project.manage("sqlmigrate", "legacy", "0002").stdout
    assert _columns(project, "accounts") == ["id", "code", "note"]


def test_refuses_a_table_that_is_not_what_its_model_says(project: LegacyProject) -> None:
    project.query("alter table accounts alter code type text")
    before = project.text("legacy/models.py")
    done = project.onboard("promote", "accounts")
    assert done.returncode == 1
    assert "`code`: the model says `varchar(20)` (field `code`), the database `text`" in done.stderr
    assert project.text("legacy/models.py") == before
    assert not list((project.root / "legacy/migrations").glob("0002*"))


def test_offline_proves_against_the_last_scan(project: LegacyProject) -> None:
    project.query("alter table accounts alter code type text")
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    done = project.onboard("promote", "accounts", "--offline", DATABASE_URL=nowhere)
    assert done.returncode == 0, done.stderr


def test_dry_run_shows_and_writes_nothing(project: LegacyProject) -> None:
    before = project.text("legacy/models.py")
    done = project.onboard("promote", "orders", "--dry-run")
    assert done.returncode == 0
    assert "-        managed = False  # the shop writes here, too\n+        # the shop writes here, too" in done.stdout
    assert "+++ b/legacy/migrations/0002_promote_orders.py" in done.stdout
    assert project.text("legacy/models.py") == before
    assert not list((project.root / "legacy/migrations").glob("0002*"))


def test_a_table_nobody_scanned_is_bad_input(project: LegacyProject) -> None:
    done = project.onboard("promote", "order")
    assert done.returncode == 2
    assert "`public.orders`" in done.stderr


def test_tables_and_all_exclude_each_other(project: LegacyProject) -> None:
    assert project.onboard("promote").returncode == 2
    assert project.onboard("promote", "orders", "--all").returncode == 2


def test_refuses_with_the_lines_to_add_while_the_app_is_not_installed(project: LegacyProject) -> None:
    project.write("shop/settings.py", project.text("shop/settings.py").replace(', "legacy"]', "]"))
    done = project.onboard("promote", "orders")
    assert done.returncode == 1
    assert 'INSTALLED_APPS in the settings:\n    "legacy",' in done.stderr


def test_keeps_the_last_migration_of_linear_histories(project: LegacyProject) -> None:
    project.write("legacy/migrations/max_migration.txt", "0001_initial\n")
    assert project.onboard("promote", "orders").returncode == 0
    assert project.text("legacy/migrations/max_migration.txt") == "0002_promote_orders\n"


def test_no_server_is_nothing_done(project: LegacyProject) -> None:
    done = project.onboard("promote", "orders", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/nothing")
    assert done.returncode == 4
    assert "secret" not in done.stderr


def test_says_beforehand_that_migrate_will_fail_on_broken_foreign_keys(tmp_path: Path) -> None:
    project = legacy_project(tmp_path, sqlite_file(tmp_path / "shop.db"))
    project.query("update orders set customer_id = 99 where order_no = 1")
    done = project.onboard("promote", "accounts")
    assert done.returncode == 0
    assert "rows of `orders` refer to rows that `legacy_customers` does not have" in done.stderr
