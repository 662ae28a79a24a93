"""The app's `fields.py`: only the helper classes its models use, put together from one template file each.

A template file is plain Python: a docstring for us, imports, then the class and what it needs. Imports are hoisted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from onboard.project.render import template_text

_FOLDER = "app/fields"
_HEADER = '"""Fields that Django does not have, as this database needs them."""\n\n'


def fields_text(classes: Iterable[str]) -> str:
    """Return the source of `fields.py` with these classes and those they stand on; KeyError for an unknown one."""
    wanted = sorted(set(classes))
    imports: dict[str, None] = {}
    bodies: list[str] = []
    for name in _with_their_bases(wanted):
        lines, body = _apart(_text(name))
        imports.update(dict.fromkeys(lines))
        bodies.append(body)
    return _HEADER + "\n".join(imports) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


def modules_of(classes: Iterable[str]) -> frozenset[str]:
    """Return the modules that these classes and those they stand on import; KeyError for an unknown one."""
    lines = {line for name in _with_their_bases(sorted(set(classes))) for line in _apart(_text(name))[0]}
    nodes = [node for line in lines for node in ast.parse(line).body]
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return frozenset(named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names})


def _text(name: str) -> str:
    return template_text(f"{_FOLDER}/{name}.py")


def _with_their_bases(names: list[str]) -> list[str]:
    """Return the names with those that their files import from each other (`from .X import X`) before them."""
    ordered: dict[str, None] = {}

    def add(name: str) -> None:
        for needed in _siblings(_text(name)):
            if needed not in ordered:
                add(needed)
        ordered[name] = None

    for name in names:
        add(name)
    return list(ordered)


def _siblings(text: str) -> list[str]:
    found = (node.module for node in ast.parse(text).body if isinstance(node, ast.ImportFrom) and _is_sibling(node))
    return [module for module in found if module is not None]


def _apart(text: str) -> tuple[list[str], str]:
    """Return the import lines of a file and what follows them, comments included."""
    tree = ast.parse(text)
    lines = text.splitlines()
    imports: list[str] = []
    end = 0
    for node in tree.body:
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if is_import and not _is_sibling(node):
            imports.append(ast.unparse(node))
        if is_import or (node is tree.body[0] and ast.get_docstring(tree) is not None):
            end = node.end_lineno or end
    return imports, "\n".join(lines[end:]).strip("\n")


def _is_sibling(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level == 1 and node.module is not None
