"""A connection -> what `migrate` would do on it now: which migrations, and which tables of other apps they make.

Only reads: `django_migrations` where it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import ManyToManyField


@dataclass(frozen=True, slots=True)
class Pending:
    """What the next `migrate` does, in its order."""

    migrations: tuple[tuple[str, str], ...]  # (app label, name)
    new_tables: tuple[str, ...]  # those of other apps, `django_migrations` included; sorted


def pending(connection: BaseDatabaseWrapper, app_label: str) -> Pending:
    """Return what `migrate` would apply; django.db.Error where the database cannot be asked."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    others = [migration for migration in plan if migration.app_label != app_label]
    made = {table for migration in others for table in _made(migration, connection.alias)}
    if not MigrationRecorder(connection).has_table():
        made.add("django_migrations")
    return Pending(tuple((one.app_label, one.name) for one in plan), tuple(sorted(made)))


def obstacle(connection: BaseDatabaseWrapper) -> str:
    """Return why `migrate` would fail whatever it does, or nothing.

    On SQLite Django ends every schema change with a check of all foreign keys of the file, also those that were broken
    long before.
    """
    if connection.vendor != "sqlite":
        return ""
    try:
        with connection.cursor() as cursor:
            broken = cursor.execute("pragma foreign_key_check").fetchone()
    except OperationalError as error:
        return str(error)
    return f"rows of `{broken[0]}` refer to rows that `{broken[2]}` does not have" if broken else ""


def _made(migration: Migration, alias: str) -> Iterator[str]:
    for operation in migration.operations:
        if isinstance(operation, CreateModel) and _makes_a_table(migration, operation, alias):
            table = str(operation.options.get("db_table") or f"{migration.app_label}_{operation.name_lower}")
            yield table
            for name, field in operation.fields:
                if isinstance(field, ManyToManyField) and field.remote_field.through is None:
                    yield f"{table}_{name}"


def _makes_a_table(migration: Migration, operation: CreateModel, alias: str) -> bool:
    if not operation.options.get("managed", True) or operation.options.get("proxy"):
        return False
    allowed = router.allow_migrate(alias, migration.app_label, model_name=operation.name_lower)
    return bool(allowed) and not _is_swapped(migration, operation)


def _is_swapped(migration: Migration, operation: CreateModel) -> bool:
    """Whether the settings name another model in this one's stead, as `AUTH_USER_MODEL` may."""
    setting = operation.options.get("swappable")
    label = f"{migration.app_label}.{operation.name}".lower()
    return bool(setting) and str(getattr(settings, str(setting), label)).lower() != label
