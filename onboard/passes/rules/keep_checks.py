"""Checks keep their names: as expressions where they are simple, else in the server's own words."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Check
from onboard.passes.brief import Brief
from onboard.passes.conditions import condition
from onboard.passes.constraints import database_constraint, renamed_note
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import ModelClass, Named, with_constraints, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import argument, call, models


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every check."""
    names = brief.plan.names.constraints
    checks = tuple(
        (names[brief.table.name, check.name] if check.name else f"{brief.table.name.name}_check_{number}", check)
        for number, check in enumerate(brief.table.checks, 1)
    )
    renamed = tuple(renamed_note(check.name, name) for name, check in checks if check.name and name != check.name)
    return with_notes(
        with_constraints(model, tuple(_constraint(name, check, brief) for name, check in checks)), renamed
    )


def _constraint(name: str, check: Check, brief: Brief) -> Named:
    is_whole = check.is_valid and not check.is_no_inherit and check.is_enforced
    found = condition(check.expression, brief) if is_whole else None
    if found is None:
        return database_constraint(brief, name, check.definition or f"CHECK ({check.expression})")
    return Named(name, call(models("CheckConstraint"), (argument("condition", found), argument("name", name))))


PASS = Pass(
    "Keeps check constraints.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n\n    class Meta:\n"
            "        constraints = [DatabaseConstraint(definition='CHECK ((abs(id) > 2))', name='note_far')]\n",
            replace(keyed("note", column("id")), checks=(Check("note_far", "(abs(id) > 2)", ("id",)),)),
        ),
    ),
)
