"""A syntax-tree node of the few kinds that passes build by the thousand -> its source, as LibCST writes it.

LibCST's own writer keeps a state and a parenthesis context for each node, which these do without; that was a quarter of
the time of all passes. None for any other node, and for one with layout of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

_DEFAULT = cst.MaybeSentinel.DEFAULT


def node_text(node: cst.CSTNode) -> str | None:
    """Return the source of names, attributes, literals, calls and lists without layout of their own, else None."""
    match node:
        case cst.Name() | cst.SimpleString() | cst.Integer():
            return None if node.lpar else node.value
        case cst.Attribute():
            return _attribute(node)
        case cst.Call():
            return _call(node)
        case cst.List():
            return _list(node)
    return None


def _attribute(node: cst.Attribute) -> str | None:
    value = node_text(node.value)
    is_plain = not node.lpar and node.dot.whitespace_before.empty and node.dot.whitespace_after.empty
    return f"{value}.{node.attr.value}" if is_plain and value is not None else None


def _call(node: cst.Call) -> str | None:
    if node.lpar or not (node.whitespace_after_func.empty and node.whitespace_before_args.empty):
        return None
    function = node_text(node.func)
    arguments = _joined(_argument(one) for one in node.args)
    return None if function is None or arguments is None else f"{function}({arguments})"


def _argument(node: cst.Arg) -> str | None:
    value = node_text(node.value)
    if value is None or node.star or node.comma is not _DEFAULT or not node.whitespace_after_arg.empty:
        return None
    if node.keyword is None:
        return value
    equal = node.equal
    is_tight = isinstance(equal, cst.AssignEqual) and equal.whitespace_before.empty and equal.whitespace_after.empty
    return f"{node.keyword.value}={value}" if is_tight else None


def _list(node: cst.List) -> str | None:
    if node.lpar or not (node.lbracket.whitespace_after.empty and node.rbracket.whitespace_before.empty):
        return None
    elements = _joined(_element(one) for one in node.elements)
    return None if elements is None else f"[{elements}]"


def _element(node: cst.BaseElement) -> str | None:
    return node_text(node.value) if isinstance(node, cst.Element) and node.comma is _DEFAULT else None


def _joined(texts: Iterable[str | None]) -> str | None:
    found: list[str] = []
    for text in texts:
        if text is None:
            return None
        found.append(text)
    return ", ".join(found)
