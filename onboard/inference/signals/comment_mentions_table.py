"""The comment of the column mentions the parent."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.comments import mentions
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    comment = edge.child.column.comment
    return 1.0 if comment and mentions(comment, edge.parent.table.name.name) else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"the comment of `{edge.child.name}` mentions `{edge.parent.table.name.name}`"


def _has_comment(child: ColumnView) -> bool:
    return bool(child.column.comment)


SIGNAL = Signal("comment_mentions_table", 1, _measure, _sentence, child=_has_comment)
