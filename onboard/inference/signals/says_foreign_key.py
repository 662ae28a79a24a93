"""The column is called a foreign key by its own name: `fk_customer`, `customer_fk`."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.naming import split_words
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_WORDS = frozenset(("fk", "fkey"))


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if _says_so(edge.child) else 0.0


def _says_so(child: ColumnView) -> bool:
    return "fk" in child.name.lower() and not _WORDS.isdisjoint(split_words(child.name))


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` says that it is a foreign key"


SIGNAL = Signal("says_foreign_key", 1, _measure, _sentence, of=Of.CHILD)
