"""The text of a migration, or of a module that imports from one -> the same text with names changed that are going.

Everything a person wrote stays: only the nodes that name what is gone are replaced. Knows texts and names, nothing of
Django, of disks or of databases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import libcst as cst
from libcst.helpers import get_full_name_for_node

Named = tuple[str, str]  # (app label, migration name)

_LISTS = ("dependencies", "run_before", "replaces")


@dataclass(frozen=True, slots=True)
class Moved:
    """A module whose contents are to be found in another one, both in dotted names."""

    old: str
    new: str


def with_dependencies(text: str, names: Mapping[Named, tuple[Named, ...]]) -> str:
    """Return the migration with the names in `dependencies` and `run_before` replaced; an empty tuple takes one away.

    A name that is in the list already is not written a second time.
    """
    return cst.parse_module(text).visit(_Dependencies(names)).code


def without_replaces(text: str) -> str:
    """Return the migration without its `replaces`: it stands for nothing but itself any more."""
    return cst.parse_module(text).visit(_NoReplaces()).code


def with_imports(text: str, moved: tuple[Moved, ...], *, package: str = "") -> str:
    """Return the module with every mention of a moved module led to the new one: imports, attributes and texts.

    `package` is the package the module is in, for relative imports. Text counts where it is a dotted name of the
    module, or of something in it, as `import_module` and `import_string` take it.
    """
    named = {one.old: one.new for one in moved if one.old.rpartition(".")[2] in text}
    if not named:
        return text  # a module is never named without its last word: most files need not be parsed at all
    return cst.parse_module(text).visit(_Imports(named, package)).code


def mentions(text: str, module: str, *, package: str = "") -> bool:
    """Whether the module is imported or named anywhere in the text."""
    return with_imports(text, (Moved(module, "onboard.moved"),), package=package) != text


class _Dependencies(cst.CSTTransformer):
    def __init__(self, names: Mapping[Named, tuple[Named, ...]]) -> None:
        self._names = names
        self._depth = 0

    def visit_Assign(self, node: cst.Assign) -> None:
        self._depth += _assigns(node) in _LISTS[:2]

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        self._depth -= _assigns(original_node) in _LISTS[:2]
        return updated_node

    def leave_List(self, original_node: cst.List, updated_node: cst.List) -> cst.List:
        if not self._depth or not any(self._mapped(element) is not None for element in updated_node.elements):
            return updated_node
        elements: list[cst.BaseElement] = []
        seen = {found for element in updated_node.elements if (found := _named(element)) and found not in self._names}
        for element in updated_node.elements:
            mapped = self._mapped(element)
            if mapped is None:
                elements.append(element)
                continue
            for name in mapped:
                if name not in seen:
                    seen.add(name)
                    elements.append(element.with_changes(value=_pair(name)))
        if not elements:
            return updated_node.with_changes(
                elements=[], lbracket=cst.LeftSquareBracket(), rbracket=cst.RightSquareBracket()
            )
        return updated_node.with_changes(elements=elements)

    def _mapped(self, element: cst.BaseElement) -> tuple[Named, ...] | None:
        found = _named(element)
        return None if found is None else self._names.get(found)


class _NoReplaces(cst.CSTTransformer):
    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine | cst.RemovalSentinel:
        if len(original_node.body) == 1 and _assigns(original_node.body[0]) == "replaces":
            return cst.RemoveFromParent()
        return updated_node


class _Imports(cst.CSTTransformer):
    def __init__(self, moved: Mapping[str, str], package: str) -> None:
        self._moved = moved
        self._package = package

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        base = self._absolute(updated_node)
        if base in self._moved:
            return updated_node.with_changes(module=_dotted(self._moved[base]), relative=[], **_spaced(updated_node))
        if isinstance(updated_node.names, cst.ImportStar):
            return updated_node
        moved = [alias for alias in updated_node.names if f"{base}.{get_full_name_for_node(alias.name)}" in self._moved]
        if not moved or len(moved) != len(updated_node.names):
            return updated_node
        targets = {self._moved[f"{base}.{get_full_name_for_node(alias.name)}"] for alias in moved}
        if len({target.rpartition(".")[0] for target in targets}) != 1:
            return updated_node
        package = next(iter(targets)).rpartition(".")[0]
        names = [self._renamed(alias, f"{base}.{get_full_name_for_node(alias.name)}") for alias in moved]
        if package == base:
            return updated_node.with_changes(names=names)
        return updated_node.with_changes(module=_dotted(package), relative=[], names=names, **_spaced(updated_node))

    def leave_ImportAlias(self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias) -> cst.ImportAlias:
        name = get_full_name_for_node(updated_node.name) or ""
        return updated_node.with_changes(name=_dotted(self._moved[name])) if name in self._moved else updated_node

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        name = get_full_name_for_node(updated_node) or ""
        return _dotted(self._moved[name]) if name in self._moved else updated_node

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        value = updated_node.evaluated_value
        if not isinstance(value, str):
            return updated_node
        for old, new in self._moved.items():
            if value == old or value.startswith(f"{old}."):
                return updated_node.with_changes(value=repr(new + value[len(old) :]))
        return updated_node

    def _absolute(self, node: cst.ImportFrom) -> str:
        name = (get_full_name_for_node(node.module) if node.module else "") or ""
        if not node.relative:
            return name
        parts = self._package.split(".") if self._package else []
        parts = parts[: len(parts) - (len(node.relative) - 1)]
        return ".".join([*parts, *([name] if name else [])])

    def _renamed(self, alias: cst.ImportAlias, old: str) -> cst.ImportAlias:
        last = self._moved[old].rpartition(".")[2]
        kept = alias.asname or cst.AsName(name=cst.Name(old.rpartition(".")[2]))
        return alias.with_changes(name=cst.Name(last), asname=kept)


def _assigns(node: cst.CSTNode) -> str:
    """Return the one plain name that a statement assigns to, or an empty text."""
    if isinstance(node, cst.Assign) and len(node.targets) == 1 and isinstance(node.targets[0].target, cst.Name):
        return node.targets[0].target.value
    if isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name):
        return node.target.value
    return ""


def _named(element: cst.BaseElement) -> Named | None:
    if not isinstance(element.value, cst.Tuple) or len(element.value.elements) != 2:
        return None
    texts = [part.value.evaluated_value for part in element.value.elements if isinstance(part.value, cst.SimpleString)]
    return (str(texts[0]), str(texts[1])) if len(texts) == 2 else None


def _pair(name: Named) -> cst.Tuple:
    return cst.Tuple([cst.Element(cst.SimpleString(_quoted(part))) for part in name])


def _quoted(text: str) -> str:
    return f'"{text}"' if text.isprintable() and not set(text) & {'"', "\\"} else repr(text)


def _dotted(name: str) -> cst.Attribute | cst.Name:
    first, *rest = name.split(".")
    node: cst.Attribute | cst.Name = cst.Name(first)
    for part in rest:
        node = cst.Attribute(value=node, attr=cst.Name(part))
    return node


def _spaced(node: cst.ImportFrom) -> dict[str, cst.SimpleWhitespace]:
    """`from . import x` has no blank that `from a import x` needs: both get one."""
    return {"whitespace_after_from": cst.SimpleWhitespace(" "), "whitespace_before_import": cst.SimpleWhitespace(" ")}
