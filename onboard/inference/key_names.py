"""Says what the names of keys mean: their own table, another one, or nothing; and which of several keys others mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

from onboard.inference.abbreviation import abbreviates
from onboard.inference.entities import Entity
from onboard.inference.rivals import TablesByEntity
from onboard.inference.schema import KeyName, KeyView

Abbreviated = Callable[[tuple[str, ...]], Iterable[object]]  # what some words may be short for


def judge_names(keys: Sequence[KeyView], tables: TablesByEntity, abbreviated: Abbreviated) -> None:
    """Say what the names of a table's keys mean, now that all entities are known, and which one is preferred."""
    for key in keys:
        key.named_after = _named_after(key, tables, abbreviated)
    ranks = [(key.named_after is not KeyName.OWN, not key.only.words.suffix, not key.is_primary) for key in keys]
    for key, rank in zip(keys, ranks, strict=True):
        is_alike = [rival.only.type_class is key.only.type_class for rival in keys]  # no other can be a rival
        key.is_preferred = rank == min(compress(ranks, is_alike))


def say_who_owns(keys: Sequence[KeyView]) -> None:
    """Of several keys of one name, find those whose tables it fits less well than that of another."""
    if len(keys) > 1:
        fits = [_fit(key) for key in keys]
        for key, fit in zip(keys, fits, strict=True):
            key.is_alone_so_named = False  # and stays so: a key may have two names, with and without a prefix
            key.is_outnamed |= fit > min(fits)


def _named_after(key: KeyView, tables: TablesByEntity, abbreviated: Abbreviated) -> KeyName:
    stems = [words.stem for words in (key.only.words, key.only.own)]
    entities = key.table.entities
    if any(not stem or any(stem == entity.words for entity in entities) for stem in stems):
        return KeyName.OWN
    others = [entity for stem in stems for table, entity in tables.get("".join(stem), ()) if table is not key.table]
    if any(not entity.tail_left for entity in others):
        return KeyName.OTHER
    if any(abbreviates(stem, entity.words) and not entity.tail_left for stem in stems for entity in entities):
        return KeyName.OWN  # `publishers.pub_id`, although there is a `pub_info`
    if others:
        return KeyName.OTHER
    own = set(key.table.words)
    if any(set(stem) & own or any(abbreviates(stem, entity.words) for entity in entities) for stem in stems):
        return KeyName.OWN
    ends = (stem[start:] for stem in stems for start in range(1, len(stem)))
    if any("".join(end) in tables for end in ends):
        return KeyName.OTHER
    is_short = any(True for stem in stems for _ in abbreviated(stem))
    return KeyName.OTHER if is_short else KeyName.NOTHING


def _fit(key: KeyView) -> tuple[bool, bool, float, bool]:
    """How well the name of a key fits its table; the lowest is the best."""
    column, own = key.only.column, set(key.table.words)
    entities = [entity for entity in key.table.entities if own.issuperset(entity.words)]
    shortest = min((len(entity.words) + entity.prefix_left for entity in entities), default=0.0)
    is_whole = any(_is_whole(key.only.words.stem, entity) for entity in entities)
    return not is_whole, key.named_after is not KeyName.OWN, shortest, not (column.identity or column.sequence)


def _is_whole(stem: tuple[str, ...], entity: Entity) -> bool:
    return not entity.tail_left and (stem == entity.words or abbreviates(stem, entity.words))
