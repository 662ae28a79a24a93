"""The column is a role and the name of a key that several tables have, and the name fits another table better."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    is_role = edge.relation is Relation.ENDS_WITH_KEY
    return 1.0 if is_role and edge.parent.is_outnamed else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` fits another table better than `{edge.parent.table.name}`"


def _is_outnamed(key: KeyView) -> bool:
    return key.is_outnamed


SIGNAL = Signal(
    "role_fits_other_table", -1, _measure, _sentence, of=Of.LEAD, only=(Relation.ENDS_WITH_KEY,), parent=_is_outnamed
)
