"""Many migrations into one: proven to build the same, with functions, legacy flags and an end."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import seeded, shop, shop_and_blog

_SEED_CODE = """
NAMES = ("a", "b")

def forwards(apps, schema_editor):
    for name in NAMES:
        apps.get_model("shop", "Tag").objects.create(name=name)
"""


def _long(project: Project) -> Project:
    project.migration(
        "shop",
        "0003_seed",
        'dependencies = [("shop", "0002_note")]\n'
        "operations = [migrations.RunPython(forwards, migrations.RunPython.noop), "
        "migrations.RunPython(lambda a, s: None, elidable=True)]",
        more=_SEED_CODE,
    )
    project.migration(
        "shop",
        "0004_more",
        """
        dependencies = [("shop", "0003_seed")]
        operations = [
            migrations.AddField("tag", "a", models.IntegerField(null=True)),
            migrations.AddField("tag", "b", models.IntegerField(null=True)),
            migrations.RemoveField("tag", "a"),
            migrations.RemoveField("tag", "b"),
        ]
        """,
    )
    return project


def test_a_history_with_functions_is_squashed_and_ended(make_project: MakeProject) -> None:
    project = _long(shop_and_blog(make_project))
    project.manage("migrate", "-v0")
    rows, catalog, files = project.rows(), project.catalog(), project.files()
    assert "Nothing has been changed" in project.onboard("squash", "shop")
    assert project.files() == files
    said = project.onboard("squash", "shop", "--apply")
    assert "4 migrations with 10 operations become one with 4" in said
    project.settled("shop")
    assert "def forwards" in project.files()["shop/migrations/_kept.py"]
    project.onboard("squash", "shop", "--finish", "--apply")
    assert [path for path in project.files() if "shop/migrations/0" in path] == [
        "shop/migrations/0001_squashed_0004_more.py"
    ]
    assert '("shop", "0001_squashed_0004_more")' in project.files()["blog/migrations/0001_initial.py"]
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled("shop", "blog")
    assert "agree" in project.onboard("doctor")
    project.onboard("reset", "--undo")
    project.settled("shop", "blog")


def test_a_part_is_squashed_and_later_ones_stand_on_it(make_project: MakeProject) -> None:
    project = _long(shop(make_project))
    seeded(project)
    project.onboard("squash", "shop", "--from", "0002", "--to", "0003", "--apply")
    project.settled("shop")
    project.onboard("squash", "shop", "--finish", "--apply")
    project.settled("shop")
    assert "0002_note_squashed_0003_seed" in project.files()["shop/migrations/0004_more.py"]


def test_what_will_fail_is_said_beforehand(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.migration(
        "shop",
        "0003_after_blog",
        'dependencies = [("shop", "0002_note"), ("blog", "0001_initial")]\noperations = []',
    )
    project.migration("shop", "0003_other", 'dependencies = [("shop", "0002_note")]\noperations = []')
    said = project.onboard("squash", "shop", code=1)
    assert "`blog.0001_initial` stands on migrations of the range" in said
    assert "ends in 2 migrations" in said
    assert "0009" in project.onboard("squash", "shop", "--to", "0009", code=2)
    assert "No migration of `shop` stands for others" in project.onboard("squash", "shop", "--finish", code=1)


def test_histories_that_build_different_databases_are_refused(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.migration(
        "shop",
        "0003_odd",
        'dependencies = [("shop", "0002_note")]\noperations = [Odd()]',
        more="""
        class Odd(migrations.RunSQL):
            def __init__(self):
                super().__init__("select 1")
            def database_forwards(self, app_label, editor, before, after):
                if __name__.endswith("0003_odd"):  # the copy elsewhere does less
                    editor.execute("create index odd on shop_tag (name)")
        """,
    )
    seeded(project)
    before = project.files()
    assert "index odd" in project.onboard("squash", "shop", "--apply", code=1)
    assert project.files() == before


def test_a_legacy_table_survives_the_way_back(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.app("shop", "class Old(models.Model):\n    name = models.CharField(max_length=9)\n")
    project.migration(
        "shop",
        "0001_initial",
        'operations = [migrations.CreateModel("Old", [("id", models.BigAutoField(primary_key=True, auto_created=True, '
        'serialize=False, verbose_name="ID")), ("name", models.CharField(max_length=9))], options={"managed": False})]',
    )
    project.migration(
        "shop",
        "0002_take",
        'dependencies = [("shop", "0001_initial")]\noperations = [migrations.AlterModelOptions("old", options={})]',
    )
    project.sql(f"create table shop_old (id {_KEY[project.engine]}, name varchar(9) not null)")
    project.manage("migrate", "-v0")
    project.sql("insert into shop_old (name) values ('kept')")
    assert "`old` was there before Django" in project.onboard("squash", "shop", "--apply")
    project.onboard("squash", "shop", "--finish", "--apply")
    project.settled("shop")
    project.manage("migrate", "shop", "zero", "-v0")
    assert "kept" in project.rows()["shop_old"][0]


_KEY = {
    "sqlite": "integer primary key autoincrement",
    "postgresql": "bigint generated by default as identity primary key",
}


def test_a_squash_is_not_ended_before_it_is_recorded(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.manage("migrate", "shop", "0001", "-v0")
    project.onboard("squash", "shop", "--apply")
    assert "is not recorded here" in project.onboard("squash", "shop", "--finish", code=1)
    project.manage("migrate", "-v0")
    project.onboard("squash", "shop", "--finish", "--apply")
    project.settled("shop")
