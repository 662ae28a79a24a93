"""The text of a module -> the same text with `managed = False` taken out of, or put into, some of its models.

Every other byte stays. Places come from Python's own syntax tree: a whole models.py of a thousand classes is read in
a third of a second, and nothing is printed anew. Knows nothing of Django beyond `class Meta`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from onboard.errors import Refused

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines to replace: from `start` up to `end`, both counted from 0."""

    start: int
    end: int
    lines: tuple[str, ...]


def set_managed(text: str, classes: Collection[str], managed: bool) -> str:
    """Return the text with those top-level classes managed or not; the same text where they say so already.

    Refused where a class is not there, or where what it says of `managed` is no plain line of its own Meta.
    """
    tree = ast.parse(text.removeprefix("\ufeff"))
    lines = [line for line in _LINE.findall(text) if line]
    found = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    edits: list[_Edit] = []
    for name in sorted(classes):
        if name not in found:
            raise Refused(f"Class `{name}` is not in the module's top level.", remedy="Edit `managed` by hand.")
        edits.extend(_edits(found[name], lines, managed))
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        lines[edit.start : edit.end] = edit.lines
    return "".join(lines)


def _edits(model: ast.ClassDef, lines: list[str], managed: bool) -> Iterator[_Edit]:
    meta = next((node for node in model.body if isinstance(node, ast.ClassDef) and node.name == "Meta"), None)
    flag = _flag(meta, lines) if meta is not None else None
    if flag is None:
        if managed:
            raise Refused(
                f"`{model.name}` does not say `managed = False` in its own Meta.",
                where=f"line {model.lineno}",
                remedy="It may inherit it: say `managed = True` in its Meta and run this again.",
            )
        yield _added(model, meta, lines)
    elif _value(flag, model.name) is not managed:
        yield _removed(flag, meta, lines) if managed else _replaced(flag, lines)


def _flag(meta: ast.ClassDef, lines: list[str]) -> ast.Assign | None:
    for node in meta.body:
        if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == ["managed"]:
            if not _stands_alone(node, lines):
                raise Refused(
                    "`managed` shares its line with other code.", where=f"line {node.lineno}", remedy=_BY_HAND
                )
            return node
    return None


_BY_HAND = "Give it a line of its own, then run this again."


def _stands_alone(node: ast.Assign, lines: list[str]) -> bool:
    before = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    after = lines[(node.end_lineno or node.lineno) - 1].encode()[node.end_col_offset or 0 :].decode().strip()
    return not before.strip() and (not after or after.startswith("#"))


def _value(flag: ast.Assign, model: str) -> bool:
    if isinstance(flag.value, ast.Constant) and isinstance(flag.value.value, bool):
        return flag.value.value
    raise Refused(
        f"`managed` of `{model}` is not a plain True or False.", where=f"line {flag.lineno}", remedy="Edit it by hand."
    )


def _removed(flag: ast.Assign, meta: ast.ClassDef | None, lines: list[str]) -> _Edit:
    """Take the line out; a comment behind it stays, and a Meta that held nothing else gets `pass`."""
    start, end = flag.lineno - 1, flag.end_lineno or flag.lineno
    indent, ending = _indent(lines[start]), _ending(lines[end - 1])
    comment = lines[end - 1].encode()[flag.end_col_offset or 0 :].decode().strip()
    kept = (f"{indent}{comment}{ending}",) if comment else ()
    is_only = meta is not None and len(meta.body) == 1
    return _Edit(start, end, (*kept, *((f"{indent}pass{ending}",) if is_only else ())))


def _replaced(flag: ast.Assign, lines: list[str]) -> _Edit:
    start, end = flag.lineno - 1, flag.end_lineno or flag.lineno
    rest = lines[end - 1].encode()[flag.end_col_offset or 0 :].decode()
    return _Edit(start, end, (f"{_indent(lines[start])}managed = False{rest}",))


def _added(model: ast.ClassDef, meta: ast.ClassDef | None, lines: list[str]) -> _Edit:
    """Put the line first in Meta, after its docstring; instead of a lone `pass`; a class without Meta gets one."""
    if meta is None:
        return _new_meta(model, lines)
    first = meta.body[0]
    if first.lineno == meta.lineno:
        raise Refused(f"Meta of `{model.name}` is on one line.", where=f"line {meta.lineno}", remedy=_BY_HAND)
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    at = (first.end_lineno or first.lineno) if is_docstring else _top(first) - 1
    line = f"{_indent(lines[_top(first) - 1])}managed = False{_ending(lines[at - 1])}"
    is_pass = isinstance(first, ast.Pass) and len(meta.body) == 1
    return _Edit(at, at + 1 if is_pass else at, (line,))


def _new_meta(model: ast.ClassDef, lines: list[str]) -> _Edit:
    last = model.body[-1]
    if last.lineno == model.lineno:
        raise Refused(f"Class `{model.name}` is on one line.", where=f"line {model.lineno}", remedy=_BY_HAND)
    at = last.end_lineno or last.lineno
    indent, ending = _indent(lines[_top(model.body[0]) - 1]), _ending(lines[model.lineno - 1])
    closed = () if lines[at - 1].endswith(("\n", "\r")) else (ending,)
    return _Edit(at, at, (*closed, ending, f"{indent}class Meta:{ending}", f"{indent}{indent}managed = False{ending}"))


def _top(node: ast.stmt) -> int:
    """The first line of a statement, decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t\f"))]


def _ending(line: str) -> str:
    """The line ending in use; a last line may have none."""
    return line[len(line.rstrip("\r\n")) :] or "\n"
