"""Every migration on disk can be imported, and every migrations folder is a package."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding


def _find(patient: Patient) -> Iterator[Finding]:
    for app in patient.memory.apps:
        if app.label not in patient.labels or app.folder is None:
            continue
        if app.folder.is_dir() and not app.is_package and any(app.folder.glob("[!_~]*.py")):
            yield Finding(
                "no_package",
                app.label,
                str(app.folder),
                "the migrations folder has no `__init__.py`",
                "Django does not see its migrations: `migrate` makes the tables without a history, or none at all.",
                f"Add an empty `{app.folder / '__init__.py'}`.",
            )
        for file in app.files:
            if file.problem:
                yield Finding(
                    "unreadable",
                    app.label,
                    f"{app.label}.{file.name}",
                    f"`{file.path.name}` does not load: {file.problem}",
                    "No command that looks at migrations works in this project until it does.",
                    f"Take the file from version control, or `onboard reset {app.label} "
                    f"--leave-out {app.label}.{file.name}`.",
                )


CHECKUP = Checkup(("no_package", "unreadable"), _find)
