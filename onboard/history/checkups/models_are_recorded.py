"""The migrations say what the models say: of unmanaged models too, at which Django up to 6.1 does not look."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.states import unmade_changes
from onboard.history.unmanaged import stale_unmanaged


def _find(patient: Patient) -> Iterator[Finding]:
    if patient.loader is None:
        return
    for label in sorted(patient.labels & patient.loader.migrated_apps):
        unmade = unmade_changes(patient.loader, {label}, patient.current)
        if unmade:
            yield Finding(
                "models_ahead",
                label,
                label,
                f"the models are ahead of the migrations: {unmade[0].describe()}"
                + (f", and {len(unmade) - 1} more" if len(unmade) > 1 else ""),
                "The next `makemigrations` writes it into whatever migration comes next.",
                f"`manage.py makemigrations {label}`.",
            )
        stale = stale_unmanaged(patient.loader, patient.current, label)
        if stale.operations:
            yield Finding(
                "unmanaged_state_stale",
                label,
                ", ".join(stale.models),
                f"the recorded state of unmanaged models is not what they are: {stale.operations[0].describe()}"
                + (f", and {len(stale.operations) - 1} more" if len(stale.operations) > 1 else ""),
                "From Django 6.2 on `makemigrations` reports it: `--check` fails in CI; and a later `managed = True` "
                "makes columns that exist.",
                f"`onboard doctor {label} --write` writes the migration that settles it; it touches no table.",
            )


CHECKUP = Checkup(("models_ahead", "unmanaged_state_stale"), _find)
