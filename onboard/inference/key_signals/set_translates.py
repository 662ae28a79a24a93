"""The first column with a language beside it: a text that is translated."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_translated
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if is_translated(key.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[1]}` says in which language the row is"


SIGNAL = KeySignal("set_translates", 1, _measure, _sentence, of=Of.SET)
