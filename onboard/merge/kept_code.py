"""Modules that are going, and the names in them that are still wanted -> one module that holds just these.

Each name comes with everything of its module that it stands on: imports, constants, other functions and classes.
Statements are moved as they are, comments too. Knows nothing of Django but that `class Migration` stays behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node
from libcst.metadata import MetadataWrapper, PositionProvider

from onboard.errors import Refused

_SKIPPED = "Migration"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A module that is going, and which of its names are wanted, each with the name it gets."""

    module: str
    text: str
    names: tuple[tuple[str, str], ...]  # (old, new)


@dataclass(frozen=True, slots=True)
class KeptLambda:
    """A lambda that is going, by the line it begins on, and the name it gets."""

    line: int
    name: str


def top_level_names(text: str) -> tuple[str, ...]:
    """Return the names that a module binds at its top level by functions, classes and assignments; not its imports."""
    found: list[str] = []
    for statement in cst.parse_module(text).body:
        if not _is_import(statement):
            found.extend(name for name in _binds(statement) if name != _SKIPPED)
    return tuple(dict.fromkeys(found))


def kept_code(existing: str | None, wanted: Iterable[Wanted], *, title: str) -> str:
    """Return a module of the wanted names, after what it `existing`ly holds; Refused where a wanted name is nowhere.

    Helpers that two modules call by the same name get another in the second.
    """
    module = cst.parse_module(existing if existing is not None else f'"""{title}"""\n')
    body = list(module.body)
    imports = {_code(statement) for statement in body if _is_import(statement)}
    taken = {name for statement in body for name in _binds(statement)}
    for one in wanted:
        _append(one, body, imports, taken)
    return module.with_changes(body=_imports_first(body)).code


def lambda_as_function(text: str, kept: KeptLambda) -> str | None:
    """Return the lambda that begins on a line as a function of the given name; None unless exactly one does."""
    wrapper = MetadataWrapper(cst.parse_module(text))
    finder = _Lambdas(kept.line)
    wrapper.visit(finder)
    if len(finder.found) != 1:
        return None
    found = finder.found[0]
    parameters = found.params
    body = cst.SimpleStatementLine([cst.Return(found.body)])
    function = cst.FunctionDef(cst.Name(kept.name), parameters, cst.IndentedBlock([body]))
    return cst.Module([]).code_for_node(function).lstrip("\n")


class _Lambdas(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line
        self.found: list[cst.Lambda] = []

    def visit_Lambda(self, node: cst.Lambda) -> None:
        if self.get_metadata(PositionProvider, node).start.line == self._line:
            self.found.append(node)


Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def _append(one: Wanted, body: list[Statement], imports: set[str], taken: set[str]) -> None:
    statements = cst.parse_module(one.text).body
    renames = dict(one.names)
    needed = _needed(one, statements)
    for statement in needed:
        for name in _binds(statement):
            if not _is_import(statement) and name not in renames:
                renames[name] = _free(name, taken)
    for statement in needed:
        if _is_import(statement):
            if (code := _code(statement)) not in imports:
                imports.add(code)
                body.append(statement)
            continue
        renamed = statement.visit(_Renamed({old: new for old, new in renames.items() if old != new}))
        assert isinstance(renamed, cst.SimpleStatementLine | cst.BaseCompoundStatement)
        taken |= set(_binds(renamed))
        body.append(_spaced(renamed))


def _needed(one: Wanted, statements: Iterable[Statement]) -> list[Statement]:
    """The statements that bind the wanted names, and all that those stand on, in their old order."""
    every = list(statements)
    binding: dict[str, list[int]] = {}
    for position, statement in enumerate(every):
        for name in _binds(statement):
            binding.setdefault(name, []).append(position)
    waiting = [old for old, _ in one.names]
    for name in waiting:
        if name not in binding:
            raise Refused(f"`{name}` is not at the top level of its module.", where=one.module, remedy=_BY_HAND)
    positions: set[int] = set()
    while waiting:
        for position in binding.get(waiting.pop(), ()):
            if position not in positions and _SKIPPED not in _binds(every[position]):
                positions.add(position)
                waiting.extend(_uses(every[position]))
    for position, statement in enumerate(every):  # `from __future__` and star imports act on everything
        if _is_import(statement) and ("__future__" in _code(statement) or "import *" in _code(statement)):
            positions.add(position)
    return [every[position] for position in sorted(positions)]


_BY_HAND = "Move it to a module that stays, then run this again; or leave the operation out with `--leave-out`."


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def _is_import(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and all(
        isinstance(part, cst.Import | cst.ImportFrom) for part in statement.body
    )


def _imports_first(body: list[Statement]) -> list[Statement]:
    """Docstring, `__future__`, imports, the rest; each group in its order."""

    def rank(statement: Statement) -> int:
        if _is_import(statement):
            return 1 if "__future__" in _code(statement) else 2
        is_text = isinstance(statement, cst.SimpleStatementLine) and all(
            isinstance(part, cst.Expr) and isinstance(part.value, cst.SimpleString | cst.ConcatenatedString)
            for part in statement.body
        )
        return 0 if is_text and statement is body[0] else 3

    return sorted(body, key=rank)


def _binds(statement: cst.CSTNode) -> list[str]:
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        return [statement.name.value]
    visitor = _Bound()
    statement.visit(visitor)
    return visitor.names


class _Bound(cst.CSTVisitor):
    """What a statement binds in its own scope: functions and classes inside are not entered."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.names.append(node.name.value)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        self.names.append(node.name.value)
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self.names.extend(_targets(node.target))

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self.names.extend(_targets(node.target))

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        if node.asname is not None:
            self.names.extend(_targets(node.asname.name))
        else:
            self.names.append((get_full_name_for_node(node.name) or "").partition(".")[0])


def _targets(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.Name):
        yield node.value
    elif isinstance(node, cst.Tuple | cst.List):
        for element in node.elements:
            yield from _targets(element.value)


def _uses(statement: cst.CSTNode) -> list[str]:
    visitor = _Used()
    statement.visit(visitor)
    return visitor.names


class _Used(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def visit_Name(self, node: cst.Name) -> None:
        self.names.append(node.value)


class _Renamed(cst.CSTTransformer):
    """Gives names their new ones; attributes and keywords of calls are other things by the same name."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._names = names

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        new = self._names.get(original_node.value)
        return updated_node.with_changes(value=new) if new else updated_node


def _spaced(statement: Statement) -> Statement:
    """Functions and classes stand apart by two lines."""
    if not isinstance(statement, cst.FunctionDef | cst.ClassDef):
        return statement
    comments = [line for line in statement.leading_lines if line.comment is not None]
    return statement.with_changes(leading_lines=[cst.EmptyLine(indent=False), cst.EmptyLine(indent=False), *comments])


def _code(statement: cst.CSTNode) -> str:
    bare = statement
    if isinstance(statement, cst.SimpleStatementLine):
        bare = statement.with_changes(leading_lines=[], trailing_whitespace=cst.TrailingWhitespace())
    return cst.Module([]).code_for_node(bare).strip()
