"""The indexes of the scanned relations. Source: `pg_index`, `pg_get_indexdef`, `pg_opclass`, `pg_collation`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.engines.postgresql.columns import RawColumn
from onboard.catalog.engines.postgresql.server import Server
from onboard.catalog.structure import Index, IndexPart

_INDEXES = b"""
select i.indrelid, i.indexrelid, c.relname::text, am.amname::text, am.oid,
       i.indkey::int2[], i.indnkeyatts, i.indoption::int2[], i.indclass::oid[], i.indcollation::oid[],
       case when i.indexprs is not null then array(
         select pg_catalog.pg_get_indexdef(i.indexrelid, k.place, false)
           from pg_catalog.generate_series(1, i.indnkeyatts::int4) as k(place)
          where i.indkey[k.place - 1] = 0 order by k.place) end,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid), i.indisunique, i.indisvalid and i.indisready,
       {nulls_not_distinct}, pg_catalog.pg_get_indexdef(i.indexrelid), d.description, c.reloptions
  from pg_catalog.unnest(%s::oid[]) as s(oid)
  join pg_catalog.pg_index i on i.indrelid = s.oid
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_am am on am.oid = c.relam
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
 order by i.indrelid, c.relname
"""

# Few rows whatever the number of tables: the operator classes of the server, and the collations that indexes name.
_OPERATOR_CLASSES = b"""
select 'class', o.oid, o.opcmethod, o.opcintype, o.opcdefault,
       case when n.nspname = 'pg_catalog' then pg_catalog.quote_ident(o.opcname)
            else pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(o.opcname) end
  from pg_catalog.pg_opclass o
  join pg_catalog.pg_namespace n on n.oid = o.opcnamespace
union all
select 'collation', l.oid, 0::oid, 0::oid, false,
       case when n.nspname = 'pg_catalog' then pg_catalog.quote_ident(l.collname)
            else pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(l.collname) end
  from pg_catalog.pg_collation l
  join pg_catalog.pg_namespace n on n.oid = l.collnamespace
 where l.oid = any (%s::oid[])
 order by 1, 2
"""

_DESCENDING, _NULLS_FIRST = 1, 2  # the bits of `indoption`


@dataclass(frozen=True, slots=True)
class RawIndex:
    """One row of `pg_index` with its names and expressions."""

    relation: int
    oid: int
    name: str
    method: str
    method_oid: int
    attributes: list[int]  # 0 for an expression; those past `key_count` are INCLUDEd
    key_count: int
    options: list[int]
    classes: list[int]
    collations: list[int]
    expressions: list[str] | None
    predicate: str | None
    is_unique: bool
    is_valid: bool
    nulls_not_distinct: bool
    definition: str
    comment: str | None
    storage: list[str] | None  # `fillfactor=70`


RawIndexes = Mapping[int, list[RawIndex]]  # by relation


@dataclass(frozen=True, slots=True)
class OperatorClass:
    """An operator class and whether it is its type's default in its method."""

    method: int
    type_oid: int
    is_default: bool
    name: str


@dataclass(frozen=True, slots=True)
class IndexNames:
    """The names that indexes need for what is not a default."""

    classes: Mapping[int, OperatorClass]
    defaults: Mapping[tuple[int, int], int]  # (method, type) -> its default class
    collations: Mapping[int, str]


def read_indexes(server: Server, relations: list[int]) -> RawIndexes:
    """Return the indexes by relation."""
    found: dict[int, list[RawIndex]] = defaultdict(list)
    for row in server.ask(_INDEXES, (relations,)):
        found[row[0]].append(RawIndex(*row))
    return found


def read_index_names(server: Server, indexes: RawIndexes) -> IndexNames:
    """Return the operator classes there are and the collations that the indexes use."""
    used = {collation for group in indexes.values() for index in group for collation in index.collations if collation}
    classes: dict[int, OperatorClass] = {}
    collations: dict[int, str] = {}
    for sort, oid, method, type_oid, is_default, name in server.ask(_OPERATOR_CLASSES, (sorted(used),)):
        if sort == "class":
            classes[oid] = OperatorClass(method, type_oid, is_default, name)
        else:
            collations[oid] = name
    defaults = {(found.method, found.type_oid): oid for oid, found in classes.items() if found.is_default}
    return IndexNames(classes, defaults, collations)


def as_index(raw: RawIndex, columns: Mapping[int, RawColumn], index_names: IndexNames, constraint: str | None) -> Index:
    """Return the index with its parts by name."""
    return Index(
        name=raw.name,
        parts=_parts(raw, columns, index_names),
        method=raw.method,
        include=included(raw, columns),
        predicate=raw.predicate,
        is_unique=raw.is_unique,
        is_valid=raw.is_valid,
        nulls_not_distinct=raw.nulls_not_distinct,
        constraint=constraint,
        definition=raw.definition,
        comment=raw.comment,
        options=tuple(sorted((name, value) for name, _, value in (one.partition("=") for one in raw.storage or ()))),
    )


def included(raw: RawIndex, columns: Mapping[int, RawColumn]) -> tuple[str, ...]:
    """Return the columns that the index carries without ordering by them."""
    return tuple(columns[number].name for number in raw.attributes[raw.key_count :])


def _parts(raw: RawIndex, columns: Mapping[int, RawColumn], index_names: IndexNames) -> tuple[IndexPart, ...]:
    expressions = iter(raw.expressions or ())
    parts: list[IndexPart] = []
    for place in range(raw.key_count):
        column = columns.get(raw.attributes[place])
        expression = None if column else _unwrapped(next(expressions))
        option, collation = raw.options[place], raw.collations[place]
        parts.append(
            IndexPart(
                column=column.name if column else None,
                expression=expression,
                operator_class=_class_name(raw, place, column, index_names),
                collation=_collation_name(raw, expression, collation, column, index_names),
                is_descending=bool(option & _DESCENDING),
                nulls_first=bool(option & _NULLS_FIRST),
            )
        )
    return tuple(parts)


def _class_name(raw: RawIndex, place: int, column: RawColumn | None, index_names: IndexNames) -> str | None:
    """Return the operator class unless the server would choose it by itself (`GetDefaultOpClass`)."""
    oid = raw.classes[place]
    used = index_names.classes[oid]
    if not used.is_default:
        return used.name
    exact = index_names.defaults.get((raw.method_oid, column.type_oid)) if column else None
    return used.name if exact not in (None, oid) else None


def _collation_name(
    raw: RawIndex, expression: str | None, collation: int, column: RawColumn | None, index_names: IndexNames
) -> str | None:
    """Return the collation where it is not the column's or expression's own."""
    if not collation or (column and column.collation_oid == collation):
        return None
    name = index_names.collations[collation]
    if column is None:
        # Nothing in the catalogue says what an expression's own collation is; the server knows, and writes others out.
        is_written = any(f"{form} COLLATE {name}" in raw.definition for form in (expression, f"({expression})"))
        return name if is_written else None
    return name


def _unwrapped(expression: str) -> str:
    """Return `((a || b))` as `(a || b)`: the server wraps what is no function call, wrapped already or not."""
    inner = expression[1:-1]
    return inner if _is_wrapped(expression) and _is_wrapped(inner) else expression


def _is_wrapped(text: str) -> bool:
    """Whether the first parenthesis is closed by the last character; parentheses in quotes do not count."""
    depth, quote = 0, ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return place == len(text) - 1 and place > 0
    return False
