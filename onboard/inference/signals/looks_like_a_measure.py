"""The column reads like a quantity, a date or a text."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_NAMES_TABLE = 0.3  # of the doubt, where a table is called so


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.child.words
    listed = weights().words["never_keys"]
    if words.suffix or not words.stem or words.stem[-1] not in listed:
        return 0.0
    calls_key_by_table = edge.relation in (Relation.TABLE, Relation.ENDS_WITH_TABLE)  # `team_name`, `teams(name)`
    if calls_key_by_table and edge.parent.only.words.words[-1:] == words.stem[-1:]:
        return 0.0
    is_number = edge.parent.only.type_class is TypeClass.WHOLE  # no text: of a table `areas`, `area` may well be the id
    is_whole = calls_key_by_table and not edge.prefix_left and not edge.table_words_left
    return _NAMES_TABLE if is_whole and is_number else 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` reads like a quantity, a date or a text"


def _may_measure(child: ColumnView) -> bool:
    return (
        not child.words.suffix and child.words.stem[-1:] != () and child.words.stem[-1] in weights().words["never_keys"]
    )


SIGNAL = Signal("looks_like_a_measure", -1, _measure, _sentence, child=_may_measure)
