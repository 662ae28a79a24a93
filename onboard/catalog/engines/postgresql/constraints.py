"""Keys, foreign keys, checks and exclusions of the scanned relations. Source: `pg_constraint`.

The NOT NULL constraints that version 18 lists there (`contype` 'n') are facts of columns and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from onboard.catalog.engines.postgresql.columns import RawColumn, RawColumns
from onboard.catalog.engines.postgresql.server import Server
from onboard.catalog.structure import Check, Exclusion, ForeignKey, Index, Key, TableName

# A foreign key to a partitioned table has a shadow for each partition; those hang on the same table as their parent.
_CONSTRAINTS = b"""
select con.conrelid, con.contypid, con.oid, con.conname::text, con.contype::text, con.conkey,
       con.condeferrable, con.condeferred, con.convalidated, con.connoinherit, con.conindid,
       con.confrelid, fn.nspname::text, fc.relname::text, con.confkey,
       case when fc.oid is not null and s.oid is null then array(
         select a.attname::text
           from pg_catalog.unnest(con.confkey) with ordinality as k(attnum, place)
           join pg_catalog.pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.attnum
          order by k.place) end,
       con.confdeltype::text, con.confupdtype::text, con.confmatchtype::text,
       case when con.contype = 'c' then pg_catalog.pg_get_expr(con.conbin, con.conrelid) end,
       pg_catalog.pg_get_constraintdef(con.oid), d.description, {is_enforced}, {without_overlaps},
       case when con.contype = 'x' then array(
         select case when on_.nspname = 'pg_catalog' then o.oprname::text
                     else 'OPERATOR(' || pg_catalog.quote_ident(on_.nspname) || '.' || o.oprname || ')' end
           from pg_catalog.unnest(con.conexclop) with ordinality as k(oid, place)
           join pg_catalog.pg_operator o on o.oid = k.oid
           join pg_catalog.pg_namespace on_ on on_.oid = o.oprnamespace
          order by k.place) end
  from pg_catalog.pg_constraint con
  left join pg_catalog.unnest(%(relations)s::oid[]) as own(oid) on own.oid = con.conrelid
  left join pg_catalog.unnest(%(types)s::oid[]) as domain(oid) on domain.oid = con.contypid
  left join pg_catalog.pg_class fc on fc.oid = con.confrelid
  left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
  left join pg_catalog.unnest(%(relations)s::oid[]) as s(oid) on s.oid = con.confrelid
  left join pg_catalog.pg_constraint parent on parent.oid = con.conparentid
  left join pg_catalog.pg_description d
    on d.objoid = con.oid and d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objsubid = 0
 where con.contype in ('p', 'u', 'f', 'c', 'x')
   and (own.oid is not null or domain.oid is not null)
   and (parent.oid is null or parent.conrelid <> con.conrelid)
 order by con.oid
"""

_ACTIONS = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_MATCHES = {"s": "simple", "f": "full", "p": "partial"}


@dataclass(frozen=True, slots=True)
class RawConstraint:
    """One row of `pg_constraint` with the names it needs."""

    relation: int
    type_oid: int
    oid: int
    name: str
    letter: str
    columns: list[int] | None
    is_deferrable: bool
    is_deferred: bool
    is_valid: bool
    is_no_inherit: bool
    index_oid: int
    referenced: int
    referenced_schema: str | None
    referenced_table: str | None
    referenced_columns: list[int] | None
    referenced_names: list[str] | None  # only where the referenced table is not scanned
    on_delete: str
    on_update: str
    match: str
    expression: str | None
    definition: str
    comment: str | None
    is_enforced: bool
    without_overlaps: bool
    operators: list[str] | None


@dataclass(slots=True)
class Constraints:
    """The constraints by relation or domain."""

    by_relation: dict[int, list[RawConstraint]] = field(default_factory=lambda: defaultdict(list))
    by_domain: dict[int, list[RawConstraint]] = field(default_factory=lambda: defaultdict(list))
    by_index: dict[int, RawConstraint] = field(default_factory=dict)  # primary, unique and exclusion constraints

    @property
    def all(self) -> list[list[RawConstraint]]:
        """Every constraint, in groups."""
        return [*self.by_relation.values(), *self.by_domain.values()]


def read_constraints(server: Server, relations: list[int], domains: list[int]) -> Constraints:
    """Return the constraints of the relations and of the domains."""
    found = Constraints()
    for row in server.ask(_CONSTRAINTS, {"relations": relations, "types": domains}):
        constraint = RawConstraint(*row)
        if constraint.type_oid:
            found.by_domain[constraint.type_oid].append(constraint)
            continue
        found.by_relation[constraint.relation].append(constraint)
        if constraint.letter in "pux":
            found.by_index[constraint.index_oid] = constraint
    return found


def as_foreign_key(raw: RawConstraint, columns: RawColumns) -> ForeignKey:
    """Return the foreign key with both sides by name."""
    other = columns.get(raw.referenced)
    return ForeignKey(
        name=raw.name,
        columns=names(columns[raw.relation], raw.columns),
        references=TableName(raw.referenced_schema or "", raw.referenced_table or ""),
        referenced_columns=tuple(raw.referenced_names or ()) if other is None else names(other, raw.referenced_columns),
        on_delete=_ACTIONS[raw.on_delete],
        on_update=_ACTIONS[raw.on_update],
        match=_MATCHES[raw.match],
        is_deferrable=raw.is_deferrable,
        is_initially_deferred=raw.is_deferred,
        is_valid=raw.is_valid,
        definition=raw.definition,
        comment=raw.comment,
    )


def as_check(raw: RawConstraint, columns: Mapping[int, RawColumn]) -> Check:
    """Return the check of a table; of a domain with no columns."""
    return Check(
        name=raw.name,
        expression=raw.expression or "",
        columns=names(columns, sorted(set(raw.columns or ()))),
        is_valid=raw.is_valid,
        is_no_inherit=raw.is_no_inherit,
        is_enforced=raw.is_enforced,
        definition=raw.definition,
        comment=raw.comment,
    )


def as_key(
    raw: RawConstraint, columns: Mapping[int, RawColumn], *, include: tuple[str, ...], nulls_not_distinct: bool
) -> Key:
    """Return the primary key or unique constraint; its index says what it includes."""
    return Key(
        name=raw.name,
        columns=names(columns, raw.columns),
        is_deferrable=raw.is_deferrable,
        is_initially_deferred=raw.is_deferred,
        nulls_not_distinct=nulls_not_distinct,
        include=include,
        without_overlaps=raw.without_overlaps,
        definition=raw.definition,
        comment=raw.comment,
    )


def as_exclusion(raw: RawConstraint, index: Index) -> Exclusion:
    """Return the exclusion constraint; the index behind it says what is compared, how and for which rows."""
    parts = (part.column or part.expression or "" for part in index.parts)
    return Exclusion(
        name=raw.name,
        method=index.method,
        elements=tuple(zip(parts, raw.operators or (), strict=True)),
        predicate=index.predicate,
        is_deferrable=raw.is_deferrable,
        is_initially_deferred=raw.is_deferred,
        definition=raw.definition,
    )


def names(columns: Mapping[int, RawColumn], numbers: list[int] | None) -> tuple[str, ...]:
    """Return the names of the attributes, system columns and the whole row (number 0) left out."""
    return tuple(columns[number].name for number in numbers or () if number in columns)
