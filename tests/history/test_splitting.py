"""Apps in a circle with others whose files stay as they are: the new history goes around them, in two steps."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project

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
_USER = """
class Person(AbstractUser):
    nick = models.CharField(max_length=9)
"""
_REST = """
    seen = models.ForeignKey("admin.LogEntry", models.SET_NULL, null=True, related_name="+")
    noted = models.ManyToManyField("admin.LogEntry", through="Note")

    class Meta:
        indexes = [models.Index(fields=["seen", "nick"], name="seen_nick")]
        constraints = [models.UniqueConstraint(fields=["seen"], name="seen_once")]

class Note(models.Model):
    entry = models.ForeignKey("admin.LogEntry", models.CASCADE)
    by = models.ForeignKey(Person, models.CASCADE)

    class Meta:
        unique_together = [("entry", "by")]

class Special(LogEntry):
    kind = models.CharField(max_length=9)

class Remark(models.Model):
    on = models.ForeignKey(Special, models.CASCADE)
    text = models.TextField()
"""
_IMPORTS = "from django.db import models\nfrom django.contrib.auth.models import AbstractUser\n"
_SEED = """
from django.contrib.contenttypes.models import ContentType
from people.models import *
p = Person.objects.create_user("a", password="b")
s = Special.objects.create(user=p, content_type=ContentType.objects.first(), action_flag=1, kind="x")
Note.objects.create(entry=s, by=p)
Remark.objects.create(on=s, text="t")
Person.objects.update(seen=s)
"""


def _people(make_project: MakeProject) -> Project:
    """A user model that the admin stands on, and models that stand on the admin's."""
    apps = ("contenttypes", "auth", "admin", "sessions", "messages")
    own = 'AUTH_USER_MODEL = "people.Person"\n' + _ADMIN
    project = make_project(*(f"django.contrib.{app}" for app in apps), "people", more=own)
    project.app("people", _USER, more=_IMPORTS)
    project.manage("makemigrations", "people", "-v0")
    project.app("people", _USER + _REST, more=_IMPORTS + "from django.contrib.admin.models import LogEntry\n")
    project.manage("makemigrations", "people", "-v0")
    project.manage("migrate", "-v0")
    project.python(_SEED)
    return project


def _mended(project: Project, *apps: str) -> None:
    rows, catalog = project.rows(), project.catalog()
    said = project.onboard("reset", *apps, "--apply")
    assert "will differ" not in said
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled(*apps)
    project.empty()
    project.manage("migrate", "-v0")
    assert sorted(line.strip(" ,") for line in project.catalog().splitlines()) == sorted(
        line.strip(" ,") for line in catalog.splitlines()
    )
    project.manage("migrate", "people", "zero", "-v0")


def test_a_circle_with_an_installed_package_is_gone_around(make_project: MakeProject) -> None:
    project = _people(make_project)
    _mended(project, "people")
    files = project.files()
    assert "LogEntry" not in files["people/migrations/0001_reset.py"]
    assert '("admin", "0001_initial")' in files["people/migrations/0002_reset.py"].replace("'", '"')


def test_the_same_without_files_and_rows(make_project: MakeProject) -> None:
    project = _people(make_project)
    for path in (project.root / "people/migrations").glob("0*.py"):
        path.unlink()
    project.sql("delete from django_migrations where app = 'people'")
    rows, catalog = project.rows(), project.catalog()
    project.onboard("adopt", "people", "--apply")
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled("people")


def test_of_two_apps_of_one_s_own_one_may_be_reset_alone(make_project: MakeProject) -> None:
    project = make_project("north", "south")
    project.app("north", 'class N(models.Model):\n    sss = models.ForeignKey("south.S", models.CASCADE, null=True)\n')
    project.app("south", 'class S(models.Model):\n    nnn = models.ForeignKey("north.N", models.CASCADE, null=True)\n')
    project.manage("makemigrations", "north", "south", "-v0")
    project.manage("migrate", "-v0")
    project.python("from north.models import *\nfrom south.models import *\nS.objects.create(nnn=N.objects.create())")
    rows, catalog = project.rows(), project.catalog()
    for app in ("north", "south"):
        project.onboard("reset", app, "--apply")
        assert (project.rows(), project.catalog()) == (rows, catalog)
        project.settled("north", "south")


def test_what_needs_three_steps_is_refused_and_mended_together(make_project: MakeProject) -> None:
    project = make_project("north", "south")
    two = "from django.db import models\n{}\n".format
    first, second = (
        "class X(models.Model):\n    pass\n",
        "class A(models.Model):\n    x = models.ForeignKey('north.X', models.CASCADE)\n",
    )
    project.app("north", first)
    project.app("south", second)
    project.manage("makemigrations", "north", "south", "-v0")
    third = first + "\nclass Y(A):\n    pass\n"
    project.app("north", third, more=two("from south.models import A"))
    project.manage("makemigrations", "north", "-v0")
    project.app("south", second + "\nclass B(models.Model):\n    y = models.ForeignKey('north.Y', models.CASCADE)\n")
    project.manage("makemigrations", "south", "-v0")
    last = "\nclass Z(models.Model):\n    b = models.ForeignKey('south.B', models.CASCADE)\n"
    project.app("north", third + last, more=two("from south.models import A"))
    project.manage("makemigrations", "north", "-v0")
    project.manage("migrate", "-v0")
    before = project.files(), project.record(), project.rows()
    assert "makemigrations" not in project.onboard("reset", "north", "--apply", code=1)
    assert (project.files(), project.record(), project.rows()) == before
    project.onboard("reset", "north", "south", "--apply")
    assert project.rows() == before[2]
    project.settled("north", "south")
