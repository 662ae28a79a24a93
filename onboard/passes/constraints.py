"""Constraints that Django has no words for, as a helper class that keeps the server's own."""

from __future__ import annotations

from onboard.catalog.structure import Exclusion, Key
from onboard.passes.brief import Brief
from onboard.passes.model import Named
from onboard.passes.written import Argument, argument, call, helper, models


def database_constraint(brief: Brief, name: str, definition: str) -> Named:
    """Return a constraint by its definition, such as `CHECK ((price > 0))`."""
    arguments = (argument("definition", definition), argument("name", name), *vendor(brief))
    return Named(name, call(helper(brief.plan.app, "DatabaseConstraint"), arguments))


def vendor(brief: Brief) -> tuple[Argument, ...]:
    """Whose words they are, said where it is not PostgreSQL."""
    engine = brief.plan.catalog.engine
    return () if engine == "postgresql" else (argument("vendor", engine),)


def deferrable(constraint: Key | Exclusion) -> tuple[Argument, ...]:
    """When the constraint is checked, where it may wait."""
    if not constraint.is_deferrable:
        return ()
    kind = "DEFERRED" if constraint.is_initially_deferred else "IMMEDIATE"
    return (argument("deferrable", models(f"Deferrable.{kind}")),)


def renamed_note(name: str, given: str) -> str:
    """Say that a constraint goes by another name in the model."""
    return f"The constraint `{name}` is called `{given}` in the model: Django cannot have that name, or has it already."
