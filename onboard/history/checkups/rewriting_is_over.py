"""No rewriting of the history was cut off and left lying."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.errors import BadInput
from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.journal import BEGUN, journals
from onboard.history.scratch import left_over


def _find(patient: Patient) -> Iterator[Finding]:
    for name in left_over(patient.connection):
        yield Finding(
            "scratch_left",
            "",
            name,
            "a throw-away database of a run that was killed is still there",
            "It takes up room, and nothing else.",
            "Any next `onboard adopt`, `reset` or `squash` drops it.",
        )
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


CHECKUP = Checkup(("cut_off", "backup_unreadable", "scratch_left"), _find)
