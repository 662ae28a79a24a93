"""Models, catalogue, differences, evidence -> how far each table is, and whether it may be promoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onboard.catalog.generated_key import has_generated_key
from onboard.catalog.lookup import by_name, columns_by_name, sequences_by_name
from onboard.catalog.structure import Catalog, Table, TableKind, TableName
from onboard.inference.proposals import Proposals
from onboard.migrations.promotion_order import promotion_order
from onboard.verify.column_types import types_agree
from onboard.verify.differences import Difference
from onboard.verify.expected import claimed_table, column_fields
from onboard.verify.subject import Subject
from onboard.verify.wording import in_one_line, is_grave


class Stage(StrEnum):
    """Whose table it is, by the model and by the record."""

    UNMANAGED = "unmanaged"
    PROMOTED = "promoted"
    TORN = "model and record disagree"


class Grade(StrEnum):
    """Whether it may be promoted."""

    READY = "ready"
    NOTES = "ready with notes"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing in the way of a promotion, and what takes it away."""

    reason: str
    remedy: str = ""  # empty where nothing does


@dataclass(frozen=True, slots=True)
class Readiness:
    """One table on the way to Django."""

    table: TableName
    model: str
    stage: Stage
    blockers: tuple[Blocker, ...]
    notes: tuple[str, ...]
    rows: int | None  # the server's estimate; None where it has none
    dependants: tuple[TableName, ...]  # tables that refer to it, declared or not, and views that read it; by name

    @property
    def grade(self) -> Grade:
        """Return the grade that blockers and notes give."""
        return Grade.BLOCKED if self.blockers else Grade.NOTES if self.notes else Grade.READY


def readiness(
    subject: Subject,
    catalog: Catalog,
    differences: Iterable[Difference],
    *,
    estimates: Iterable[tuple[TableName, int]] = (),
    proposals: Proposals | None = None,
) -> tuple[Readiness, ...]:
    """Return every table of the app, by name; `differences` are those of `verify(..., as_managed=True)`."""
    by_table: dict[str, list[Difference]] = {}
    for difference in differences:
        by_table.setdefault(difference.table, []).append(difference)
    tables, rows, dependants = by_name(catalog), dict(estimates), _dependants(subject, catalog)
    found = []
    for name in sorted(subject.models):
        table = tables.get(name)
        own = by_table.get(str(name), [])
        found.append(
            Readiness(
                name,
                subject.models[name].__name__,
                _stage(subject, name),
                tuple(_blockers(subject, name, table, own, proposals)),
                tuple(_notes(subject, catalog, table, own)) if table else (),
                rows[name] if rows.get(name, -1) >= 0 else None,
                tuple(sorted(dependants.get(name, ()))),
            )
        )
    return tuple(found)


def parents(subject: Subject, catalog: Catalog) -> Mapping[TableName, set[TableName]]:
    """Return what each table refers to, by its model and by its declared keys."""
    found: dict[TableName, set[TableName]] = {}
    for name, model in subject.models.items():
        claimed = claimed_table(model, subject.located, subject.connection)
        found[name] = {key.references for key in claimed.foreign_keys}
    for table in catalog.tables:
        if table.name in found:
            found[table.name] |= {key.references for key in table.foreign_keys}
    return found


def steps(subject: Subject, catalog: Catalog, tables: Iterable[TableName]) -> tuple[tuple[TableName, ...], ...]:
    """Return the order to promote these tables in."""
    return promotion_order(tuple(tables), parents(subject, catalog))


def _stage(subject: Subject, table: TableName) -> Stage:
    if subject.is_promoted(table):
        return Stage.PROMOTED
    return Stage.UNMANAGED if subject.is_unmanaged(table) else Stage.TORN


def _dependants(subject: Subject, catalog: Catalog) -> dict[TableName, set[TableName]]:
    """Return what refers to each table, by a declared key or by a relation of a model, and the views that read it."""
    found: dict[TableName, set[TableName]] = {}
    for name, model in subject.models.items():
        for claimed in claimed_table(model, subject.located, subject.connection).foreign_keys:
            found.setdefault(claimed.references, set()).add(name)
    for table in catalog.tables:
        for key in table.foreign_keys:
            found.setdefault(key.references, set()).add(table.name)
        for source in table.depends_on:
            found.setdefault(source, set()).add(table.name)
    return found


def _blockers(
    subject: Subject, name: TableName, table: Table | None, own: list[Difference], proposals: Proposals | None
) -> Iterator[Blocker]:
    model = subject.models[name]
    if table is not None and (table.is_view or table.kind is TableKind.FOREIGN):
        kind = "foreign table" if table.kind is TableKind.FOREIGN else table.kind.value
        yield Blocker(f"it is a {kind}: it stays unmanaged")
        return
    fields = list(column_fields(model, subject.connection))
    if not all(field in fields for field in model._meta.pk_fields):
        if table is not None and has_generated_key(table):
            yield Blocker("a generated column is in its key of several columns, which Django cannot have")
        else:
            yield Blocker("it has no key: the model stands on a read-only row address", _GIVE_KEY)
        return
    if subject.history.is_recorded_managed(model.__name__) is None:
        yield Blocker("no migration records the model", "Run `onboard generate`, which writes it.")
    if table is not None and not table.is_readable:
        yield Blocker("this role may not read it", "Grant SELECT on it to the role of the settings.")
    if table is not None and table.primary_key is None and (against := _against_the_key(name, proposals)):
        yield Blocker(f"{against} stand against its inferred key", "Mend these rows, then `onboard scan`.")
    for difference in own:
        if is_grave(difference):
            yield Blocker(in_one_line(difference), difference.remedy)


_GIVE_KEY = "Declare a primary key, or name one in `onboard.toml`, then `onboard scan` and `onboard generate`."


def _against_the_key(name: TableName, proposals: Proposals | None) -> str:
    """What the rows say against an inferred key; nothing where they were not counted."""
    for key in proposals.primary_keys if proposals else ():
        if key.table == name:
            counts = ((key.facts.duplicates, "duplicate rows"), (key.facts.nulls, "rows with NULL"))
            return " and ".join(f"{count} {what}" for count, what in counts if count)
    return ""


def _notes(subject: Subject, catalog: Catalog, table: Table, own: list[Difference]) -> Iterator[str]:
    if table.kind is TableKind.PARTITIONED:
        yield "partitioned: Django does not know of its partitions"
    elif table.kind in (TableKind.PARTITION, TableKind.CHILD) or table.parents:
        yield "part of another table: a change there reaches it"
    if table.primary_key is None:
        yield "its key is not declared in the database"
    if table.triggers:
        yield f"triggers that Django does not know of: {', '.join(table.triggers)}"
    if table.rules or table.has_row_security:
        yield "rules or row security act on it"
    if '"' in subject.models[table.name]._meta.db_table and catalog.engine == "postgresql":
        yield "named with its schema: Django's introspection does not find it, so dropping an unnamed unique will fail"
    if any(not key.is_valid for key in table.foreign_keys):
        yield "a foreign key is not validated"
    yield from _sequences_without_owner(catalog, table)
    yield from _relation_types(subject, catalog, table)
    yield from (in_one_line(difference) for difference in own if not is_grave(difference))


def _relation_types(subject: Subject, catalog: Catalog, table: Table) -> Iterator[str]:
    claimed = claimed_table(subject.models[table.name], subject.located, subject.connection)
    actual = columns_by_name(table)
    for column in claimed.columns:
        held = actual.get(column.name)
        if held and column.is_relation and not types_agree(catalog.engine, column.type, held.type):
            yield f"`{column.name}` is `{held.type.sql}`, its target `{column.type}`: Django takes it for the latter"


def _sequences_without_owner(catalog: Catalog, table: Table) -> Iterator[str]:
    """`sqlsequencereset`, `loaddata` and type changes find a sequence through the column that owns it."""
    sequences = sequences_by_name(catalog)
    for column in table.columns:
        sequence = sequences.get(column.sequence) if column.sequence else None
        if sequence is not None and sequence.owned_by is None:
            yield f"sequence `{sequence.name}` belongs to no column: `alter sequence ... owned by` lets Django find it"
