"""One of the columns is called like the parent, as `visit` of `exposures(camera, visit)`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal
from onboard.inference.schema import ColumnView


def _measure(edge: CompositeEdge) -> float:
    entities = [entity.words for entity in edge.parent.table.entities if entity.words]
    return 1.0 if any(_ends_in(column, words) for column in edge.child for words in entities) else 0.0


def _ends_in(column: ColumnView, words: tuple[str, ...]) -> bool:
    return column.words.stem[-len(words) :] == words


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"one of {', '.join(edge.names)} is called like `{edge.parent.table.name}`"


SIGNAL = PairSignal("child_names_parent", 1, _measure, _sentence, of=Of.NAMES)
