"""Adds up what the signals see of possible foreign keys of several columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from onboard.declared import declared
from onboard.inference import pair_signals
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal
from onboard.inference.proposals import Evidence
from onboard.inference.schema import KeyView
from onboard.inference.score import BIAS, shares


@cache
def all_pair_signals() -> tuple[PairSignal, ...]:
    """Return every signal of a composite foreign key, in the order of their names."""
    return declared(pair_signals, "SIGNAL", PairSignal)


def measure_pairs(choices: Iterable[CompositeChoice]) -> None:
    """Fill in the terms of all edges: what each signal sees, zeros left out."""
    of_parents: dict[KeyView, dict[str, float]] = {}
    for choice in choices:
        of_child = _seen(Of.CHILD, choice.edges[0])
        for edge in choice.edges:
            of_parent = of_parents.get(edge.parent)
            if of_parent is None:
                of_parent = of_parents[edge.parent] = _seen(Of.PARENT, edge)
            edge.terms = {BIAS: 1.0, **of_child, **of_parent, **_seen(Of.EDGE, edge)}


def _seen(of: Of, edge: CompositeEdge) -> dict[str, float]:
    asked = _asked(of, edge.inclusion is not None)
    return {name: value for name, see in asked if (value := see(edge))}


@cache
def _asked(of: Of, with_rows: bool) -> tuple[tuple[str, Callable[[CompositeEdge], float]], ...]:
    return tuple(
        (signal.name, signal.measure)
        for signal in all_pair_signals()
        if signal.of is of and (with_rows or not signal.needs_rows)
    )


def weigh_pairs(choice: CompositeChoice, weight: Mapping[str, float]) -> None:
    """Fill in the log-odds of the measured edges of a choice."""
    for edge in choice.edges:
        edge.logit = sum([value * weight.get(name, 0.0) for name, value in edge.terms.items()])


def ranked_pairs(choice: CompositeChoice) -> list[tuple[CompositeEdge, float]]:
    """Return the edges with their shares of confidence, best first."""
    pairs = list(zip(choice.edges, shares([edge.logit for edge in choice.edges]), strict=True))
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: (-pair[1], pair[0].parent.table.name, pair[0].parent.names))
    return pairs


def pair_evidence(edge: CompositeEdge, weight: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the terms of an edge for a person, the heaviest first."""
    found = [Evidence(BIAS, weight.get(BIAS, 0.0), "before any evidence")]
    for signal in all_pair_signals():
        value = edge.terms.get(signal.name)
        if value and weight.get(signal.name):
            found.append(Evidence(signal.name, round(value * weight[signal.name], 3), signal.sentence(edge, value)))
    return tuple(sorted(found, key=lambda term: (-abs(term.weight), term.signal)))
