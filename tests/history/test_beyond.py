"""What a database has beyond its models: made by the history itself, carried over as SQL, or named and refused."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import seeded, shop

_OWN = {
    "postgresql": (
        'alter table shop_tag alter column name type varchar(10) collate "C"',
        "create index by_note on shop_order (note) where note is not null",
        "alter table shop_order add constraint small check (total < 1000)",
    ),
    "sqlite": ("create index by_name on shop_tag (name)", "create index by_note on shop_order (note) where total > 3"),
}


def _with_own_sql(project: Project) -> Project:
    project.migration(
        "shop",
        "0003_own",
        f'dependencies = [("shop", "0002_note")]\noperations = [migrations.RunSQL({list(_OWN[project.engine])!r}, "")]',
    )
    return seeded(project)


def _reset(project: Project, *options: str) -> str:
    rows, catalog = project.rows(), project.catalog()
    said = project.onboard("reset", "shop", "--apply", *options)
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled("shop")
    return said


def _built_anew(project: Project) -> list[str]:
    project.empty()
    project.manage("migrate", "-v0")
    return sorted(line.strip(" ,") for line in project.catalog().splitlines())


def test_what_the_history_makes_itself_is_no_difference(make_project: MakeProject) -> None:
    project = _with_own_sql(shop(make_project))
    catalog = sorted(line.strip(" ,") for line in project.catalog().splitlines())
    said = _reset(project)
    assert "made by the history beside the models" in said
    assert "will differ" not in said
    assert _built_anew(project) == catalog


def test_without_its_migration_it_is_refused_by_name_until_it_is_carried(make_project: MakeProject) -> None:
    project = _with_own_sql(shop(make_project))
    catalog = sorted(line.strip(" ,") for line in project.catalog().splitlines())
    (project.root / "shop/migrations/0003_own.py").unlink()
    said = project.onboard("reset", "shop", code=1)
    assert "collation_differs" in said or project.engine == "sqlite"
    assert "--carry" in said
    said = _reset(project, "--carry")
    assert f"RunSQL({len(_OWN[project.engine])} statements from the catalogue)" in said
    assert "will differ" not in said
    assert _built_anew(project) == catalog


def test_a_column_of_nobody_is_not_carried(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql("alter table shop_tag add column mine integer")
    assert "column_unclaimed" in project.onboard("reset", "shop", "--carry", "--apply", code=1)


def test_adopt_and_doctor_do_not_take_it_for_a_difference(make_project: MakeProject) -> None:
    project = _with_own_sql(shop(make_project))
    project.onboard("doctor")
    project.sql("delete from django_migrations where app = 'shop'")
    project.onboard("adopt", "shop", "--apply")
    project.settled("shop")
    project.sql("create index by_nobody on shop_tag (id, name)")
    assert "by_nobody" in project.onboard("doctor", code=1)


def test_the_next_environment_may_have_it_too(make_project: MakeProject) -> None:
    project = _with_own_sql(shop(make_project))
    _reset(project)
    project.sql("delete from django_migrations where app = 'shop' and name <> '0003_own'")
    project.onboard("reset", "shop", "--database-only", "--apply")
    project.settled("shop")
