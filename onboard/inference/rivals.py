"""Compares the edges of one column: which of them a rival betters, whatever else speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView, Entity, KeyName, TableView

TablesByEntity = Mapping[str, list[tuple[TableView, Entity]]]

_BY_KEY = (Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY)
_PLAIN = (*_BY_KEY, Relation.TABLE, Relation.ENDS_WITH_TABLE)
_LEADS_ON = {Relation.TABLE: 1.0, Relation.ENDS_WITH_TABLE: 0.7, Relation.ABBREVIATION: 0.5, Relation.PERSON: 0.5}


def compare(edges: Sequence[Edge], tables: TablesByEntity, *, has_schemas: bool) -> None:
    """Note which edges of a column have a rival that its name fits better."""
    if len(edges) > 1:
        _mark_bettered(edges)
        _mark_borrowed(edges)
        if has_schemas:
            _mark_abroad(edges)
    unsure = [edge for edge in edges if edge.prefix_left and not edge.is_bettered]
    if unsure:
        named = _named(unsure[0].child, tables)
        for edge in unsure:
            edge.is_bettered = any(table is not edge.parent.table for table in named)


def _mark_bettered(edges: Sequence[Edge]) -> None:
    if any(_is_literal(edge) for edge in edges):
        for edge in edges:
            edge.is_bettered = not _is_literal(edge)


def _mark_borrowed(edges: Sequence[Edge]) -> None:
    onwards = [_LEADS_ON[edge.relation] for edge in edges if edge.relation in _LEADS_ON]
    if onwards:
        for edge in edges:
            if edge.relation in _BY_KEY and edge.parent.named_after is not KeyName.OWN:
                edge.leads_on = max(onwards)


def _mark_abroad(edges: Sequence[Edge]) -> None:
    home = edges[0].child.table.name.schema
    if any(edge.parent.table.name.schema == home and edge.relation in _PLAIN for edge in edges):
        for edge in edges:
            edge.has_home_rival = edge.parent.table.name.schema != home


def _named(child: ColumnView, tables: TablesByEntity) -> list[TableView]:
    """Return two tables at most, with a key of one column or without, that are called what a column says."""
    found = (table for table, entity in tables.get(child.words.stem_joined, ()) if not entity.prefix_left)
    return list(islice(dict.fromkeys(found), 2))


def _is_literal(edge: Edge) -> bool:
    if edge.relation is Relation.SAME_AS_KEY:
        return edge.parent.named_after is KeyName.OWN and not edge.parent.is_outnamed
    return edge.relation is Relation.TABLE and not edge.prefix_left and not edge.table_words_left
