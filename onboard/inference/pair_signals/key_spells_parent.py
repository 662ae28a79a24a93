"""The words of the key's columns together spell the name of the parent: `part_id, supplier_id` and `part_suppliers`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    stems = ["".join(column.own.stem) for column in edge.parent.columns]
    for entity in edge.parent.table.entities:
        left = entity.joined
        for stem in sorted(stems, key=len, reverse=True):
            start = next((stem[:size] for size in range(len(stem), 2, -1) if stem[:size] in left), "")
            left = left.replace(start, "", 1) if start else left + "-"
        if not left:
            return 1.0
    return 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"its columns together spell `{edge.parent.table.name}`"


SIGNAL = PairSignal("key_spells_parent", 1, _measure, _sentence, of=Of.PARENT)
