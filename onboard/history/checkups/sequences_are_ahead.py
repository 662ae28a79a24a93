"""Every counter is past the greatest key of its column: read from the table, an index look-up each."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.proof import models_of, search_path
from onboard.verify.counters import Behind, counters_behind
from onboard.verify.located import located

_WHY = {
    "postgresql": "The next inserts fail with a duplicate key, one by one, until the sequence has caught up.",
    "sqlite": "No insert fails, but once the last rows are deleted their keys are given to new ones: what still refers "
    "to the old ones (links, logs, generic relations) then means others.",
}


def _find(patient: Patient) -> Iterator[Finding]:
    connection = patient.connection
    found = located(patient.catalog, search_path(connection))
    for label in sorted(patient.labels):
        models = models_of((label,), connection.alias)
        for behind in counters_behind(models, patient.catalog, connection, found):
            yield _finding(label, behind, connection.vendor)


def _finding(label: str, behind: Behind, vendor: str) -> Finding:
    last = f"stands at {behind.last}" if behind.last is not None else "has not begun"
    reset = f"`manage.py sqlsequencereset {label}` prints the SQL for the whole app; for this table: "
    return Finding(
        "sequence_behind",
        label,
        f"{behind.table}.{behind.column}",
        f"its sequence {last}, the table has {behind.greatest}",
        _WHY[vendor],
        (reset if vendor == "postgresql" else "") + behind.remedy,
    )


CHECKUP = Checkup(("sequence_behind",), _find)
