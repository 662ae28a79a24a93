"""Every migration that another one depends on is there, and none stands on itself."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding


def _find(patient: Patient) -> Iterator[Finding]:
    graph = patient.graph
    for (app, name), wanted in graph.missing:
        if app in patient.labels:
            yield Finding(
                "dependency_missing",
                app,
                f"{app}.{name}",
                f"it depends on `{wanted[0]}.{wanted[1]}`, which is nowhere",
                "Django stops with NodeNotFoundError at every command, `makemigrations` included.",
                _mend(patient, wanted[0]),
            )
    circle = [key for key in graph.in_cycles() if key[0] in patient.labels]
    if circle:
        apps = " ".join(sorted({app for app, _ in circle}))
        yield Finding(
            "dependency_circle",
            circle[0][0],
            ", ".join(f"{app}.{name}" for app, name in circle),
            "these migrations stand on each other in a circle",
            "Django stops with CircularDependencyError at every command.",
            f"`onboard reset {apps}` makes them anew, in as many steps as the circle needs.",
        )


def _mend(patient: Patient, app: str) -> str:
    if app not in {one.label for one in patient.memory.apps}:
        return f"Put `{app}` into INSTALLED_APPS, or take the dependency out."
    return f"Take the file from version control, or `onboard reset {app}`, which mends those that depend on it."


CHECKUP = Checkup(("dependency_missing", "dependency_circle"), _find)
