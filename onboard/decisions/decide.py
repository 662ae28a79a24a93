"""Catalog, Proposals, Person and the lock -> Decisions: which keys are used and what everything is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onboard.catalog.structure import Catalog, Table, TableName
from onboard.decisions.choices import accepted_choices, accepted_flags
from onboard.decisions.class_names import TableWords, enum_names, model_names, table_words
from onboard.decisions.db_tables import db_tables, search_path
from onboard.decisions.decisions import Decisions, ManyToManyDecision, RelationDecision, TableDecision
from onboard.decisions.field_names import Place, Surroundings, field_names
from onboard.decisions.fragments import fragments
from onboard.decisions.given_names import GivenNames, given_names
from onboard.decisions.keys import UsedKeys, UsedRelation, used_keys
from onboard.decisions.many_to_many import joins, many_to_many
from onboard.decisions.module_names import module_names
from onboard.decisions.names_lock import LockedTable, NamesLock
from onboard.decisions.person import Person, resolved
from onboard.decisions.plurals import Plurals
from onboard.decisions.reader import NameReader, name_reader
from onboard.decisions.related_names import DEFAULT, WayBack, claimed, related_names
from onboard.decisions.reserved import reserved_fields
from onboard.decisions.verbose_names import verbose_names
from onboard.inference.proposals import Proposals


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person and the lock say of names, by what they name."""

    given: GivenNames
    lock: NamesLock

    def locked(self, table: TableName) -> LockedTable:
        return self.lock.tables.get(table) or LockedTable("", "")


def decide(
    catalog: Catalog,
    proposals: Proposals,
    person: Person,
    lock: NamesLock,
    *,
    app: str,
    qualify: bool = False,
    django_schema: str = "public",
) -> Decisions:
    """Return the decisions of one app; BadInput where the person's names cannot be had."""
    person = resolved(person, catalog)
    keys = used_keys(catalog, proposals, person)
    said = _Said(given_names(person, lock, keys, (table.name for table in catalog.tables)), lock)
    reader = name_reader(catalog, person)
    plurals = Plurals(person.glossary.plurals, is_english=reader.is_english)
    words = table_words(catalog, keys, reader, plurals, app=app, prefixes=person.glossary.prefixes)
    models = model_names(words, said.given.models, {name: own.model for name, own in lock.tables.items()})
    fields = _all_fields(catalog, keys, words, models, said, reader, plurals)
    ways = _ways_back(keys, models, fields, said)
    names = _names_on(fields, keys)
    for name, claims in _locked_joins(lock).items():
        names.setdefault(name, set()).update(claims)
    related = related_names(ways, names, plurals)
    many = _many_to_many(catalog, keys, models, fields, ways, related, lock, plurals)
    modules = module_names(models, {name: own.module for name, own in lock.tables.items()})
    places = db_tables(catalog, qualify=qualify)
    choices, flags = accepted_choices(person.choices), accepted_flags(person.choices)
    tables = tuple(
        replace(
            _table_decision(table, keys, models, modules, places, fields[table.name], related, plurals),
            choices=choices.get(table.name, ()),
            flags=flags.get(table.name, ()),
            many_to_many=many.get(table.name, ()),
        )
        for table in catalog.tables
    )
    return Decisions(
        app,
        tables,
        search_path=search_path(catalog, django_schema=django_schema),
        django_schema=django_schema,
        enum_classes=enum_names(catalog, reader, plurals, models.values(), lock.enum_classes),
        left_out=tuple((left_out.name, left_out.reason) for left_out in catalog.left_out),
    )


def _all_fields(
    catalog: Catalog,
    keys: UsedKeys,
    words: Mapping[TableName, TableWords],
    models: Mapping[TableName, str],
    said: _Said,
    reader: NameReader,
    plurals: Plurals,
) -> dict[TableName, Mapping[Place, str]]:
    entities = {
        name: fragments(models[name]) if name in said.given.models else own.entity for name, own in words.items()
    }
    single = {"".join(own.entity) for own in words.values()}
    reverse = _locked_reverse(keys, models, said)
    found: dict[TableName, Mapping[Place, str]] = {}
    for table in catalog.tables:
        relations = keys.relations.get(table.name, ())
        key = keys.primary_keys.get(table.name)
        around = Surroundings(
            () if key is None else key.columns,
            words[table.name].entity,
            fragments(models[table.name]),
            entities,
            single,
            _fixed(table, relations, said),
            reverse.get(table.name, ()),
        )
        found[table.name] = field_names(table, relations, around, reader, plurals)
    return found


def _fixed(table: Table, relations: tuple[UsedRelation, ...], said: _Said) -> dict[Place, str]:
    """Return the names that stand: the person's, then the locked ones of what is still what it was."""
    of_relation = {one.columns: one for one in relations}
    locked = said.locked(table.name)
    fixed: dict[Place, str] = {(column,): name for column, name in said.given.columns.get(table.name, {}).items()}
    present = {column.name for column in table.columns}
    once: list[tuple[Place, str]] = [
        ((column,), name) for column, name in locked.fields if column in present and (column,) not in of_relation
    ]
    for columns, parent, name, _ in locked.relations:
        if columns in of_relation and of_relation[columns].references == parent:
            once.append((columns, name))
    used = {claim for place, name in fixed.items() for claim in _claims(place, name, of_relation)}
    for place, name in once:
        claims = _claims(place, name, of_relation)
        # Two can clash where a column comes back after its name was given away.
        if place not in fixed and not claims & used:
            fixed[place] = name
            used |= claims
    return fixed


def _claims(place: Place, name: str, relations: Mapping[Place, object]) -> frozenset[str]:
    is_relation = len(place) == 1 and place in relations
    return frozenset((name.lower(), f"{name.lower()}_id")) if is_relation else frozenset((name.lower(),))


def _locked_reverse(keys: UsedKeys, models: Mapping[TableName, str], said: _Said) -> dict[TableName, frozenset[str]]:
    """Return the names that locked relations have put on each model, which no new field may take."""
    found: dict[TableName, frozenset[str]] = {}
    for way in _ways_back(keys, models, {}, said):
        if way.locked is not None:
            found[way.target] = found.get(way.target, frozenset()) | claimed(way, way.locked)
    for name, claims in _locked_joins(said.lock).items():
        found[name] = found.get(name, frozenset()) | claims
    return found


def _locked_joins(lock: NamesLock) -> dict[TableName, frozenset[str]]:
    """Return the names that joins have put on each table."""
    found: dict[TableName, frozenset[str]] = {}
    for name, own in lock.tables.items():
        for one in own.many_to_many:
            found[name] = found.get(name, frozenset()) | {one.field.lower()}
            found[one.target] = found.get(one.target, frozenset()) | {one.related_name.lower()}
    return found


def _many_to_many(
    catalog: Catalog,
    keys: UsedKeys,
    models: Mapping[TableName, str],
    fields: Mapping[TableName, Mapping[Place, str]],
    ways: list[WayBack],
    related: Mapping[tuple[TableName, str], str | None],
    lock: NamesLock,
    plurals: Plurals,
) -> Mapping[TableName, tuple[ManyToManyDecision, ...]]:
    taken = {name: own | reserved_fields() for name, own in _names_on(fields, keys).items()}
    for way in ways:
        taken[way.target] |= claimed(way, related[way.key] or DEFAULT)
    of_relations = {way.key: way.field for way in ways}
    locked = {name: own.many_to_many for name, own in lock.tables.items()}
    return many_to_many(joins(catalog, keys, models), of_relations, taken, models, locked, plurals)


def _ways_back(
    keys: UsedKeys,
    models: Mapping[TableName, str],
    fields: Mapping[TableName, Mapping[Place, str]],
    said: _Said,
) -> list[WayBack]:
    return [
        WayBack(
            name,
            relation.columns[0],
            relation.references,
            models[name],
            models[relation.references],
            fields[name][relation.columns] if fields else "",
            relation.is_one_to_one,
            _locked_way(said.locked(name), relation),
        )
        for name, relations in keys.relations.items()
        for relation in relations
        if len(relation.columns) == 1
    ]


def _locked_way(locked: LockedTable, relation: UsedRelation) -> str | None:
    for columns, parent, _, related_name in locked.relations:
        if columns == relation.columns and parent == relation.references:
            return related_name or DEFAULT
    return None


def _names_on(fields: Mapping[TableName, Mapping[Place, str]], keys: UsedKeys) -> dict[TableName, set[str]]:
    """Return the lower-case field names and attnames of every table."""
    found: dict[TableName, set[str]] = {}
    for name, own in fields.items():
        single = {one.columns for one in keys.relations.get(name, ()) if len(one.columns) == 1}
        found[name] = {field.lower() for field in own.values()}
        found[name] |= {f"{field.lower()}_id" for place, field in own.items() if place in single}
    return found


def _table_decision(
    table: Table,
    keys: UsedKeys,
    models: Mapping[TableName, str],
    modules: Mapping[TableName, str],
    places: Mapping[TableName, str],
    fields: Mapping[Place, str],
    related: Mapping[tuple[TableName, str], str | None],
    plurals: Plurals,
) -> TableDecision:
    name = table.name
    verbose_name, verbose_name_plural = verbose_names(models[name], plurals)
    return TableDecision(
        name,
        models[name],
        modules[name],
        places[name],
        keys.primary_keys.get(name),
        tuple((column.name, fields[(column.name,)]) for column in table.columns),
        tuple(_relation_decision(one, fields, related) for one in keys.relations.get(name, ())),
        verbose_name,
        verbose_name_plural,
    )


def _relation_decision(
    relation: UsedRelation,
    fields: Mapping[Place, str],
    related: Mapping[tuple[TableName, str], str | None],
) -> RelationDecision:
    is_single = len(relation.columns) == 1
    return RelationDecision(
        relation.columns,
        relation.references,
        relation.referenced_columns,
        relation.origin,
        fields[relation.columns],
        related[(relation.table, relation.columns[0])] if is_single else None,
        relation.is_one_to_one,
        relation.on_delete,
        relation.orphans,
        relation.confidence,
    )
