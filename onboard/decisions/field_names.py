"""Names for the fields of one model: columns, relations, and accessors of composite foreign keys.

A name depends on the set of columns, never on their order. A relation is called what its column says without the words
of the key (`billing_address_id` -> `billing_address`), and also claims its attname, `billing_address_id`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from onboard.catalog.structure import Table, TableName
from onboard.decisions.fragments import Words, fragments
from onboard.decisions.identifiers import numbered_snake, snake
from onboard.decisions.keys import UsedRelation
from onboard.decisions.plurals import Plurals
from onboard.decisions.prefixes import column_prefix
from onboard.decisions.reader import NameReader
from onboard.decisions.reserved import reserved_fields
from onboard.decisions.settle import Claimant, settle

Place = tuple[str, ...]  # the columns that a field stands for
_KEY_WORDS = frozenset(["id", "ids", "fk", "pk", "uuid", "guid", "oid", "sk", "rid"])
_LONG = 6  # letters of a word that is short for no other, if it is one
_SHARED_KEY_WORDS = frozenset(["key", "code", "no", "num", "number", "nbr", "nr", "cd", "name", "symbol", "slug"])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What naming the fields of one table needs to know of it and of the others."""

    key: Place  # its primary key; empty where there is none
    entity: Words  # of the table itself
    model: Words  # of its class
    entities: Mapping[TableName, Words]
    single_entities: Collection[str]  # names of tables that are one word
    fixed: Mapping[Place, str]  # the person's names and locked ones
    reverse_names: Collection[str]  # lower-case names that locked relations put on this model


def field_names(
    table: Table, relations: Iterable[UsedRelation], around: Surroundings, reader: NameReader, plurals: Plurals
) -> Mapping[Place, str]:
    """Return a name for every column, and for every relation of several columns."""
    namer = _Namer(table, around, reader, plurals)
    single = {relation.columns: relation for relation in relations if len(relation.columns) == 1}
    composite = {relation.columns: relation for relation in relations if len(relation.columns) > 1}
    claimants = []
    for column in table.columns:
        place: Place = (column.name,)
        if place not in around.fixed:
            claimants.append(namer.relation(single[place]) if place in single else namer.plain(column.name))
    shared = {name for name, times in Counter(chain.from_iterable((*single, *composite))).items() if times > 1}
    claimants += [namer.accessor(one, shared) for place, one in sorted(composite.items()) if place not in around.fixed]

    def claims(place: Place, name: str) -> frozenset[str]:
        lower = name.lower()
        return frozenset((lower, f"{lower}_id")) if place in single else frozenset((lower,))

    taken = reserved_fields() | frozenset(around.reverse_names)
    for place, name in around.fixed.items():
        taken |= claims(place, name)
    settled = settle(claimants, taken=taken, claims=claims, numbered=numbered_snake, order=lambda place: place)
    return {**settled, **around.fixed}


class _Namer:
    """Makes the candidates for one table's fields."""

    def __init__(self, table: Table, around: Surroundings, reader: NameReader, plurals: Plurals) -> None:
        self._around = around
        self._reader = reader
        self._plurals = plurals
        pieces = {column.name: fragments(reader.renamed(column.name, of="column")) for column in table.columns}
        code = column_prefix(pieces, reader.is_word)
        self._words = {
            name: reader.spelled(own[len(code) :] if code and own[: len(code)] == code and len(own) > 1 else own)
            for name, own in pieces.items()
        }

    def plain(self, column: str) -> Claimant[Place]:
        words = self._words[column]
        told_apart = ((*self._around.model, *words), (*words, "value"))
        forms = (words, *(reversed(told_apart) if _ends_with(self._around.model, words) else told_apart))
        short = ("id",) if self._is_own_key(column, words) else self._without_table(words)
        name = snake(words, empty="column")
        first = name if short is words else snake(short, empty="column")
        return Claimant((column,), first, partial(_snakes, forms, "column"), rank=(0 if name == column else 3,))

    def _is_own_key(self, column: str, words: Words) -> bool:
        """Whether it is the whole key, and called after the table's last word: `territory_id` of sales territory."""
        return (column,) == self._around.key and words[-1:] == ("id",) and _ends_with(self._around.entity, words[:-1])

    def relation(self, relation: UsedRelation) -> Claimant[Place]:
        words = self._words[relation.columns[0]]
        target = self._around.entities[relation.references]
        stem = self._stem(relation, words, target)
        forms = [stem]
        if _ends_with(target, stem):
            forms.append(target)  # where the stem alone is reserved: `class` of a business unit class
        elif not _ends_with(stem, target):
            forms.append((*stem, *target))
        spoken = self._without_key_words(words, ())
        if spoken and spoken != stem:
            forms.append(spoken)  # where another has its parent's name: `prerequisite`, beside `course`
        forms += [(*self._around.model, *stem), words, (*stem, "ref")]
        rank = (1, words[-1:] != ("id",), spoken[-len(stem) :] != stem)
        return Claimant(relation.columns, snake(stem, empty="ref"), partial(_snakes, forms, "ref"), rank)

    def accessor(self, relation: UsedRelation, shared: Collection[str]) -> Claimant[Place]:
        """Name it after its target, or after the last of its columns that is in no other relation (`shared`)."""
        target = self._around.entities[relation.references]
        role = self._role(relation, shared)
        told_apart = role if _ends_with(role, target) else (*role, *target)
        every = tuple(word for column in relation.columns for word in self._words[column])
        forms = [target, told_apart, (*self._around.model, *target), every, (*every, "ref")]
        if relation.references == relation.table:
            forms = [("parent", *target), *forms[1:]]
        rank = (2, role != target)
        return Claimant(relation.columns, snake(forms[0], empty="ref"), partial(_snakes, forms, "ref"), rank)

    def _role(self, relation: UsedRelation, shared: Collection[str]) -> Words:
        pairs = tuple(zip(relation.columns, relation.referenced_columns, strict=True))
        column, referenced = ([pair for pair in pairs if pair[0] not in shared] or pairs)[-1]
        words = self._without_key_words(self._words[column], ())
        theirs = self._reader.spelled(fragments(referenced))
        return words[: -len(theirs)] if _ends_with(words, theirs) and len(words) > len(theirs) else words

    def _stem(self, relation: UsedRelation, words: Words, target: Words) -> Words:
        referenced = self._reader.spelled(fragments(relation.referenced_columns[0]))
        stem = self._without_key_words(words, referenced)
        shorter = self._without_table(stem)
        if relation.references != relation.table and not _ends_with(stem, target):
            stem = shorter
        elif relation.references == relation.table:
            stem = shorter if shorter != stem else stem
        if not stem or (stem == words and words[-1] in _KEY_WORDS):
            return target
        if relation.references != relation.table and self._names_the_key(relation, stem, target):
            return target
        is_word = len(stem[-1]) >= _LONG and self._reader.is_word(stem[-1])
        if _is_abbreviation(stem[-1], target) and not is_word and stem[-1] not in self._around.single_entities:
            return (*stem[:-1], *target)
        return stem

    def _names_the_key(self, relation: UsedRelation, stem: Words, target: Words) -> bool:
        """Whether the column speaks of another table's key and so says nothing of its role here."""
        if _ends_with(stem, target):
            return False
        own = stem == self._around.entity
        copied = relation.columns == relation.referenced_columns and "".join(stem) in self._around.single_entities
        return own or copied

    def _without_key_words(self, words: Words, referenced: Words) -> Words:
        while len(words) > 1 and words[-1] in _KEY_WORDS:
            words = words[:-1]
        if len(words) > 1 and words[-1] in _SHARED_KEY_WORDS and words[-1:] == referenced[-1:]:
            words = words[:-1]
        if len(words) > 1 and words[0] in ("fk", "id"):
            words = words[1:]
        return () if len(words) == 1 and words[0] in _KEY_WORDS else words

    def _without_table(self, words: Words) -> Words:
        entity = self._around.entity
        size = len(entity)
        if not size or len(words) <= size:
            return words
        head = (*words[: size - 1], self._plurals.singular(words[size - 1]))
        rest = words[size:]
        says_something = any(len(word) > 2 and word[0].isalpha() and word != "key" for word in rest) or rest == ("id",)
        return rest if head == entity and says_something else words


def _snakes(forms: Iterable[Words], empty: str) -> tuple[str, ...]:
    return tuple(snake(form, empty=empty) for form in forms)


def _ends_with(words: Words, tail: Words) -> bool:
    return bool(tail) and words[-len(tail) :] == tail


def _is_abbreviation(word: str, entity: Words) -> bool:
    """Whether the word is short for the entity: its first letter, then letters of it in order (`dept`, `custmr`)."""
    whole = "".join(entity)
    if not 3 <= len(word) < len(whole) or word[0] != whole[0] or word in entity:
        return False
    if whole.startswith(word) and len(whole) - len(word) <= 2:
        return False  # the entity is its plural, in another language (`adresse`, `adressen`)
    letters = iter(whole)
    return all(letter in letters for letter in word)
