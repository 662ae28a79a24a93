"""Foreign keys of one column become relations that promise what the database holds, and no more."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ForeignKey
from onboard.decisions.decisions import RelationDecision
from onboard.inference.proposals import Origin
from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed, name_of
from onboard.passes.model import FieldLine, ModelClass, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import Argument, Written, argument, literal, models

_KEPT = ("null", "blank", "primary_key")


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every sound relation of one column."""
    fields = tuple(
        _related(line, brief.relations[line.column], brief)
        if line.column is not None and line.column in brief.relations
        else line
        for line in model.fields
    )
    return with_notes(replace(model, fields=fields), _notes(brief))


def _related(line: FieldLine, relation: RelationDecision, brief: Brief) -> FieldLine:
    key = brief.decision.primary_key
    is_key = key is not None and key.columns == relation.columns
    arguments = [
        Argument(None, _target(relation, brief)),
        argument("on_delete", models(_on_delete(relation, brief))),
        argument("db_index", False),
        *(given for given in line.arguments if given.keyword in _KEPT),
    ]
    target = brief.plan.decided[relation.references]
    if target.primary_key is None or target.primary_key.columns != relation.referenced_columns:
        arguments.append(argument("to_field", dict(target.fields)[relation.referenced_columns[0]]))
    if relation.related_name is not None:
        arguments.append(argument("related_name", relation.related_name))
    if relation.origin is Origin.INFERRED:
        arguments.append(argument("db_constraint", False))
    function = models("OneToOneField" if relation.is_one_to_one or is_key else "ForeignKey")
    return replace(line, function=function, arguments=tuple(arguments))


def _target(relation: RelationDecision, brief: Brief) -> Written:
    model = brief.plan.decided[relation.references].model
    spoken = "self" if relation.references == brief.table.name else model
    return Written(literal(spoken).node, literal(f"{brief.plan.app}.{model.lower()}").node)


def _on_delete(relation: RelationDecision, brief: Brief) -> str:
    is_nullable = _may_be_null(relation, brief)
    if brief.plan.target.on_delete == "database" and brief.plan.target.django >= (6, 1):
        has_default = brief.columns[relation.columns[0]].default is not None
        kinds = {"cascade": "DB_CASCADE"}
        kinds |= {"set null": "DB_SET_NULL"} if is_nullable else {}
        kinds |= {"set default": "DB_SET_DEFAULT"} if has_default else {}
        return kinds.get(relation.on_delete, "DO_NOTHING")
    match relation.on_delete:
        case "cascade":
            return "CASCADE"
        case "set null" if is_nullable:
            return "SET_NULL"
        case "set null" | "set default":  # Django's own SET_DEFAULT asks for a default in Python
            return "DO_NOTHING"
    return "PROTECT"


def _may_be_null(relation: RelationDecision, brief: Brief) -> bool:
    column = relation.columns[0]
    key = brief.decision.primary_key
    return brief.columns[column].is_nullable and (key is None or column not in key.columns)


def _notes(brief: Brief) -> tuple[str, ...]:
    declared = {key.columns: key for key in brief.table.foreign_keys}
    notes = []
    for relation in brief.decision.relations:
        spelled = ", ".join(f"`{column}`" for column in relation.columns)
        key = declared.get(relation.columns)
        if len(relation.columns) == 1 and relation.columns[0] not in brief.relations:
            notes.append(
                f"{spelled} refers to `{relation.references}`, which no model can be related to; it stays plain."
            )
            continue
        if relation.columns[0] in brief.relations and len(relation.columns) == 1:
            notes += _type_notes(relation, brief) + _join_notes(relation, brief)
        if key is None:
            continue
        if key.on_update != "no action":
            notes.append(f"{spelled}: Django does not know ON UPDATE {key.on_update.upper()} of `{key.name}`.")
        if key.match != "simple":
            notes.append(f"{spelled}: Django does not know MATCH {key.match.upper()} of `{key.name}`.")
        if not key.is_valid:
            notes.append(f"{spelled}: `{key.name}` is NOT VALID: rows from before it may break it.")
        if _on_delete_is_left(relation, brief):
            notes.append(f"{spelled}: ON DELETE {relation.on_delete.upper()} is left to the database.")
    return tuple(notes)


def _type_notes(relation: RelationDecision, brief: Brief) -> list[str]:
    own = brief.columns[relation.columns[0]].type.sql
    theirs = brief.plan.tables[relation.references].column(relation.referenced_columns[0]).type.sql
    if own == theirs:
        return []
    return [f"`{relation.columns[0]}` is `{own}` and refers to `{theirs}`: Django takes both for the latter."]


def _join_notes(relation: RelationDecision, brief: Brief) -> list[str]:
    """Django's `Join.as_sql` formats the names in its condition once more (5.2 to 6.1), which halves each `%`."""
    target = relation.references.name
    names = (brief.table.name.name, *relation.columns, target, *relation.referenced_columns)
    if not any("%" in name for name in names):
        return []
    return [f"`{relation.columns[0]}`: Django cannot join `{target}` for the `%` in a name; the row itself it fetches."]


def _on_delete_is_left(relation: RelationDecision, brief: Brief) -> bool:
    is_left = relation.on_delete in ("set null", "set default")
    return len(relation.columns) == 1 and is_left and _on_delete(relation, brief) == "DO_NOTHING"


PASS = Pass(
    "Turns foreign keys of one column into relations that promise what the database holds.",
    Phase.KEYS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n"
            "    c2 = models.ForeignKey('T2', models.DO_NOTHING, db_column='c2')\n",
            "    c1 = models.IntegerField(primary_key=True)\n"
            "    c2 = models.ForeignKey('Account', on_delete=models.CASCADE, db_index=False)\n",
            replace(
                keyed("customer", column("id"), column("account_id")),
                foreign_keys=(ForeignKey("fk", ("account_id",), name_of("account"), ("id",), "cascade"),),
            ),
            keyed("account", column("id")),
        ),
    ),
)
