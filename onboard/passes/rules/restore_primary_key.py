"""The primary key is explicit, of its real type, never null; a composite one names fields; none is a row address."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.generated_key import has_generated_key
from onboard.catalog.rowid import rowid_name
from onboard.catalog.structure import Column, TypeKind
from onboard.decisions.decisions import KeyDecision
from onboard.inference.proposals import Origin
from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import FieldLine, ModelClass, with_arguments, with_notes, without_arguments
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import Written, argument, helper, models

_AUTO = {"int2": "SmallAutoField", "int4": "AutoField", "int8": "BigAutoField"}
_READ_ONLY = "it can be read, and its rows are addressed by where they lie, but not saved or deleted"
_NO_KEY = "has no key"
_GENERATED_KEY = "has a key of several columns with a generated one, which Django cannot have"


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write the key that was decided."""
    key = brief.decision.primary_key
    if key is None:
        return _addressed(model, brief)
    fields = tuple(_keyed(line, key, brief) for line in model.fields if line.column is not None)
    if len(key.columns) > 1:
        names = tuple(argument(None, brief.fields[column]) for column in key.columns)
        fields = (FieldLine("pk", None, models("CompositePrimaryKey"), names), *fields)
    model = replace(model, fields=fields, mixins=_read_only(brief) if brief.table.is_view else model.mixins)
    return with_notes(model, _notes(key, brief))


def _keyed(line: FieldLine, key: KeyDecision, brief: Brief) -> FieldLine:
    if line.column not in key.columns:
        return without_arguments(line, "primary_key")
    line = without_arguments(line, "null", "blank", "primary_key")
    if len(key.columns) > 1:
        return line
    line = with_arguments(line, primary_key=True)
    auto = _auto_field(brief, brief.columns[key.columns[0]])
    return line if auto is None else replace(line, function=models(auto))


def _auto_field(brief: Brief, column: Column) -> str | None:
    """The automatic field of a column whose values the database draws itself, in the column's own size."""
    if column.name in brief.relations or column.generated is not None or brief.table.is_view:
        return None
    if brief.plan.catalog.engine == "sqlite":
        is_rowid = column.type.sql.strip().lower() == "integer" and not brief.table.is_without_rowid
        return "AutoField" if is_rowid else None
    is_drawn = column.identity or (column.default or "").startswith("nextval(")
    is_own = column.type.kind is TypeKind.BASE and column.type.schema == "pg_catalog"
    return _AUTO.get(column.type.name) if is_drawn and is_own else None


def _addressed(model: ModelClass, brief: Brief) -> ModelClass:
    taken = {name for _, name in brief.decision.fields}
    name = next(name for name in ("row_address", "row_address_2", "row_address_3") if name not in taken)
    place = (rowid_name(brief.table) or "rowid") if brief.plan.catalog.engine == "sqlite" else "ctid"
    arguments = (argument("primary_key", True), argument("db_column", place))
    address = FieldLine(name, None, helper(brief.plan.app, "RowAddress"), arguments)
    fields = (address, *(without_arguments(line, "primary_key") for line in model.fields if line.column is not None))
    reason = _GENERATED_KEY if has_generated_key(brief.table) else _NO_KEY
    return with_notes(replace(model, fields=fields, mixins=_read_only(brief)), (f"The table {reason}: {_READ_ONLY}.",))


def _read_only(brief: Brief) -> tuple[Written, ...]:
    return (helper(brief.plan.app, "ReadOnly"),)


def _notes(key: KeyDecision, brief: Brief) -> tuple[str, ...]:
    notes = [
        f"`{name}` is nullable in the database, though it is in the primary key that was inferred."
        for name in key.columns
        if key.origin is Origin.INFERRED and brief.columns[name].is_nullable and not brief.table.is_view
    ]
    if brief.table.is_view:
        notes.append("A view: its rows can be read, not saved or deleted through Django.")
    return tuple(notes)


PASS = Pass(
    "Writes the primary key explicitly, with its real type.",
    Phase.KEYS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.AutoField(primary_key=True)\n",
            keyed("account", column("id", default="nextval('public.account_id_seq'::regclass)")),
        ),
        example(
            "    pk = models.CompositePrimaryKey('c1', 'c2')\n"
            "    c1 = models.IntegerField()\n"
            "    c2 = models.IntegerField()\n",
            "    pk = models.CompositePrimaryKey('Order-ID', 'Line')\n"
            "    c1 = models.IntegerField()\n    c2 = models.IntegerField()\n",
            keyed("line", column("Order-ID"), column("Line"), key=("Order-ID", "Line")),
        ),
    ),
)
