"""Broken histories, built with real projects, each mended by `onboard reset`: rows and catalogue stay the same."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import psycopg
import pytest

from tests.history.conftest import MakeProject
from tests.history.projects import Project
from tests.history.shops import seeded, shop, shop_and_blog

Break = Callable[[Project], None]


def _mended(project: Project, *apps: str, options: tuple[str, ...] = ()) -> str:
    """Reset, and see that nothing but the memory changed; a new database can be made from the new history."""
    rows, catalog = project.rows(), project.catalog()
    said = project.onboard("reset", *apps, "--apply", *options)
    assert project.rows() == rows
    assert project.catalog() == catalog
    project.settled(*apps)
    return said


def _no_files(project: Project) -> None:
    for name in ("0001_initial", "0002_note"):
        project.remove(f"shop/migrations/{name}.py")


def _no_folder(project: Project) -> None:
    _no_files(project)
    project.remove("shop/migrations/__init__.py")
    (project.root / "shop/migrations").rmdir()


def _first_file_gone(project: Project) -> None:
    project.remove("shop/migrations/0001_initial.py")


def _last_file_gone(project: Project) -> None:
    project.remove("shop/migrations/0002_note.py")


def _rows_gone(project: Project) -> None:
    project.sql("delete from django_migrations where app = 'shop'")


def _first_row_gone(project: Project) -> None:
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")


def _last_row_gone(project: Project) -> None:
    project.sql("delete from django_migrations where app = 'shop' and name = '0002_note'")


def _everything_gone(project: Project) -> None:
    _no_files(project)
    _rows_gone(project)


def _row_twice(project: Project) -> None:
    project.sql(
        "insert into django_migrations (app, name, applied) "
        "select app, name, applied from django_migrations where app = 'shop'"
    )


def _unknown_row(project: Project) -> None:
    project.sql("insert into django_migrations (app, name, applied) values ('shop', '0009_gone', current_timestamp)")


def _two_leaves(project: Project) -> None:
    project.migration("shop", "0002_other", 'dependencies = [("shop", "0001_initial")]\noperations = []')


def _two_leaves_recorded(project: Project) -> None:
    _two_leaves(project)
    project.sql("insert into django_migrations (app, name, applied) values ('shop', '0002_other', current_timestamp)")


def _parent_missing(project: Project) -> None:
    project.migration("shop", "0003_on_nothing", 'dependencies = [("shop", "0002_deleted")]\noperations = []')


def _circle(project: Project) -> None:
    project.migration("shop", "0003_a", 'dependencies = [("shop", "0004_b")]\noperations = []')
    project.migration("shop", "0004_b", 'dependencies = [("shop", "0003_a"), ("shop", "0002_note")]\noperations = []')


def _renamed_file(project: Project) -> None:
    (project.root / "shop/migrations/0002_note.py").rename(project.root / "shop/migrations/0002_renamed.py")


def _edited(project: Project) -> None:
    path = project.root / "shop/migrations/0001_initial.py"
    path.write_text(path.read_text().replace("max_length=50", "max_length=20"))


def _no_init(project: Project) -> None:
    project.remove("shop/migrations/__init__.py")


@pytest.mark.parametrize(
    "break_",
    [
        _no_files,
        _no_folder,
        _first_file_gone,
        _last_file_gone,
        _rows_gone,
        _first_row_gone,
        _last_row_gone,
        _everything_gone,
        _row_twice,
        _unknown_row,
        _two_leaves,
        _two_leaves_recorded,
        _parent_missing,
        _circle,
        _renamed_file,
        _edited,
        _no_init,
    ],
)
def test_a_broken_history_is_made_anew_and_nothing_else_changes(make_project: MakeProject, break_: Break) -> None:
    project = shop_and_blog(make_project)
    break_(project)
    _mended(project, "shop")


def test_a_file_that_does_not_load_is_named_and_needs_a_word(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.write("shop/migrations/0003_broken.py", "import nowhere\n")
    said = project.onboard("reset", "shop", code=1)
    assert "--leave-out shop.0003_broken" in said
    _mended(project, "shop", options=("--leave-out", "shop.0003_broken"))


def test_the_dry_run_shows_the_exact_sql_and_changes_nothing(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    before = project.files(), project.record(), project.catalog()
    said = project.onboard("reset", "shop")
    assert (
        "insert into django_migrations (app, name, applied) values ('shop', '0001_reset', current_timestamp);" in said
    )
    assert "Remove  shop/migrations/0002_note.py" in said
    assert (project.files(), project.record(), project.catalog()) == before


def test_a_table_that_differs_stops_it_with_the_difference(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.sql("alter table shop_order add column extra integer")
    before = project.files(), project.record()
    said = project.onboard("reset", "shop", "--apply", code=1)
    assert "column_unclaimed" in said
    assert (project.files(), project.record()) == before
    project.onboard("reset", "shop", "--apply", "--accept", "column_unclaimed")


def test_every_step_is_proven_and_said(make_project: MakeProject) -> None:
    said = seeded(shop(make_project)).onboard("reset", "shop", "--apply")
    for proof in (
        "4 tables of `shop` are what",
        "An empty database".lower(),
        "read back",
        "`makemigrations --check`",
        "is empty",
    ):
        assert proof in said


def test_models_that_are_ahead_get_their_next_migration_with_its_sql(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.remove("shop/migrations/0001_initial.py")
    path = project.root / "shop/models.py"
    ahead = path.read_text().replace(
        "max_length=10)", "max_length=30)\n    colour = models.CharField(max_length=9, default='red')"
    )
    path.write_text(ahead + "\nclass Later(models.Model):\n    tag = models.ForeignKey(Tag, models.CASCADE)\n")
    assert "--as-database" in project.onboard("reset", "shop", code=1)
    rows, catalog = project.rows(), project.catalog()
    before = project.files(), project.record()
    said = project.onboard("reset", "shop", "--as-database")
    assert "Left for `migrate`: shop.0002_to_the_models" in said
    assert 'CREATE TABLE "shop_later"' in said
    assert (project.files(), project.record()) == before
    said = project.onboard("reset", "shop", "--as-database", "--apply")
    assert "`migrate --plan` holds `shop.0002_to_the_models` alone" in said
    assert (project.rows(), project.catalog()) == (rows, catalog)
    assert "colour" not in project.files()["shop/migrations/0001_reset.py"]
    project.manage("migrate", "-v0")
    project.settled("shop", "blog")
    project.onboard("doctor")


def test_undo_puts_rows_with_ids_and_times_and_files_back(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")
    before = project.files(), project.record()
    project.onboard("reset", "shop", "--apply")
    assert (project.files(), project.record()) != before
    project.onboard("reset", "--undo")
    assert (project.files(), project.record()) == before
    assert "nothing to take back" in project.onboard("reset", "--undo", code=1)


def test_a_later_migration_keeps_undo_from_taking_back_what_is_no_longer_there(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.onboard("reset", "shop", "--apply")
    project.migration("shop", "0002_next", 'dependencies = [("shop", "0001_reset")]\noperations = []')
    project.manage("migrate", "-v0")
    assert "have changed since" in project.onboard("reset", "--undo", code=1)


def test_the_next_environment_needs_nothing_where_its_rows_are_whole(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    old = [(app, name) for _, app, name, _ in project.record()]
    project.onboard("reset", "shop", "--apply")
    project.sql("delete from django_migrations where name = '0001_reset'")
    assert [(app, name) for _, app, name, _ in project.record()] == old
    project.settled("shop")


def test_database_only_sets_the_next_environment_right_from_the_same_commit(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.onboard("reset", "shop", "--apply")
    project.sql("delete from django_migrations where app = 'shop' and name in ('0001_reset', '0002_note')")
    rows, catalog, files = project.rows(), project.catalog(), project.files()
    assert "reset --database-only" in project.onboard("doctor", code=1).replace("shop --", "--")
    project.onboard("reset", "shop", "--database-only", "--apply")
    assert (project.rows(), project.catalog(), project.files()) == (rows, catalog, files)
    project.settled("shop")


def test_database_only_proves_the_tables_of_the_reset_not_of_later_models(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.onboard("reset", "shop", "--apply")
    project.sql("delete from django_migrations where app = 'shop' and name = '0002_note'")
    path = project.root / "shop/models.py"
    path.write_text(path.read_text() + "\nclass Later(models.Model):\n    n = models.IntegerField()\n")
    project.manage("makemigrations", "shop", code=None)
    project.migration(
        "shop",
        "0002_later",
        'dependencies = [("shop", "0001_reset")]\noperations = [migrations.CreateModel("Later", '
        '[("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")), '
        '("n", models.IntegerField())])]',
    )
    project.onboard("reset", "shop", "--database-only", "--apply")
    assert "shop.0002_later" in project.manage("migrate", "--plan")
    project.manage("migrate", "-v0")
    project.settled("shop")


def test_database_only_wants_a_reset_history_on_disk(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    assert "no reset one" in project.onboard("reset", "shop", "--database-only", code=1)


def test_a_second_reset_stands_for_the_first(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    _mended(project, "shop")
    _mended(project, "shop")
    assert "shop/migrations/0001_reset_2.py" in project.files()


def test_uncommitted_migrations_are_refused(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.email=a@x", "-c", "user.name=a", *arguments],
            cwd=project.root,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    assert "uncommitted" in project.onboard("reset", "shop", code=1)
    git("add", "shop", "config", "manage.py")
    git("commit", "-q", "-m", "x")
    project.onboard("reset", "shop")


def test_apps_that_stand_on_each_other_are_reset_together(make_project: MakeProject) -> None:
    project = make_project("north", "south")
    project.app("north", 'class N(models.Model):\n    sss = models.ForeignKey("south.S", models.CASCADE, null=True)\n')
    project.app("south", 'class S(models.Model):\n    nnn = models.ForeignKey("north.N", models.CASCADE, null=True)\n')
    project.manage("makemigrations", "north", "south", "-v0")
    project.manage("migrate", "-v0")
    project.python("from north.models import *\nfrom south.models import *\nS.objects.create(nnn=N.objects.create())")
    _mended(project, "north", "south")


def test_three_apps_in_a_circle_without_rows_or_files(make_project: MakeProject) -> None:
    labels = ("one", "two", "three")
    project = make_project(*labels)
    for label, other in zip(labels, ("two", "three", "one"), strict=True):
        project.app(
            label, f'class M(models.Model):\n    to = models.ForeignKey("{other}.M", models.CASCADE, null=True)\n'
        )
    project.manage("makemigrations", *labels, "-v0")
    project.manage("migrate", "-v0")
    project.python("from one.models import M\nM.objects.create()")
    for label in labels:
        for path in (project.root / label / "migrations").glob("0*.py"):
            path.unlink()
    _mended(project, *labels)


_TO = """
class M(models.Model):
    to = models.ForeignKey("{other}.M", models.CASCADE, null=True)
"""


def test_proxies_and_multi_table_children_are_carried(make_project: MakeProject) -> None:
    project = make_project("shop", "more")
    project.app(
        "shop",
        """
        class Place(models.Model):
            name = models.CharField(max_length=9)
        class Bar(Place):
            beers = models.IntegerField()
        class Quiet(Bar):
            class Meta:
                proxy = True
        """,
    )
    project.app(
        "more", "class Pub(Bar):\n    pass\n", more="from django.db import models\nfrom shop.models import Bar\n"
    )
    project.manage("makemigrations", "shop", "more", "-v0")
    project.manage("migrate", "-v0")
    project.python("from more.models import Pub\nPub.objects.create(name='x', beers=1)")
    _mended(project, "shop")
    _mended(project, "more")
    _mended(project, "shop", "more")


def test_generic_foreign_keys_and_through_models_are_carried(make_project: MakeProject) -> None:
    project = make_project("django.contrib.contenttypes", "shop")
    project.app(
        "shop",
        """
        class Person(models.Model):
            friends = models.ManyToManyField("self")
        class Club(models.Model):
            members = models.ManyToManyField(Person, through="Membership", through_fields=("club", "person"))
        class Membership(models.Model):
            club = models.ForeignKey(Club, models.CASCADE)
            person = models.ForeignKey(Person, models.CASCADE, related_name="+")
            by = models.ForeignKey(Person, models.CASCADE, related_name="+")
        class Note(models.Model):
            content_type = models.ForeignKey(ContentType, models.CASCADE)
            object_id = models.PositiveIntegerField()
            about = GenericForeignKey()
        """,
        more="from django.db import models\nfrom django.contrib.contenttypes.models import ContentType\n"
        "from django.contrib.contenttypes.fields import GenericForeignKey\n",
    )
    project.manage("makemigrations", "shop", "-v0")
    project.manage("migrate", "-v0")
    project.python(
        "from shop.models import *\np = Person.objects.create()\nc = Club.objects.create()\n"
        "Membership.objects.create(club=c, person=p, by=p)\nNote.objects.create(about=c)"
    )
    _mended(project, "shop")


def test_a_swapped_user_model_is_found_by_the_apps_that_stand_on_it(make_project: MakeProject) -> None:
    project = make_project(
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.admin",
        "django.contrib.sessions",
        "django.contrib.messages",
        "people",
        more='AUTH_USER_MODEL = "people.Person"\n',
    )
    project.write("config/settings.py", (project.root / "config/settings.py").read_text() + _ADMIN)
    project.app(
        "people",
        "class Person(AbstractUser):\n    nick = models.CharField(max_length=9)\n",
        more="from django.db import models\nfrom django.contrib.auth.models import AbstractUser\n",
    )
    project.manage("makemigrations", "people", "-v0")
    project.manage("migrate", "-v0")
    project.python("from people.models import Person\nPerson.objects.create_user('a', password='b')")
    for path in (project.root / "people/migrations").glob("0*.py"):
        path.unlink()
    _mended(project, "people")


_ADMIN = """
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]},
}]
"""


def test_unmanaged_models_are_written_whole(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.app(
        "shop",
        """
        class Old(models.Model):
            parent = models.ForeignKey("self", models.CASCADE, null=True)
            class Meta:
                managed = False
                db_table = "tblold"
        class New(models.Model):
            name = models.CharField(max_length=9)
        """,
    )
    project.manage("makemigrations", "shop", "-v0")
    project.manage("migrate", "-v0")
    _mended(project, "shop")
    assert '"parent"' in project.files()["shop/migrations/0001_reset.py"].replace("'", '"')
    project.onboard("doctor")


def test_functions_lambdas_and_sql_are_carried_over_and_run_on_a_new_database(make_project: MakeProject) -> None:
    project = shop(make_project)
    project.migration(
        "shop",
        "0003_seed",
        """
        dependencies = [("shop", "0002_note")]
        operations = [
            migrations.RunPython(forwards, backwards),
            migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop),
            migrations.RunSQL("insert into shop_tag (name) values ('100%')", "delete from shop_tag"),
            migrations.RunPython(forwards, elidable=True),
        ]
        """,
        more="""
        NAMES = ["a", "b"]

        def make(model):
            # in order
            for name in NAMES:
                model.objects.create(name=name)

        def forwards(apps, schema_editor):
            make(apps.get_model("shop", "Tag"))

        def backwards(apps, schema_editor):
            apps.get_model("shop", "Tag").objects.all().delete()
        """,
    )
    project.migration(
        "shop",
        "0004_seed",
        """
        dependencies = [("shop", "0003_seed")]
        operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
        """,
        more='def forwards(apps, schema_editor):\n    apps.get_model("shop", "Tag").objects.create(name="c")\n',
    )
    seeded(project)
    said = _mended(project, "shop")
    assert f"RunPython(forwards)  {project.root}/shop/migrations/0003_seed.py:" in said
    assert "left out      RunPython(forwards)" in said
    project.empty()
    project.manage("migrate", "-v0")
    assert [row.split("'")[1] for row in project.rows()["shop_tag"]] == ["a", "b", "100%", "c"]


def test_an_operation_that_fails_on_a_new_database_is_refused_until_it_is_left_out(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.migration(
        "shop",
        "0003_move",
        'dependencies = [("shop", "0002_note")]\noperations = [migrations.RunSQL("update gone set x = 1")]',
    )
    project.manage("migrate", "--fake", "-v0")
    before = project.files(), project.record()
    said = project.onboard("reset", "shop", "--apply", code=1)
    assert "fails at `shop.0002_reset`" in said
    assert (project.files(), project.record()) == before
    _mended(project, "shop", options=("--leave-out", "shop.0003_move"))


def test_an_operation_of_its_own_kind_that_changes_state_is_refused(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.migration(
        "shop",
        "0003_own",
        'dependencies = [("shop", "0002_note")]\noperations = [Own(), Silent()]',
        more="""
        class Own(migrations.AlterModelOptions):
            def __init__(self):
                super().__init__("order", {})
        class Silent(migrations.operations.base.Operation):
            def state_forwards(self, app_label, state):
                pass
            def database_forwards(self, app_label, editor, before, after):
                editor.execute("insert into shop_tag (name) values ('silent')")
            def database_backwards(self, app_label, editor, before, after):
                pass
        """,
    )
    project.manage("migrate", "-v0")
    assert "0003_own.py" in project.onboard("reset", "shop", code=1)
    _mended(project, "shop", options=("--leave-out", "all"))


def test_a_trigger_of_run_sql_is_built_again(make_project: MakeProject, engine: str) -> None:
    project = shop(make_project)
    sql = {
        "sqlite": ["create trigger stamp after insert on shop_tag begin select 1; end"],
        "postgresql": [
            "create function stamp() returns trigger language plpgsql as $$ begin return new; end $$",
            "create trigger stamp before insert on shop_tag for each row execute function stamp()",
        ],
    }[engine]
    project.migration(
        "shop", "0003_trigger", f'dependencies = [("shop", "0002_note")]\noperations = [migrations.RunSQL({sql!r})]'
    )
    seeded(project)
    assert "will differ" not in _mended(project, "shop")
    assert "- " + ("main" if engine == "sqlite" else "public") + ".shop_tag: trigger stamp" in project.onboard(
        "reset", "shop", "--leave-out", "all"
    ) or "0002_reset" in project.onboard("reset", "shop")


def test_imports_from_modules_that_go_are_led_to_what_is_kept(make_project: MakeProject) -> None:
    project = make_project("shop", "other")
    project.write("shop/__init__.py", "")
    project.write("shop/migrations/__init__.py", "")
    project.write(
        "shop/migrations/first.py",
        """
        from django.db import migrations, models

        PREFIX = "up"

        def where(instance, name):
            return PREFIX + name

        class Shout(models.CharField):
            pass

        class Migration(migrations.Migration):
            initial = True
            operations = [migrations.CreateModel("File", [
                ("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")),
                ("at", models.FileField(upload_to=where)),
                ("loud", Shout(max_length=9)),
            ])]
        """,
    )
    project.write(
        "shop/models.py",
        """
        from django.db import models
        from shop.migrations.first import Shout, where

        class File(models.Model):
            at = models.FileField(upload_to=where)
            loud = Shout(max_length=9)
        """,
    )
    project.app(
        "other",
        """
        class Text(models.Model):
            by = models.FileField(upload_to=import_string("shop.migrations.first.where"))
        """,
        more="from django.db import models\nfrom django.utils.module_loading import import_string\n",
    )
    project.manage("makemigrations", "other", "-v0")
    project.manage("migrate", "-v0")
    project.python("from shop.models import File\nFile.objects.create(at='x', loud='y')")
    _mended(project, "shop")
    files = project.files()
    assert "from shop.migrations._kept import Shout, where" in files["shop/models.py"]
    assert "shop.migrations._kept.where" in files["other/models.py"]
    assert "shop/migrations/first.py" not in files
    _mended(project, "shop", "other")


def test_a_squash_that_is_half_way_is_reset(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.manage("squashmigrations", "shop", "0002_note", "--no-input", "-v0")
    _mended(project, "shop")


def test_run_before_is_kept(make_project: MakeProject) -> None:
    project = shop(make_project, "blog")
    project.app("blog", "class Post(models.Model):\n    pass\n")
    project.manage("makemigrations", "blog", "-v0")
    path = project.root / "shop/migrations/0002_note.py"
    path.write_text(path.read_text() + '\n    run_before = [("blog", "0001_initial")]\n')
    seeded(project)
    _mended(project, "shop")
    assert "run_before = [('blog', '0001_initial')]" in project.files()["shop/migrations/0001_reset.py"]
    _mended(project, "blog")
    assert 'run_before = [("blog", "0001_reset")]' in project.files()["shop/migrations/0001_reset.py"]


def test_a_project_that_loads_no_more_after_the_change_is_put_back(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    project.migration(
        "blog",
        "0002_odd",
        "operations = []\ndependencies = list(PARENTS)",
        more='PARENTS = [("shop", "0002_note"), ("blog", "0001_initial")]',
    )
    project.manage("migrate", "-v0")
    project.sql("delete from django_migrations where app = 'blog' and name = '0001_initial'")
    before = project.files(), project.record()
    said = project.onboard("reset", "shop", "--apply", code=None)
    assert "applied before its dependency" in said
    assert (project.files(), project.record()) == before


def test_names_that_are_not_installed_are_refused(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    assert "There is no app `shoe`" in project.onboard("reset", "shoe", code=2)
    project.onboard("reset", code=2)
    assert "no database `other`" in project.onboard("reset", "shop", "--database", "other", code=2)


def test_two_at_once_do_not_mix(make_project: MakeProject, engine: str) -> None:
    if engine == "sqlite":
        return  # the second one waits for the file's own lock
    project = seeded(shop(make_project))
    before = project.files(), project.record()
    asked = """
from django.db import connection
from psycopg.conninfo import make_conninfo
names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
print(make_conninfo(**{name: connection.settings_dict[key] or None for name, key in names.items()}))
"""
    with psycopg.connect(project.python(asked).strip()) as other:
        other.execute("select pg_advisory_xact_lock(%s)", (0x6F6E626F,))
        assert "Another `onboard`" in project.onboard("reset", "shop", "--apply", code=1)
        assert (project.files(), project.record()) == before
    project.onboard("reset", "shop", "--apply")
