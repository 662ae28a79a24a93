"""Many tables have a column of that name, and it begins none of them."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    name = column.words.joined
    return 1.0 if single and use.users.get(name, 0) > 3 and not use.owners.get(name, 0) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"many tables have a `{key.names[0]}`, and none begins with it"


SIGNAL = KeySignal("name_everywhere", -1, _measure, _sentence, of=Of.SINGLE)
