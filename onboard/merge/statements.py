"""Merges one statement that both sides changed: `name = call(...)` argument by argument, lists element by element.

Anything else is not taken apart. Comments and layout are the person's.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

import libcst as cst

Parted = TypeVar("Parted", cst.Arg, cst.BaseElement)
Part = TypeVar("Part", bound=cst.CSTNode)

_COMMA = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


class Conflict(Exception):
    """Both sides changed the same thing, differently."""


def merge_statement(base: str | None, mine: str, new: str) -> str:
    """Return the person's statement with what onboard changed; Conflict where both changed the same part.

    All three are whole lines, indented alike.
    """
    wrap = "if 1:\n" if mine[:1].isspace() else ""
    ours = cst.parse_module(wrap + mine)
    old = None if base is None else _assignment(cst.parse_module(wrap + base))
    theirs, target = _assignment(cst.parse_module(wrap + new)), _assignment(ours)
    merged = target.with_changes(
        targets=[_three_way(None if old is None else old.targets[0], target.targets[0], theirs.targets[0])],
        value=_value(None if old is None else old.value, target.value, theirs.value),
    )
    changed = ours.deep_replace(target, merged)
    if not isinstance(changed, cst.Module):
        raise Conflict
    return changed.code.removeprefix(wrap)


def _assignment(module: cst.Module) -> cst.Assign:
    body: Sequence[cst.BaseStatement | cst.BaseSmallStatement] = module.body
    if len(body) == 1 and isinstance(body[0], cst.If):
        body = body[0].body.body
    match body:
        case [cst.SimpleStatementLine(body=[cst.Assign(targets=[_]) as assign])]:
            return assign
    raise Conflict


def _value(base: cst.BaseExpression | None, mine: cst.BaseExpression, new: cst.BaseExpression) -> cst.BaseExpression:
    if base is not None and _code(mine) == _code(base):
        return new
    if _code(mine) == _code(new) or (base is not None and _code(new) == _code(base)):
        return mine
    match base, mine, new:
        case (cst.Call() | None, cst.Call(), cst.Call()):
            return _call(base, mine, new)
        case (cst.List() | None, cst.List(), cst.List()):
            return _list(base, mine, new)
    raise Conflict


def _call(base: cst.Call | None, mine: cst.Call, new: cst.Call) -> cst.Call:
    old = {} if base is None else _arguments(base)
    ours, theirs = _arguments(mine), _arguments(new)
    kept: dict[str, cst.Arg] = {}
    for key, argument in ours.items():
        if key in theirs:
            was = old.get(key)
            value = _value(None if was is None else was.value, argument.value, theirs[key].value)
            kept[key] = argument.with_changes(value=value)
        elif key not in old:
            kept[key] = argument
        elif _code(argument.value) != _code(old[key].value):
            raise Conflict
    for key, argument in theirs.items():
        if key not in ours:
            if key in old and _code(argument.value) != _code(old[key].value):
                raise Conflict
            if key not in old:
                kept[key] = argument
    if list(kept) != sorted(kept, key=lambda key: not key.isdigit()):
        raise Conflict  # a positional argument would follow a keyword
    return mine.with_changes(
        func=_three_way(None if base is None else base.func, mine.func, new.func),
        args=_with_commas(list(kept.values()), mine.args),
    )


def _arguments(call: cst.Call) -> dict[str, cst.Arg]:
    """Return the arguments by keyword, or by number; Conflict where there are stars."""
    if any(argument.star for argument in call.args):
        raise Conflict
    return {one.keyword.value if one.keyword else str(i): one for i, one in enumerate(call.args)}


def _list(base: cst.List | None, mine: cst.List, new: cst.List) -> cst.List:
    old = set() if base is None else {_code(one.value) for one in base.elements}
    theirs = {_code(one.value): one for one in new.elements}
    ours = {_code(one.value): one for one in mine.elements}
    if len(ours) != len(mine.elements):
        raise Conflict
    kept = [one for code, one in ours.items() if code in theirs or code not in old]
    kept += [one for code, one in theirs.items() if code not in ours and code not in old]
    return mine.with_changes(elements=_with_commas(kept, mine.elements))


def _with_commas(nodes: list[Parted], mine: Sequence[Parted]) -> list[Parted]:
    """Part the nodes by commas as the person parts theirs, and end the list as theirs ends."""
    between = next((one.comma for one in mine[:-1] if isinstance(one.comma, cst.Comma)), _COMMA)
    last = mine[-1].comma if mine else cst.MaybeSentinel.DEFAULT
    parted: list[Parted] = []
    for number, node in enumerate(nodes):
        is_last = number == len(nodes) - 1
        own = node.comma if node in mine and isinstance(node.comma, cst.Comma) else between
        parted.append(node.with_changes(comma=last if is_last else own))
    return parted


def _three_way(base: Part | None, mine: Part, new: Part) -> Part:
    """Return the side that changed; Conflict where both did."""
    if base is not None and _code(mine) == _code(base):
        return new
    if _code(mine) == _code(new) or (base is not None and _code(new) == _code(base)):
        return mine
    raise Conflict


def _code(node: cst.CSTNode) -> str:
    """Return the code of an expression without its layout."""
    text = cst.Module([]).code_for_node(node.target if isinstance(node, cst.AssignTarget) else node)
    try:
        return ast.unparse(ast.parse(f"({text}\n)"))
    except SyntaxError:
        return text
