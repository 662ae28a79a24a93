"""No rewriting of the history was cut off and left lying."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.errors import BadInput
from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.journal import BEGUN, journals


def _find(patient: Patient) -> Iterator[Finding]:
    try:
        found = journals(patient.root)
    except BadInput as error:
        yield Finding("backup_unreadable", "", error.where, error.problem, "It cannot be undone.", error.remedy)
        return
    for journal in found:
        if journal.phase == BEGUN:
            yield Finding(
                "cut_off",
                journal.apps[0],
                str(journal.path),
                f"`{journal.command}` of {', '.join(journal.apps)} was cut off",
                "Its files may be new while its rows are old.",
                f"Any next `onboard {journal.command}` puts it back or completes it first.",
            )


CHECKUP = Checkup(("cut_off", "backup_unreadable"), _find)
