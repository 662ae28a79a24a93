"""Other tables use the name, and only this one begins with it."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_generic
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    shared = use.users[column.words.joined] > 1 and use.owners.get(column.words.joined, 0) == 1
    return 1.0 if single and column.position == 0 and shared and not is_generic(column.words) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"other tables have `{key.names[0]}` too, and none begins with it"


SIGNAL = KeySignal("owns_shared_name", 1, _measure, _sentence, of=Of.SINGLE)
