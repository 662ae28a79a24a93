"""Names for the classes of an app: models and enum classes, singular, unique whatever the letter case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, TableName, TypeKind
from onboard.decisions.fragments import Words, fragments
from onboard.decisions.identifiers import camel, numbered_camel
from onboard.decisions.keys import UsedKeys
from onboard.decisions.plurals import Plurals
from onboard.decisions.prefixes import shared_prefixes, stripped, without_hungarian
from onboard.decisions.reader import NameReader
from onboard.decisions.reserved import reserved_classes
from onboard.decisions.settle import Claimant, claimant, settle
from onboard.decisions.singulars import Singulars, singular

_QUIET_SCHEMAS = ("public", "main", "dbo")


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table's name as words."""

    entity: Words  # singular, without shared prefixes; empty where the name has no letter
    full: Words  # singular, with them
    schema: Words
    pieces: int  # that its own spelling tells apart


def table_words(
    catalog: Catalog, keys: UsedKeys, reader: NameReader, plurals: Plurals, *, app: str, prefixes: Iterable[str]
) -> Mapping[TableName, TableWords]:
    """Return the words of every table."""
    pieces = {table.name: fragments(reader.renamed(table.name.name, of="table")) for table in catalog.tables}
    entities = _single_entities(pieces.values(), plurals)
    bare = {name: without_hungarian(own, entities) for name, own in pieces.items()}
    given = tuple(sorted((fragments(text) for text in (*prefixes, app)), key=lambda prefix: (-len(prefix), prefix)))
    of_schema = {
        schema: shared_prefixes([own for name, own in bare.items() if name.schema == schema], reader.is_word, entities)
        for schema in {name.schema for name in bare}
    }
    short = {name: stripped(stripped(own, given), of_schema[name.schema]) for name, own in bare.items()}
    found = {}
    for table in catalog.tables:
        name = table.name
        singulars = Singulars(reader, plurals, table)
        parents = [relation.references for relation in keys.relations.get(name, ())]
        found[name] = TableWords(
            singulars.of(short[name], [short[parent] for parent in parents]),
            singulars.of(pieces[name], [pieces[parent] for parent in parents]),
            reader.spelled(fragments(name.schema)),
            len(pieces[name]),
        )
    return found


def model_names(
    words: Mapping[TableName, TableWords], given: Mapping[TableName, str], locked: Mapping[TableName, str]
) -> Mapping[TableName, str]:
    """Return a class name for every table: the person's, else the locked one, else one made of its words."""
    fixed = _fixed(words, given, locked)
    claimants = [_claimant(name, own) for name, own in words.items() if name not in fixed]
    settled = settle(
        claimants,
        taken=reserved_classes() | {name.lower() for name in fixed.values()},
        claims=lambda _table, name: frozenset((name.lower(),)),
        numbered=numbered_camel,
        order=lambda table: (table.name, table.schema),
    )
    return {**settled, **fixed}


def enum_names(
    catalog: Catalog, reader: NameReader, plurals: Plurals, models: Iterable[str], locked: Mapping[TableName, str]
) -> tuple[tuple[TableName, str], ...]:
    """Return a class name for every enum type of the catalogue, clear of the models'."""
    types = [type_.name for type_ in catalog.types if type_.kind is TypeKind.ENUM]
    taken = reserved_classes() | {model.lower() for model in models}
    kept: dict[TableName, str] = {}
    for name in sorted(types):
        if name in locked and locked[name].lower() not in taken | {other.lower() for other in kept.values()}:
            kept[name] = locked[name]
    settled = settle(
        [_enum_claimant(name, reader, plurals) for name in types if name not in kept],
        taken=taken | {name.lower() for name in kept.values()},
        claims=lambda _type, name: frozenset((name.lower(),)),
        numbered=numbered_camel,
        order=lambda type_: (type_.name, type_.schema),
    )
    return tuple(sorted({**settled, **kept}.items()))


def _single_entities(names: Iterable[Words], plurals: Plurals) -> frozenset[str]:
    single = {pieces[0] for pieces in names if len(pieces) == 1}
    return frozenset(single | {plurals.singular(word) for word in single} | {plurals.plural(word) for word in single})


def _fixed(
    words: Mapping[TableName, TableWords], given: Mapping[TableName, str], locked: Mapping[TableName, str]
) -> dict[TableName, str]:
    fixed = {name: own for name, own in given.items() if name in words}
    used = {own.lower() for own in fixed.values()}
    for name in sorted(locked):
        if name in words and name not in fixed and locked[name].lower() not in used:
            fixed[name] = locked[name]
            used.add(locked[name].lower())
    return fixed


def _claimant(name: TableName, words: TableWords) -> Claimant[TableName]:
    forms = [words.entity, (*words.schema, *words.entity), words.full, (*words.schema, *words.full)]
    if name.schema in _QUIET_SCHEMAS:
        forms = [words.entity, words.full, (*words.entity, "record"), (*words.schema, *words.full)]
    rank = (name.schema not in _QUIET_SCHEMAS, len(words.full) - len(words.entity), -words.pieces)
    return claimant(name, (camel(form, empty="Table") for form in forms), rank)


def _enum_claimant(name: TableName, reader: NameReader, plurals: Plurals) -> Claimant[TableName]:
    words = reader.spelled(fragments(name.name))
    core = tuple(word for word in words if word not in ("enum", "type", "t", "e")) or words
    if words[-1:] == ("type",):
        core = tuple(word for word in words if word != "enum") or words
    core = singular(core, plurals)
    schema = reader.spelled(fragments(name.schema))
    forms = (core, (*core, "choice"), (*schema, *core), (*schema, *core, "choice"))
    return claimant(name, (camel(form, empty="Choice") for form in forms), (name.schema not in _QUIET_SCHEMAS,))
