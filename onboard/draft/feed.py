"""Sheets -> a stand-in for a database connection, which is all that inspectdb asks of one.

No connection is opened. What the engines' introspection classes differ in is in `feeds/`, one file each.
Source of truth: `django.core.management.commands.inspectdb` of Django 5.2, 6.0 and 6.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import django
from django.db.backends.base.introspection import BaseDatabaseIntrospection
from django.db.models import deletion

from onboard.draft.sheet import Reference, Sheet


@dataclass(frozen=True, slots=True)
class Feed:
    """How one engine's introspection is answered from sheets."""

    engine: str
    introspection: Callable[[StandIn, Mapping[str, Sheet]], BaseDatabaseIntrospection]
    features: type  # the backend's own DatabaseFeatures


class StandIn:
    """What inspectdb takes for a database connection."""

    def __init__(self, feed: Feed, sheets: tuple[Sheet, ...]) -> None:
        self.features = feed.features(self)
        self.introspection = feed.introspection(self, {sheet.label: sheet for sheet in sheets})

    @contextmanager
    def cursor(self) -> Iterator[None]:
        """Give inspectdb a cursor that nobody reads from."""
        yield None


Relation = tuple[str, str] | tuple[str, str, Any]  # Any: Django 6.1's on_delete objects are untyped


def relations(sheet: Sheet) -> dict[str, Relation]:
    """Return what `get_relations` returns in the installed Django: pairs, or triples from 6.1 on."""
    if django.VERSION < (6, 1):
        return {column: (to.column, to.table) for column, to in sheet.references}
    return {column: (to.column, to.table, _on_delete(to)) for column, to in sheet.references}


def constraints(sheet: Sheet) -> dict[str, dict[str, object]]:
    """Return the part of `get_constraints` that inspectdb reads: keys and uniques."""
    return {
        unique.name: {"columns": list(unique.columns), "primary_key": unique.is_primary_key, "unique": True}
        for unique in sheet.uniques
    }


def _on_delete(to: Reference) -> object:
    names = {
        "no action": "DO_NOTHING",
        "cascade": "DB_CASCADE",
        "set null": "DB_SET_NULL",
        "set default": "DB_SET_DEFAULT",
    }
    return getattr(deletion, names[to.on_delete]) if to.on_delete in names else None
