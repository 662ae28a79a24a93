"""Django's own apps in a generated project: which can be installed beside the scanned tables, and which cannot.

Source of truth: the models of `django.contrib` in Django 5.2 to 6.1.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import Catalog
from onboard.decisions.decisions import Decisions
from onboard.passes.source import AppSource
from onboard.project.helper_fields import modules_of

POSTGRES_APP = "django.contrib.postgres"


@dataclass(frozen=True, slots=True)
class OwnApp:
    """One of Django's own apps: its tables, the apps it needs, and what it brings to the settings."""

    name: str
    tables: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    middleware: tuple[str, ...] = ()
    context_processors: tuple[str, ...] = ()


OWN_APPS = (
    OwnApp("django.contrib.contenttypes", ("django_content_type",)),
    OwnApp(
        "django.contrib.sessions",
        ("django_session",),
        middleware=("django.contrib.sessions.middleware.SessionMiddleware",),
    ),
    OwnApp(
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
    OwnApp(
        "django.contrib.messages",
        needs=("django.contrib.sessions",),
        middleware=("django.contrib.messages.middleware.MessageMiddleware",),
        context_processors=("django.contrib.messages.context_processors.messages",),
    ),
    OwnApp("django.contrib.staticfiles"),
    OwnApp(
        "django.contrib.admin",
        ("django_admin_log",),
        ("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages", "django.contrib.sessions"),
    ),
)


@dataclass(frozen=True, slots=True)
class Clash:
    """One of Django's own apps that cannot be installed, and why."""

    app: str
    reason: str

    def __str__(self) -> str:
        return f"{self.app} is left out: {self.reason}."


def django_clashes(catalog: Catalog, decisions: Decisions) -> tuple[Clash, ...]:
    """Return Django's own apps whose tables the scanned database has already, and those that need them."""
    taken = _taken_names(catalog, decisions)
    clashes: dict[str, Clash] = {}
    for own in OWN_APPS:
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


def _uses_postgres(source: AppSource) -> bool:
    sources = (*source.preamble, *source.models)
    modules = {wanted.module for one in sources for wanted in one.imports}
    modules |= modules_of({name for one in sources for name in one.uses_fields})
    return any(module.startswith(POSTGRES_APP) and module != f"{POSTGRES_APP}.functions" for module in modules)


def _taken_names(catalog: Catalog, decisions: Decisions) -> frozenset[str]:
    """Return the plain names that Django's own tables must not have."""
    in_schema = {table.name.name for table in catalog.tables if table.name.schema in ("main", decisions.django_schema)}
    return frozenset(in_schema | {decision.db_table for decision in decisions.tables})
