"""Compares the ways from a name to a key, and turns the best of them into edges of a column.

What columns of one name and one type may refer to is found once for all of them: their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onboard.inference.candidates import Edge, Lead, Relation
from onboard.inference.entities import Entity
from onboard.inference.schema import ColumnView, KeyView, TableView

_RANK = {relation: rank for rank, relation in enumerate(Relation)}


def _prefix_left(child: TableView, parent: TableView, entity: Entity) -> float:
    """The price of a prefix left aside: none where the child's own table has it too."""
    stripped = len(parent.words) - len(entity.words) - entity.tail_left
    return 0.0 if child.words[:stripped] == parent.words[:stripped] else entity.prefix_left


def edge_of(child: ColumnView, lead: Lead) -> Edge:
    """Return the edge that a lead gives for one column."""
    entity, shared = lead.entity, lead if lead.is_shared else None
    prefix_left = entity.prefix_left and _prefix_left(child.table, lead.parent.table, entity)
    edge = Edge(child, lead.parent, lead.relation, lead.extra_words, prefix_left, entity.tail_left, lead=shared)
    edge.is_shortened = lead.is_shortened
    return edge


def strength(child: ColumnView, lead: Lead) -> tuple[int, int, int, float]:
    """How plainly a lead is said in the name of a column; the lowest is the plainest."""
    entity = lead.entity
    return (*_rank(lead), _prefix_left(child.table, lead.parent.table, entity) + entity.tail_left)


def _rank(lead: Lead) -> tuple[int, int, int]:
    rank = _RANK[lead.relation]
    kind = _RANK[Relation.ENDS_WITH_KEY] if lead.relation is Relation.ENDS_WITH_TABLE else rank  # one is like the other
    return kind, lead.extra_words, rank


@dataclass(frozen=True, slots=True)
class Kind:
    """What the columns of one name and one type may refer to."""

    leads: Sequence[Lead]
    best: Sequence[Lead]  # one a key
    tables: frozenset[TableView]  # of the keys
    depends_on_table: bool  # which is the best lead to a key, because prefixes may be left aside


def kind_of(leads: Sequence[Lead]) -> Kind:
    """Return the kind of the columns that have these leads, with the best one to each key."""
    best: dict[KeyView, Lead] = {}
    depends = False
    for lead in leads:
        known = best.get(lead.parent)
        if known is None or _rank(lead) < _rank(known):
            best[lead.parent] = lead
        elif _rank(lead) == _rank(known) and lead.entity is not known.entity:
            depends = True
    return Kind(leads, list(best.values()), frozenset(lead.parent.table for lead in leads), depends)
