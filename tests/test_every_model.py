"""Every row of every fixture is read, put back as it was, and inserted again through its model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import LegacyDb, legacy_dbs, manage, onboard

# Keys are not enforced while a row is away; at the end everything is rolled back.
_SCRIPT = """
import json
from django.apps import apps
from django.db import NotSupportedError, connection, transaction
from django.db.models.fields import AutoFieldMixin


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def tried(model):
    rows = list(model._base_manager.all()[:3])
    if any(base.__name__ == "ReadOnly" for base in model.__mro__):
        for row in rows:
            try:
                row.save()
            except NotSupportedError:
                continue
            raise AssertionError("saved")
        return len(rows)
    for row in rows:
        before = values(row)
        row.save(force_update=True)
        key = {"pk": row.pk}
        assert values(model._base_manager.get(**key)) == before
        model._base_manager.filter(**key)._raw_delete(connection.alias)
        row._state.adding = True
        if isinstance(model._meta.pk, AutoFieldMixin):
            row.pk = None  # the database numbers the row, and may refuse another's number
        row.save(force_insert=True)
        after = values(model._base_manager.get(pk=row.pk))
        if isinstance(model._meta.pk, AutoFieldMixin):
            assert after.pop(model._meta.pk.attname) is not None
            before.pop(model._meta.pk.attname)
        assert after == before, (before, after)
    return len(rows)


found = {}
for model in apps.get_app_config("legacy").get_models():
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("set local session_replication_role = replica")
        else:
            connection.cursor().execute("pragma defer_foreign_keys = on")
        try:
            found[model.__name__] = tried(model)
        except Exception as error:
            found[model.__name__] = f"{type(error).__name__}: {error}"
        transaction.set_rollback(True)
print("FOUND" + json.dumps(found))
"""


@pytest.mark.parametrize("legacy", legacy_dbs(), ids=lambda legacy: legacy.name)
def test_reads_updates_and_inserts_through_every_model(
    legacy: LegacyDb, new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = legacy.made(new_database, tmp_path / "database")
    work = tmp_path / "work"
    work.mkdir()
    onboard(work, "scan", dsn, *legacy.scan)
    onboard(work, "generate", "--app", "legacy", code=None)
    said = manage(work, "shell", "-c", _SCRIPT, dsn=dsn).stdout
    found = json.loads(said[said.index("FOUND") + len("FOUND") :].splitlines()[0])
    assert {name: told for name, told in found.items() if not isinstance(told, int)} == {}
    assert sum(found.values()) > len(found)
