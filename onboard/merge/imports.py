"""Merges the imports of a module: what onboard newly needs comes in, what nobody uses any more goes.

Import statements that need no change keep their text, comments and place.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, replace

from onboard.merge.blocks import Block, Statement


@dataclass(frozen=True, slots=True, order=True)
class _Name:
    """One name brought in: `from module import name as alias`, or `import module as alias` where name is empty."""

    module: str  # with its leading dots
    name: str
    alias: str

    @property
    def bound(self) -> str:
        return self.alias or self.name or self.module.partition(".")[0]


def merged_imports(base: Block | None, merged: Block, mine: Block, new: Block) -> Block:
    """Return `merged`, whose imports are the person's, with the names that the statements of both sides need."""
    before = set() if base is None else _names(base)
    wanted, have = _names(new), _names(mine)
    added = wanted - before - have
    used = _used(merged) if before - wanted or added else frozenset[str]()
    dropped = {one for one in (before - wanted) & have if one.bound not in used}
    restored = {one for one in (wanted & before) - have if one.bound in used}
    statements = [_without(one, dropped) for one in merged.statements]
    kept = [one for one in statements if one is not None]
    for module in sorted({one.module for one in added | restored}):
        _add(kept, module, sorted(one for one in added | restored if one.module == module))
    return replace(merged, statements=tuple(kept))


def _names(block: Block) -> set[_Name]:
    return {name for one in block.statements if one.key[0] == "import" for name in _of(one)}


def _of(statement: Statement) -> list[_Name]:
    node = ast.parse(statement.text).body[0]
    if isinstance(node, ast.Import):
        return [_Name(alias.name, "", alias.asname or "") for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        return [_Name(module, alias.name, alias.asname or "") for alias in node.names]
    return []


def _used(block: Block) -> frozenset[str]:
    """Return every name that the statements read; those in strings count, since annotations may be strings."""
    found: set[str] = set()
    for statement in block.statements:
        if statement.key[0] != "import":
            for node in ast.walk(ast.parse(statement.text)):
                if isinstance(node, ast.Name):
                    found.add(node.id)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return frozenset(found)


def _without(statement: Statement, dropped: set[_Name]) -> Statement | None:
    if statement.key[0] != "import":
        return statement
    names = _of(statement)
    kept = [name for name in names if name not in dropped]
    if len(kept) == len(names):
        return statement
    if not kept:
        return None if not statement.leading.strip() else replace(statement, text="")
    return replace(statement, text=_line(kept[0].module, kept))


def _add(statements: list[Statement], module: str, names: list[_Name]) -> None:
    """Add names to the person's import from that module, or as a line of its own where it belongs."""
    for number, one in enumerate(statements):
        have = _of(one) if one.key[0] == "import" and "#" not in one.text else []
        if have and have[0].module == module and have[0].name and names[0].name:
            statements[number] = replace(one, text=_line(module, sorted({*have, *names})))
            return
    line = Statement(("import", module), "", _line(module, names))
    places = [number for number, one in enumerate(statements) if one.key[0] == "import"]
    for number in places:
        have = _of(statements[number])
        if have and _rank(have[0].module) > _rank(module):
            statements.insert(number, replace(line, leading=statements[number].leading))
            statements[number + 1] = replace(statements[number + 1], leading="")
            return
    after = places[-1] + 1 if places else _after_docstring(statements)
    statements.insert(after, line if places else replace(line, leading="\n" if after else ""))


def _after_docstring(statements: list[Statement]) -> int:
    return 1 if statements and statements[0].key[0] == "docstring" else 0


def _rank(module: str) -> tuple[int, str]:
    if module.startswith("."):
        return 3, module
    if module == "__future__":
        return 0, module
    return (1 if module.partition(".")[0] in sys.stdlib_module_names else 2), module


def _line(module: str, names: list[_Name]) -> str:
    texts = [(one.name or one.module) + (f" as {one.alias}" if one.alias else "") for one in names]
    if not names[0].name:
        return f"import {', '.join(texts)}\n"
    line = f"from {module} import {', '.join(texts)}\n"
    if len(line) <= 89:
        return line
    return f"from {module} import (\n" + "".join(f"    {text},\n" for text in texts) + ")\n"
