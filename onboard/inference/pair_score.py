"""Adds up what the signals see of possible foreign keys of several columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onboard.declared import declared
from onboard.inference import pair_signals
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.edge_terms import BIAS
from onboard.inference.pair_signal import Of, PairSignal
from onboard.inference.proposals import Evidence
from onboard.inference.schema import KeyView
from onboard.inference.score import shares
from onboard.inference.shared_terms import NOTHING, SharedTerms, TermSets, Way
from onboard.inference.weights import weights


@cache
def all_pair_signals() -> tuple[PairSignal, ...]:
    """Return every signal of a composite foreign key, in the order of their names."""
    return declared(pair_signals, "SIGNAL", PairSignal)


def measure_pairs(choices: Iterable[CompositeChoice]) -> None:
    """Fill in the terms of all edges: what each signal sees, zeros left out."""
    measuring = _Measuring()
    for choice in choices:
        measuring.measure(choice.edges)


class _Asking:
    """Asks some signals, of whatever they look at, and says what they see; the same answers are the same terms."""

    def __init__(self, asked: Iterable[PairSignal], first: tuple[str, ...] = ()) -> None:
        signals = list(asked)
        self._see = [signal.measure for signal in signals]
        self._sets = TermSets([*first, *(signal.name for signal in signals)])
        self._first = (1.0,) * len(first)  # terms without a signal

    def terms(self, edge: CompositeEdge) -> SharedTerms:
        """Return what they see of an edge."""
        return self._sets.of((*self._first, *[see(edge) for see in self._see]))


@dataclass(frozen=True, slots=True)
class _Parent:
    """What is seen of a key, and who is asked of each edge to it."""

    seen: SharedTerms
    alone: _Asking | None  # where the names of the tables do not meet
    meeting: _Asking | None  # where they do
    counted: _Asking | None  # once rows have been counted


class _Measuring:
    """Measures edges; what they have in common is looked at once."""

    def __init__(self) -> None:
        self._of_child = _Asking(_asked_of(Of.CHILD), (BIAS,))
        self._of_parent = _Asking(_asked_of(Of.PARENT))
        self._of_names = _Asking(_asked_of(Of.NAMES))
        self._parents: dict[KeyView, _Parent] = {}
        self._ways: dict[tuple[KeyView, object, bool], Way] = {}
        self._alike: dict[tuple[SharedTerms, ...], Way] = {}
        self._asking: dict[tuple[str, ...], _Asking] = {}

    def measure(self, edges: Iterable[CompositeEdge]) -> None:
        """Fill in the terms of the edges of one set of columns."""
        child = None
        for edge in edges:
            child = child or self._of_child.terms(edge)
            parent = self._parents.get(edge.parent) or self._look_at(edge)
            kind = edge.kind if edge.kind is not None else edge.child
            way = self._ways.get((edge.parent, kind, edge.has_role)) or self._way(edge, parent, kind)
            asking = parent.meeting if edge.names_meet else parent.alone
            if edge.inclusion is not None:
                asking = parent.counted
            edge.parts = (child, way, asking.terms(edge) if asking else NOTHING)

    def _way(self, edge: CompositeEdge, parent: _Parent, kind: object) -> Way:
        parts = (parent.seen, self._of_names.terms(edge))
        found = self._ways[edge.parent, kind, edge.has_role] = self._alike.setdefault(parts, Way(parts, 0))
        return found

    def _look_at(self, edge: CompositeEdge) -> _Parent:
        parent, tables = edge.parent, _asked_of(Of.TABLES)
        of_edge = [one for one in all_pair_signals() if one.of is Of.EDGE and (not one.parent or one.parent(parent))]
        before = [one for one in of_edge if not one.needs_rows]
        alone, meeting, counted = self._ask(before), self._ask([*before, *tables]), self._ask([*of_edge, *tables])
        found = self._parents[parent] = _Parent(self._of_parent.terms(edge), alone, meeting, counted)
        return found

    def _ask(self, signals: Sequence[PairSignal]) -> _Asking | None:
        names = tuple(signal.name for signal in signals)
        if names and names not in self._asking:
            self._asking[names] = _Asking(signals)
        return self._asking.get(names)


def _asked_of(of: Of) -> list[PairSignal]:
    return [one for one in all_pair_signals() if one.of is of]


def weigh_pairs(choice: CompositeChoice) -> None:
    """Fill in the log-odds of the measured edges of a choice with the weights of the stage that it has reached."""
    stage = choice.measured
    weight = weights().composite[stage]
    for edge in choice.edges:
        logit = 0.0
        for part in edge.parts:
            logit += part.latest if part.stage is stage else part.logit(weight, stage)
        edge.logit = logit
    choice.ranked = _rank(choice.edges)


def ranked_pairs(choice: CompositeChoice) -> list[tuple[CompositeEdge, float]]:
    """Return the edges with their shares of confidence as last weighed, best first."""
    return choice.ranked or _rank(choice.edges)


def _rank(edges: Sequence[CompositeEdge]) -> list[tuple[CompositeEdge, float]]:
    confidence = shares([edge.logit for edge in edges])
    pairs = list(zip(edges, confidence, strict=True))
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
