"""The tables have the same numbers in their names, as `dhcp4_pools` and `dhcp4_hosts`; below 0: they have others."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    ours, theirs = edge.child.table, edge.parent.table
    if not ours.numbers or not theirs.numbers or ours is theirs:
        return 0.0
    return 1.0 if ours.numbers & theirs.numbers else -1.0


def _sentence(edge: Edge, value: float) -> str:
    kind = "the same" if value > 0 else "other"
    return f"`{edge.child.table.name}` and `{edge.parent.table.name}` have {kind} numbers in their names"


def _child_has(child: ColumnView) -> bool:
    return bool(child.table.numbers)


def _parent_has(key: KeyView) -> bool:
    return bool(key.table.numbers)


SIGNAL = Signal("numbers_in_names_agree", 1, _measure, _sentence, child=_child_has, parent=_parent_has)
