"""Functions -> their definition, and what must exist before it can be given."""

from __future__ import annotations

import re

from onboard.catalog.structure import Function, TableName
from onboard.migrations.ddl.mentions import names_in

_REPLACES = re.compile(r"\ACREATE OR REPLACE ")
_BODY = re.compile(r"^AS [$'\"]", re.MULTILINE)


def function_statement(function: Function) -> str:
    """Return the definition, in a form that never replaces a function that is there."""
    return _REPLACES.sub("create ", function.definition.rstrip())


def function_needs(function: Function) -> set[TableName]:
    """Return the names that must exist before the function can be made.

    A body in quotes is looked at when the function runs (`check_function_bodies` is off); types in the signature,
    and a body that is SQL itself (BEGIN ATOMIC, RETURN), are looked at now.
    """
    body = _BODY.search(function.definition)
    return names_in(function.definition[: body.start()] if body else function.definition) - {function.name}
