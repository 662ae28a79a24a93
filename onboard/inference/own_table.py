"""Finds the keys that a name means together with its own table's: `film.type_id`, `job_notes.ref_id`, `parent_id`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onboard.inference.abbreviation import abbreviates
from onboard.inference.candidates import Relation
from onboard.inference.crowd import few
from onboard.inference.entities import Entity
from onboard.inference.schema import ColumnView, KeyView, TableView
from onboard.inference.weights import weights

Found = tuple[KeyView, Relation, int, Entity]  # the third: words of the column left unexplained
ByEntity = Mapping[str, list[tuple[KeyView, Entity]]]

WHOLE = Entity(())
_FEW = 6  # what a table's name may tell of


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a column say in whichever table it is; thousands of columns have the same."""

    ends: tuple[str, ...]
    may_mean_itself: bool  # holds a word for another row, or a preposition
    is_bare: bool  # a reference that says no more
    is_role: bool  # of one of a pair


@lru_cache(maxsize=50_000)
def _said(stem: tuple[str, ...]) -> _Said:
    words = weights().words
    ends = tuple("".join(stem[start:]) for start in range(len(stem)))
    kinds = words["own_kind"]
    may_mean_itself = ends[0] in kinds or not kinds.isdisjoint(stem) or not words["prepositions"].isdisjoint(stem)
    return _Said(ends, may_mean_itself, ends[0] in words["bare_references"], stem[0] in words["pair_roles"])


def within_own_table(child: ColumnView, by_entity: ByEntity) -> Iterable[Found]:
    """Yield the keys that the words of a column lead to, seen together with the name of its own table."""
    table, stem = child.table, child.own.stem
    if not stem:
        yield from _extended(child, by_entity)
        return
    said = _said(stem)
    yield from _completed(table, said.ends, by_entity)
    if said.may_mean_itself and means_itself(table, stem):
        numbering = [key for key in table.keys if key.numbers_rows]
        for key in numbering:
            yield key, Relation.ITSELF, 0, WHOLE
        if not numbering:  # `team_hierarchies(parent, child)`
            yield from _told(table, by_entity)
    if said.is_bare:
        yield from _told(table, by_entity)
    if said.is_role:
        yield from _paired(table, stem, by_entity)


def _completed(table: TableView, ends: Sequence[str], by_entity: ByEntity) -> Iterable[Found]:
    """What the words of a table and the `ends` of a column's words, the longest first, are together the name of."""
    for own in table.entities:
        if len(own.words) > 1:
            alike = by_entity.get(ends[0] + own.words[-1], ())
            for key, entity in few(alike, _FEW):  # every module has an `order_header`
                yield key, Relation.LIKE_TAILED, 0, entity
        for start, end in enumerate(ends):
            if own.joined + end in by_entity:
                for key, entity in by_entity[own.joined + end]:
                    yield key, Relation.OWN_TABLE_COMPLETES, start, entity
    begin = ""
    for word in table.words[:-1]:
        begin += word
        if begin + ends[0] in by_entity:
            for key, entity in by_entity[begin + ends[0]]:
                yield key, Relation.SIBLING, 0, entity


def _extended(child: ColumnView, by_entity: ByEntity) -> Iterable[Found]:
    """The rows of a table that is part of another have its key: `id` of `orders_extra` is that of `orders`."""
    table, words = child.table, child.table.words
    if not child.in_primary_key and not child.is_unique:
        return
    for size in range(1, len(words)):
        for part, left in ((words[:size], len(words) - size), (words[-size:], len(words) - size)):
            found = by_entity.get("".join(part), ())
            for key, entity in few(found, _FEW):
                is_alike = key.only.words.joined == child.words.joined and not key.only.own.stem
                if key.is_primary and is_alike and key.table is not table and not entity.prefix_left:
                    yield key, Relation.EXTENDS, left, entity


def _told(table: TableView, by_entity: ByEntity) -> Iterable[Found]:
    """What a table is about by its name, by its first words rather than its last: `order_comments` are about orders."""
    words = table.words
    told: dict[tuple[str, ...], int] = {}
    for size in range(len(words) - 1, 0, -1):
        told.setdefault(words[:size], len(words) - 1 - size)
    for start in range(1, len(words)):
        told.setdefault(words[start:], start + 1)
    for part, words_left in told.items():
        found = by_entity.get("".join(part), ())
        for key, entity in few(found, _FEW):
            if key.table is not table:
                yield key, Relation.TOLD, words_left, entity


def means_itself(table: TableView, stem: tuple[str, ...]) -> bool:
    """Return whether the words are a role towards another row, such as `parent`, and perhaps the table's own name."""
    kinds, prepositions = weights().words["own_kind"], weights().words["prepositions"]
    if "".join(stem) in kinds:
        return True
    left = tuple(word for word in stem if word not in kinds and word not in prepositions)
    if len(left) == len(stem):
        return False
    return not left or any(
        left == entity.words[-len(left) :] or abbreviates(left, entity.words) or abbreviates(left, entity.words[-1:])
        for entity in table.entities
    )


def _paired(table: TableView, stem: tuple[str, ...], by_entity: ByEntity) -> Iterable[Found]:
    if not set(table.words) & weights().words["pair_tables"]:
        return
    for own in table.entities:
        if len(own.words) > 1 and own.words[-1] in weights().words["pair_tables"]:
            for key, entity in by_entity.get("".join(own.words[:-1]), ()):
                yield key, Relation.PAIRED, len(stem) - 1, entity
