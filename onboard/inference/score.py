"""Adds up what the signals see into log-odds, and turns the log-odds of rivals into confidence.

The columns' choice is between each parent and none at all: the odds of a parent are exp(log-odds), those of none
are 1, so a rival takes its share of the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from onboard.declared import declared
from onboard.inference import signals
from onboard.inference.candidates import Edge
from onboard.inference.proposals import Evidence
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

BIAS = "before_any_evidence"


@cache
def all_signals() -> tuple[Signal, ...]:
    """Return every signal, in the order of their names."""
    return declared(signals, "SIGNAL", Signal)


@cache
def _by_name() -> Mapping[str, Signal]:
    return {signal.name: signal for signal in all_signals()}


@cache
def _settled(of: Of) -> tuple[Signal, ...]:
    return tuple(signal for signal in all_signals() if signal.is_settled and signal.of is of)


@cache
def _shared() -> tuple[tuple[Signal, ...], ...]:
    return _settled(Of.CHILD), _settled(Of.PARENT), _settled(Of.RELATION)


@cache
def _changing(with_rows: bool) -> tuple[Signal, ...]:
    return tuple(signal for signal in all_signals() if not signal.is_settled and (with_rows or not signal.needs_rows))


def measure(edge: Edge, situation: Situation) -> None:
    """Fill in the terms of an edge: what each signal sees, zeros left out; what cannot change is measured once."""
    terms = edge.terms
    if not terms:
        terms[BIAS] = 1.0
        known = situation.settled
        for subject, asked in zip((edge.child, edge.parent, edge.relation), _shared(), strict=True):
            found = known.get(subject)
            if found is None:
                found = known[subject] = _seen(asked, edge, situation)
            terms.update(found)
        terms.update(_seen(_settled(Of.EDGE), edge, situation))
    for signal in _changing(bool(situation.sizes)):
        value = signal.measure(edge, situation)
        if value:
            terms[signal.name] = value
        else:
            terms.pop(signal.name, None)


def _seen(asked: tuple[Signal, ...], edge: Edge, situation: Situation) -> tuple[tuple[str, float], ...]:
    return tuple([(signal.name, value) for signal in asked if (value := signal.measure(edge, situation))])


def weigh(edge: Edge, weight: Mapping[str, float]) -> None:
    """Fill in the log-odds of a measured edge."""
    edge.logit = sum([value * weight.get(name, 0.0) for name, value in edge.terms.items()])


def shares(logits: Sequence[float]) -> list[float]:
    """Return the share of confidence of each of the rivals; what is missing from 1 is that of none."""
    top = max((0.0, *logits))
    odds = [math.exp(logit - top) for logit in logits]
    whole = sum(odds) + math.exp(-top)
    return [one / whole for one in odds]


def evidence(edge: Edge, weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the terms of an edge for a person, the heaviest first."""
    found = [Evidence(BIAS, weight.get(BIAS, 0.0), "before any evidence")]
    named = _by_name()
    for name, value in edge.terms.items():
        signal = named.get(name)
        if signal is not None and weight.get(name):
            found.append(Evidence(name, round(value * weight[name], 3), signal.sentence(edge, value)))
    return tuple(sorted(found, key=lambda term: (-abs(term.weight), term.signal)))
