"""Compares the edges of one column: which of them a rival betters, whatever else speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from onboard.inference.candidates import Edge, Relation
from onboard.inference.entities import Entity
from onboard.inference.schema import ColumnView, KeyName, TableView

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
    elif edges:
        edges[0].is_alone = True
    unsure = [edge for edge in edges if edge.prefix_left and not edge.is_bettered]
    if unsure:
        named = _named(unsure[0].child, tables)
        for edge in unsure:
            edge.is_bettered = any(table is not edge.parent.table for table in named)


def _mark_bettered(edges: Sequence[Edge]) -> None:
    """A name that is wholly a key's or a table's means that one; one that ends with one, no other that ends alike."""
    literal = [edge for edge in edges if _is_literal(edge)]
    ending = [] if literal else [edge for edge in edges if _ends_literally(edge)]
    for edge in edges if literal or ending else ():
        edge.is_nested = _is_nested(edge)
        is_alike = edge.table_words_left > 0 or edge.relation is Relation.ENDS_WITH_KEY
        is_worse = edge not in literal if literal else is_alike and edge not in ending
        edge.is_bettered = is_worse and not edge.is_nested


def _is_nested(edge: Edge) -> bool:
    """Whether the child's table is named after the parent, in several words: `log_file_lines.file_id`, `log_files`."""
    ours, theirs = edge.child.table.words, edge.parent.table.words
    is_part = edge.relation is Relation.SAME_AS_KEY and 1 < len(theirs) < len(ours)
    return is_part and edge.parent.table.spelled in edge.child.table.spelled


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
        return edge.parent.named_after is KeyName.OWN and not edge.parent.is_outnamed and not edge.is_shortened
    is_whole = edge.relation is Relation.TABLE and not edge.prefix_left and not edge.table_words_left
    return is_whole and not _says_more(edge)


def _says_more(edge: Edge) -> bool:
    """Whether the key has a name of its own that holds the column's and more: it would be called by that one."""
    ours, theirs = edge.child.words.stem, edge.parent.only.words.stem
    return len(theirs) > len(ours) and theirs[-len(ours) :] == ours


def _ends_literally(edge: Edge) -> bool:
    if edge.relation is Relation.ENDS_WITH_KEY:
        return edge.parent.named_after is KeyName.OWN and not edge.parent.is_outnamed
    return edge.relation is Relation.ENDS_WITH_TABLE and not edge.prefix_left and not edge.table_words_left
