"""Exclusion constraints are kept: as Django's own where it has words for them, else in the server's."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Exclusion, Index, IndexPart
from onboard.passes.brief import Brief
from onboard.passes.conditions import condition
from onboard.passes.constraints import database_constraint, deferrable, renamed_note
from onboard.passes.examples import column, example, keyed
from onboard.passes.index_expressions import index_expression
from onboard.passes.model import ModelClass, Named, with_constraints, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import Argument, Written, argument, attribute, call, grouped, imported, listed, literal

_METHODS = ("gist", "spgist")  # what ExclusionConstraint of Django 5.2 takes
_OPERATORS = {
    "=": "EQUAL",
    "<>": "NOT_EQUAL",
    "@>": "CONTAINS",
    "<@": "CONTAINED_BY",
    "&&": "OVERLAPS",
    "<<": "FULLY_LT",
    ">>": "FULLY_GT",
    "&>": "NOT_LT",
    "&<": "NOT_GT",
    "-|-": "ADJACENT_TO",
}


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every exclusion constraint."""
    names = brief.plan.names.constraints
    constraints, notes = [], []
    for exclusion in brief.table.exclusions:
        name = names[brief.table.name, exclusion.name]
        found = _constraint(exclusion, name, brief)
        if found is None and exclusion.definition:
            found = database_constraint(brief, name, exclusion.definition)
            notes.append(f"The exclusion constraint `{exclusion.name}` is checked by the database alone.")
        constraints += [found] if found is not None else []
        notes += [renamed_note(exclusion.name, name)] if name != exclusion.name else []
    return with_notes(with_constraints(model, tuple(constraints)), tuple(notes))


def _constraint(exclusion: Exclusion, name: str, brief: Brief) -> Named | None:
    index = next((index for index in brief.table.indexes if index.constraint == exclusion.name), None)
    if index is None or exclusion.method not in _METHODS:
        return None
    expressions, where = _expressions(exclusion, index, brief), _where(exclusion, brief)
    if expressions is None or where is None:
        return None
    arguments = [argument("expressions", expressions), *where, *deferrable(exclusion)]
    if exclusion.method != "gist":
        arguments.append(argument("index_type", exclusion.method))
    if index.include:
        arguments.append(argument("include", listed(literal(brief.fields[column]) for column in index.include)))
    function = imported("django.contrib.postgres.constraints", "ExclusionConstraint")
    return Named(name, call(function, (*arguments, argument("name", name))))


def _where(exclusion: Exclusion, brief: Brief) -> tuple[Argument, ...] | None:
    if exclusion.predicate is None:
        return ()
    found = condition(exclusion.predicate, brief, is_filter=True)
    return (argument("condition", found),) if found is not None else None


def _expressions(exclusion: Exclusion, index: Index, brief: Brief) -> Written | None:
    pairs = []
    for part, (_, operator) in zip(index.parts, exclusion.elements, strict=True):
        expression = _expression(part, brief)
        if expression is None or operator not in _OPERATORS:
            return None
        spoken = attribute(imported("django.contrib.postgres.fields", "RangeOperators"), _OPERATORS[operator])
        pairs.append(grouped((expression, spoken)))
    return listed(pairs)


def _expression(part: IndexPart, brief: Brief) -> Written | None:
    if part.operator_class is not None or part.collation is not None:
        return None
    if part.column is not None:
        return literal(brief.fields[part.column])
    return index_expression(part.expression or "", brief)


PASS = Pass(
    "Keeps exclusion constraints.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        constraints = [DatabaseConstraint(definition='EXCLUDE (id WITH =)', name='note_one')]\n",
            replace(
                keyed("note", column("id")),
                exclusions=(Exclusion("note_one", "btree", (("id", "="),), definition="EXCLUDE (id WITH =)"),),
            ),
        ),
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        constraints = [ExclusionConstraint("
            "expressions=[('id', RangeOperators.EQUAL)], name='note_one')]\n",
            replace(
                keyed("note", column("id")),
                exclusions=(Exclusion("note_one", "gist", (("id", "="),)),),
                indexes=(Index("note_one", (IndexPart("id"),), "gist", constraint="note_one"),),
            ),
        ),
    ),
)
