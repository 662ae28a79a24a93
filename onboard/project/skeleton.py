"""A small runnable Django project around a generated app, where there is none yet.

It imports Django and the standard library alone. The tables of Django's own apps (users, sessions, the admin's log)
lie in a database of their own, so that reading the scanned one is all the project needs until the first promotion;
with `is_one_database` they lie in the scanned one. Where a scanned table has the name of a table of one of Django's own
apps, that app is left out, with those that need it, and the settings say so.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from onboard.catalog.structure import Catalog
from onboard.decisions.decisions import Decisions
from onboard.passes.source import AppSource
from onboard.project.django_apps import OWN_APPS, OwnApp, apps_to_install, django_clashes
from onboard.project.files import File, FileTree, tree_of
from onboard.project.render import render
from onboard.project.search_path import search_path_option

_SHOWN_FIRST = ("django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions")


def project_files(
    source: AppSource, catalog: Catalog, decisions: Decisions, *, django: str, is_one_database: bool = False
) -> FileTree:
    """Return a project for the app; `django` is the line of `requirements.txt`. Not yet formatted."""
    package = "config" if source.app != "config" else "project"
    clashes = django_clashes(catalog, decisions)
    refused = {clash.app for clash in clashes}
    own = [one for one in OWN_APPS if one.name not in refused]
    values = {
        "package": package,
        "own_labels": [] if is_one_database else sorted(repr(one.name.rpartition(".")[2]) for one in own if one.tables),
        "has_admin": "django.contrib.admin" not in refused,
        "has_auth": "django.contrib.auth" not in refused,
        "left_out": [str(clash) for clash in clashes],
        "installed_apps": [repr(name) for name in _installed(own, source)],
        "middleware": [repr(name) for name in _middleware(own)],
        "context_processors": [repr(name) for name in _context_processors(own)],
        "search_path": repr(search_path_option(decisions.search_path)) if _needs_path(catalog, decisions) else "",
        "django": django,
        "is_postgresql": catalog.engine == "postgresql",
    }
    modules = ("settings", "urls", "wsgi", "asgi", *(("routers", "testing") if values["own_labels"] else ()))
    pages = {name: f"{package}/{name}.py" for name in modules}
    files = [File(PurePosixPath(path), render(f"project/{name}.py.j2", **values)) for name, path in pages.items()]
    files += [
        File(PurePosixPath("manage.py"), render("project/manage.py.j2", **values)),
        File(PurePosixPath("requirements.txt"), render("project/requirements.txt.j2", **values)),
        File(PurePosixPath(package, "__init__.py"), ""),
        File(PurePosixPath("pytest.ini"), render("project/pytest.ini.j2", **values)),
    ]
    if values["own_labels"]:
        files.append(File(PurePosixPath("conftest.py"), render("project/conftest.py.j2", **values)))
    return tree_of(files)


def _installed(own: list[OwnApp], source: AppSource) -> list[str]:
    names = [one.name for one in own]
    first = [name for name in _SHOWN_FIRST if name in names]
    return [*first, *(name for name in names if name not in first), *apps_to_install(source)]


def _middleware(own: list[OwnApp]) -> list[str]:
    """Return the middleware of a new Django project in its order, without that of the apps left out."""
    by_app = {one.name: one.middleware for one in own}
    return [
        "django.middleware.security.SecurityMiddleware",
        *by_app.get("django.contrib.sessions", ()),
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        *by_app.get("django.contrib.auth", ()),
        *by_app.get("django.contrib.messages", ()),
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]


def _context_processors(own: list[OwnApp]) -> list[str]:
    return ["django.template.context_processors.request", *(name for one in own for name in one.context_processors)]


def _needs_path(catalog: Catalog, decisions: Decisions) -> bool:
    return catalog.engine == "postgresql" and decisions.search_path not in ((), ("public",))
