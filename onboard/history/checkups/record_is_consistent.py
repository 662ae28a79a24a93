"""Nothing is recorded as applied whose parents are not, and no squashed migration is applied by half."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding


def _find(patient: Patient) -> Iterator[Finding]:
    recorded = patient.memory.recorded
    for key in sorted(recorded & set(patient.graph.files)):
        for parent in patient.graph.parents[key]:
            if key[0] in patient.labels and not _is_applied(patient, parent):
                yield Finding(
                    "applied_before_parent",
                    key[0],
                    f"{key[0]}.{key[1]}",
                    f"it is recorded as applied, and `{parent[0]}.{parent[1]}`, on which it stands, is not",
                    "`migrate` and `makemigrations` stop with InconsistentMigrationHistory.",
                    f"`onboard adopt {parent[0]}` records it if the tables are there; otherwise "
                    f"`onboard reset {parent[0]}`.",
                )
    for file in patient.memory.files:
        applied = [name for name in file.replaces if name in recorded]
        if file.app in patient.labels and applied and len(applied) < len(file.replaces):
            on_disk = all(name in patient.graph.files for name in file.replaces)
            yield Finding(
                "squash_half_applied",
                file.app,
                f"{file.app}.{file.name}",
                f"it stands for {len(file.replaces)} migrations, of which {len(applied)} are recorded here",
                "Django takes the old ones as long as they are on disk; once they are gone it applies neither, or all.",
                "`manage.py migrate` while the old files are there."
                if on_disk
                else f"`onboard reset {file.app} --database-only`, which proves the tables first.",
            )


def _is_applied(patient: Patient, key: tuple[str, str]) -> bool:
    if key in patient.memory.recorded:
        return True
    file = patient.graph.files.get(key)
    if file is not None and file.replaces:
        return all(_is_applied(patient, name) for name in file.replaces)
    by = patient.graph.replaced_by.get(key)
    return by is not None and by in patient.memory.recorded


CHECKUP = Checkup(("applied_before_parent", "squash_half_applied"), _find)
