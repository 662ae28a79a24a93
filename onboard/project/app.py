"""AppSource -> the files of a Django app: models, admin, configuration and the helper fields it uses.

Migrations are not made here: `onboard.migrations.baseline` makes them.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from onboard.catalog.structure import Catalog
from onboard.decisions.decisions import Decisions
from onboard.passes.source import AppSource
from onboard.project.admin import admin_file
from onboard.project.files import File, FileTree, tree_of
from onboard.project.helper_fields import fields_text
from onboard.project.models_files import model_modules, models_file
from onboard.project.render import render, template_text


def app_files(
    source: AppSource, catalog: Catalog, decisions: Decisions, *, split: bool = False, database: str = ""
) -> FileTree:
    """Return the app's files, not yet formatted; with `split` a module for each table.

    With `database`, the alias of one beside the default one, also a router that keeps the app there.
    """
    folder = PurePosixPath(source.app)
    models = model_modules(source, decisions) if split else (models_file(source),)
    files = [
        File(folder / "__init__.py", ""),
        File(folder / "apps.py", _apps_text(source.app)),
        File(folder / "management" / "__init__.py", ""),
        File(folder / "management" / "commands" / "__init__.py", ""),
        File(folder / "management" / "commands" / "flush.py", template_text("app/management/commands/flush.py")),
        admin_file(source, catalog, decisions),
        *models,
    ]
    helpers = {name for one in (*source.preamble, *source.models) for name in one.uses_fields}
    if helpers:
        files.append(File(folder / "fields.py", fields_text(helpers)))
    if database:
        files.append(
            File(folder / "routers.py", render("app/routers.py.j2", app=repr(source.app), database=repr(database)))
        )
    return tree_of(files)


def config_class(app: str) -> str:
    """Return the name of the app's AppConfig class."""
    return "".join(part.capitalize() for part in app.split("_")) + "Config"


def _apps_text(app: str) -> str:
    verbose_name = " ".join(app.split("_")).strip().capitalize()
    return render("app/apps.py.j2", class_name=config_class(app), name=repr(app), verbose_name=repr(verbose_name))
