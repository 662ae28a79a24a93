"""Every recorded migration of an installed app is on disk, and every recorded app is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding


def _find(patient: Patient) -> Iterator[Finding]:
    memory = patient.memory
    on_disk = {file.key for file in memory.files}
    installed = {app.label: app for app in memory.apps}
    replaced = {name for file in memory.files for name in file.replaces}
    gone: dict[str, list[str]] = {}
    for row in memory.rows:
        if row.app not in installed:
            gone.setdefault(row.app, []).append(row.name)
        elif row.app in patient.labels and row.key not in on_disk | replaced:
            yield _missing(row.app, row.name, has_files=bool(installed[row.app].files))
    for old, names in sorted(gone.items()):
        yield from _of_unknown_app(patient, old, tuple(names))
    for (app, name), count in sorted(Counter(row.key for row in memory.rows).items()):
        if count > 1 and app in patient.labels:
            yield Finding(
                "recorded_twice",
                app,
                f"{app}.{name}",
                f"it has {count} rows in `django_migrations`",
                "`migrate` backwards takes all of them out at once, forwards puts one in: environments drift apart.",
                f"`onboard reset {app} --apply` leaves one, or delete the later row by its id.",
            )


def _missing(app: str, name: str, *, has_files: bool) -> Finding:
    return Finding(
        "applied_but_missing",
        app,
        f"{app}.{name}",
        "it is recorded as applied, and there is no such file",
        "A new database never gets what it did; Django says nothing, until a file of the same name comes along."
        if has_files
        else "A new database gets no tables of this app, and the next `makemigrations` makes all of them anew.",
        f"Take the file from version control, or `onboard reset {app}`.",
    )


def _of_unknown_app(patient: Patient, old: str, names: tuple[str, ...]) -> Iterator[Finding]:
    heir = next((label for label in sorted(patient.labels) if _inherits(patient, label, names)), None)
    if heir is not None:
        yield Finding(
            "app_renamed",
            heir,
            old,
            f"`{old}` has {len(names)} recorded migrations and is not installed; `{heir}` has files of the same names "
            "and no record",
            f"The next `migrate` makes the tables of `{heir}` a second time, or stops at the first that exists.",
            f"`onboard adopt {heir} --renamed-from {old}`, after the tables have the names the models say.",
        )


def _inherits(patient: Patient, label: str, names: tuple[str, ...]) -> bool:
    own = set(patient.memory.app(label).names)
    recorded = {name for app, name in patient.memory.recorded if app == label}
    return bool(own) and not recorded & own and own & set(names) == own


CHECKUP = Checkup(("applied_but_missing", "app_renamed", "recorded_twice"), _find)
