"""Dsn + Selection -> Snapshot: asks each question once and puts the answers together."""

from __future__ import annotations

from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.postgresql import columns as columns_
from onboard.catalog.engines.postgresql import constraints as constraints_
from onboard.catalog.engines.postgresql import indexes as indexes_
from onboard.catalog.engines.postgresql import types as types_
from onboard.catalog.engines.postgresql.connection import one_picture
from onboard.catalog.engines.postgresql.relations import read_relations
from onboard.catalog.engines.postgresql.session import open_session
from onboard.catalog.engines.postgresql.versions import for_version
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog, Column, Table


def read(dsn: Dsn, selection: Selection) -> Snapshot:
    """Return the structure of the selected relations and the server's estimates of their rows."""
    with one_picture(dsn) as cursor:
        session = open_session(cursor, selection)
        version = session.version_number
        relations, left_out = read_relations(cursor, session.schemas, selection)
        oids = [relation.oid for relation in relations]
        columns = columns_.read_columns(cursor, oids)
        used = {(column.type_oid, column.modifier) for group in columns.values() for column in group.values()}
        types = types_.read_types(cursor, for_version(types_._TYPES, version), used)
        constraints = constraints_.read_constraints(cursor, for_version(constraints_._CONSTRAINTS, version), oids, [])
        indexes = indexes_.read_indexes(cursor, for_version(indexes_._INDEXES, version), oids)
        index_names = indexes_.read_index_names(cursor, indexes)
    tables = []
    for relation in relations:
        mine = columns[relation.oid]
        raws = constraints.by_relation[relation.oid]
        own = {raw.oid: raw for raw in indexes.get(relation.oid, ())}
        keys = {
            raw.name: (
                raw.letter,
                constraints_.as_key(
                    raw,
                    mine,
                    include=indexes_.included(own[raw.index_oid], mine),
                    nulls_not_distinct=own[raw.index_oid].nulls_not_distinct,
                ),
            )
            for raw in raws
            if raw.letter in "pu"
        }
        pk = [key for letter, key in keys.values() if letter == "p"]
        pk_columns = pk[0].columns if pk else ()
        tables.append(
            Table(
                name=relation.name,
                kind=relation.kind,
                columns=tuple(
                    Column(
                        name=raw.name,
                        type=types.by_key[raw.type_oid, raw.modifier],
                        is_nullable=not (
                            raw.is_not_null
                            or raw.name in pk_columns
                            or types.by_key[raw.type_oid, raw.modifier].is_not_null
                        ),
                        default=None if raw.generated else raw.expression,
                        identity={"a": "always", "d": "by default"}.get(raw.identity, ""),
                        generated=raw.expression if raw.generated else None,
                        is_stored=raw.generated != "v",
                        collation=raw.collation,
                        comment=raw.comment,
                    )
                    for raw in mine.values()
                ),
                primary_key=pk[0] if pk else None,
                uniques=tuple(sorted((k for letter, k in keys.values() if letter == "u"), key=lambda k: k.name)),
                foreign_keys=tuple(
                    sorted(
                        (constraints_.as_foreign_key(raw, columns) for raw in raws if raw.letter == "f"),
                        key=lambda k: k.name,
                    )
                ),
                checks=tuple(
                    sorted(
                        (constraints_.as_check(raw, mine) for raw in raws if raw.letter == "c"), key=lambda c: c.name
                    )
                ),
                indexes=tuple(
                    sorted(
                        (
                            indexes_.as_index(
                                raw,
                                mine,
                                index_names,
                                constraints.by_index[raw.oid].name if raw.oid in constraints.by_index else None,
                            )
                            for raw in own.values()
                        ),
                        key=lambda i: i.name,
                    )
                ),
                comment=relation.comment,
                view_definition=relation.view_definition,
                partition_key=relation.partition_key,
                has_row_security=relation.has_row_security,
                is_unlogged=relation.is_unlogged,
                is_readable=relation.is_readable,
            )
        )
    return Snapshot(
        catalog=Catalog(
            engine="postgresql",
            version=session.version,
            schemas=session.schemas,
            tables=tuple(tables),
            left_out=tuple(sorted(left_out, key=lambda one: one.name)),
        ),
        row_estimates=tuple((relation.name, relation.estimate) for relation in relations),
    )
