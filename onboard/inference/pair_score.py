"""Adds up what the signals see of possible foreign keys of several columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from onboard.declared import declared
from onboard.inference import pair_signals
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.edge_terms import BIAS
from onboard.inference.pair_signal import Of, PairSignal
from onboard.inference.proposals import Evidence
from onboard.inference.schema import KeyView
from onboard.inference.score import shares
from onboard.inference.shared_terms import SharedTerms, TermSets
from onboard.inference.weights import weights


@cache
def all_pair_signals() -> tuple[PairSignal, ...]:
    """Return every signal of a composite foreign key, in the order of their names."""
    return declared(pair_signals, "SIGNAL", PairSignal)


def measure_pairs(choices: Iterable[CompositeChoice]) -> None:
    """Fill in the terms of all edges: what each signal sees, zeros left out."""
    of_child, of_parent = _Asking(Of.CHILD), _Asking(Of.PARENT)
    by_rows = {False: _Asking(Of.EDGE), True: _Asking(Of.EDGE, with_rows=True)}
    parents: dict[KeyView, SharedTerms] = {}
    for choice in choices:
        child = of_child.terms(choice.edges[0])
        for edge in choice.edges:
            parent = parents.get(edge.parent)
            if parent is None:
                parent = parents[edge.parent] = of_parent.terms(edge)
            edge.parts = (_ALWAYS, child, parent, by_rows[edge.inclusion is not None].terms(edge))


_ALWAYS = SharedTerms({BIAS: 1.0})


class _Asking:
    """Asks the signals that look at a child, a parent or an edge."""

    def __init__(self, of: Of, *, with_rows: bool = False) -> None:
        asked = [one for one in all_pair_signals() if one.of is of and (with_rows or not one.needs_rows)]
        self._see = [signal.measure for signal in asked]
        self._sets = TermSets([signal.name for signal in asked])

    def terms(self, edge: CompositeEdge) -> SharedTerms:
        """Return what they see of an edge."""
        return self._sets.of(tuple([see(edge) for see in self._see]))


def weigh_pairs(choice: CompositeChoice) -> None:
    """Fill in the log-odds of the measured edges of a choice with the weights of the stage that it has reached."""
    stage = choice.measured
    weight = weights().composite[stage]
    for edge in choice.edges:
        edge.logit = sum([part.logits.get(stage) or part.logit(weight, stage) for part in edge.parts])


def ranked_pairs(choice: CompositeChoice) -> list[tuple[CompositeEdge, float]]:
    """Return the edges with their shares of confidence, best first."""
    confidence = shares([edge.logit for edge in choice.edges])
    pairs = list(zip(choice.edges, confidence, strict=True))
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: -pair[1])
        if len(set(confidence)) < len(confidence):
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
