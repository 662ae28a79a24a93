"""What is recorded as applied is in the database: no migration was faked, edited or half undone."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.history.checkup import Checkup, Patient
from onboard.history.findings import Finding
from onboard.history.proof import differences_in, models_of
from onboard.verify.differences import Difference
from onboard.verify.wording import in_one_line

_SHOWN = 5
# These have check-ups of their own, which say more.
_ELSEWHERE = ("foreign_key_missing", "foreign_key_differs", "numbering_missing", "sequence_not_owned")


def _find(patient: Patient) -> Iterator[Finding]:
    state = patient.applied_state
    if state is None or patient.loader is None:
        return
    for label in sorted(patient.labels & patient.loader.migrated_apps):
        models = models_of((label,), patient.connection.alias, registry=state.apps)
        found = differences_in(models, patient.catalog, patient.connection)
        by_table: dict[str, list[Difference]] = {}
        for one in found:
            if not _is_elsewhere(one) and not _is_explained(one, patient, label):
                by_table.setdefault(one.table, []).append(one)
        for table, differences in by_table.items():
            yield _finding(label, table, differences)


def _is_elsewhere(one: Difference) -> bool:
    return one.kind in _ELSEWHERE or (one.kind == "type_differs" and one.place == "id")


def _is_explained(one: Difference, patient: Patient, label: str) -> bool:
    """Whether an applied function or SQL names the place: it may have set a collation, or made an index, of its own.

    To know, the history must be built in an empty database; `reset` and `adopt` do that.
    """
    if one.kind != "collation_differs" and not one.kind.endswith("_unclaimed"):
        return False
    texts = patient.manual_texts(label)
    table = one.table.partition(".")[2]
    return bool(one.place) and any(table in text and one.place in text for text in texts)


def _finding(label: str, table: str, differences: list[Difference]) -> Finding:
    if any(one.kind == "table_missing" for one in differences):
        return Finding(
            "recorded_but_missing",
            label,
            table,
            "the record says that this table was made, and it is not there",
            "Every query of its model fails, and no `migrate` will ever make it.",
            f"If the migration was faked: `manage.py migrate --fake {label} NAME` back to before it, then `migrate`.",
        )
    lines = "; ".join(in_one_line(one) for one in differences[:_SHOWN])
    more = f"; and {len(differences) - _SHOWN} more" if len(differences) > _SHOWN else ""
    return Finding(
        "recorded_but_different",
        label,
        table,
        f"the record says one thing, the table is another: {lines}{more}",
        "Queries fail, or a later migration changes what is not there, or stops half-way.",
        f"`onboard adopt {label}` lists both ways out: the migration for the table, or the change to the models.",
    )


CHECKUP = Checkup(("recorded_but_missing", "recorded_but_different"), _find)
