"""No table is there that an unapplied migration is going to make, and no app with tables is without a history."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.proof import models_of
from onboard.verify.located import located


def _find(patient: Patient) -> Iterator[Finding]:
    found = located(patient.catalog)
    existing = {str(table.name) for table in patient.catalog.tables}
    for label in sorted(patient.labels):
        app = patient.memory.app(label)
        recorded = [name for one, name in patient.memory.recorded if one == label]
        models = models_of((label,), patient.connection.alias)
        there = [m for m in models if str(found.table(m._meta.db_table)) in existing]
        if recorded or not there or app.module is None:
            continue
        tables = ", ".join(sorted(str(found.table(model._meta.db_table)) for model in there)[:5])
        if app.files:
            yield Finding(
                "tables_unrecorded",
                label,
                tables,
                f"{len(there)} of its {len(models)} tables are there, and none of its migrations is recorded",
                "The next `migrate` stops at the first table that exists; `--fake-initial` looks at names alone.",
                f"`onboard adopt {label}`.",
            )
        elif app.folder is not None and (app.is_package or not app.folder.is_dir()) and patient.is_ours(label):
            yield Finding(
                "no_history",
                label,
                tables,
                "its tables are there, and it has no migrations",
                "A change to its models changes no table; an app with migrations cannot refer to it in order.",
                f"`onboard adopt {label}`.",
            )


CHECKUP = Checkup(("tables_unrecorded", "no_history"), _find)
