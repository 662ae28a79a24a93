"""One column of a set is named like a key of the table itself."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_generic
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return (
        1.0
        if len(key.columns) > 1
        and any(is_generic(c.words) or (use.names_own(c) and c.words.suffix) for c in key.columns)
        else 0.0
    )


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them is named like a key of its own"


SIGNAL = KeySignal("set_has_plain_key", -1, _measure, _sentence, of=Of.SET)
