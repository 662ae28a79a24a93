"""One column of a set is a plain id."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of

PLAIN = frozenset(("id", "uuid", "guid", "pk", "oid", "rowid"))


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    return 1.0 if any(c.own.words == (c.own.suffix,) and c.own.suffix in PLAIN for c in key.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them is a plain id, which needs no company"


SIGNAL = KeySignal("set_has_id", -1, _measure, _sentence, of=Of.SET)
