"""Tables without a record: recorded only if true, made where missing, refused with both ways out where different."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import SHOP, seeded, shop, shop_and_blog


def _forgotten(project: Project, *apps: str) -> Project:
    """No files and no rows: as before Django had migrations."""
    for app in apps:
        for path in (project.root / app / "migrations").glob("*.py"):
            path.unlink()
        (project.root / app / "migrations").rmdir()
        project.sql(f"delete from django_migrations where app = '{app}'")
    return project


def _adopted(project: Project, *apps: str, options: tuple[str, ...] = ()) -> str:
    rows, catalog = project.rows(), project.catalog()
    said = project.onboard("adopt", *apps, "--apply", *options)
    assert project.rows() == rows
    assert project.catalog() == catalog
    project.settled(*apps)
    return said


def test_apps_older_than_migrations(make_project: MakeProject) -> None:
    project = _forgotten(shop_and_blog(make_project), "shop", "blog")
    before = project.files()
    assert "shop/migrations/0001_initial.py" in project.onboard("adopt", "shop", "blog")
    assert project.files() == before
    _adopted(project, "shop", "blog")
    assert "replaces" not in project.files()["shop/migrations/0001_initial.py"]


def test_an_app_that_others_depend_on(make_project: MakeProject) -> None:
    project = _forgotten(shop_and_blog(make_project), "shop")
    _adopted(project, "shop")
    assert '("shop", "0001_initial")' in project.files()["blog/migrations/0001_initial.py"]


def test_files_without_rows_are_recorded(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.sql("delete from django_migrations where app = 'shop'")
    files = project.files()
    _adopted(project, "shop")
    assert project.files() == files


def test_a_database_that_has_no_record_at_all(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    rows = project.rows()
    project.sql("drop table django_migrations")
    project.onboard("adopt", "shop", "--apply")
    assert project.rows() == rows
    project.settled("shop")


def test_a_missing_table_is_made(make_project: MakeProject) -> None:
    project = _forgotten(seeded(shop(make_project)), "shop")
    catalog = project.catalog()
    project.sql("drop table shop_order_tags")
    said = project.onboard("adopt", "shop", "--apply")
    assert "shop_order_tags" in said
    project.settled("shop")
    assert _sorted(project.catalog()) == _sorted(catalog)


def _sorted(catalog: str) -> list[str]:
    """Names of sequences and constraints may be counted on; the order of lines may not."""
    return sorted(line.strip(" ,") for line in catalog.splitlines())


def test_a_table_with_quite_different_columns_is_refused(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.sql("create table shop_tag (completely varchar(9) primary key)")
    said = project.onboard("adopt", "shop", "--apply", code=1)
    assert "column_missing" in said
    assert project.record() == []


def test_both_ways_out_are_offered_and_one_is_written(make_project: MakeProject, engine: str) -> None:
    project = _forgotten(seeded(shop(make_project)), "shop")
    project.write("shop/models.py", "from django.db import models\n" + _AHEAD)
    before = project.files(), project.record()
    said = project.onboard("adopt", "shop", "--apply", code=1)
    assert "migrations.AddField" in said
    assert "--as-database" in said
    assert (project.files(), project.record()) == before
    rows, catalog = project.rows(), project.catalog()
    project.onboard("adopt", "shop", "--as-database", "--apply")
    assert (project.rows(), project.catalog()) == (rows, catalog)
    assert "shop.0002_to_the_models" in project.manage("migrate", "--plan")
    project.manage("migrate", "-v0")
    project.settled("shop")
    assert project.onboard("doctor")


_AHEAD = (
    SHOP.replace("max_length=10", "max_length=30, db_index=True")
    .replace(
        "note = models.TextField(null=True, blank=True)",
        "note = models.TextField(null=True)\n    new = models.IntegerField(default=3)",
    )
    .replace("max_length=80, unique=True", "max_length=80")
    + "\nclass Later(models.Model):\n    tag = models.ForeignKey(Tag, models.CASCADE)\n"
)


def test_circular_apps_without_a_history(make_project: MakeProject) -> None:
    project = make_project("north", "south")
    project.app("north", 'class N(models.Model):\n    sss = models.ForeignKey("south.S", models.CASCADE, null=True)\n')
    project.app("south", 'class S(models.Model):\n    nnn = models.ForeignKey("north.N", models.CASCADE, null=True)\n')
    project.manage("makemigrations", "north", "south", "-v0")
    project.manage("migrate", "-v0")
    _adopted(_forgotten(project, "north", "south"), "north", "south")


def test_a_renamed_app_takes_its_rows_along(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql("update django_migrations set app = 'store' where app = 'shop'")
    _adopted(project, "shop", options=("--renamed-from", "store"))
    assert {app for _, app, _, _ in project.record()} == {"shop"}
    project.onboard("reset", "--undo")
    assert {app for _, app, _, _ in project.record()} == {"store"}


def test_functions_that_are_recorded_without_a_run_are_named(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.migration(
        "shop",
        "0003_seed",
        'dependencies = [("shop", "0002_note")]\noperations = [migrations.RunPython(print)]',
    )
    project.manage("migrate", "shop", "0002", "-v0")
    project.sql("delete from django_migrations")
    assert "Recorded without being run" in project.onboard("adopt", "shop")


def test_migrations_behind_the_models_are_refused(make_project: MakeProject) -> None:
    project = shop(make_project)
    seeded(project)
    project.sql("delete from django_migrations where app = 'shop'", "alter table shop_tag add column x integer null")
    path = project.root / "shop/models.py"
    path.write_text(
        path.read_text().replace("max_length=10)", "max_length=10)\n    x = models.IntegerField(null=True)")
    )
    assert "do not say what the models say" in project.onboard("adopt", "shop", code=1)


def test_django_s_own_apps(make_project: MakeProject) -> None:
    project = make_project(
        "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.sites"
    )
    project.manage("migrate", "-v0")
    project.sql("delete from django_migrations where app in ('auth', 'sites', 'contenttypes', 'sessions')")
    _adopted(project, "auth", "sites", "contenttypes", "sessions")
