"""Models + Catalog -> Differences: every claim of the models held against the structure that was read.

Reads nothing itself: the catalogue is whatever the caller read (a live database, or a recorded scan).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.lookup import by_name, columns_by_name
from onboard.catalog.structure import LOCKED, Catalog, TableName
from onboard.declared import declared
from onboard.verify import checks
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedTable
from onboard.verify.differences import Difference, Severity
from onboard.verify.expected import claimed_table
from onboard.verify.located import located


def verify(
    models: Iterable[type[Model]],
    catalog: Catalog,
    *,
    connection: BaseDatabaseWrapper,
    search_path: tuple[str, ...] = (),
    as_managed: bool = False,
    with_uncompared: bool = False,
) -> tuple[Difference, ...]:
    """Return every difference between the models and the catalogue, by table, then place.

    `with_uncompared` also names what could not be compared (`Severity.UNSURE`). `as_managed` also holds unmanaged
    models to what Django relies on once it owns a table: a declared primary key above all. One look-up a claim; no
    statement is sent.
    """
    found = located(catalog, search_path)
    claims = (claimed_table(model, found, connection) for model in models if is_table(model))
    claims = (replace(claim, is_managed=claim.is_managed or as_managed) for claim in claims)
    differences = verify_claims(claims, catalog)
    return tuple(one for one in differences if with_uncompared or one.severity is not Severity.UNSURE)


def is_table(model: type[Model]) -> bool:
    """Whether the model has a table of its own: proxies and swapped models have none."""
    return not model._meta.proxy and not model._meta.swapped and not model._meta.abstract


def verify_claims(claims: Iterable[ClaimedTable], catalog: Catalog) -> tuple[Difference, ...]:
    """Return every difference between claims and the catalogue, by table, then place."""
    claims = tuple(claims)
    compared = frozenset(claimed.table for claimed in claims)
    collected = declared(checks, "CHECK", Check)
    tables, keys, shared = by_name(catalog), _keys(catalog), _shared_names(catalog)
    left_out = {one.name: one.reason for one in catalog.left_out}
    differences: list[Difference] = []
    for claimed in claims:
        table = tables.get(claimed.table)
        if table is None and claimed.table in left_out:
            differences.append(_unread(claimed, left_out[claimed.table]))
            continue
        if table is None:
            differences.append(_missing(claimed))
            continue
        held = Held(catalog.engine, claimed, table, columns_by_name(table), keys, shared)
        for check in collected:
            differences.extend(check.find(held))
        differences.extend(_join_tables(claimed, compared.union(tables)))
    return tuple(sorted(differences, key=lambda one: (one.table, one.place, one.kind)))


def _join_tables(claimed: ClaimedTable, tables: Collection[TableName]) -> Iterator[Difference]:
    """A relation to many whose join table is neither there nor compared: promoting would record, not make it."""
    for field, name in claimed.join_tables:
        if name not in tables:
            yield Difference(
                "join_table_missing",
                Severity.BREAKS,
                str(claimed.table),
                field,
                f"a relation to many over `{name}`",
                "no such table",
                "Take the field out, promote, and put it back: then `makemigrations` makes the table.",
            )


def _keys(catalog: Catalog) -> frozenset[tuple[TableName, frozenset[str]]]:
    """Every primary key and every uniqueness over plain columns."""
    found = set()
    for table in catalog.tables:
        keys = [key.columns for key in (table.primary_key, *table.uniques) if key is not None]
        keys += [index.columns for index in table.indexes if index.is_unique and index.is_plain]
        found |= {(table.name, frozenset(columns)) for columns in keys}
    return frozenset(found)


def _shared_names(catalog: Catalog) -> frozenset[str]:
    """Names that Django wants only once in an app, and that the database has on several tables."""
    counts: Counter[str] = Counter()
    for table in catalog.tables:
        names = {index.name for index in table.indexes} | {unique.name for unique in table.uniques}
        names |= {check.name for check in table.checks}
        counts.update({name.lower() for name in names})
    return frozenset(name for name, count in counts.items() if count > 1)


def _unread(claimed: ClaimedTable, reason: str) -> Difference:
    """What is locked now has not been proven; a virtual table, or an extension's, is made by neither."""
    is_locked = reason == LOCKED
    return Difference(
        "table_unread",
        Severity.LIES if is_locked else Severity.COSMETIC,
        str(claimed.table),
        "",
        f"`{claimed.model}`",
        f"a table whose structure is not read: {reason}",
        "Run it again when the lock is gone." if is_locked else "Look at it yourself.",
    )


def _missing(claimed: ClaimedTable) -> Difference:
    return Difference(
        "table_missing",
        Severity.BREAKS,
        str(claimed.table),
        "",
        f"`{claimed.model}`",
        "no such table, or none that this role may see",
        "Look whether it was dropped or renamed, then `onboard scan` and `onboard generate`.",
    )
