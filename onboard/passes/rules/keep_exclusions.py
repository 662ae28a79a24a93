"""Exclusion constraints are kept in the server's own words."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Exclusion
from onboard.passes.brief import Brief
from onboard.passes.constraints import database_constraint
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import ModelClass, with_constraints
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write every exclusion constraint."""
    names = brief.plan.names.constraints
    return with_constraints(
        model,
        tuple(
            database_constraint(brief, names[brief.table.name, exclusion.name], exclusion.definition)
            for exclusion in brief.table.exclusions
            if exclusion.definition
        ),
    )


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
    ),
)
