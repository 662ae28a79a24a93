"""Finds, for a column, the keys that its name may refer to: look-ups in an inverted index, never all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from onboard.catalog.structure import TableName
from onboard.inference.candidates import Edge, Lead, Relation
from onboard.inference.crowd import few
from onboard.inference.english import is_listed
from onboard.inference.entities import Entity, entity_of
from onboard.inference.key_names import judge_names, say_who_owns
from onboard.inference.leads import Kind, edge_of, kind_of, strength
from onboard.inference.loose_names import LooseNames
from onboard.inference.naming import Words
from onboard.inference.own_table import WHOLE, Found, within_own_table
from onboard.inference.rivals import compare
from onboard.inference.schema import ColumnView, KeyName, KeyView, Schema, TableView
from onboard.inference.short_names import ShortNames
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_SHARED_UNIQUE = 2  # tables in which a unique column may have the same name and still name one of them
_WEAK_CROWD = 6  # for the weaker ways to lead to a table
_CROWD = 25  # a look-up that finds more keys than this says nothing

_EXACT = (Relation.SAME_AS_KEY, Relation.TABLE)
_BY_KEY = (Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY)
_TO_ITSELF = (Relation.ITSELF, Relation.ENDS_WITH_KEY, Relation.ENDS_WITH_TABLE, Relation.STARTS_WITH_KEY)


_NAMING_ITS_TABLE = (Relation.TABLE, Relation.STARTS_WITH_TABLE)


class KeyIndex:
    """Single-column keys by everything a column may call them."""

    def __init__(self, schema: Schema) -> None:
        self._lists = weights().words
        self._by_entity: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_head: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_start: dict[str, list[tuple[KeyView, Entity]]] = defaultdict(list)
        self._by_name: dict[str, list[KeyView]] = defaultdict(list)
        self._short = ShortNames()
        self._loose = LooseNames()
        self._by_table: dict[TableName, list[KeyView]] = defaultdict(list)
        self._tables_by_entity: dict[str, list[tuple[TableView, Entity]]] = defaultdict(list)
        for table in schema.tables:
            for entity in table.entities:
                self._tables_by_entity[entity.joined].append((table, entity))
        self._people: list[KeyView] = []
        self._telling = self._lists["people_roles"] | {"by"}
        self._has_schemas = len({table.name.schema for table in schema.tables}) > 1
        self._unique_names = Counter(
            key.only.words.joined for table in schema.tables for key in table.keys if len(key.columns) == 1
        )
        self._found: dict[tuple[str, ...], list[Found]] = {}
        self._kinds: dict[tuple[object, ...], Kind] = {}
        for key in _single_keys(schema):
            self._add(key)
        self._people = _without_details(self._people)
        for keys in self._by_table.values():
            judge_names(keys, self._tables_by_entity, self._short.found)
        for keys in self._by_name.values():
            say_who_owns(keys)

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
                if name.stem and not self._lists["prepositions"].issuperset(name.stem):  # `from` names nothing
                    self._by_name[name.joined].append(key)
        is_usual = self._unique_names[words.joined] > _SHARED_UNIQUE and bool(words.stem)
        if not key.is_primary and (is_usual or not words.suffix) and not self._stands_for_row(key):
            return  # another unique key is referred to by its own name only
        for entity in key.table.entities:
            self._by_entity[entity.joined].append((key, entity))
            self._short.add(key, entity)
        if key.is_primary and words.stem:
            self._add_whole_name(key)
        self._add_parts(key)
        self._loose.add(key)
        if key.table.words[-1:] and key.table.words[-1] in self._lists["people_tables"]:
            self._people.append(key)

    def _stands_for_row(self, key: KeyView) -> bool:
        """Whether a unique `name` is what a column of its type that is called like the table would hold."""
        is_naming = key.only.own.stem[-1:] and key.only.own.stem[-1] in self._lists["naming_columns"]
        primary = [other for other in key.table.keys if other.is_primary]
        alike = any(len(other.columns) == 1 and other.only.type_class is key.only.type_class for other in primary)
        return bool(is_naming) and not alike

    def _add_whole_name(self, key: KeyView) -> None:
        """A key without its table's name is called by both: `team_name` for `teams(name)`."""
        stem = key.only.own.stem
        for entity in key.table.entities:
            if stem and stem[0] not in entity.words and entity.words:
                both = entity_of((*entity.words, *stem), entity.prefix_left, entity.tail_left)
                self._by_entity[both.joined].append((key, both))

    def _add_parts(self, key: KeyView) -> None:
        known = {entity.words for entity in key.table.entities}
        whole = key.table.entities[0].words
        for size in range(1, len(whole)):
            if whole[size:] not in known:
                head = entity_of(whole[size:], 0, size)
                self._by_head[head.joined].append((key, head))
                if len(head.words) == 1:
                    self._short.add_head(key, head)
        for entity in key.table.entities:
            for size in range(1, len(entity.words)):
                left = entity_of(entity.words[:size], entity.prefix_left, len(entity.words) - size + entity.tail_left)
                if left.words not in known:
                    self._by_start[left.joined].append((key, left))

    def edges(self, child: ColumnView) -> list[Edge]:
        """Return the edges of a column, one a parent key, those of impossible types left out."""
        return self.follow(child, self.leads(child))

    def follow(self, child: ColumnView, leads: Iterable[Lead]) -> list[Edge]:
        """Return the edges that the leads of a column give."""
        edges = [edge_of(child, lead) for lead in leads]
        compare(edges, self._tables_by_entity, has_schemas=self._has_schemas)
        return edges

    def leads(self, child: ColumnView) -> Collection[Lead]:
        """Return the best lead to each key: those of the child's name and type, and those of its own table."""
        kind = self._kind(child)
        own = [Lead(*found, is_shared=False) for found in within_own_table(child, self._by_entity)]
        if not own and not kind.depends_on_table and child.table not in kind.tables:
            return kind.best
        best: dict[KeyView, Lead] = {}
        for lead in (*kind.leads, *own):
            key = lead.parent
            if key.only.type_class is not child.type_class or key.only is child:
                continue
            if key.table is child.table and lead.relation not in _TO_ITSELF and not _says_foreign_key(child, lead):
                continue  # what is named after its own table tells of its own row
            known = best.get(key)
            if known is None or strength(child, lead) < strength(child, known):
                best[key] = lead
        return best.values()

    def _kind(self, child: ColumnView) -> Kind:
        name = (child.words.words, child.own.words, child.type_class, child.column.type.sql)
        known = self._kinds.get(name)
        if known is None:
            shortened = self._by_words(child.own) if child.own is not child.words else ()
            leads = [self._lead(found, child.words) for found in self._by_words(child.words)]
            leads += [self._lead(found, child.own, is_shortened=True) for found in shortened]
            fitting = [lead for lead in leads if lead.parent.only.type_class is child.type_class]
            known = self._kinds[name] = kind_of(fitting)
        return known

    def _lead(self, found: Found, words: Words, *, is_shortened: bool = False) -> Lead:
        lead = Lead(*found, is_shortened=is_shortened)
        if lead.relation is Relation.ABBREVIATION:
            stem = _without_preposition(words.stem, self._lists["prepositions"])
            lead.short = "".join(stem[lead.extra_words :])
        return lead

    def _by_words(self, words: Words) -> list[Found]:
        known = self._found.get(words.words)
        if known is None:
            known = self._found[words.words] = list(self._look_up(words))
        return known

    def _look_up(self, words: Words) -> Iterable[Found]:
        found = [*self._by_key_name(words), *self._by_table_name(words.stem)]
        if not found or (len(words.stem) == 1 and not is_listed(words.stem[0])):
            found += self._squashed(words)
        yield from found
        if all(relation in _BY_KEY and key.named_after is not KeyName.OWN for key, relation, _, _ in found):
            yield from self._short.found(_without_preposition(words.stem, self._lists["prepositions"]))
        if not any(relation in _EXACT for _, relation, _, _ in found):
            yield from self._before_role(words)
            yield from self._parts_of_tables(words.stem)
            yield from self._loose.by_initials(words.stem)
        if not found:
            yield from self._loose.by_middle(words.stem)
        is_named = any(relation in _EXACT and key.named_after is KeyName.OWN for key, relation, _, _ in found)
        if self._names_a_person(words) and not is_named:
            for key in few(self._people, _CROWD):
                yield key, Relation.PERSON, sum(word not in self._telling for word in words.stem), WHOLE

    def _by_key_name(self, words: Words) -> Iterable[Found]:
        for start in range(len(words.words)):
            relation = Relation.ENDS_WITH_KEY if start else Relation.SAME_AS_KEY
            for key in few(self._by_name.get("".join(words.words[start:]), ()), _CROWD):
                yield key, relation, start, WHOLE

    def _by_table_name(self, stem: tuple[str, ...]) -> Iterable[Found]:
        for start in range(len(stem)):
            relation = Relation.ENDS_WITH_TABLE if start else Relation.TABLE
            for key, entity in few(self._by_entity.get("".join(stem[start:]), ()), _CROWD):
                yield key, relation, start, entity

    def _parts_of_tables(self, stem: tuple[str, ...]) -> Iterable[Found]:
        for end in range(1, len(stem)):
            for key, entity in few(self._by_entity.get("".join(stem[:end]), ()), _WEAK_CROWD):
                yield key, Relation.STARTS_WITH_TABLE, len(stem) - end, entity
        for start in range(len(stem)):
            joined = "".join(stem[start:])
            for key, entity in few(self._by_head.get(joined, ()), _WEAK_CROWD):
                yield key, Relation.TABLE_HEAD, start, entity
            for key, entity in few(self._by_start.get(joined, ()), _WEAK_CROWD):
                yield key, Relation.TABLE_START, start, entity

    def _before_role(self, words: Words) -> Iterable[Found]:
        """A key, suffix and all, to which a role is added: `officer_id_substitute`."""
        stem = words.stem
        for end in range(2, len(stem)):
            if stem[end - 1] in self._lists["key_suffixes"]:
                for key in few(self._by_name.get("".join(stem[:end]), ()), _CROWD):
                    yield key, Relation.STARTS_WITH_KEY, len(stem) - end, WHOLE
                for key, entity in few(self._by_entity.get("".join(stem[: end - 1]), ()), _CROWD):
                    yield key, Relation.STARTS_WITH_KEY, len(stem) - end, entity

    def _squashed(self, words: Words) -> Iterable[Found]:
        """A role that runs into the entity without a separator: `shiptoaddress`."""
        joined = words.stem_joined
        for start in range(2, len(joined) - 3):
            for key, entity in few(self._by_entity.get(joined[start:], ()), _CROWD):
                yield key, Relation.ENDS_WITH_TABLE, 2, entity

    def _names_a_person(self, words: Words) -> bool:
        if not words.words:
            return False
        ends_in_by = words.words[-1] == "by" or words.stem[-1:] == ("by",)
        return ends_in_by or (bool(words.stem) and words.stem[-1] in self._lists["people_roles"])


def _single_keys(schema: Schema) -> Iterator[KeyView]:
    for table in schema.tables:
        for key in table.keys:
            if len(key.columns) == 1 and key.only.type_class not in (TypeClass.OTHER, TypeClass.DATE):
                yield key


def _without_details(people: Sequence[KeyView]) -> list[KeyView]:
    """Leave out the tables that end like one that is nothing but people: `group_users` beside `users`."""
    plain = {entity.words for key in people for entity in key.table.entities if not entity.prefix_left}
    return [
        key
        for key in people
        if key.table.words[-1:] not in plain
        or any(entity.words == key.table.words[-1:] and not entity.prefix_left for entity in key.table.entities)
    ]


def _says_foreign_key(child: ColumnView, lead: Lead) -> bool:
    """Whether a column that is called like its own table refers to another row of it: `user.fk_user`."""
    return lead.relation in _NAMING_ITS_TABLE and "fk" in child.words.words and lead.parent.is_primary


def _without_preposition(stem: tuple[str, ...], prepositions: frozenset[str]) -> tuple[str, ...]:
    """`ship via` means what ships."""
    return stem[:-1] if len(stem) > 1 and stem[-1] in prepositions else stem
