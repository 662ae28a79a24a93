"""Asks signals of edges, so that each edge has its terms: what each signal sees, zeros left out.

Thousands of columns have one name and one type and lead to the same keys. What all edges of a child, a parent, a
relation or a lead have in common is looked at once; of an edge by itself only those signals are asked that fit its
child, its parent and its relation, and only while there is something for them to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onboard.inference.candidates import Edge, Lead
from onboard.inference.news import News
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.shared_terms import NOTHING, SharedTerms, TermSets, Way
from onboard.inference.signal import Of
from onboard.inference.signal_bits import (
    ALL,
    Asked,
    Passed,
    bits_of,
    changing_edges,
    changing_signals,
    fields_read,
    fitting_relation,
    fitting_signals,
    of_children,
    of_parents,
    passed_on,
    read_of_many,
    reading_field,
    settled_signals,
    though_far,
)
from onboard.inference.situation import Situation

BIAS = "before_any_evidence"


def measure(edges: Iterable[Edge], situation: Situation) -> None:
    """Fill in the terms of edges; what cannot change is measured once."""
    Measuring(situation).measure(edges)


class _Asking:
    """Asks some signals, of whatever they look at, and says what they see; the same answers are the same terms."""

    def __init__(self, asked: Asked, first: tuple[str, ...] = (), passed: Passed | None = None) -> None:
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
    """What is asked of edges, or leads, that the same signals fit."""

    once: _Asking
    always: _Asking | None


@dataclass(slots=True)
class _Child:
    """What is seen of a child, and who may be asked of its edges."""

    terms: Way
    asks: int  # the signals that fit it, as bits
    told: int  # those of them that have something to read


class Measuring:
    """Measures edges in one situation; what they have in common is looked at once."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._passed = passed_on()
        self._of_lead = bits_of(Of.LEAD)
        self.news = News(situation, fields_read())
        self._begin()

    def _begin(self) -> None:
        """Look at everything anew."""
        self._listen()
        self._of_child = _Asking(settled_signals(ALL, self._speaking, Of.CHILD), (BIAS,))
        self._of_parent = _Asking(settled_signals(ALL, self._speaking, Of.PARENT))
        self._of_relation = _Asking(settled_signals(ALL, self._speaking, Of.RELATION))
        self._child_now = _Asking(changing_signals(ALL, self._speaking, Of.CHILD))
        self._parent_now = _Asking(changing_signals(ALL, self._speaking, Of.PARENT))
        self._standing: dict[KeyView, SharedTerms] = {}  # what may change of a parent
        self._ways: dict[Lead | None, Way] = {}
        self._children: dict[tuple[SharedTerms, ...], Way] = {}
        self._alike: dict[tuple[object, ...], Way] = {}

    def _listen(self) -> None:
        """Find out what there is to read, and so who is asked."""
        self._speaking = frozenset([name for name in fields_read() if getattr(self._situation, name)])
        known = self.news.columns.items()
        self._columns = [(~reading_field(name), columns) for name, columns in known if columns]
        self._may_change = changing_edges(self._speaking)
        self._leads: dict[int, _Plan] = {}  # by the signals that fit
        self._plans: dict[int, _Plan] = {}

    def refresh(self) -> None:
        """Take in what has changed in the situation."""
        changed = self.news.notice()
        if not self._situation.settled:  # the keys have changed, and with them all that is known of edges
            self.news.all_anew()
            self._begin()
        elif changed & read_of_many():
            self._begin()
        elif changed:
            self._listen()

    def measure(self, edges: Iterable[Edge]) -> None:
        """Fill in the terms of edges; those of one child come one after the other."""
        child: ColumnView | None = None
        far = though_far()
        for edge in edges:
            if edge.child is not child:
                child, table = edge.child, edge.child.table
                seen = self._look_at(edge)
            way = self._ways.get(edge.lead) or self._way(edge, seen.asks)
            fitting = way.asks & seen.told
            if edge.way is None:
                if table is not (parent := edge.parent.table) and parent.all_words.isdisjoint(table.words):
                    fitting &= far
                plan = self._plans.get(fitting) or self._plan(fitting)
                edge.own = plan.once.terms(edge, self._situation)
            if fitting & self._may_change:
                plan = self._plans.get(fitting) or self._plan(fitting)
                edge.changing = plan.always.terms(edge, self._situation) if plan.always else NOTHING
            else:
                edge.changing = NOTHING
            edge.of_child, edge.way = seen.terms, way

    def _look_at(self, edge: Edge) -> _Child:
        """Look at the child of an edge."""
        child = edge.child
        settled, asks = self._situation.settled.get(child) or self._child(edge)
        parts = settled, self._child_now.terms(edge, self._situation)
        terms = self._children.get(parts)
        if terms is None:
            terms = self._children[parts] = Way(parts, asks)
        return _Child(terms, asks, asks & self._told(child))

    def _plan(self, fitting: int) -> _Plan:
        by_itself = fitting & (bits_of(Of.EDGE) | bits_of(Of.LEAD))
        always = changing_signals(by_itself, self._speaking)
        once = _Asking(settled_signals(by_itself, self._speaking), passed=self._passed)
        found = self._plans[fitting] = _Plan(once, _Asking(always) if always else None)
        return found

    def _child(self, edge: Edge) -> tuple[SharedTerms, int]:
        child, situation = edge.child, self._situation
        found = situation.settled[child] = self._of_child.terms(edge, situation), fitting_signals(child, of_children())
        return found

    def _parent(self, edge: Edge) -> tuple[SharedTerms, int]:
        parent, situation = edge.parent, self._situation
        found = situation.settled[parent] = (
            self._of_parent.terms(edge, situation),
            fitting_signals(parent, of_parents()),
        )
        return found

    def _relation(self, edge: Edge) -> tuple[SharedTerms, int]:
        relation, situation = edge.relation, self._situation
        found = situation.settled[relation] = self._of_relation.terms(edge, situation), fitting_relation(relation)
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
        plan = self._leads.get(fitting) or self._lead(fitting)
        if lead.seen is None:
            lead.seen = plan.once.terms(edge, self._situation)
        now = plan.always.terms(edge, self._situation) if plan.always else NOTHING
        found = self._ways[lead] = self._joined(asks & ~self._of_lead, settled, standing, relation, lead.seen, now)
        return found

    def _joined(self, asks: int, *parts: SharedTerms) -> Way:
        known = self._alike.get((asks, parts))
        if known is None:
            known = self._alike[asks, parts] = Way(parts, asks)
        return known

    def _lead(self, fitting: int) -> _Plan:
        once, always = settled_signals(fitting, self._speaking), changing_signals(fitting, self._speaking)
        found = self._leads[fitting] = _Plan(_Asking(once), _Asking(always) if always else None)
        return found

    def _stand(self, edge: Edge) -> SharedTerms:
        found = self._standing[edge.parent] = self._parent_now.terms(edge, self._situation)
        return found

    def _told(self, child: ColumnView) -> int:
        """Find the signals that have something to read of a column."""
        found = ALL
        for others, columns in self._columns:
            if child not in columns:
                found &= others
        return found
