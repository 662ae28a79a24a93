"""Draft text -> ModelClass, line by line: inspectdb writes one statement a line and its identifiers are neutral.

So most lines recur and each distinct one is parsed once. inspectdb's Meta and its remarks are not read: the passes
write Meta from the Catalog.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

from onboard.passes.model import FieldLine, ModelClass
from onboard.passes.source import Import
from onboard.passes.written import Argument, Written, literal, models, parsed


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
    # Read by the parser of Python: LibCST's takes ten times as long, and no layout of inspectdb's is kept.
    value = ast.parse(source.strip(), mode="eval").body
    if not isinstance(value, ast.Call):
        raise ValueError(f"not a field: {source}")
    positional = tuple(Argument(None, _value(given)) for given in value.args)
    return _function(value.func), positional + tuple(Argument(one.arg, _value(one.value)) for one in value.keywords)


def _value(node: ast.expr) -> Written:
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str | int)):
        return literal(node.value)
    return Written(parsed(ast.unparse(node)))


def _function(node: ast.expr) -> Written:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "models":
        return models(node.attr)
    return Written(parsed(ast.unparse(node)), imports=frozenset({Import("django.db", "models")}))
