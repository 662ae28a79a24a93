"""Each broken state has its finding, with why and the command that mends it; a sound project has none."""

from __future__ import annotations

import json
from typing import Any

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import seeded, shop, shop_and_blog


def _found(project: Project, *arguments: str) -> dict[str, Any]:
    """Findings by kind; running it changes nothing."""
    before = project.files(), project.record(), project.rows()
    answer = project.run("onboard", "doctor", "--json", *arguments)
    assert answer["code"] in (0, 1), answer["err"]
    assert (project.files(), project.record(), project.rows()) == before
    findings = json.loads(answer["out"])["findings"]
    assert answer["code"] == (1 if findings else 0)
    assert all(one["what"] and one["why"] and one["mend"] for one in findings)
    return {one["kind"]: one for one in findings}


def test_a_sound_project_has_no_findings(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    assert _found(project) == {}
    assert "agree" in project.onboard("doctor")


def test_an_app_that_depends_on_its_own_first_migration_is_sound(make_project: MakeProject) -> None:
    project = shop(make_project)
    path = project.root / "shop/migrations/0001_initial.py"
    path.write_text(path.read_text().replace("dependencies = [", 'dependencies = [("shop", "__first__"), ', 1))
    seeded(project)
    assert _found(project) == {}


def test_files_rows_and_parents_that_are_missing(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.remove("shop/migrations/0002_note.py")
    project.migration("shop", "0003_x", 'dependencies = [("shop", "0001_initial")]\noperations = []')
    project.write("shop/migrations/0004_broken.py", "import nowhere\n")
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")
    found = _found(project)
    assert found["applied_but_missing"]["place"] == "shop.0002_note"
    assert found["dependency_missing"]["place"] == "blog.0001_initial"
    assert "onboard reset shop" in found["dependency_missing"]["mend"]
    assert "No module named 'nowhere'" in found["unreadable"]["what"]


def test_leaves_circles_and_rows_before_their_parents(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.migration("shop", "0002_other", 'dependencies = [("shop", "0001_initial")]\noperations = []')
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")
    project.migration("blog", "0002_a", 'dependencies = [("blog", "0003_b")]\noperations = []')
    project.migration("blog", "0003_b", 'dependencies = [("blog", "0002_a")]\noperations = []')
    found = _found(project)
    assert "applied here: 0002_note" in found["several_leaves"]["what"]
    assert found["applied_before_parent"]["place"] == "shop.0002_note"
    assert found["dependency_circle"]["place"] == "blog.0002_a, blog.0003_b"


def test_wrong_fakes(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.manage("migrate", "--fake", "-v0")
    assert "not there" in _found(project)["recorded_but_missing"]["what"]
    other = "create table shop_tag (completely integer primary key)"
    project.sql(other)
    assert "column_missing" in _found(project)["recorded_but_different"]["what"]


def test_an_applied_migration_that_was_edited(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    path = project.root / "shop/migrations/0001_initial.py"
    path.write_text(path.read_text().replace("max_length=50", "max_length=20"))
    found = _found(project)
    assert "varchar(20)" in found["recorded_but_different"]["what"]
    assert "Alter field name" in found["models_ahead"]["what"]


def test_a_renamed_app(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql("update django_migrations set app = 'store' where app = 'shop'")
    found = _found(project)
    assert found["app_renamed"]["mend"].startswith("`onboard adopt shop --renamed-from store`")
    assert found["tables_unrecorded"]["app"] == "shop"


def test_tables_without_a_history_and_folders_django_does_not_see(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql("delete from django_migrations where app = 'shop'")
    project.remove("shop/migrations/__init__.py")
    assert "no_package" in _found(project)
    for name in ("0001_initial", "0002_note"):
        project.remove(f"shop/migrations/{name}.py")
    project.write("shop/migrations/__init__.py", "")
    assert _found(project)["no_history"]["mend"] == "`onboard adopt shop`."


def test_unmanaged_models_are_settled_by_write(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.app(
        "shop",
        """
        class Old(models.Model):
            name = models.CharField(max_length=9, db_index=True)
            parent = models.ForeignKey("self", models.CASCADE, null=True)
            class Meta:
                managed = False
                db_table = "tblold"
        """,
    )
    project.manage("makemigrations", "shop", "-v0")
    project.manage("migrate", "-v0")
    assert "Django 6.2" in _found(project)["unmanaged_state_stale"]["why"]
    assert "0002_record_unmanaged_models.py" in project.onboard("doctor", "shop", "--write")
    project.manage("migrate", "-v0")
    assert _found(project) == {}
    assert "nothing to write" in project.onboard("doctor", "--write")
    project.settled("shop")


def test_sequences_keys_and_constraints(make_project: MakeProject, engine: str) -> None:
    if engine == "sqlite":
        return  # it has neither sequences that fall behind nor constraints that can be dropped
    project = shop_and_blog(make_project)
    project.sql(
        "insert into shop_tag (id, name) values (50, 'x')",
        "alter table shop_tag alter column id type integer",
        "do $$ begin execute (select 'alter table blog_post drop constraint ' || quote_ident(conname) "
        "from pg_constraint where conrelid = 'blog_post'::regclass and contype = 'f'); end $$",
    )
    found = _found(project)
    assert "stands at 1, the table has 50" in found["sequence_behind"]["what"]
    assert found["id_type_differs"]["place"] == "public.shop_tag.id"
    assert found["foreign_key_unenforced"]["place"] == "public.blog_post.by_id"


def test_a_counter_that_is_behind_the_rows(make_project: MakeProject, engine: str) -> None:
    project = seeded(shop(make_project))
    back = {
        "sqlite": "update sqlite_sequence set seq = 0 where name = 'shop_tag'",
        "postgresql": "select setval('shop_tag_id_seq', 1, false)",
    }
    project.sql(back[engine])
    found = _found(project)["sequence_behind"]
    assert "the table has 1" in found["what"]
    assert ("keys are given to new ones" in found["why"]) == (engine == "sqlite")
    if engine == "sqlite":
        project.sql("delete from sqlite_sequence where name = 'shop_tag'")
        assert "has not begun" in _found(project)["sequence_behind"]["what"]


def test_squashes_that_are_half_way(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.manage("squashmigrations", "shop", "0002_note", "--no-input", "-v0")
    project.manage("migrate", "-v0")
    assert "onboard squash shop --finish" in _found(project)["squash_unfinished"]["mend"]
    project.sql("delete from django_migrations where name = '0002_note'")
    assert "of which 1 are recorded" in _found(project)["squash_half_applied"]["what"]


def test_rows_that_are_there_twice(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql(
        "insert into django_migrations (app, name, applied) "
        "select app, name, applied from django_migrations where name = '0002_note'"
    )
    assert _found(project, "shop")["recorded_twice"]["place"] == "shop.0002_note"
