"""Python source -> its statements as whole lines, with the comments and blank lines that lead to each.

Splits a module, or the body of a class, by the line numbers of the parser; the texts joined again are the source,
byte for byte. Two statements on one line are one.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a block: whole lines, each with its newline."""

    key: Key  # what makes it the same statement in another version of the source
    leading: str  # the comments and blank lines before it
    text: str
    body: Block | None = None  # of a class whose body has lines of its own
    header: str = ""  # of such a class: what comes before its body, decorators included

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.key[1] if len(self.key) > 1 else self.key[0]


@dataclass(frozen=True, slots=True)
class Block:
    """The statements of a module or of a class body."""

    statements: tuple[Statement, ...]
    tail: str = ""  # the comments and blank lines after the last one
    indent: str = ""
    by_key: dict[Key, Statement] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {statement.key: statement for statement in self.statements})

    @property
    def text(self) -> str:
        """The source again."""
        return "".join(one.leading + one.text for one in self.statements) + self.tail


def module_block(source: str) -> Block:
    """Return the statements of a module whose lines end in `\\n`; SyntaxError where it does not parse."""
    lines = [line + "\n" for line in source.split("\n")]
    lines[-1] = lines[-1][:-1]
    return _block(ast.parse(source).body, lines, 0, len(lines))


def signature(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a statement means and the comments in it: equal for two that differ only in how they are laid out."""
    source = text if not text[:1].isspace() else f"if 1:\n{text}"
    try:
        tree = ast.dump(ast.parse(source))
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError):
        return text, ()
    return tree, tuple(token.string for token in tokens if token.type == tokenize.COMMENT)


def _block(nodes: list[ast.stmt], lines: list[str], start: int, end: int) -> Block:
    """Split lines `start` to `end` (from 0, exclusive) into the statements of `nodes`."""
    statements: list[Statement] = []
    seen: dict[Key, int] = {}
    at = start
    for group in _groups(nodes):
        first, last = _first_line(group[0]) - 1, (group[-1].end_lineno or 0)
        key = _key(group, is_first=not statements)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key = (*key, str(seen[key]))
        leading, text = "".join(lines[at:first]), "".join(lines[first:last])
        statements.append(_statement(key, leading, text, group, lines))
        at = last
    indent = " " * nodes[0].col_offset if nodes else ""
    return Block(tuple(statements), "".join(lines[at:end]), indent)


def _statement(key: Key, leading: str, text: str, group: list[ast.stmt], lines: list[str]) -> Statement:
    node = group[0]
    if not isinstance(node, ast.ClassDef) or len(group) > 1 or _first_line(node.body[0]) == _header_end(node, lines):
        return Statement(key, leading, text)
    start, end = _header_end(node, lines), node.end_lineno or 0
    header = "".join(lines[_first_line(node) - 1 : start])
    return Statement(key, leading, text, _block(node.body, lines, start, end), header)


def _header_end(node: ast.ClassDef, lines: list[str]) -> int:
    """Return the number of the line that holds the colon: comments after it belong to the first statement."""
    first = _first_line(node.body[0])
    for number in range(first - 1, node.lineno - 1, -1):
        line = lines[number - 1].strip()
        if line and not line.startswith("#"):
            return number
    return first  # the body begins on the line of the header


def _groups(nodes: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Yield statements, those that share a line together."""
    group: list[ast.stmt] = []
    for node in nodes:
        if group and _first_line(node) > (group[-1].end_lineno or 0):
            yield group
            group = []
        group.append(node)
    if group:
        yield group


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _key(group: list[ast.stmt], *, is_first: bool) -> Key:
    if len(group) > 1:
        return ("statement", ast.unparse(ast.Module(group, [])))
    node = group[0]
    match node:
        case ast.ClassDef(name=name):
            return ("class", _db_table(node) or name)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return ("function", name)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return ("name", _db_column(value) or name)
        case ast.AnnAssign(target=ast.Name(id=name)):
            return ("name", name)
        case ast.Expr(value=ast.Constant(value=str())) if is_first:
            return ("docstring",)
        case ast.Import() | ast.ImportFrom():
            return ("import", ast.unparse(node))
    return ("statement", ast.unparse(node))


def _db_table(node: ast.ClassDef) -> str | None:
    """Return the table a model names: it stays the same model when somebody renames the class."""
    for meta in node.body:
        if isinstance(meta, ast.ClassDef) and meta.name == "Meta":
            for option in meta.body:
                match option:
                    case ast.Assign(targets=[ast.Name(id="db_table")], value=ast.Constant(value=str(table))):
                        return f"table {table}"
    return None


def _db_column(value: ast.expr) -> str | None:
    """Return the column a field names: it stays the same field when somebody renames it."""
    if isinstance(value, ast.Call):
        for keyword in value.keywords:
            match keyword:
                case ast.keyword(arg="db_column", value=ast.Constant(value=str(column))):
                    return column
    return None
