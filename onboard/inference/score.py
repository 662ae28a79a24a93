"""Adds up what the signals see into log-odds, and turns the log-odds of rivals into confidence.

The columns' choice is between each parent and none at all: the odds of a parent are exp(log-odds), those of none
are 1, so a rival takes its share of the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
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


_Asked = tuple[tuple[str, Callable[[Edge, Situation], float]], ...]


def measure(edges: Iterable[Edge], situation: Situation) -> None:
    """Fill in the terms of edges: what each signal sees, zeros left out; what cannot change is measured once."""
    asked, silent = _changing(situation)
    of_edge = _speaking(_settled(Of.EDGE), situation)
    for edge in edges:
        terms = edge.terms
        if not terms:
            terms = edge.terms = _of_its_subjects(edge, situation)
            for name, see in of_edge:
                value = see(edge, situation)
                if value:
                    terms[name] = value
        for name, see in asked:
            value = see(edge, situation)
            if value:
                terms[name] = value
            else:
                terms.pop(name, None)
        for name in silent:
            terms.pop(name, None)


@cache
def _settled(of: Of) -> tuple[Signal, ...]:
    return tuple(signal for signal in all_signals() if signal.is_settled and signal.of is of)


def _speaking(signals: Iterable[Signal], situation: Situation) -> _Asked:
    return tuple(
        (signal.name, signal.measure) for signal in signals if not signal.reads or getattr(situation, signal.reads)
    )


def _changing(situation: Situation) -> tuple[_Asked, tuple[str, ...]]:
    """Return the signals that are asked at each stage, and the names of those with nothing to say at this one."""
    with_rows = bool(situation.sizes)
    changing = [signal for signal in all_signals() if not signal.is_settled and (with_rows or not signal.needs_rows)]
    asked = _speaking(changing, situation)
    names = {name for name, _ in asked}
    return asked, tuple(signal.name for signal in changing if signal.name not in names)


def _of_its_subjects(edge: Edge, situation: Situation) -> dict[str, float]:
    """Return a dictionary of its own with the terms that all edges of a child, of a parent and of a relation share."""
    known = situation.settled
    terms = dict(known.get(edge.child) or _shared(Of.CHILD, edge.child, edge, situation))
    terms.update(known.get(edge.parent) or _shared(Of.PARENT, edge.parent, edge, situation))
    terms.update(known.get(edge.relation) or _shared(Of.RELATION, edge.relation, edge, situation))
    return terms


def _shared(of: Of, subject: object, edge: Edge, situation: Situation) -> dict[str, float]:
    found = {BIAS: 1.0}
    for name, see in _speaking(_settled(of), situation):
        value = see(edge, situation)
        if value:
            found[name] = value
    situation.settled[subject] = found
    return found


def weigh(edges: Iterable[Edge], weight: Mapping[str, float]) -> None:
    """Fill in the log-odds of measured edges."""
    for edge in edges:
        edge.logit = sum([value * weight.get(name, 0.0) for name, value in edge.terms.items()])


def shares(logits: Sequence[float]) -> list[float]:
    """Return the share of confidence of each of the rivals; what is missing from 1 is that of none."""
    top = max(0.0, *logits) if logits else 0.0
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
