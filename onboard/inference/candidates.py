"""Finds, for a column, the keys that its name may refer to: look-ups in an inverted index, never all pairs.

What it finds is an Edge: a child column, a parent key and how the name led there. Signals judge edges later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from onboard.catalog.structure import TableName
from onboard.inference.abbreviation import abbreviates
from onboard.inference.naming import Words
from onboard.inference.schema import ColumnView, Entity, KeyName, KeyView, Schema, TableView, entity_of
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

Item = TypeVar("Item")

_WHOLE = Entity(())
_SHARED_UNIQUE = 2  # tables in which a unique column may have the same name and still name one of them
_WEAK_CROWD = 6  # for the weaker ways to lead to a table
_CROWD = 25  # a look-up that finds more keys than this says nothing


class Relation(StrEnum):
    """How a column's name leads to a key, the strongest first."""

    SAME_AS_KEY = "same_as_key"  # customer_no -> customers(customer_no)
    TABLE = "named_after_table"  # customer_id -> customers(id)
    ENDS_WITH_KEY = "ends_with_key"  # from_currency_code -> currencies(currency_code)
    ENDS_WITH_TABLE = "ends_with_table"  # billing_address_id -> addresses(id)
    OWN_TABLE_COMPLETES = "completes_own_table"  # film.type_id -> film_types(id)
    ITSELF = "refers_to_itself"  # parent_id -> its own table
    PAIRED = "pairs_a_table"  # part_relationship.subject_id -> parts(id)
    STARTS_WITH_TABLE = "starts_with_table"  # officer_id_substitute -> officers(officer_id)
    TABLE_HEAD = "heads_table"  # category_id -> product_categories(id)
    TABLE_START = "begins_table"  # item_id -> item_masters(id)
    ABBREVIATION = "abbreviates_table"  # cust_no -> customers(no)
    PERSON = "names_a_person"  # created_by -> users(id)
    VOTED = "only_voted"  # no word in common; an example with the same stem led there
    JOINED = "only_joined"  # no word in common; a view joins them
    CONTAINED = "only_contained"  # no word in common; the values led there

    __hash__ = str.__hash__  # that of an Enum is written in Python, and relations are looked up a million times


@dataclass(slots=True, eq=False)
class SharedTerms:
    """What the score sees in a child, a parent or a relation: all its edges have it in common."""

    terms: dict[str, float]
    logits: dict[str, float] = field(default_factory=dict)  # their sum, by the stage whose weights made it


@dataclass(slots=True, eq=False)
class Edge:
    """A column that may refer to a key. `shared`, `own_terms` and `logit` are filled by the score."""

    child: ColumnView
    parent: KeyView
    relation: Relation
    extra_words: int = 0  # words of the name that neither the table nor the key explains
    prefix_left: int = 0  # words of the table's prefix that had to be left aside
    table_words_left: int = 0  # other words of the table's name that had to be
    shared: tuple[SharedTerms, ...] = ()
    own_terms: dict[str, float] = field(default_factory=dict)
    logit: float = 0.0

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        found: dict[str, float] = {}
        for part in self.shared:
            found.update(part.terms)
        found.update(self.own_terms)
        return found


_EXACT = (Relation.SAME_AS_KEY, Relation.TABLE)
_BY_KEY = (Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY)
_RANK = {relation: rank for rank, relation in enumerate(Relation)}
_Found = tuple[KeyView, Relation, int, Entity]  # the third: words of the column left unexplained


class KeyIndex:
    """Single-column keys by everything a column may call them."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._lists = weights().words
        self._by_entity: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_head: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_start: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_name: dict[str, list[KeyView]] = defaultdict(list)
        self._by_entity_words: dict[tuple[str, ...], list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_shape: dict[tuple[str, int], list[tuple[str, ...]]] = defaultdict(list)
        self._by_initials: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._written_out: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._by_table: dict[TableName, list[KeyView]] = defaultdict(list)
        self._tables_by_entity: dict[str, list[tuple[TableView, Entity]]] = defaultdict(list)
        for table in schema.tables:
            for entity in table.entities:
                self._tables_by_entity[entity.joined].append((table, entity))
        self._people: list[KeyView] = []
        self._unique_names = Counter(
            key.only.words.joined for table in schema.tables for key in table.keys if len(key.columns) == 1
        )
        self._found: dict[tuple[str, ...], list[_Found]] = {}
        for table in schema.tables:
            singles = [
                key
                for key in table.keys
                if len(key.columns) == 1 and key.only.type_class not in (TypeClass.OTHER, TypeClass.DATE)
            ]
            for key in singles:
                self._add(key)
        for words in self._by_entity_words:
            if words:
                self._by_shape[words[0][0], len(words)].append(words)
                self._by_initials["".join(word[0] for word in words)].append(words)
        for keys in self._by_table.values():
            self._judge(keys)

    def _judge(self, keys: list[KeyView]) -> None:
        """Say what the names of a table's keys mean, now that all entities are known, and which one is preferred."""
        for key in keys:
            key.named_after = self._named_after(key)
        ranks = [(key.named_after is not KeyName.OWN, not key.only.words.suffix, not key.is_primary) for key in keys]
        for key, rank in zip(keys, ranks, strict=True):
            key.is_preferred = rank == min(ranks)

    def _named_after(self, key: KeyView) -> KeyName:
        stems = [words.stem for words in (key.only.words, key.only.own)]
        entities = key.table.entities
        if any(not stem or any(stem == entity.words for entity in entities) for stem in stems):
            return KeyName.OWN
        if any(table is not key.table for stem in stems for table, _ in self._tables_by_entity.get("".join(stem), ())):
            return KeyName.OTHER
        own = set(key.table.words)
        if any(set(stem) & own or any(abbreviates(stem, entity.words) for entity in entities) for stem in stems):
            return KeyName.OWN
        ends = (stem[start:] for stem in stems for start in range(1, len(stem)))
        if any("".join(end) in self._tables_by_entity for end in ends):
            return KeyName.OTHER
        is_short = any(True for stem in stems for _ in self._abbreviated(stem))
        return KeyName.OTHER if is_short else KeyName.NOTHING

    def _is_telling(self, key: KeyView) -> bool:
        """Whether the name of a key that is not primary can name its table: no `name`, no `rowguid` of many tables."""
        stem = key.only.own.stem
        if self._unique_names[key.only.words.joined] > _SHARED_UNIQUE or not stem:
            return False
        return stem[-1] not in self._lists["never_keys"] or bool(key.only.words.suffix)

    def _add(self, key: KeyView) -> None:
        words = key.only.words
        self._by_table[key.table.name].append(key)
        if key.is_primary or self._is_telling(key):
            for name in {words.joined: words, key.only.own.joined: key.only.own}.values():
                if name.stem:
                    self._by_name[name.joined].append(key)
        if not key.is_primary and not words.suffix:
            return  # another unique key is referred to by its own name only
        for entity in key.table.entities:
            self._by_entity[entity.joined].append((key, entity))
            self._by_entity_words[entity.words].append((key, entity))
        self._add_parts(key)
        if key.table.words[-1:] and key.table.words[-1] in self._lists["people_tables"]:
            self._people.append(key)

    def _add_parts(self, key: KeyView) -> None:
        known = {entity.words for entity in key.table.entities}
        whole = key.table.entities[0].words
        for size in range(1, len(whole)):
            if whole[size:] not in known:
                self._by_head["".join(whole[size:])].append((key, entity_of(whole[size:], 0, size)))
        for entity in key.table.entities:
            for size in range(1, len(entity.words)):
                left = entity_of(entity.words[:size], entity.prefix_left, len(entity.words) - size + entity.tail_left)
                if left.words not in known:
                    self._by_start[left.joined].append((key, left))

    def edges(self, child: ColumnView) -> list[Edge]:
        """Return the edges of a column, one a parent key, those of impossible types left out."""
        best: dict[int, Edge] = {}
        for key, relation, extra, entity in self._of_column(child):
            if key.only.type_class is not child.type_class or key.only is child:
                continue
            edge = Edge(child, key, relation, extra, entity.prefix_left, entity.tail_left)
            known = best.get(id(key))
            if known is None or _strength(edge) < _strength(known):
                best[id(key)] = edge
        return list(best.values())

    def _of_column(self, child: ColumnView) -> Iterable[_Found]:
        yield from self._by_words(child.words)
        if child.own is not child.words:
            yield from self._by_words(child.own)
        yield from self._within_own_table(child)

    def _by_words(self, words: Words) -> list[_Found]:
        known = self._found.get(words.words)
        if known is None:
            known = self._found[words.words] = list(self._look_up(words))
        return known

    def _look_up(self, words: Words) -> Iterable[_Found]:
        found = [*self._by_key_name(words), *self._by_table_name(words.stem)]
        if not found:
            found = list(self._squashed(words))
        yield from found
        if all(relation in _BY_KEY and key.named_after is not KeyName.OWN for key, relation, _, _ in found):
            yield from self._abbreviated(_without_preposition(words.stem, self._lists["prepositions"]))
        if not any(relation in _EXACT for _, relation, _, _ in found):
            yield from self._parts_of_tables(words.stem)
        if self._names_a_person(words):
            for key in _few(self._people):
                yield key, Relation.PERSON, len(words.stem), _WHOLE

    def _by_key_name(self, words: Words) -> Iterable[_Found]:
        for start in range(len(words.words)):
            relation = Relation.ENDS_WITH_KEY if start else Relation.SAME_AS_KEY
            for key in _few(self._by_name.get("".join(words.words[start:]), ())):
                yield key, relation, start, _WHOLE

    def _by_table_name(self, stem: tuple[str, ...]) -> Iterable[_Found]:
        for start in range(len(stem)):
            relation = Relation.ENDS_WITH_TABLE if start else Relation.TABLE
            for key, entity in _few(self._by_entity.get("".join(stem[start:]), ())):
                yield key, relation, start, entity

    def _parts_of_tables(self, stem: tuple[str, ...]) -> Iterable[_Found]:
        for end in range(1, len(stem)):
            for key, entity in _few(self._by_entity.get("".join(stem[:end]), ()), _WEAK_CROWD):
                yield key, Relation.STARTS_WITH_TABLE, len(stem) - end, entity
        for start in range(len(stem)):
            joined = "".join(stem[start:])
            for key, entity in _few(self._by_head.get(joined, ()), _WEAK_CROWD):
                yield key, Relation.TABLE_HEAD, start, entity
            for key, entity in _few(self._by_start.get(joined, ()), _WEAK_CROWD):
                yield key, Relation.TABLE_START, start, entity

    def _squashed(self, words: Words) -> Iterable[_Found]:
        """A role that runs into the entity without a separator: `shiptoaddress`."""
        joined = words.stem_joined
        for start in range(2, len(joined) - 3):
            for key, entity in _few(self._by_entity.get(joined[start:], ())):
                yield key, Relation.ENDS_WITH_TABLE, 2, entity

    def _abbreviated(self, stem: tuple[str, ...]) -> Iterable[_Found]:
        for start in range(len(stem)):
            for words in self._long_for(stem[start:]):
                for key, entity in _few(self._by_entity_words[words]):
                    yield key, Relation.ABBREVIATION, start, entity

    def _long_for(self, short: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the words of entities that some words abbreviate: as many, of the same first letter, or initials."""
        known = self._written_out.get(short)
        if known is None:
            alike = self._by_shape.get((short[0][0], len(short)), ())
            known = [words for words in alike if abbreviates(short, words)]
            if len(short) == 1:
                known += [words for words in self._by_initials.get(short[0], ()) if abbreviates(short, words)]
            self._written_out[short] = known
        return known

    def _names_a_person(self, words: Words) -> bool:
        if not words.words:
            return False
        ends_in_by = words.words[-1] == "by" or words.stem[-1:] == ("by",)
        return ends_in_by or (bool(words.stem) and words.stem[-1] in self._lists["people_roles"])

    def _within_own_table(self, child: ColumnView) -> Iterable[_Found]:
        table, stem = child.table, child.own.stem
        if not stem:
            return
        for own in table.entities:
            for start in range(len(stem)):
                for key, entity in self._by_entity.get(own.joined + "".join(stem[start:]), ()):
                    yield key, Relation.OWN_TABLE_COMPLETES, start, entity
        if {stem[0], stem[-1], "".join(stem)} & self._lists["own_kind"]:
            for key in table.keys:
                if key.is_primary and len(key.columns) == 1:
                    yield key, Relation.ITSELF, len(stem) - 1, _WHOLE
        yield from self._paired(table, stem)

    def _paired(self, table: TableView, stem: tuple[str, ...]) -> Iterable[_Found]:
        if stem[0] not in self._lists["pair_roles"] or not set(table.words) & self._lists["pair_tables"]:
            return
        for own in table.entities:
            if len(own.words) > 1 and own.words[-1] in self._lists["pair_tables"]:
                for key, entity in self._by_entity.get("".join(own.words[:-1]), ()):
                    yield key, Relation.PAIRED, len(stem) - 1, entity


def _without_preposition(stem: tuple[str, ...], prepositions: frozenset[str]) -> tuple[str, ...]:
    """`ship via` means what ships."""
    return stem[:-1] if len(stem) > 1 and stem[-1] in prepositions else stem


def _few(found: Sequence[Item], most: int = _CROWD) -> Sequence[Item]:
    return found if len(found) <= most else ()


def _strength(edge: Edge) -> tuple[int, int, int]:
    return _RANK[edge.relation], edge.extra_words, edge.prefix_left + edge.table_words_left
