"""Holds generated Python against what it may be made of: kinds of syntax, what is imported, what is called.

Whatever a database holds may only ever become a string, a number, or a comment of one line.
"""

from __future__ import annotations

import ast
from pathlib import Path

# All others are templates of ours, word for word, and hold code of any kind; nothing of the database gets there.
_MADE = ("models.py", "models/*.py", "admin.py", "migrations/0*.py", "migrations/_baseline.py")
_KINDS = (
    ast.Module,
    ast.Expr,
    ast.Import,
    ast.ImportFrom,
    ast.alias,
    ast.ClassDef,
    ast.Assign,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.Attribute,
    ast.Call,
    ast.keyword,
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.UnaryOp,
    ast.USub,
    ast.Invert,
    ast.BinOp,
    ast.BitAnd,
    ast.BitOr,
    ast.Add,
)
# Accessors of composite keys and views are written by us around names that were made.
_METHOD_KINDS = (
    *_KINDS,
    ast.FunctionDef,
    ast.arguments,
    ast.arg,
    ast.Return,
    ast.If,
    ast.Compare,
    ast.Is,
    ast.In,
    ast.NotIn,
    ast.IfExp,
    ast.BoolOp,
    ast.Or,
    ast.And,
    ast.Starred,
    ast.GeneratorExp,
    ast.comprehension,
    ast.Eq,
    ast.IsNot,
    ast.Not,
    ast.Subscript,
    ast.With,
    ast.withitem,
    ast.Gt,
    ast.Slice,
)
_MODULES = ("__future__", "datetime", "decimal", "uuid", "django.", "legacy")
_FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "open", "getattr", "setattr", "globals", "print", "system"}


def unexpected_nodes(app: Path) -> list[str]:
    """Return one line for each piece of syntax that generated source must not hold."""
    found: list[str] = []
    for path in sorted(path for pattern in _MADE for path in app.glob(pattern)):
        source = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(app)}:{line}" for line in _of(ast.parse(source))]
        found += [f"{path.relative_to(app)}: {line}" for line in _characters(source)]
    return found


def _of(tree: ast.Module) -> list[str]:
    methods = {id(node) for def_ in ast.walk(tree) if isinstance(def_, ast.FunctionDef) for node in ast.walk(def_)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, _METHOD_KINDS if id(node) in methods else _KINDS):
            found.append(f"{getattr(node, 'lineno', 0)}: {type(node).__name__}")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            found += [f"{node.lineno}: import {m}" for m in modules if not _is_known(node, m)]
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.rpartition(".")[2] in _FORBIDDEN_CALLS or "__" in name.replace("__init__", ""):
                found.append(f"{node.lineno}: {name}()")
    return found


def _is_known(node: ast.Import | ast.ImportFrom, module: str) -> bool:
    return (isinstance(node, ast.ImportFrom) and node.level > 0) or f"{module}.".startswith(_MODULES)


def _characters(source: str) -> list[str]:
    """Control and bidirectional characters have no place in source, not even in a comment."""
    import unicodedata

    return [
        f"U+{ord(c):04X}"
        for c in sorted(set(source))
        if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl"}
    ]
