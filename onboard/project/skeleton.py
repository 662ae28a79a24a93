"""A small runnable Django project around a generated app, where there is none yet.

It imports Django and the standard library alone. Where a scanned table has the name of a table of one of Django's own
apps, that app is left out, with those that need it, and the settings say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from onboard.catalog.structure import Catalog
from onboard.decisions.decisions import Decisions
from onboard.passes.source import AppSource
from onboard.project.files import File, FileTree, tree_of
from onboard.project.render import render
from onboard.project.search_path import search_path_option

POSTGRES_APP = "django.contrib.postgres"


@dataclass(frozen=True, slots=True)
class _OwnApp:
    """One of Django's own apps: its tables, the apps it needs, and what it brings to the settings."""

    name: str
    tables: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    middleware: tuple[str, ...] = ()
    context_processors: tuple[str, ...] = ()


_OWN_APPS = (
    _OwnApp("django.contrib.contenttypes", ("django_content_type",)),
    _OwnApp(
        "django.contrib.sessions",
        ("django_session",),
        middleware=("django.contrib.sessions.middleware.SessionMiddleware",),
    ),
    _OwnApp(
        "django.contrib.auth",
        (
            "auth_group",
            "auth_group_permissions",
            "auth_permission",
            "auth_user",
            "auth_user_groups",
            "auth_user_user_permissions",
        ),
        ("django.contrib.contenttypes", "django.contrib.sessions"),
        ("django.contrib.auth.middleware.AuthenticationMiddleware",),
        ("django.contrib.auth.context_processors.auth",),
    ),
    _OwnApp(
        "django.contrib.messages",
        needs=("django.contrib.sessions",),
        middleware=("django.contrib.messages.middleware.MessageMiddleware",),
        context_processors=("django.contrib.messages.context_processors.messages",),
    ),
    _OwnApp("django.contrib.staticfiles"),
    _OwnApp(
        "django.contrib.admin",
        ("django_admin_log",),
        ("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages", "django.contrib.sessions"),
    ),
)
_SHOWN_FIRST = ("django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions")


@dataclass(frozen=True, slots=True)
class Clash:
    """One of Django's own apps that cannot be installed, and why."""

    app: str
    reason: str

    def __str__(self) -> str:
        return f"{self.app} is left out: {self.reason}."


def project_files(source: AppSource, catalog: Catalog, decisions: Decisions, *, django: str) -> FileTree:
    """Return a project for the app; `django` is the line of `requirements.txt`. Not yet formatted."""
    package = "config" if source.app != "config" else "project"
    clashes = django_clashes(catalog, decisions)
    refused = {clash.app for clash in clashes}
    own = [one for one in _OWN_APPS if one.name not in refused]
    values = {
        "package": package,
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
    pages = {name: f"{package}/{name}.py" for name in ("settings", "urls", "wsgi", "asgi")}
    files = [File(PurePosixPath(path), render(f"project/{name}.py.j2", **values)) for name, path in pages.items()]
    files += [
        File(PurePosixPath("manage.py"), render("project/manage.py.j2", **values)),
        File(PurePosixPath("requirements.txt"), render("project/requirements.txt.j2", **values)),
        File(PurePosixPath(package, "__init__.py"), ""),
    ]
    return tree_of(files)


def django_clashes(catalog: Catalog, decisions: Decisions) -> tuple[Clash, ...]:
    """Return Django's own apps whose tables the scanned database has already, and those that need them."""
    taken = _taken_names(catalog, decisions)
    clashes: dict[str, Clash] = {}
    for own in _OWN_APPS:
        tables = [table for table in own.tables if table in taken]
        missing = [need for need in own.needs if need in clashes]
        if tables:
            has = "has tables" if len(tables) > 1 else "has a table"
            clashes[own.name] = Clash(own.name, f"the database {has} called {', '.join(tables)} already")
        elif missing:
            clashes[own.name] = Clash(own.name, f"it needs {' and '.join(missing)}")
    return tuple(clashes.values())


def apps_to_install(source: AppSource) -> tuple[str, ...]:
    """Return what INSTALLED_APPS needs for the generated app, itself last."""
    return (*((POSTGRES_APP,) if _uses_postgres(source) else ()), source.app)


def _installed(own: list[_OwnApp], source: AppSource) -> list[str]:
    names = [one.name for one in own]
    first = [name for name in _SHOWN_FIRST if name in names]
    return [*first, *(name for name in names if name not in first), *apps_to_install(source)]


def _middleware(own: list[_OwnApp]) -> list[str]:
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


def _context_processors(own: list[_OwnApp]) -> list[str]:
    return ["django.template.context_processors.request", *(name for one in own for name in one.context_processors)]


def _uses_postgres(source: AppSource) -> bool:
    sources = (*source.preamble, *source.models)
    return any(wanted.module.startswith(POSTGRES_APP) for one in sources for wanted in one.imports)


def _needs_path(catalog: Catalog, decisions: Decisions) -> bool:
    return catalog.engine == "postgresql" and decisions.search_path not in ((), ("public",))


def _taken_names(catalog: Catalog, decisions: Decisions) -> frozenset[str]:
    """Return the plain names that Django's own tables must not have."""
    in_schema = {table.name.name for table in catalog.tables if table.name.schema in ("main", decisions.django_schema)}
    return frozenset(in_schema | {decision.db_table for decision in decisions.tables})
