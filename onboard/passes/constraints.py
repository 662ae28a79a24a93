"""Constraints that Django has no words for, as a helper class that keeps the server's own."""

from __future__ import annotations

from onboard.passes.brief import Brief
from onboard.passes.model import Named
from onboard.passes.written import argument, call, helper


def database_constraint(brief: Brief, name: str, definition: str) -> Named:
    """Return a constraint by its definition, such as `CHECK ((price > 0))`."""
    arguments = (argument("definition", definition), argument("name", name))
    return Named(name, call(helper(brief.plan.app, "DatabaseConstraint"), arguments))


def renamed_note(name: str, given: str) -> str:
    """Say that a constraint goes by another name in the model."""
    return f"The constraint `{name}` is called `{given}` in the model: Django cannot have that name, or has it already."
