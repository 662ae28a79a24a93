"""More broken histories, each mended by one command: rows and catalogue stay, and an empty database comes out alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import shop_and_blog

Break = Callable[[Project], None]

_EMPTY = "dependencies = [('shop', '{}')]\noperations = []"


def _mended(project: Project, *apps: str, options: tuple[str, ...] = ()) -> str:
    """Reset; nothing but the memory changed; an empty database built from the new history has the same tables."""
    rows, catalog = project.rows(), project.catalog()
    said = project.onboard("reset", *apps, "--apply", *options)
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled(*apps)
    assert "will differ" not in said
    return said


def _a_class_that_is_missing(project: Project) -> None:
    project.write("shop/migrations/0003_nothing.py", "import django\n")


def _a_file_with_a_conflict_in_it(project: Project) -> None:
    project.write("shop/migrations/0003_both.py", "<<<<<<< HEAD\nclass Migration:\n=======\n>>>>>>> other\n")


def _dependencies_that_are_no_pairs(project: Project) -> None:
    project.migration("shop", "0003_odd", "dependencies = ['shop']\noperations = []")


def _an_app_that_is_not_installed(project: Project) -> None:
    project.migration("shop", "0003_gone", "dependencies = [('gone', '0001_initial'), ('shop', '0002_note')]")


def _a_migration_that_stands_on_itself(project: Project) -> None:
    project.migration("shop", "0003_self", _EMPTY.format("0003_self"))


def _three_leaves_and_a_merge_of_two(project: Project) -> None:
    for name in ("0002_b", "0002_c"):
        project.migration("shop", name, _EMPTY.format("0001_initial"))
    project.migration("shop", "0003_merge", "dependencies = [('shop', '0002_b'), ('shop', '0002_c')]\noperations = []")


def _a_merge_whose_branch_is_gone(project: Project) -> None:
    project.migration("shop", "0003_merge", "dependencies = [('shop', '0002_note'), ('shop', '0002_gone')]")
    project.sql(
        "insert into django_migrations (app, name, applied) values ('shop', '0002_gone', current_timestamp)",
        "insert into django_migrations (app, name, applied) values ('shop', '0003_merge', current_timestamp)",
    )


def _rows_in_the_wrong_order(project: Project) -> None:
    project.sql(
        "update django_migrations set id = id + 1000 where app = 'shop' and name = '0001_initial'",
        "update django_migrations set applied = '2001-01-01' where app = 'shop' and name = '0002_note'",
    )


def _rows_under_names_of_another_spelling(project: Project) -> None:
    project.sql("update django_migrations set name = '0001_INITIAL' where app = 'shop' and name = '0001_initial'")


def _rows_of_a_branch_that_was_never_merged(project: Project) -> None:
    for name in ("0003_feature", "0004_feature"):
        project.sql(f"insert into django_migrations (app, name, applied) values ('shop', '{name}', current_timestamp)")


def _the_whole_record_gone(project: Project) -> None:
    project.sql("delete from django_migrations where app in ('shop', 'blog')")


def _a_squash_whose_old_files_went_too_early(project: Project) -> None:
    project.manage("squashmigrations", "shop", "0002_note", "--no-input", "-v0")
    for name in ("0001_initial", "0002_note"):
        project.remove(f"shop/migrations/{name}.py")
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")


def _a_squash_without_its_replaces(project: Project) -> None:
    project.manage("squashmigrations", "shop", "0002_note", "--no-input", "-v0")
    path = next((project.root / "shop/migrations").glob("0001_*squashed*.py"))
    path.write_text(path.read_text().replace("replaces =", "replaced ="))
    for name in ("0001_initial", "0002_note"):
        project.remove(f"shop/migrations/{name}.py")


def _a_squash_of_a_squash(project: Project) -> None:
    project.manage("squashmigrations", "shop", "0002_note", "--no-input", "-v0")
    name = next((project.root / "shop/migrations").glob("0001_*squashed*.py")).stem
    project.migration(
        "shop",
        "0001_again",
        f"replaces = [('shop', '{name}'), ('shop', '0001_initial'), ('shop', '0002_note')]\noperations = []",
    )


def _a_first_migration_that_says_it_is_none(project: Project) -> None:
    path = project.root / "shop/migrations/0001_initial.py"
    path.write_text(path.read_text().replace("initial = True", "initial = False"))


def _dependencies_on_first_and_latest(project: Project) -> None:
    path = project.root / "blog/migrations/0001_initial.py"
    path.write_text(path.read_text().replace("('shop', '0002_note')", "('shop', '__latest__')"))
    project.remove("shop/migrations/0001_initial.py")


def _the_other_app_depends_on_what_is_gone_twice(project: Project) -> None:
    project.migration(
        "blog",
        "0002_more",
        "dependencies = [('blog', '0001_initial'), ('shop', '0002_note'), ('shop', '0001_initial')]\noperations = []",
    )
    project.manage("migrate", "-v0")
    for name in ("0001_initial", "0002_note"):
        project.remove(f"shop/migrations/{name}.py")


def _a_byte_order_mark_and_foreign_line_ends(project: Project) -> None:
    path = project.root / "blog/migrations/0001_initial.py"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    project.remove("shop/migrations/0002_note.py")


def _another_migration_imports_from_one_that_goes(project: Project) -> None:
    (project.root / "shop/migrations/0002_note.py").rename(project.root / "shop/migrations/note.py")
    path = project.root / "shop/migrations/note.py"
    path.write_text(path.read_text() + "\n\ndef fill(apps, editor):\n    pass\n")
    blog = project.root / "blog/migrations/0001_initial.py"
    blog.write_text(blog.read_text().replace("('shop', '0002_note')", "('shop', 'note')"))
    project.migration(
        "blog",
        "0002_fill",
        "dependencies = [('blog', '0001_initial'), ('shop', 'note')]\noperations = [migrations.RunPython(fill, fill)]",
        more="from shop.migrations.note import fill",
    )
    project.sql("update django_migrations set name = 'note' where name = '0002_note'")
    project.manage("migrate", "-v0")
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")


STATES: tuple[tuple[Break, tuple[str, ...]], ...] = (
    (_a_class_that_is_missing, ("--leave-out", "shop.0003_nothing")),
    (_a_file_with_a_conflict_in_it, ("--leave-out", "shop.0003_both")),
    (_dependencies_that_are_no_pairs, ("--leave-out", "shop.0003_odd")),
    (_an_app_that_is_not_installed, ()),
    (_a_migration_that_stands_on_itself, ()),
    (_three_leaves_and_a_merge_of_two, ()),
    (_a_merge_whose_branch_is_gone, ()),
    (_rows_in_the_wrong_order, ()),
    (_rows_under_names_of_another_spelling, ()),
    (_rows_of_a_branch_that_was_never_merged, ()),
    (_a_squash_whose_old_files_went_too_early, ()),
    (_a_squash_without_its_replaces, ()),
    (_a_squash_of_a_squash, ()),
    (_a_first_migration_that_says_it_is_none, ()),
    (_dependencies_on_first_and_latest, ()),
    (_the_other_app_depends_on_what_is_gone_twice, ()),
    (_another_migration_imports_from_one_that_goes, ()),
    (_a_byte_order_mark_and_foreign_line_ends, ()),
)


@pytest.mark.parametrize(("break_", "options"), STATES, ids=[break_.__name__.lstrip("_") for break_, _ in STATES])
def test_it_is_mended(make_project: MakeProject, break_: Break, options: tuple[str, ...]) -> None:
    project = shop_and_blog(make_project)
    break_(project)
    _mended(project, "shop", options=options)


def test_a_record_that_is_gone_is_adopted(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    rows, catalog = project.rows(), project.catalog()
    _the_whole_record_gone(project)
    project.onboard("adopt", "shop", "blog", "--apply")
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled("shop", "blog")


_LONG = """
dependencies = [("shop", "0001_initial")]
operations = [
    migrations.RenameModel("Thing", "Item"),
    migrations.RenameField("item", "title", "name"),
    migrations.AlterModelTable("item", "items"),
    migrations.CreateModel("Gone", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddField("item", "count", models.PositiveIntegerField(default=0)),
    migrations.AlterOrderWithRespectTo("part", "item"),
    migrations.DeleteModel("Gone"),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.AlterModelOptions("item", {"verbose_name": "i"})]),
]
"""
_FIRST = """
initial = True
operations = [
    migrations.CreateModel("Thing", [
        ("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")),
        ("title", models.CharField(max_length=9)),
    ]),
    migrations.CreateModel("Part", [
        ("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")),
        ("item", models.ForeignKey("shop.Thing", models.CASCADE)),
    ]),
]
"""
_NOW = """
class Item(models.Model):
    name = models.CharField(max_length=9)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "items"
        verbose_name = "i"

class Part(models.Model):
    item = models.ForeignKey(Item, models.CASCADE)

    class Meta:
        order_with_respect_to = "item"
"""


def test_models_that_were_renamed_and_moved_to_other_tables(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.app("shop", _NOW)
    project.migration("shop", "0001_initial", _FIRST)
    project.migration("shop", "0002_long", _LONG)
    project.manage("migrate", "-v0")
    project.python("from shop.models import *\nPart.objects.create(item=Item.objects.create(name='a'))")
    project.remove("shop/migrations/0001_initial.py")
    _mended(project, "shop")


def test_a_model_that_moved_to_another_app_with_its_table(make_project: MakeProject) -> None:
    project = make_project("old", "new")
    project.app("old", "class Box(models.Model):\n    name = models.CharField(max_length=9)\n")
    project.manage("makemigrations", "old", "-v0")
    project.manage("migrate", "-v0")
    project.app("old", "")
    meta = "\n    class Meta:\n        db_table = 'old_box'\n"
    project.app("new", "class Box(models.Model):\n    name = models.CharField(max_length=9)\n" + meta)
    fields = (
        '[("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")), '
        '("name", models.CharField(max_length=9))]'
    )
    state = "operations = [migrations.SeparateDatabaseAndState(state_operations=[{}])]"
    made = f'migrations.CreateModel("Box", {fields}, options={{"db_table": "old_box"}})'
    project.migration("new", "0001_initial", f"initial = True\n{state.format(made)}")
    project.migration(
        "old",
        "0002_moved",
        'dependencies = [("old", "0001_initial"), ("new", "0001_initial")]\n'
        + state.format('migrations.DeleteModel("Box")'),
    )
    project.manage("migrate", "-v0")
    project.python("from new.models import Box\nBox.objects.create(name='a')")
    project.remove("old/migrations/0001_initial.py")
    _mended(project, "old", "new")
    project.settled("old", "new")


def test_a_relation_that_got_a_through_model_over_its_own_table(make_project: MakeProject) -> None:
    project = make_project("shop")
    two = (
        "class Tag(models.Model):\n    name = models.CharField(max_length=9)\n\n"
        "class Order(models.Model):\n    tags = models.ManyToManyField(Tag{})\n"
    )
    project.app("shop", two.format(""))
    project.manage("makemigrations", "shop", "-v0")
    through = (
        "\nclass Tagging(models.Model):\n    order = models.ForeignKey(Order, models.CASCADE)\n"
        "    tag = models.ForeignKey(Tag, models.CASCADE)\n\n    class Meta:\n        db_table = 'shop_order_tags'\n"
        "        unique_together = [('order', 'tag')]\n"
    )
    project.app("shop", two.format(", through='Tagging'") + through)
    project.migration(
        "shop",
        "0002_through",
        """
        dependencies = [("shop", "0001_initial")]
        operations = [migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel("Tagging", [
                ("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")),
                ("order", models.ForeignKey("shop.Order", models.CASCADE)),
                ("tag", models.ForeignKey("shop.Tag", models.CASCADE)),
            ], options={"db_table": "shop_order_tags", "unique_together": {("order", "tag")}}),
            migrations.AlterField("order", "tags", models.ManyToManyField("shop.Tag", through="shop.Tagging")),
        ])]
        """,
    )
    project.manage("migrate", "-v0")
    project.python(
        "from shop.models import *\nTagging.objects.create(order=Order.objects.create(), tag=Tag.objects.create())"
    )
    project.sql("delete from django_migrations where name = '0001_initial'")
    _mended(project, "shop")


def test_a_migration_outside_of_transactions(make_project: MakeProject, engine: str) -> None:
    project = shop_and_blog(make_project)
    index = {
        "postgresql": "create index concurrently by_name on shop_tag (name)",
        "sqlite": "create index by_name on shop_tag (name)",
    }[engine]
    project.migration(
        "shop", "0003_index", f"atomic = False\n{_EMPTY.format('0002_note')[:-2]}[migrations.RunSQL({index!r}, '')]"
    )
    project.manage("migrate", "-v0")
    project.remove("shop/migrations/0002_note.py")
    project.sql("delete from django_migrations where name = '0002_note'")
    _mended(project, "shop")
    assert "atomic = False" in project.files()["shop/migrations/0002_reset.py"]


def test_rows_of_an_app_that_is_gone_are_named_and_left(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.sql("insert into django_migrations (app, name, applied) values ('gone', '0001_x', current_timestamp)")
    _mended(project, "shop")
    assert ("gone", "0001_x") in {(app, name) for _, app, name, _ in project.record()}


def test_tables_in_schemas_of_their_own(make_project: MakeProject, engine: str) -> None:
    if engine == "sqlite":
        return
    project = make_project("shop", more="DATABASES['default']['OPTIONS'] = {'options': '-c search_path=hr,public'}")
    project.app(
        "shop",
        """
        class Tag(models.Model):
            name = models.CharField(max_length=9)

        class Far(models.Model):
            tag = models.ForeignKey(Tag, models.CASCADE)
            class Meta:
                db_table = '"far away"."from here"'
        """,
    )
    project.sql("create schema hr", 'create schema "far away"')
    project.manage("makemigrations", "shop", "-v0")
    project.manage("migrate", "-v0")
    project.python("from shop.models import *\nFar.objects.create(tag=Tag.objects.create(name='a'))")
    look = (
        "from django.db import connection\nwith connection.cursor() as c:\n"
        '  c.execute(\'select * from "far away"."from here"\')\n  print(c.fetchall())'
    )
    rows = project.python(look)
    project.sql("delete from django_migrations where app = 'shop'")
    _mended(project, "shop")
    assert project.python(look) == rows
    project.onboard("squash", "shop", code=2)
    project.onboard("doctor")
