"""Adds up what the signals see of possible primary keys; the candidates of one table are rivals of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from onboard.declared import declared
from onboard.inference import key_signals
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.proposals import Evidence
from onboard.inference.score import BIAS


@cache
def all_key_signals() -> tuple[KeySignal, ...]:
    """Return every signal of a primary key, in the order of their names."""
    return declared(key_signals, "SIGNAL", KeySignal)


def measure_key(key: KeyCandidate, use: NameUse) -> None:
    """Fill in the terms of a candidate: what each signal sees, zeros left out."""
    terms: dict[str, float] = {BIAS: 1.0}
    for name, see in _asked(len(key.columns) > 1, bool(use.uniqueness)):
        value = see(key, use)
        if value:
            terms[name] = value
    key.terms = terms


@cache
def _asked(is_set: bool, with_rows: bool) -> tuple[tuple[str, Callable[[KeyCandidate, NameUse], float]], ...]:
    never = Of.SINGLE if is_set else Of.SET
    return tuple(
        (signal.name, signal.measure)
        for signal in all_key_signals()
        if signal.of is not never and (with_rows or not signal.needs_rows)
    )


def weigh_key(key: KeyCandidate, weight: Mapping[str, float]) -> None:
    """Fill in the log-odds of a measured candidate."""
    key.logit = sum(value * weight.get(name, 0.0) for name, value in key.terms.items())


def key_evidence(key: KeyCandidate, weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the terms of a candidate for a person, the heaviest first."""
    found = [Evidence(BIAS, weight.get(BIAS, 0.0), "before any evidence")]
    for signal in all_key_signals():
        value = key.terms.get(signal.name)
        if value and weight.get(signal.name):
            found.append(Evidence(signal.name, round(value * weight[signal.name], 3), signal.sentence(key, value)))
    return tuple(sorted(found, key=lambda term: (-abs(term.weight), term.signal)))
