"""What tells the key apart means a row of the parent, and the child calls it by the parent's name; no other key could.

`files(tenant_id, folder_id)` can hardly mean anything but `folders(tenant_id, id)`, unless folders have a key of one
column as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal
from onboard.inference.schema import ColumnView
from onboard.inference.weights import weights


def _measure(edge: CompositeEdge) -> float:
    if any(len(key.columns) == 1 for key in edge.parent.table.keys):
        return 0.0
    names = edge.parent_names
    pairs = [(ours, theirs) for ours, theirs in zip(edge.child, edge.parent.columns, strict=True)]
    named = [_means_row(theirs, names) and ours.words.stem in names for ours, theirs in pairs]
    others = [pair for pair, is_named in zip(pairs, named, strict=True) if not is_named]
    return 1.0 if any(named) and all(_is_shared(*pair, edge) for pair in others) else 0.0


def _means_row(theirs: ColumnView, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column of the key stands for the row of its table: `id`, `name`, or one with the table's name."""
    stem = theirs.own.stem
    return not stem or stem in names or stem[-1] in weights().words["naming_columns"] or stem == ("name",)


def _is_shared(ours: ColumnView, theirs: ColumnView, edge: CompositeEdge) -> bool:
    """Whether both tables have a column of that name, such as a tenant's."""
    return ours.words.joined == theirs.words.joined or theirs.own.joined in edge.standing.everywhere


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"they are called like a row of `{edge.parent.table.name}`"


SIGNAL = PairSignal("names_row_of_parent", 1, _measure, _sentence, of=Of.NAMES)
