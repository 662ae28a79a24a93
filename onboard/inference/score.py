"""Adds up what the signals see into log-odds, and turns the log-odds of rivals into confidence.

The columns' choice is between each parent and none at all: the odds of a parent are exp(log-odds), those of none
are 1, so a rival takes its share of the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter

from onboard.declared import declared
from onboard.inference import signals
from onboard.inference.candidates import Edge, Relation, SharedTerms
from onboard.inference.proposals import Evidence, Measured
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights

BIAS = "before_any_evidence"


@cache
def all_signals() -> tuple[Signal, ...]:
    """Return every signal, in the order of their names."""
    return declared(signals, "SIGNAL", Signal)


@cache
def _by_name() -> Mapping[str, Signal]:
    return {signal.name: signal for signal in all_signals()}


def measure(edges: Iterable[Edge], situation: Situation) -> None:
    """Fill in the terms of edges: what each signal sees, zeros left out; what cannot change is measured once."""
    speaking = frozenset([name for name in _read() if getattr(situation, name)])
    plans: dict[int, _Plan] = {}
    names, look = _passed_on()
    for edge in edges:
        terms, is_new = edge.own_terms, edge.shared is None
        child, parent, relation = shared = edge.shared or _shared(edge, situation, speaking)
        fitting = child.asks & parent.asks & relation.asks
        plan = plans.get(fitting)
        if plan is None:
            plan = plans[fitting] = _plan(fitting, speaking)
        if is_new:
            edge.shared = shared
            passed = look(edge)
            if any(passed):
                terms.update((name, float(value)) for name, value in zip(names, passed, strict=True) if value)
            for name, see in plan.once:
                value = see(edge, situation)
                if value:
                    terms[name] = value
        for name, see in plan.always:
            value = see(edge, situation)
            if value:
                terms[name] = value
            else:
                terms.pop(name, None)
        if terms:
            for name in plan.silent:
                terms.pop(name, None)


_Asked = tuple[tuple[str, Callable[[Edge, Situation], float]], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked of an edge by itself."""

    once: _Asked
    always: _Asked
    silent: tuple[str, ...]  # would be asked always, had it anything to read


@cache
def _read() -> tuple[str, ...]:
    """Return the fields of a situation that decide which signals are asked."""
    return tuple(sorted({"sizes", *(signal.reads for signal in all_signals() if signal.reads)}))


@cache
def _plan(fitting: int, speaking: frozenset[str]) -> _Plan:
    """Return what is asked of edges that the signals of these bits fit, by their places in the order of names."""
    signals = [signal for place, signal in enumerate(all_signals()) if fitting >> place & 1]
    changing = [signal for signal in signals if not signal.is_settled and _may_ask(signal, speaking)]
    return _Plan(
        once=_asked((signal for signal in signals if _is_once(signal)), speaking),
        always=_asked(changing, speaking),
        silent=tuple(signal.name for signal in changing if not _speaks(signal, speaking)),
    )


def _is_once(signal: Signal) -> bool:
    return signal.is_settled and signal.of is Of.EDGE and not signal.passes_on


@cache
def _passed_on() -> tuple[tuple[str, ...], Callable[[Edge], tuple[float, ...]]]:
    """Return the names of the signals that pass a field of an edge on, and what gives these fields."""
    found = [(signal.name, signal.passes_on) for signal in all_signals() if signal.passes_on]
    return tuple(name for name, _ in found), attrgetter(*(field for _, field in found))


def _asked(signals: Iterable[Signal], speaking: frozenset[str]) -> _Asked:
    return tuple((signal.name, signal.measure) for signal in signals if _speaks(signal, speaking))


def _speaks(signal: Signal, speaking: frozenset[str]) -> bool:
    return _may_ask(signal, speaking) and (not signal.reads or signal.reads in speaking)


def _may_ask(signal: Signal, speaking: frozenset[str]) -> bool:
    return not signal.needs_rows or "sizes" in speaking


def _shared(edge: Edge, situation: Situation, speaking: frozenset[str]) -> tuple[SharedTerms, SharedTerms, SharedTerms]:
    known = situation.settled
    return (
        known.get(edge.child) or _look(Of.CHILD, edge.child, edge, situation, speaking),
        known.get(edge.parent) or _look(Of.PARENT, edge.parent, edge, situation, speaking),
        known.get(edge.relation) or _look(Of.RELATION, edge.relation, edge, situation, speaking),
    )


def _look(of: Of, subject: object, edge: Edge, situation: Situation, speaking: frozenset[str]) -> SharedTerms:
    seen = {name: value for name, see in _of(of, speaking) if (value := see(edge, situation))}
    found = SharedTerms({BIAS: 1.0, **seen} if of is Of.CHILD else seen, _fitting(of, edge))
    situation.settled[subject] = found
    return found


@cache
def _of(of: Of, speaking: frozenset[str]) -> _Asked:
    return _asked((signal for signal in all_signals() if signal.is_settled and signal.of is of), speaking)


def _fitting(of: Of, edge: Edge) -> int:
    """Return a bit for each signal that fits a child, a parent or a relation."""
    found = -1
    for bit, fits in _conditions(of):
        if not fits(edge):
            found &= ~bit
    return found


@cache
def _conditions(of: Of) -> tuple[tuple[int, Callable[[Edge], object]], ...]:
    found: list[tuple[int, Callable[[Edge], object]]] = []
    for place, signal in enumerate(all_signals()):
        if of is Of.CHILD and signal.child is not None:
            found.append((1 << place, partial(_fits_child, signal.child)))
        elif of is Of.PARENT and signal.parent is not None:
            found.append((1 << place, partial(_fits_parent, signal.parent)))
        elif of is Of.RELATION and signal.only:
            found.append((1 << place, partial(_fits_relation, signal.only)))
    return tuple(found)


def _fits_child(fits: Callable[[ColumnView], object], edge: Edge) -> object:
    return fits(edge.child)


def _fits_parent(fits: Callable[[KeyView], object], edge: Edge) -> object:
    return fits(edge.parent)


def _fits_relation(only: tuple[Relation, ...], edge: Edge) -> object:
    return edge.relation in only


def weigh(edges: Iterable[Edge], stage: Measured) -> None:
    """Fill in the log-odds of measured edges with the weights of a stage."""
    weight, name = weights().foreign_key[stage], stage.value
    for edge in edges:
        logit = 0.0
        for part in edge.shared or ():
            known = part.logits.get(name)
            if known is None:
                known = part.logits[name] = _sum(part.terms, weight)
            logit += known
        terms = edge.own_terms
        edge.logit = logit + _sum(terms, weight) if terms else logit


def _sum(terms: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return sum([value * weight.get(name, 0.0) for name, value in terms.items()])


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
