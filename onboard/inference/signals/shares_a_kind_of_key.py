"""Both are the keys of their own tables, and both tables end in the word that the keys are named after."""

from __future__ import annotations

from onboard.inference.abbreviation import abbreviates
from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView, KeyName, TableView, own_key_name
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.SAME_AS_KEY or own_key_name(edge.child) is None:
        return 0.0
    stem = edge.child.words.stem
    is_kind = _is_kind_of(edge.child.table, stem) and _is_kind_of(edge.parent.table, stem)
    return 1.0 if is_kind or _both_abbreviate(edge, stem) else 0.0


def _both_abbreviate(edge: Edge, stem: tuple[str, ...]) -> bool:
    """Whether the name is short for both tables: `cs_id` of `tab_col_stats` and of `part_col_stats`."""
    is_own = own_key_name(edge.child) is KeyName.OWN and edge.parent.named_after is KeyName.OWN
    return bool(stem) and is_own and _ends_in(edge.child.table, stem) and _ends_in(edge.parent.table, stem)


def _ends_in(table: TableView, stem: tuple[str, ...]) -> bool:
    """Whether the table's last words, but not all of them, are what the stem is short for."""
    return any(abbreviates(stem, table.words[start:]) for start in range(1, len(table.words)))


def _is_kind_of(table: TableView, stem: tuple[str, ...]) -> bool:
    is_named_so = any(entity.words == stem and not entity.prefix_left for entity in table.entities)
    return bool(stem) and not is_named_so and table.words[-len(stem) :] == stem


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` and `{edge.parent.table.name}` each have such a key of their own"


def _is_own_key(child: ColumnView) -> bool:
    return own_key_name(child) is not None


SIGNAL = Signal("shares_a_kind_of_key", -1, _measure, _sentence, only=(Relation.SAME_AS_KEY,), child=_is_own_key)
