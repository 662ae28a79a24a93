"""An index that the column leads is called one of a foreign key: `fki_orders_customer`, `idx_fk_address_id`.

Tools name indexes so when they make them for a key, and the index stays when the key is dropped or moved elsewhere.
"""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.naming import split_words
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_WORDS = frozenset(("fk", "fki", "fkey", "foreign", "ibfk"))


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if _is_called_so(edge.child) else 0.0


def _is_called_so(child: ColumnView) -> bool:
    return child.is_indexed and any(
        index.parts and index.parts[0].column == child.name and not _WORDS.isdisjoint(split_words(index.name))
        for index in child.table.table.indexes
    )


def _sentence(edge: Edge, value: float) -> str:
    return f"an index of `{edge.child.name}` is called one of a foreign key"


SIGNAL = Signal("index_says_foreign_key", 1, _measure, _sentence, of=Of.CHILD)
