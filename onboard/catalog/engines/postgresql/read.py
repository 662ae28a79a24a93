"""Dsn + Selection -> Snapshot: asks each question once, all inside one transaction, and puts the answers together."""

from __future__ import annotations

from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.postgresql.attachments import read_attachments
from onboard.catalog.engines.postgresql.columns import RawColumns, read_columns
from onboard.catalog.engines.postgresql.connection import UNDECODABLE, CatalogueChanged, TableLocked, one_picture
from onboard.catalog.engines.postgresql.constraints import Constraints, as_check, read_constraints
from onboard.catalog.engines.postgresql.encodings import tolerate, without_undecodable
from onboard.catalog.engines.postgresql.functions import read_functions
from onboard.catalog.engines.postgresql.indexes import RawIndexes, read_index_names, read_indexes
from onboard.catalog.engines.postgresql.relations import VIEWS, Relation, read_relations
from onboard.catalog.engines.postgresql.sequences import read_sequences
from onboard.catalog.engines.postgresql.server import Cursor, Server
from onboard.catalog.engines.postgresql.session import open_session
from onboard.catalog.engines.postgresql.tables import Answers, as_table, estimate
from onboard.catalog.engines.postgresql.types import Types, read_types, user_types
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog, Check
from onboard.errors import NothingDone

_ATTEMPTS = 30
_WAITS = 3  # for a lock, before the tables that are held are left out


def read(dsn: Dsn, selection: Selection) -> Snapshot:
    """Return the structure of the selected relations and the server's estimates of their rows.

    Reads again, a few times, where the structure changes under its hands; NothingDone if it does so every time.
    Tables that somebody else holds all the while are left out, with that reason.
    """
    reason, waits = "", 0
    for _ in range(_ATTEMPTS):
        try:
            return _read_once(dsn, selection, pass_locked=waits >= _WAITS, look_at_views=waits == 0)
        except CatalogueChanged as error:
            waits += isinstance(error, TableLocked)
            reason = str(error)
    raise NothingDone(
        f"The structure changes while it is read: {reason}",
        where=f"`{dsn.describe()}`",
        remedy="Scan again when no migration is running.",
    )


def _read_once(dsn: Dsn, selection: Selection, *, pass_locked: bool, look_at_views: bool) -> Snapshot:
    try:
        with one_picture(dsn) as cursor:
            return _snapshot(cursor, selection, pass_locked=pass_locked, look_at_views=look_at_views)
    except UNDECODABLE:
        with one_picture(dsn) as cursor:
            tolerate(cursor)
            return without_undecodable(_snapshot(cursor, selection, pass_locked=pass_locked, look_at_views=False))


def _snapshot(cursor: Cursor, selection: Selection, *, pass_locked: bool, look_at_views: bool) -> Snapshot:
    session = open_session(cursor, selection)
    server = Server(cursor, session.version_number)
    relations, left_out, views = read_relations(
        server, session.schemas, selection, pass_locked=pass_locked, look_at_views=look_at_views
    )
    oids = [relation.oid for relation in relations]
    columns = read_columns(server, oids)
    types = read_types(server, {(one.type_oid, one.modifier) for group in columns.values() for one in group.values()})
    constraints = read_constraints(server, oids, [raw.oid for raw in types.raw.values() if raw.letter == "d"])
    indexes = read_indexes(server, oids)
    names = read_index_names(server, indexes)
    sequences = read_sequences(server, columns)
    attachments = read_attachments(server, oids)
    functions, extensions = read_functions(server, _users(relations, columns, types, constraints, indexes))
    _require_whole(relations, columns, types, constraints, indexes)
    answers = Answers(columns, types, constraints, indexes, names, sequences, attachments, types.forbidding_null)
    catalog = Catalog(
        engine="postgresql",
        version=session.version,
        schemas=session.schemas,
        tables=tuple(as_table(relation, answers) for relation in relations),
        types=user_types(types, _domain_checks(constraints)),
        sequences=sequences.all,
        functions=functions,
        extensions=extensions,
        left_out=tuple(sorted(left_out, key=lambda one: one.name)),
    )
    estimates = tuple((relation.name, estimate(relation, answers)) for relation in relations)
    return Snapshot(catalog, estimates, views, session.passed_over)


def _require_whole(
    relations: list[Relation], columns: RawColumns, types: Types, constraints: Constraints, indexes: RawIndexes
) -> None:
    """Make sure that the server found every definition: it answers NULL for what was dropped meanwhile."""
    answered: list[object] = [relation.is_readable for relation in relations]
    answered += [one.view_definition for one in relations if one.kind in VIEWS]
    answered += [one.expression for group in columns.values() for one in group.values() if one.default_oid]
    answered += [raw.definition for group in indexes.values() for raw in group]
    answered += [raw.definition for group in constraints.all for raw in group]
    answered += [None if raw.sql.startswith("???") else raw.sql for raw in types.raw.values()]
    if None in answered:
        raise CatalogueChanged("an object was dropped meanwhile")


def _domain_checks(constraints: Constraints) -> dict[int, tuple[Check, ...]]:
    return {
        domain: tuple(sorted((as_check(raw, {}) for raw in raws), key=lambda check: (check.name, check.expression)))
        for domain, raws in constraints.by_domain.items()
    }


def _users(
    relations: list[Relation], columns: RawColumns, types: Types, constraints: Constraints, indexes: RawIndexes
) -> dict[str, list[int]]:
    """Return the objects whose functions and extensions are asked for, by the catalogue they are rows of."""
    every = [raw for group in indexes.values() for raw in group]
    return {
        "defaults": [one.default_oid for group in columns.values() for one in group.values() if one.default_oid],
        "constraints": [raw.oid for raws in constraints.all for raw in raws],
        "relations": [relation.oid for relation in relations] + [raw.oid for raw in every],
        "types": types.oids,
        "classes": [oid for raw in every for oid in raw.classes],
        "methods": [raw.method_oid for raw in every],
        "views": [relation.oid for relation in relations if relation.view_definition is not None],
    }
