"""Recorded migration state + models -> Differences: what the migrations do not know of the models, or know wrongly."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.migrations.operations.base import Operation

from onboard.migrations.state_sync import state_sync, unrecorded
from onboard.verify.differences import Difference, Severity
from onboard.verify.subject import Subject

_REMEDY = (
    "`onboard promote` brings the record up to the model; for one that is promoted, `manage.py makemigrations` does."
)


def recorded_differences(subject: Subject) -> tuple[Difference, ...]:
    """Return a difference for each operation that the record lacks, and for each flag it has wrongly; by table."""
    tables = {(subject.app_label, model._meta.model_name or ""): table for table, model in subject.models.items()}
    history = subject.history
    missing = unrecorded(history.recorded, tables)
    known = [key for key in tables if key not in missing]
    found = [_unrecorded(str(tables[key]), subject) for key in missing]
    for operation in state_sync(history.recorded, history.current, history.loader.graph, known).operations:
        key = (subject.app_label, str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower())
        found.append(_behind(str(tables.get(key, "")), operation))
    found.extend(_flags(subject))
    return tuple(sorted(found, key=lambda one: (one.table, one.place, one.kind, one.model)))


def _unrecorded(table: str, subject: Subject) -> Difference:
    database = f"no migration of `{subject.app_label}` creates it"
    remedy = "Run `onboard generate`, which writes the migration."
    return Difference("model_unrecorded", Severity.LIES, table, "", "a model", database, remedy)


def _behind(table: str, operation: Operation) -> Difference:
    place = str(getattr(operation, "name", "")) if hasattr(operation, "model_name") else ""
    return Difference(
        "state_differs", Severity.LIES, table, place, operation.describe(), "not in the recorded state", _REMEDY
    )


def _flags(subject: Subject) -> Iterable[Difference]:
    for table, model in subject.models.items():
        recorded = subject.history.is_recorded_managed(model.__name__)
        if recorded is not None and recorded is not bool(model._meta.managed):
            yield Difference(
                "flag_differs",
                Severity.LIES,
                str(table),
                "",
                f"`managed` is {model._meta.managed}",
                f"the recorded state says {recorded}",
                "Run `onboard promote` or `onboard demote` on the table: both write model and record.",
            )
