"""Another column of the child is called like the whole parent: `company_id` beside `company_type_id` means no type."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_LOOSE = (
    Relation.TABLE,
    Relation.ENDS_WITH_TABLE,
    Relation.STARTS_WITH_TABLE,
    Relation.TABLE_HEAD,
    Relation.TABLE_START,
    Relation.TABLE_MIDDLE,
    Relation.ABBREVIATION,
    Relation.INITIALS,
)


def _measure(edge: Edge, situation: Situation) -> float:
    whole = edge.parent.table.joined
    return 1.0 if whole in edge.child.table.column_stems and whole != edge.child.words.stem_joined else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"another column of `{edge.child.table.name}` is called like `{edge.parent.table.name}`"


SIGNAL = Signal("sibling_means_parent", -1, _measure, _sentence, only=_LOOSE)
