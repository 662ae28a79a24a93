"""A squash whose old migrations are all applied here: the old files may go, as far as this environment is concerned."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.mentions import is_inside


def _find(patient: Patient) -> Iterator[Finding]:
    for file in patient.memory.files:
        if file.app not in patient.labels or not file.replaces or not is_inside(patient.root, file.path.parent):
            continue
        on_disk = [name for name in file.replaces if name in patient.graph.files and name != file.key]
        if on_disk and file.key in patient.memory.recorded:
            yield Finding(
                "squash_unfinished",
                file.app,
                f"{file.app}.{file.name}",
                f"it is applied here, and {len(on_disk)} of the migrations it stands for are still on disk",
                "Every command loads both; nothing breaks, but the history is longer than before the squash.",
                f"Once every environment has it: `onboard squash {file.app} --finish`.",
            )


CHECKUP = Checkup(("squash_unfinished",), _find)
