"""A language follows the first column, so each value may be there in several."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_translated
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if key.columns[0].position:
        return 0.0
    return 1.0 if is_translated(tuple(key.table.columns[:2])) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "a language follows it, so a value may be there in several languages"


SIGNAL = KeySignal("single_is_translated", -1, _measure, _sentence, of=Of.SINGLE)
