"""Projects that keep their files elsewhere: under `src/`, in namespace folders, with labels of their own."""

from __future__ import annotations

from tests.history.conftest import MakeProject
from tests.history.projects import Project

_MODELS = """
from django.db import models
from {kept} import where

class File(models.Model):
    name = models.CharField(max_length=20)
    at = models.FileField(upload_to=where)
"""
_FIRST = """
from django.db import migrations, models

def where(instance, name):
    return "up" + name

class Migration(migrations.Migration):
    initial = True
    operations = [migrations.CreateModel("File", [
        ("id", models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")),
        ("name", models.CharField(max_length=10)),
        ("at", models.FileField(upload_to=where)),
    ])]
"""
_SECOND = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("store", "first")]
    operations = [migrations.AlterField("file", "name", models.CharField(max_length=20))]
"""
_SETTINGS = """
from config.settings.base import *
INSTALLED_APPS = ["apps.shop.apps.ShopConfig"]
MIGRATION_MODULES = {modules!r}
"""
_CONFIG = """
from django.apps import AppConfig

class ShopConfig(AppConfig):
    name = "apps.shop"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
"""


def _moved(make_project: MakeProject, *, source: str, migrations: str, modules: dict[str, str], kept: str) -> Project:
    """A project whose code is in another folder, its settings a package, its app without `__init__.py` above it."""
    project = make_project("shop")
    base = (project.root / "config/settings.py").read_text()
    for path in ("config/settings.py", "config/__init__.py", "config/urls.py", "shop/__init__.py"):
        project.remove(path)
    for folder in ("config", "shop"):
        (project.root / folder).rmdir()
    project.write(f"{source}/config/settings/base.py", base)
    project.write(f"{source}/config/settings/local.py", _SETTINGS.format(modules=modules))
    for package in ("config", "config/settings", "apps/shop", migrations):
        project.write(f"{source}/{package}/__init__.py", "")
    project.write(f"{source}/config/urls.py", "urlpatterns = []\n")
    project.write(f"{source}/apps/shop/apps.py", _CONFIG)
    project.write(f"{source}/apps/shop/models.py", _MODELS.format(kept=kept))
    project.write(f"{source}/{migrations}/first.py", _FIRST)
    project.write(f"{source}/{migrations}/second.py", _SECOND)
    manage = (project.root / "manage.py").read_text()
    led = f"import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), {source!r}))\n"
    project.write(
        "manage.py", manage.replace("import os, sys\n", led, 1).replace("config.settings", "config.settings.local")
    )
    moved = Project(project.root, project.ask, project.engine, settings="config.settings.local", source=source)
    moved.manage("migrate", "-v0")
    moved.python("from apps.shop.models import File\nFile.objects.create(name='x', at='y')")
    return moved


def _mended(project: Project, first: str) -> None:
    """Broken and made anew; imports led; settled; the settings found without the environment's help."""
    project.sql("delete from django_migrations where name = 'first'")
    rows, catalog = project.rows(), project.catalog()
    alone = Project(project.root, project.ask, project.engine, settings="", source=project.source)
    assert "applied_before_parent" in alone.onboard("doctor", code=1)
    alone.onboard("reset", "store", "--apply")
    assert (project.rows(), project.catalog()) == (rows, catalog)
    project.settled("store")
    assert "_kept" in project.files()[f"{project.source}/apps/shop/models.py"]
    assert first not in project.files()
    alone.onboard("doctor")
    alone.onboard("reset", "--undo")
    assert first in project.files()
    project.sql("delete from django_migrations")
    alone.onboard("adopt", "store", "--apply")
    project.settled("store")


def test_code_under_src_and_a_relative_import(make_project: MakeProject) -> None:
    project = _moved(
        make_project, source="src", migrations="apps/shop/migrations", modules={}, kept=".migrations.first"
    )
    _mended(project, "src/apps/shop/migrations/first.py")


def test_migrations_in_a_module_elsewhere(make_project: MakeProject) -> None:
    project = _moved(
        make_project,
        source="backend/code",
        migrations="memory/of_store",
        modules={"store": "memory.of_store"},
        kept="memory.of_store.first",
    )
    _mended(project, "backend/code/memory/of_store/first.py")


def test_a_migrations_module_at_the_top_that_is_not_there_yet(make_project: MakeProject) -> None:
    project = _moved(
        make_project,
        source="src",
        migrations="history_of_store",
        modules={"store": "history_of_store"},
        kept="history_of_store.first",
    )
    for name in ("first", "second"):
        project.remove(f"src/history_of_store/{name}.py")
    project.remove("src/history_of_store/__init__.py")
    models = _MODELS.replace("from {kept} import where\n", "").replace("upload_to=where", 'upload_to="up"')
    project.write("src/apps/shop/models.py", models)
    project.sql("delete from django_migrations")
    project.onboard("adopt", "store", "--apply")
    assert "src/history_of_store/0001_initial.py" in project.files()
    project.settled("store")


def test_migrations_that_the_settings_switch_off_are_refused_in_words(make_project: MakeProject) -> None:
    project = make_project("shop", more='MIGRATION_MODULES = {"shop": None}\n')
    project.app("shop", "class Tag(models.Model):\n    pass\n")
    project.manage("migrate", "--run-syncdb", "-v0")
    assert "MIGRATION_MODULES" in project.onboard("adopt", "shop", code=1)


def test_settings_named_by_pyproject_alone(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.app("shop", "class Tag(models.Model):\n    pass\n")
    project.remove("manage.py")
    project.write("pyproject.toml", '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "config.settings"\n')
    alone = Project(project.root, project.ask, project.engine, settings="")
    assert "shop/migrations/0001_initial.py" in alone.onboard("adopt", "shop")


def test_an_app_named_by_its_module_is_told_its_label(make_project: MakeProject) -> None:
    project = make_project("django.contrib.contenttypes")
    assert "its label is `contenttypes`" in project.onboard("adopt", "django.contrib.contenttypes", code=2)
