"""Draft text -> ModelClass, line by line: inspectdb writes one statement a line and its identifiers are neutral.

So most lines recur and each distinct one is parsed once. inspectdb's Meta and its remarks are not read: the passes
write Meta from the Catalog.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import libcst as cst

from onboard.passes.model import FieldLine, ModelClass
from onboard.passes.source import Import
from onboard.passes.written import Argument, Written, models


def parse_draft(text: str, columns: Mapping[str, str]) -> ModelClass:
    """Return the class that a draft holds; `columns` says which column a placeholder stands for."""
    lines = text.splitlines()
    fields = []
    for line in lines[1:]:
        name, found, value = line.partition(" = ")
        name = name.strip()
        if not found or (name not in columns and name != "pk"):
            break
        function, arguments = _field(value)
        fields.append(FieldLine(name, columns.get(name), function, arguments))
    return ModelClass(lines[0].removeprefix("class ").partition("(")[0], tuple(fields))


@lru_cache(maxsize=1 << 14)
def _field(source: str) -> tuple[Written, tuple[Argument, ...]]:
    value = _expression(source)
    if not isinstance(value, cst.Call):
        raise ValueError(f"not a field: {source}")
    arguments = tuple(
        Argument(given.keyword.value if given.keyword else None, Written(given.value)) for given in value.args
    )
    return _function(value.func), arguments


def _expression(source: str) -> cst.BaseExpression:
    if "#" not in source:
        return cst.parse_expression(source)
    statement = cst.parse_statement(source)  # a remark of inspectdb's follows
    if isinstance(statement, cst.SimpleStatementLine) and isinstance(statement.body[0], cst.Expr):
        return statement.body[0].value
    raise ValueError(f"not an expression: {source}")


def _function(node: cst.BaseExpression) -> Written:
    if isinstance(node, cst.Attribute) and isinstance(node.value, cst.Name) and node.value.value == "models":
        return models(node.attr.value)
    return Written(node, imports=frozenset({Import("django.db", "models")}))
