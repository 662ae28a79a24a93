"""Automatic keys have the type the models say, and foreign keys the models claim are enforced."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.verify.differences import Difference


def _find(patient: Patient) -> Iterator[Finding]:
    for label, differences in patient.differences.items():
        for one in differences:
            if one.kind == "type_differs" and one.place == "id":
                yield _id(label, one)
            elif one.kind in ("foreign_key_missing", "foreign_key_differs"):
                yield _foreign_key(label, one)
            elif one.kind == "numbering_missing":
                yield _numbering(label, one)


def _id(label: str, one: Difference) -> Finding:
    return Finding(
        "id_type_differs",
        label,
        f"{one.table}.{one.place}",
        f"the model says {one.model}, the database {one.database}",
        "New foreign keys and join tables get the model's type: two kinds of the same key, and an overflow where the "
        "column is the smaller one.",
        "Say the real one in the model (`id = models.AutoField(primary_key=True)`, or `default_auto_field` of the "
        "AppConfig), or alter the column.",
    )


def _foreign_key(label: str, one: Difference) -> Finding:
    return Finding(
        "foreign_key_unenforced",
        label,
        f"{one.table}.{one.place}",
        f"the model says {one.model}, the database has {one.database}",
        "Rows may refer to what is not there, and a migration that alters or drops the relation finds no constraint.",
        "Add the constraint (`onboard adopt` shows the migration), or say `db_constraint=False`.",
    )


def _numbering(label: str, one: Difference) -> Finding:
    return Finding(
        "numbering_missing",
        label,
        f"{one.table}.{one.place}",
        f"the model says {one.model}, the database has {one.database}",
        "The next insert fails.",
        one.remedy,
    )


CHECKUP = Checkup(("id_type_differs", "foreign_key_unenforced", "numbering_missing"), _find)
