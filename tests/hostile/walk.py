"""The whole way of one database, told to a zygote: scan, generate, check, migrate, use, promote, rebuild, compare."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onboard.catalog.canonical import from_json, to_json
from onboard.catalog.structure import Catalog
from tests.hostile.source_shape import unexpected_nodes

Ask = Callable[[dict[str, Any]], dict[str, Any]]

_DJANGO_TABLES = ("--exclude", "django_*", "--exclude", "auth_*")

# Warnings are errors: a model registered twice is one.
_BEGIN = """
import warnings, pickle, sys
warnings.simplefilter("error")
warnings.filterwarnings("ignore", category=ResourceWarning)
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError, NotSupportedError
models = list(apps.get_app_config("legacy").get_models())
def values(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.generated}
"""
_USE = """
call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("migrate", verbosity=0)
rows, refused = {}, []
for model in models:
    found = list(model._base_manager.all()[:5])
    for row in found:
        str(row), repr(row)
        assert model._base_manager.get(pk=row.pk).pk == row.pk
        try:
            with transaction.atomic():
                row.save(force_update=True)
        except NotSupportedError:
            refused.append(model.__name__)
    rows[model.__name__] = [values(row) for row in found]
with open("rows.pickle", "wb") as file:
    pickle.dump(rows, file)
print("READ", sum(map(len, rows.values())), "REFUSED", len(set(refused)))
"""
_SETTLED = """
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("migrate", verbosity=0)
call_command("check", fail_level="WARNING")
"""
_INSERT = """
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
with open("rows.pickle", "rb") as file:
    rows = pickle.load(file)
keyless = [model for model in models if not model._meta.managed]
waiting = [(model, row) for model in models if model._meta.managed for row in rows[model.__name__]]
while waiting:
    failed, reason = [], None
    for model, row in waiting:
        given = dict(row)
        for f in model._meta.concrete_fields:
            # What the database numbers itself stays its own to give.
            if type(f).__name__ == "SequenceField":
                given.pop(f.attname, None)
        try:
            with transaction.atomic():
                model(**given).save(force_insert=True)
        except Exception as error:
            # A row may refer to a table without a key, which no model can write.
            if isinstance(error, IntegrityError) and "foreign key" in str(error) and keyless:
                continue
            if "GENERATED ALWAYS" in str(error):  # a key that the database alone may number
                continue
            failed.append((model, row))
            reason = f"{model.__name__}: {type(error).__name__}: {error} {given}"
    if len(failed) == len(waiting):
        sys.exit("cannot insert: " + reason)
    waiting = failed
"""


@dataclass(frozen=True)
class Walk:
    """One working folder and the process that runs commands in it."""

    folder: Path
    ask: Ask

    def onboard(self, *arguments: str, dsn: str = "", codes: tuple[int, ...] = (0,)) -> str:
        return self._run("onboard", arguments, dsn, codes)

    def python(self, script: str, dsn: str) -> str:
        return self._run("python", (_BEGIN + script,), dsn, (0,))

    def catalog(self) -> Catalog:
        return from_json((self.folder / ".onboard/catalog.json").read_text(encoding="utf-8"))

    def _run(self, kind: str, arguments: tuple[str, ...], dsn: str, codes: tuple[int, ...]) -> str:
        answer = self.ask(
            {
                "kind": kind,
                "cwd": str(self.folder),
                "arguments": list(arguments),
                "env": {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": dsn},
            }
        )
        what = arguments if kind == "onboard" else arguments[0][len(_BEGIN) :][:60]
        assert answer["code"] in codes, f"{what} -> {answer['code']}\n{answer['out']}\n{answer['err']}"
        return str(answer["out"])


def walk(ask: Ask, folder: Path, dsn: str, fresh: str, *scan: str, inserts: bool = True) -> Catalog:
    """Take the database the whole way and hold the empty one, once rebuilt, against it; returns what was scanned."""
    one = Walk(folder, ask)
    one.onboard("scan", dsn, *scan, codes=(0, 3))
    one.onboard("generate", "--app", "legacy", codes=(0, 3))
    _hold_source(folder)
    before = one.catalog()
    one.python(_USE, dsn)
    one.onboard("generate", "--check", dsn=dsn)
    one.onboard("promote", "--all", dsn=dsn, codes=(0, 3))
    _hold_source(folder)
    one.python(_SETTLED, dsn)
    one.onboard("scan", dsn, *scan, *_DJANGO_TABLES, "--check")
    one.python(_INSERT if inserts else _SETTLED, fresh)
    again = folder / "again"
    again.mkdir()
    schemas = sorted({table.name.schema for table in before.tables} - {"main"})
    options = [part for schema in schemas for part in ("--schema", schema)]
    Walk(again, ask).onboard("scan", fresh, *options, *_DJANGO_TABLES, "--no-infer", codes=(0, 3))
    rebuilt = Walk(again, ask).catalog()
    assert comparable(rebuilt) == comparable(before), _first_difference(comparable(before), comparable(rebuilt))
    assert not list(folder.parent.rglob("OWNED")), "text of the database was run"
    return before


def _hold_source(folder: Path) -> None:
    found = unexpected_nodes(folder / "legacy")
    assert not found, "\n".join(found)


def _first_difference(left: list[Any], right: list[Any]) -> str:
    """Say where two lists of tables part, in a few lines."""
    for one, other in itertools.zip_longest(left, right):
        if one != other:
            keys = sorted({*(one or {}), *(other or {})})
            parts = [(key, (one or {}).get(key), (other or {}).get(key)) for key in keys]
            return "\n".join(f"{key}: {a}\n  rebuilt: {b}" for key, a, b in parts if a != b)
    return ""


def comparable(catalog: Catalog) -> list[Any]:
    """The tables, without what is the database's own affair."""
    tables = tuple(
        replace(table, triggers=(), rules=(), policies=(), has_row_security=False)
        for table in catalog.tables
        if not table.name.name.startswith(("django_", "auth_"))
    )
    text = to_json(replace(catalog, tables=tables))
    # PostgreSQL itself words `varchar in (...)` in another way once it has read its own words.
    text = re.sub(r"::(?:character varying|text)(?:\[\])?|[()]", "", text)
    found: list[Any] = json.loads(text)["tables"]
    return found
