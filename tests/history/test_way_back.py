"""What going back costs is said before: tables and columns with something in them, functions, what cannot be undone."""

from __future__ import annotations

import json
from typing import Any

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import shop_and_blog

_MORE = """
dependencies = [("shop", "0002_note")]
operations = [
    migrations.AddField("tag", "colour", models.CharField(max_length=9, null=True)),
    migrations.AddField("tag", "size", models.IntegerField(null=True)),
    migrations.RenameField("tag", "colour", "tint"),
    migrations.CreateModel("Draft", [("id", models.BigAutoField(primary_key=True))]),
    migrations.RenameModel("Draft", "Sketch"),
    migrations.SeparateDatabaseAndState(state_operations=[
        migrations.CreateModel("Old", [("id", models.BigAutoField(primary_key=True))]),
    ]),
    migrations.RunPython(forwards, backwards),
]
"""
_CODE = "def forwards(apps, editor):\n    pass\n\ndef backwards(apps, editor):\n    pass\n"


def _found(project: Project, target: str) -> list[dict[str, Any]]:
    answer = project.run("onboard", "doctor", "shop", "--back-to", target, "--json")
    assert answer["code"] in (0, 1), answer["err"]
    found: list[dict[str, Any]] = json.loads(answer["out"])["findings"]
    return found


def test_what_is_lost_is_named_by_its_name_now(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.migration("shop", "0003_more", _MORE, more=_CODE)
    project.manage("migrate", "-v0")
    project.sql("update shop_tag set tint = 'red'")
    rows, record = project.rows(), project.record()
    found = {one["place"]: one["what"] for one in _found(project, "0002")}
    assert (project.rows(), project.record()) == (rows, record)
    assert "has values" in found["shop_tag.tint"]
    assert "is empty" in found["shop_tag.size"]
    assert "is empty" in found["shop_sketch"]
    assert "`backwards` will run" in found["shop.0003_more"]
    assert not any("old" in place for place in found)


def test_the_migrations_of_other_apps_that_go_too_are_named(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    found = _found(project, "zero")
    assert {one["place"] for one in found if one["kind"] == "back_takes_others"} == {"blog.0001_initial"}
    lost = {one["place"] for one in found if "has rows" in one["what"]}
    assert lost == {"blog_post", "shop_customer", "shop_order", "shop_order_tags", "shop_tag"}


def test_what_has_no_reverse_stops_it(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    body = "dependencies = [('shop', '0002_note')]\noperations = [migrations.RunSQL('select 1')]"
    project.migration("shop", "0003_sql", body)
    project.manage("migrate", "-v0")
    assert [one["kind"] for one in _found(project, "0002_note")] == ["back_irreversible"]


def test_a_way_that_loses_nothing(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.migration("shop", "0003_none", "dependencies = [('shop', '0002_note')]\noperations = []")
    project.manage("migrate", "-v0")
    assert "loses nothing" in project.onboard("doctor", "shop", "--back-to", "0002")
    project.onboard("doctor", "--back-to", "0002", code=2)
    project.onboard("doctor", "shop", "--back-to", "0009", code=2)
