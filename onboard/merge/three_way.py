"""Three versions of a Python file -> one: as last generated, as edited by the person, as newly generated.

Statement by statement, down into classes: what a person wrote survives, what onboard changed and the person did not
follows, and where both changed the same thing the person's stays and is reported. Where one side changed nothing the
other's text is taken as it is, byte for byte, and nothing is parsed.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

import libcst as cst

from onboard.merge.blocks import Block, Key, Statement, module_block, signature
from onboard.merge.imports import merged_imports
from onboard.merge.statements import Conflict, merge_statement


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text, and what could not be merged: one sentence each, naming the place."""

    text: str
    conflicts: tuple[str, ...] = ()


def merge_python(base: str | None, mine: str, new: str) -> Merged:
    """Return the person's file with what onboard changed since `base`; None where no base is known.

    A file of the person's that does not parse is kept as it is, with a conflict that says so.
    """
    if mine in (base, new):
        return Merged(new)
    if new == base:
        return Merged(mine)
    is_crlf = "\r\n" in mine
    mine = mine.replace("\r\n", "\n")
    try:
        ours = module_block(mine if mine.endswith("\n") or not mine else mine + "\n")
    except (SyntaxError, ValueError) as error:
        return Merged(mine, (f"the file does not parse ({error}), so nothing of it was changed",))
    conflicts: list[str] = []
    old = None if base is None else module_block(base)
    theirs = module_block(new)
    merged = _blocks(_without_imports(old), ours, _without_imports(theirs), (), conflicts)
    text = merged_imports(old, merged, ours, theirs).text
    try:
        ast.parse(text)
    except SyntaxError as error:
        return Merged(mine, (f"the two versions do not fit together ({error}); yours was kept",))
    return Merged(text.replace("\n", "\r\n") if is_crlf else text, tuple(conflicts))


def merge_text(base: str | None, mine: str, new: str) -> Merged:
    """Return one of the versions of a file that is not Python: the person's where both sides changed it."""
    if mine in (base, new):
        return Merged(new)
    if new == base:
        return Merged(mine)
    return Merged(mine, ("you edited the file and onboard would now write it differently; yours was kept",))


def _without_imports(block: Block | None) -> Block | None:
    """Return a block whose imports are left to `merged_imports`."""
    return block and replace(block, statements=tuple(one for one in block.statements if one.key[0] != "import"))


def _blocks(base: Block | None, mine: Block, new: Block | None, path: tuple[str, ...], conflicts: list[str]) -> Block:
    if new is None:
        return mine
    old = {} if base is None else base.by_key
    kept: dict[Key, Statement] = {}
    for key, ours in mine.by_key.items():
        result = _kept(old.get(key), ours, new.by_key.get(key), path, conflicts)
        if result is not None:
            kept[key] = result
    for key, theirs in new.by_key.items():
        if key not in mine.by_key and key in old and not _same(old[key], theirs):
            conflicts.append(f"{_place(path, theirs)}: you removed it, and onboard changed it since; it stays removed")
    arrivals = [key for key in new.by_key if key not in mine.by_key and key not in old]
    order = _order(list(kept), list(new.by_key), arrivals)
    statements = [kept[key] if key in kept else new.by_key[key] for key in order]
    tail = new.tail if base is not None and mine.tail == base.tail else mine.tail
    return replace(mine, statements=_ended(statements, tail), tail=tail)


def _kept(
    base: Statement | None, mine: Statement, new: Statement | None, path: tuple[str, ...], conflicts: list[str]
) -> Statement | None:
    """Return what becomes of a statement of the person's file; None where it goes."""
    if new is None:
        if base is None:
            return mine
        if _same(base, mine) and base.leading.strip() == mine.leading.strip():
            return None
        conflicts.append(f"{_place(path, mine)}: onboard no longer writes it, but you edited it; yours was kept")
        return mine
    leading = new.leading if base is not None and _comment(mine) == _comment(base) != _comment(new) else mine.leading
    return replace(_resolved(base, mine, new, path, conflicts), leading=leading)


def _resolved(
    base: Statement | None, mine: Statement, new: Statement, path: tuple[str, ...], conflicts: list[str]
) -> Statement:
    if _same(mine, new) or (base is not None and _same(base, new)):
        return mine
    if base is not None and _same(base, mine) and _indent(mine) == _indent(new):
        return new
    if mine.body is not None and new.body is not None and mine.body.indent == new.body.indent:
        return _classes(base, mine, new, path, conflicts)
    try:
        return replace(mine, text=merge_statement(None if base is None else base.text, mine.text, new.text))
    except (Conflict, cst.ParserSyntaxError):
        conflicts.append(f"{_place(path, mine)}: you and onboard both changed it; yours was kept")
        return mine


def _classes(
    base: Statement | None, mine: Statement, new: Statement, path: tuple[str, ...], conflicts: list[str]
) -> Statement:
    assert mine.body is not None  # the caller has looked
    old_body = base.body if base is not None else None
    body = _blocks(old_body, mine.body, new.body, (*path, _class_name(mine)), conflicts)
    header = mine.header
    if base is not None and _header(mine) == _header(base):
        header = new.header
    elif _header(mine) != _header(new) and (base is None or _header(new) != _header(base)):
        conflicts.append(f"{_place(path, mine)}: you and onboard both changed its first line; yours was kept")
    return replace(mine, header=header, body=body, text=header + body.text)


def _order(kept: list[Key], new: list[Key], arrivals: list[Key]) -> list[Key]:
    """Return the person's order, each arrival after the statement it follows in what onboard wrote."""
    order = list(kept)
    for key in arrivals:
        before = [other for other in new[: new.index(key)] if other in order]
        after = [other for other in new[new.index(key) + 1 :] if other in order]
        if before:
            order.insert(order.index(before[-1]) + 1, key)
        elif after:
            order.insert(order.index(after[0]), key)
        else:
            order.append(key)
    return order


def _ended(statements: list[Statement], tail: str) -> tuple[Statement, ...]:
    """Return the statements, each ending its line, so that what follows begins a new one."""
    return tuple(one if one.text.endswith("\n") or not one.text else _with_newline(one) for one in statements)


def _with_newline(statement: Statement) -> Statement:
    return replace(statement, text=statement.text + "\n")


def _same(one: Statement, other: Statement) -> bool:
    return one.text == other.text or signature(one.text) == signature(other.text)


def _comment(statement: Statement) -> list[str]:
    return [line.strip() for line in statement.leading.splitlines() if line.strip()]


def _header(statement: Statement) -> object:
    return signature(statement.header + _indent_of_body(statement) + "pass\n")


def _indent_of_body(statement: Statement) -> str:
    return statement.body.indent if statement.body is not None else "    "


def _indent(statement: Statement) -> str:
    return statement.text[: len(statement.text) - len(statement.text.lstrip())]


def _class_name(statement: Statement) -> str:
    """Return the name in the class's own first line: the key may be its table."""
    for line in statement.header.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "class":
            return rest.partition("(")[0].partition(":")[0].strip()
    return statement.name


def _place(path: tuple[str, ...], statement: Statement) -> str:
    name = _class_name(statement) if statement.body is not None else statement.name
    return "`" + ".".join((*path, name)) + "`"
