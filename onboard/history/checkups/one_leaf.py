"""The history of an app ends in one migration."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding


def _find(patient: Patient) -> Iterator[Finding]:
    for label in sorted(patient.labels):
        leaves = patient.graph.leaves(label)
        if len(leaves) > 1:
            recorded = [name for name in leaves if (label, name) in patient.memory.recorded]
            applied = f"applied here: {', '.join(recorded)}" if recorded else "none of them is applied here"
            yield Finding(
                "several_leaves",
                label,
                ", ".join(f"{label}.{name}" for name in leaves),
                f"the history ends in {len(leaves)} migrations; {applied}",
                "`migrate` and `makemigrations` refuse until one of them stands on the others.",
                f"`manage.py makemigrations --merge {label}`; or, once the models equal the database, "
                f"`onboard reset {label}`.",
            )


CHECKUP = Checkup(("several_leaves",), _find)
