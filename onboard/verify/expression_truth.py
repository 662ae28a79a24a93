"""Two trees -> whether they are true, false and NULL together, whatever their comparisons come to.

The comparisons are taken as they are, and everything that AND, OR, NOT and IS NULL can make of them is tried. Only what
one row could really hold is tried: a column cannot be NULL and compare at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import product

from onboard.verify.expression_nodes import Node

_MOST_ATOMS = 7  # 3 ** 7 rows
_CONSTANT = ("number", "decimal", "text", "bool")

Truth = bool | None


class Reading(Enum):
    """What is made of NULL."""

    VALUE = "value"  # it is a value of its own: generated columns, defaults
    FILTER = "filter"  # it is as good as false: a partial index
    CHECK = "check"  # it is as good as true: a check constraint


def agree(one: Node, other: Node, reading: Reading) -> bool | None:
    """Return whether they always come to the same; None where there are too many comparisons to try."""
    atoms = sorted({*_atoms(one), *_atoms(other)}, key=repr)
    if len(atoms) > _MOST_ATOMS:
        return None
    for values in product((True, False, None), repeat=len(atoms)):
        row = dict(zip(atoms, values, strict=True))
        if _is_possible(row) and _read(_truth(one, row), reading) != _read(_truth(other, row), reading):
            return False
    return True


def atoms_of(node: Node) -> frozenset[Node]:
    """Return the comparisons and other operands of a tree's logic."""
    return frozenset(_atoms(node))


def _atoms(node: Node) -> Iterator[Node]:
    match node[0]:
        case "and" | "or" | "not":
            for part in node[1:]:
                yield from _atoms(part)
        case "istruth":
            yield from _atoms(node[1])
        case "op" if node[1] == "=" and (flag := _flag(node)):
            yield from _atoms(flag[0])
        case _:
            yield node


def _flag(node: Node) -> tuple[Node, str] | None:
    """`flag = true` is `flag`, and `flag = false` is `NOT flag`."""
    for value, other in ((node[2], node[3]), (node[3], node[2])):
        if value in (("bool", "1"), ("bool", "0")) and other[0] in ("column", "and", "or", "not", "isnull"):
            return other, value[1]
    return None


def _truth(node: Node, row: Mapping[Node, Truth]) -> Truth:
    match node[0]:
        case "not":
            inner = _truth(node[1], row)
            return None if inner is None else not inner
        case "and" | "or":
            parts = [_truth(part, row) for part in node[1:]]
            decisive = node[0] == "or"
            return decisive if decisive in parts else (None if None in parts else not decisive)
        case "istruth":
            return _truth(node[1], row) is (node[2] == "1")
        case "op" if node[1] == "=" and (flag := _flag(node)):
            inner = _truth(flag[0], row)
            return None if inner is None else inner is (flag[1] == "1")
    return row[node]


def _is_possible(row: Mapping[Node, Truth]) -> bool:
    for atom, value in row.items():
        if atom[0] in ("isnull", "same"):
            if value is None:
                return False
            if atom[0] == "isnull" and not _fits(atom[1], value, row):
                return False
        elif value is None and _never_null(atom):
            return False
    return True


def _fits(operand: Node, is_null: bool, row: Mapping[Node, Truth]) -> bool:
    """Whether no comparison says otherwise: with a NULL it is NULL, and without any it is not."""
    for atom, value in row.items():
        operands = _operands(atom)
        if operand not in operands:
            continue
        if is_null and value is not None and (atom[0] != "in" or operand == atom[1]):
            return False
        if not is_null and value is None and all(one == operand or one[0] in _CONSTANT for one in operands):
            return False
    return True


def _operands(atom: Node) -> tuple[Node, ...]:
    """What makes the atom NULL; nothing where that is not known, as of operators that anybody may have made."""
    if atom[0] == "column":
        return (atom,)
    if atom[0] == "op" and atom[1] in ("=", "<", "<=", "like", "ilike"):
        return atom[2:]
    return atom[1:] if atom[0] == "in" else ()


def _never_null(atom: Node) -> bool:
    operands = _operands(atom)
    return bool(operands) and all(one[0] in _CONSTANT for one in operands)


def _read(truth: Truth, reading: Reading) -> Truth:
    if truth is not None or reading is Reading.VALUE:
        return truth
    return reading is Reading.CHECK
