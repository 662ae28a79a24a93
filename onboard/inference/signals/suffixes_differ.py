"""The column and the key end in key suffixes of different kinds: a number, a code, an identifier."""

from __future__ import annotations

from functools import cache

from onboard.inference.candidates import Edge
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


@cache
def _kind(suffix: str) -> str:
    listed = weights().words
    return next((kind for kind in ("id", "number", "code") if suffix in listed[f"{kind}_suffixes"]), suffix)


def _measure(edge: Edge, situation: Situation) -> float:
    ours, theirs = edge.child.words.suffix, edge.parent.only.words.suffix
    if not ours or not theirs or ours == theirs:
        return 0.0
    return 1.0 if _kind(ours) != _kind(theirs) else 0.2


def _sentence(edge: Edge, value: float) -> str:
    return f"it ends in `{edge.child.words.suffix}`, the key in `{edge.parent.only.words.suffix}`"


def _has_suffix(child: ColumnView) -> bool:
    return bool(child.words.suffix)


def _key_has_suffix(key: KeyView) -> bool:
    return bool(key.only.words.suffix)


SIGNAL = Signal("suffixes_differ", -1, _measure, _sentence, of=Of.LEAD, child=_has_suffix, parent=_key_has_suffix)
