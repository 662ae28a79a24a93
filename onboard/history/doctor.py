"""A project -> every Finding of every check-up; reads files, rows and the catalogue, changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.declared import declared
from onboard.errors import OnboardError, Refused
from onboard.history import checkups
from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.memory import read_memory
from onboard.history.mentions import inside, is_inside
from onboard.history.reset import require_installed
from onboard.history.unmanaged import settling_migration, stale_unmanaged
from onboard.project.files import File, FileTree, tree_of

KINDS_THAT_STOP_DJANGO = ("unreadable", "dependency_missing", "dependency_circle")


def patient_of(root: Path, connection: BaseDatabaseWrapper, labels: Collection[str] = ()) -> Patient:
    """Return the project, read once; all apps where none is named. BadInput for one that is not installed."""
    memory = read_memory(connection)
    require_installed(memory, labels)
    return Patient(root, memory, connection, frozenset(labels) or frozenset(app.label for app in memory.apps))


def findings(patient: Patient) -> tuple[Finding, ...]:
    """Return what is wrong, app by app; what stops Django altogether comes first."""
    found = [one for checkup in declared(checkups, "CHECKUP", Checkup) for one in _found(checkup, patient)]
    return tuple(sorted(found, key=lambda one: (one.kind not in KINDS_THAT_STOP_DJANGO, one.app, one.kind, one.place)))


def _found(checkup: Checkup, patient: Patient) -> list[Finding]:
    """What one check-up finds; a history so broken that Django's own code raises is a finding like others."""
    found: list[Finding] = []
    try:
        found.extend(checkup.find(patient))
    except OnboardError:
        raise
    except Exception as error:  # states of a broken history may raise anything at all when they are rendered
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        why = "What else is found explains it: the states of this history do not hold together."
        found.append(
            Finding("not_checked", "", " or ".join(checkup.kinds), what, why, "Mend the other findings first.")
        )
    return found


def settling_files(patient: Patient) -> FileTree:
    """Return a migration for each app whose unmanaged models are not recorded as they are; state only.

    Refused while Django cannot load the history, or where the app is an installed package.
    """
    if patient.loader is None:
        raise Refused("The history does not load: see to what `onboard doctor` finds first.")
    files = []
    for label in sorted(patient.labels & patient.loader.migrated_apps):
        stale = stale_unmanaged(patient.loader, patient.current, label)
        if not stale.operations:
            continue
        folder = patient.memory.app(label).folder
        if folder is None or not is_inside(patient.root, folder):
            raise Refused(f"`{label}` is an installed package: a migration of it is its author's to write.")
        one = settling_migration(patient.memory, patient.graph, stale, label)
        files.append(File(PurePosixPath(inside(patient.root, one.path)), one.text))
    return tree_of(files)
