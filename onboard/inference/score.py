"""Adds up the terms of edges into log-odds, and turns the log-odds of rivals into confidence.

The columns' choice is between each parent and none at all: the odds of a parent are exp(log-odds), those of none
are 1, so a rival takes its share of the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from onboard.inference.candidates import Edge
from onboard.inference.edge_terms import BIAS
from onboard.inference.proposals import Evidence, Measured
from onboard.inference.shared_terms import NOTHING
from onboard.inference.signal import Signal
from onboard.inference.signal_bits import all_signals
from onboard.inference.weights import weights


def weigh(edges: Iterable[Edge], stage: Measured) -> None:
    """Fill in the log-odds of measured edges with the weights of a stage."""
    weight = weights().foreign_key[stage]
    child, of_child = None, 0.0
    for edge in edges:
        if edge.of_child is not child:
            child = edge.of_child
            of_child = child.logit(weight, stage)
        logit = of_child
        for part in (edge.way, edge.own, edge.changing):
            if part is not NOTHING and part is not None:
                logit += part.latest if part.stage is stage else part.logit(weight, stage)
        edge.logit = logit


def shares(logits: Sequence[float]) -> list[float]:
    """Return the share of confidence of each of the rivals; what is missing from 1 is that of none."""
    if len(logits) == 1:
        return [_alone(logits[0])]
    if len(logits) == 2:
        return _of_two(*logits)
    top = max(0.0, *logits) if logits else 0.0
    odds = [math.exp(logit - top) for logit in logits]
    whole = sum(odds) + math.exp(-top)
    return [one / whole for one in odds]


def _of_two(one: float, other: float) -> list[float]:
    top = max(0.0, one, other)
    first, second = math.exp(one - top), math.exp(other - top)
    whole = first + second + math.exp(-top)
    return [first / whole, second / whole]


def _alone(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > 0 else (odds := math.exp(logit)) / (odds + 1)


def evidence(edge: Edge, weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the terms of an edge for a person, the heaviest first."""
    found = [Evidence(BIAS, weight.get(BIAS, 0.0), "before any evidence")]
    named = _by_name()
    for name, value in edge.terms.items():
        signal = named.get(name)
        if signal is not None and weight.get(name):
            found.append(Evidence(name, round(value * weight[name], 3), signal.sentence(edge, value)))
    return tuple(sorted(found, key=lambda term: (-abs(term.weight), term.signal)))


@cache
def _by_name() -> Mapping[str, Signal]:
    return {signal.name: signal for signal in all_signals()}
