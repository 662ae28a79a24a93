"""What tells the key apart means a row of the parent, and the child calls it by the parent's name; no other key could.

`files(tenant_id, folder_id)` can hardly mean anything but `folders(tenant_id, id)`, unless folders have a key of one
column as well.
"""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    if any(len(key.columns) == 1 for key in edge.parent.table.keys):
        return 0.0
    names = edge.parent_names
    pairs = zip(edge.child, edge.parent.columns, strict=True)
    telling = [(ours, theirs) for ours, theirs in pairs if theirs.own.joined not in edge.standing.everywhere]
    are_named = [
        ours.words.stem in names and (not theirs.own.stem or theirs.own.stem in names) for ours, theirs in telling
    ]
    return 1.0 if are_named and all(are_named) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"they are called like a row of `{edge.parent.table.name}`"


SIGNAL = PairSignal("names_row_of_parent", 1, _measure, _sentence, of=Of.NAMES)
