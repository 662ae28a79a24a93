"""Asks signals of edges, so that each edge has its terms: what each signal sees, zeros left out.

Thousands of columns have one name and one type and lead to the same keys. What all edges of a child, a parent, a
relation or a lead have in common is looked at once; of an edge by itself only those signals are asked that fit its
child, its parent and its relation, and only while there is something for them to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TypeVar

from onboard.declared import declared
from onboard.inference import signals
from onboard.inference.candidates import Edge, Lead, Relation
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.shared_terms import NOTHING, SharedTerms, TermSets, Way
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

BIAS = "before_any_evidence"
_ALL = -1  # a bit for each signal, by its place in the order of names

Looked = TypeVar("Looked")
_See = Callable[[Edge, Situation], float]
_Asked = tuple[tuple[str, _See], ...]


@cache
def all_signals() -> tuple[Signal, ...]:
    """Return every signal, in the order of their names."""
    return declared(signals, "SIGNAL", Signal)


def measure(edges: Iterable[Edge], situation: Situation) -> None:
    """Fill in the terms of edges; what cannot change is measured once."""
    Measuring(situation).measure(edges)


class _Asking:
    """Asks some signals, of whatever they look at, and says what they see; the same answers are the same terms."""

    def __init__(self, asked: _Asked, first: tuple[str, ...] = (), passed: _Passed | None = None) -> None:
        self._see = [see for _, see in asked]
        self._passed = passed.fields if passed else None
        self._sets = TermSets([*first, *(name for name, _ in asked), *(passed.names if passed else ())])
        self._first = (1.0,) * len(first)  # terms without a signal

    def terms(self, edge: Edge, situation: Situation) -> SharedTerms:
        """Return what the signals see."""
        values = (*self._first, *[see(edge, situation) for see in self._see])
        if self._passed is not None:
            values += self._passed(edge)
        return self._sets.known.get(values) or self._sets.of(values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked of edges that the same signals fit."""

    once: _Asking
    always: _Asking | None


class Measuring:
    """Measures edges in one situation; what they have in common is looked at once."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._speaking = frozenset([name for name in _read() if getattr(situation, name)])
        self._columns = {name: situation.columns_of(name) for name in _read() if name in self._speaking}
        self._passed = _passed_on()
        self._of_lead = _bits(Of.LEAD)
        self._of_child = _Asking(_settled(_ALL, self._speaking, Of.CHILD), (BIAS,))
        self._of_parent = _Asking(_settled(_ALL, self._speaking, Of.PARENT))
        self._of_relation = _Asking(_settled(_ALL, self._speaking, Of.RELATION))
        self._parent_now = _Asking(_changing(_ALL, self._speaking, Of.PARENT))
        self._leads: dict[int, tuple[_Asking, _Asking]] = {}  # by the signals that fit: what is settled, what changes
        self._plans: dict[int, _Plan] = {}
        self._standing: dict[KeyView, SharedTerms] = {}  # what may change of a parent
        self._ways: dict[Lead | None, Way] = {}
        self._alike: dict[tuple[object, ...], Way] = {}

    def measure(self, edges: Iterable[Edge]) -> None:
        """Fill in the terms of edges; those of one child come one after the other."""
        child, seen, asks, told = None, NOTHING, _ALL, _ALL
        for edge in edges:
            if edge.child is not child:
                child = edge.child
                seen, asks = self._situation.settled.get(child) or self._child(edge)
                told = asks & self._told(child)
            way = self._ways.get(edge.lead) or self._way(edge, asks)
            plan = self._plans.get(told & way.asks) or self._plan(told & way.asks)
            if edge.way is None:
                edge.of_child = seen
                edge.own = plan.once.terms(edge, self._situation)
            edge.way = way
            edge.changing = plan.always.terms(edge, self._situation) if plan.always else NOTHING

    def _plan(self, fitting: int) -> _Plan:
        by_itself = fitting & (_bits(Of.EDGE) | _bits(Of.LEAD))
        always = _changing(by_itself, self._speaking)
        once = _Asking(_settled(by_itself, self._speaking), passed=self._passed)
        found = self._plans[fitting] = _Plan(once, _Asking(always) if always else None)
        return found

    def _child(self, edge: Edge) -> tuple[SharedTerms, int]:
        child, situation = edge.child, self._situation
        found = situation.settled[child] = self._of_child.terms(edge, situation), _fit(child, _of_children())
        return found

    def _parent(self, edge: Edge) -> tuple[SharedTerms, int]:
        parent, situation = edge.parent, self._situation
        found = situation.settled[parent] = self._of_parent.terms(edge, situation), _fit(parent, _of_parents())
        return found

    def _relation(self, edge: Edge) -> tuple[SharedTerms, int]:
        relation, situation = edge.relation, self._situation
        found = situation.settled[relation] = self._of_relation.terms(edge, situation), _fit_relation(relation)
        return found

    def _way(self, edge: Edge, child: int) -> Way:
        """Look at the parent of an edge, its relation and its lead."""
        known, lead = self._situation.settled, edge.lead
        settled, of_parent = known.get(edge.parent) or self._parent(edge)
        relation, of_relation = known.get(edge.relation) or self._relation(edge)
        standing, asks = self._standing.get(edge.parent) or self._stand(edge), of_parent & of_relation
        if lead is None:
            return self._joined(asks, settled, standing, relation)
        fitting = child & asks & self._of_lead
        once, always = self._leads.get(fitting) or self._lead(fitting)
        if lead.seen is None:
            lead.seen = once.terms(edge, self._situation)
        now = always.terms(edge, self._situation)
        found = self._ways[lead] = self._joined(asks & ~self._of_lead, settled, standing, relation, lead.seen, now)
        return found

    def _joined(self, asks: int, *parts: SharedTerms) -> Way:
        known = self._alike.get((asks, parts))
        if known is None:
            known = self._alike[asks, parts] = Way(parts, asks)
        return known

    def _lead(self, fitting: int) -> tuple[_Asking, _Asking]:
        once, always = _settled(fitting, self._speaking), _changing(fitting, self._speaking)
        found = self._leads[fitting] = _Asking(once), _Asking(always)
        return found

    def _stand(self, edge: Edge) -> SharedTerms:
        found = self._standing[edge.parent] = self._parent_now.terms(edge, self._situation)
        return found

    def _told(self, child: ColumnView) -> int:
        """Find the signals that have something to read of a column."""
        found = _ALL
        for name, columns in self._columns.items():
            if columns is not None and (child.table.name, child.name) not in columns:
                found &= ~_reading(name)
        return found


@cache
def _read() -> tuple[str, ...]:
    """Return the fields of a situation that decide which signals are asked."""
    return tuple(sorted({"sizes", *(signal.reads for signal in all_signals() if signal.reads)}))


@cache
def _reading(field: str) -> int:
    return _as_bits(lambda signal: signal.reads == field)


@cache
def _bits(of: Of) -> int:
    return _as_bits(lambda signal: signal.of is of)


def _as_bits(is_one: Callable[[Signal], bool]) -> int:
    return sum(1 << place for place, signal in enumerate(all_signals()) if is_one(signal))


@cache
def _settled(fitting: int, speaking: frozenset[str], of: Of | None = None) -> _Asked:
    return _asked(fitting, speaking, of, is_settled=True)


@cache
def _changing(fitting: int, speaking: frozenset[str], of: Of | None = None) -> _Asked:
    return _asked(fitting, speaking, of, is_settled=False)


def _asked(fitting: int, speaking: frozenset[str], of: Of | None, *, is_settled: bool) -> _Asked:
    fitting &= _bits(of) if of else _ALL
    asked = [signal for place, signal in enumerate(all_signals()) if fitting >> place & 1 and not signal.passes_on]
    return tuple(
        (signal.name, signal.measure)
        for signal in asked
        if signal.is_settled is is_settled and _speaks(signal, speaking)
    )


def _speaks(signal: Signal, speaking: frozenset[str]) -> bool:
    return (not signal.needs_rows or "sizes" in speaking) and (not signal.reads or signal.reads in speaking)


@dataclass(frozen=True, slots=True)
class _Passed:
    """The signals that pass a field of an edge on, and what gives these fields."""

    names: tuple[str, ...]
    fields: Callable[[Edge], tuple[float, ...]]


@cache
def _passed_on() -> _Passed:
    found = [(signal.name, signal.passes_on) for signal in all_signals() if signal.passes_on]
    return _Passed(tuple(name for name, _ in found), attrgetter(*(field for _, field in found)))


def _fit(looked_at: Looked, conditions: Iterable[tuple[int, Callable[[Looked], object]]]) -> int:
    """Return a bit for each signal that fits a child or a parent."""
    found = _ALL
    for bit, fits in conditions:
        if not fits(looked_at):
            found &= ~bit
    return found


@cache
def _fit_relation(relation: Relation) -> int:
    return ~_as_bits(lambda signal: bool(signal.only) and relation not in signal.only)


@cache
def _of_children() -> tuple[tuple[int, Callable[[ColumnView], object]], ...]:
    return tuple((1 << place, signal.child) for place, signal in enumerate(all_signals()) if signal.child)


@cache
def _of_parents() -> tuple[tuple[int, Callable[[KeyView], object]], ...]:
    return tuple((1 << place, signal.parent) for place, signal in enumerate(all_signals()) if signal.parent)
