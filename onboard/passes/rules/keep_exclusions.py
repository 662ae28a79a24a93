"""Exclusion constraints are kept in the server's own words."""

from __future__ import annotations

from onboard.passes.brief import Brief
from onboard.passes.constraints import database_constraint
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


PASS = Pass("Keeps exclusion constraints.", Phase.STRUCTURE, rewrite)
