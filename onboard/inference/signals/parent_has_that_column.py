"""The parent has another column of the name: as `film_infos` has a `film_id`, no `film_id` means a row of it.

And where that column is a key of the parent, a column called like it means that one.
"""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_BY_TABLE = (
    Relation.TABLE,
    Relation.ENDS_WITH_TABLE,
    Relation.TABLE_HEAD,
    Relation.TABLE_START,
    Relation.TABLE_MIDDLE,
    Relation.ABBREVIATION,
    Relation.INITIALS,
)


def _measure(edge: Edge, situation: Situation) -> float:
    name = "".join(edge.child.words.words[edge.extra_words :])
    return 1.0 if name != edge.parent.only.words.joined and name in edge.parent.table.column_names else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` itself has another column of that name"


SIGNAL = Signal("parent_has_that_column", -1, _measure, _sentence, of=Of.LEAD, only=_BY_TABLE)
