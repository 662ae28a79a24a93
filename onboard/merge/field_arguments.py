"""The text of a module -> the same text with single arguments of fields, and entries of Meta's lists, changed.

Every other byte stays, comments too. Only the classes that change are read as syntax trees, each alone: reading a
models.py of a thousand classes takes seconds. Knows nothing of Django beyond `class Meta`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import libcst as cst

from onboard.errors import Refused

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_WIDTH = 88  # as Django formats
_COMMA = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


@dataclass(frozen=True, slots=True)
class FieldArgument:
    """A keyword argument to set on a field, or to take off it."""

    model: str
    field: str
    name: str
    value: str | None  # Python source; None takes the argument away


@dataclass(frozen=True, slots=True)
class MetaEntry:
    """An element to put at the end of a list in Meta, such as `indexes`."""

    model: str
    option: str
    source: str  # Python source of the element


Edit = FieldArgument | MetaEntry


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with these edits made to its top-level classes; the same text where all are there already.

    Refused where a class, field or list is not there, or is not written out plainly.
    """
    tree = ast.parse(text.removeprefix("\ufeff"))
    lines = [line for line in _LINE.findall(text) if line]
    places = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    by_model: dict[str, list[Edit]] = {}
    for edit in edits:
        if isinstance(edit, MetaEntry):
            _refuse_unimported(tree, edit)
        by_model.setdefault(edit.model, []).append(edit)
    for model in sorted(by_model, key=lambda name: -_place(places, name).lineno):
        place = _place(places, model)
        start, end = place.lineno - 1, place.end_lineno or place.lineno
        lines[start:end] = [_edited_class("".join(lines[start:end]), by_model[model])]
    return "".join(lines)


def _refuse_unimported(tree: ast.Module, entry: MetaEntry) -> None:
    name = entry.source.partition("(")[0].partition(".")[0]
    imports = (node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    if name not in {alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names}:
        raise Refused(
            f"The module does not import `{name}`.", remedy=f"Add `{entry.source}` to `{entry.option}` by hand."
        )


def _place(places: dict[str, ast.ClassDef], model: str) -> ast.ClassDef:
    if model not in places:
        raise Refused(f"Class `{model}` is not in the module's top level.", remedy="Edit the model by hand.")
    return places[model]


def _edited_class(text: str, edits: Sequence[Edit]) -> str:
    module = cst.parse_module(text)
    for edit in edits:
        (model,) = module.body
        assert isinstance(model, cst.ClassDef)
        if isinstance(edit, FieldArgument):
            changed = _with_argument(model, edit)
        else:
            changed = _with_entry(model, edit, module.default_indent)
        module = module.with_changes(body=[changed])
    return module.code


def _with_argument(model: cst.ClassDef, edit: FieldArgument) -> cst.ClassDef:
    assign = _assignment(model.body, edit.field)
    if assign is None or not isinstance(assign.value, cst.Call):
        raise Refused(
            f"`{edit.model}.{edit.field}` is not written as a call in the class itself.",
            remedy=f"Edit `{edit.name}` by hand.",
        )
    call = assign.value
    args = _removed(call.args, edit.name) if edit.value is None else _set(call.args, edit.name, edit.value)
    return _replaced(model, call, call.with_changes(args=args))


def _removed(args: Sequence[cst.Arg], name: str) -> Sequence[cst.Arg]:
    at = _index(args, name)
    if at is None:
        return args
    kept = [*args[:at], *args[at + 1 :]]
    # What stands behind the comma is layout of the place, or a comment: it goes to the argument before.
    if at and (at == len(args) - 1 or _has_comment(args[at].comma)):
        kept[at - 1] = kept[at - 1].with_changes(comma=args[at].comma)
    return kept


def _set(args: Sequence[cst.Arg], name: str, value: str) -> Sequence[cst.Arg]:
    expression = cst.parse_expression(value)
    at = _index(args, name)
    if at is not None:
        return [*args[:at], args[at].with_changes(value=expression), *args[at + 1 :]]
    bare = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    added = cst.Arg(expression, keyword=cst.Name(name), equal=bare)
    if not args:
        return [added]
    last = args[-1]
    between = next((arg.comma for arg in args[:-1] if not _has_comment(arg.comma)), _COMMA)
    return [*args[:-1], last.with_changes(comma=between), added.with_changes(comma=last.comma)]


def _index(args: Sequence[cst.Arg], name: str) -> int | None:
    names = [arg.keyword.value if arg.keyword else "" for arg in args]
    return names.index(name) if name in names else None


def _has_comment(comma: cst.Comma | cst.MaybeSentinel) -> bool:
    space = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    return isinstance(space, cst.ParenthesizedWhitespace) and (
        space.first_line.comment is not None or any(line.comment for line in space.empty_lines)
    )


def _with_entry(model: cst.ClassDef, edit: MetaEntry, indent: str) -> cst.ClassDef:
    entry = cst.parse_expression(edit.source)
    meta = next(
        (node for node in model.body.body if isinstance(node, cst.ClassDef) and node.name.value == "Meta"), None
    )
    if meta is None or not isinstance(meta.body, cst.IndentedBlock):
        raise Refused(f"`{edit.model}` has no Meta of its own.", remedy=f"Add `{edit.source}` to `{edit.option}`.")
    assign = _assignment(meta.body, edit.option)
    if assign is None:
        listed = _listed([cst.Element(entry)], edit.option, indent)
        line = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(edit.option))], listed)])
        return _replaced(model, meta.body, meta.body.with_changes(body=[*meta.body.body, line]))
    if not isinstance(assign.value, cst.List):
        raise Refused(
            f"`{edit.option}` of `{edit.model}` is not a plain list.", remedy=f"Add `{edit.source}` to it by hand."
        )
    if any(_code(element.value) == _code(entry) for element in assign.value.elements):
        return model
    return _replaced(model, assign.value, _appended(assign.value, entry, edit.option, indent))


def _appended(before: cst.List, entry: cst.BaseExpression, option: str, indent: str) -> cst.List:
    elements = list(before.elements)
    is_on_one_line = "\n" not in _code(before) and "\r" not in _code(before)
    if is_on_one_line or not elements:
        return _listed([*elements, cst.Element(entry)], option, indent)
    last = elements[-1]
    first_line = before.lbracket.whitespace_after
    between = elements[-2].comma if len(elements) > 1 else cst.Comma(whitespace_after=first_line)
    if not isinstance(last.comma, cst.Comma):
        return before.with_changes(elements=[*elements[:-1], last.with_changes(comma=_COMMA), cst.Element(entry)])
    return before.with_changes(
        elements=[*elements[:-1], last.with_changes(comma=between), cst.Element(entry, comma=last.comma)]
    )


def _listed(elements: Sequence[cst.BaseElement], option: str, indent: str) -> cst.List:
    """A list on one line where it fits, else one element a line."""
    flat = [element.with_changes(comma=_COMMA) for element in elements[:-1]]
    flat.append(elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT))
    found = cst.List(flat)
    if len(f"{indent * 2}{option} = {_code(found)}") <= _WIDTH:
        return found
    inner, outer = _new_line(indent * 3), _new_line(indent * 2)
    lines = [element.with_changes(comma=cst.Comma(whitespace_after=inner)) for element in elements[:-1]]
    lines.append(elements[-1].with_changes(comma=cst.Comma(whitespace_after=outer)))
    return cst.List(lines, lbracket=cst.LeftSquareBracket(inner))


def _new_line(indent: str) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(last_line=cst.SimpleWhitespace(indent))


def _assignment(body: cst.BaseSuite, name: str) -> cst.Assign | cst.AnnAssign | None:
    for line in body.body:
        for node in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(node, cst.Assign) and len(node.targets) == 1:
                target: cst.BaseExpression = node.targets[0].target
            elif isinstance(node, cst.AnnAssign):
                target = node.target
            else:
                continue
            if isinstance(target, cst.Name) and target.value == name:
                return node
    return None


def _replaced(model: cst.ClassDef, old: cst.CSTNode, new: cst.CSTNode) -> cst.ClassDef:
    changed = model.deep_replace(old, new)
    assert isinstance(changed, cst.ClassDef)
    return changed


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)
