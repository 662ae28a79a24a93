"""ModelClass -> ModelSource: the text of the class, and what a migration repeats of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from onboard.passes.brief import Brief, composite_parents
from onboard.passes.choices import CHOICES_IMPORTS
from onboard.passes.model import FieldLine, ModelClass
from onboard.passes.source import Expression, Import, ModelSource
from onboard.passes.written import NO_HELPERS, Argument, Written, code, listed, needs

_ORDER = (
    None, "to", "through", "expression", "output_field", "db_persist", "on_delete", "to_field", "related_name",
    "primary_key", "max_length", "max_digits", "decimal_places", "true", "false", "column_type", "always", "choices",
    "blank", "null", "db_default", "db_column", "db_index", "db_constraint", "db_collation", "db_comment",
)  # fmt: skip
_RANK = {keyword: rank for rank, keyword in enumerate(_ORDER)}
_OPTIONS = ("managed", "db_table", "db_table_comment", "verbose_name", "verbose_name_plural", "constraints", "indexes")
_RELATIONS = ("models.ForeignKey", "models.OneToOneField", "models.ManyToManyField")


def emit(model: ModelClass, brief: Brief) -> ModelSource:
    """Write a finished class."""
    options = _options(model)
    pieces = [*(line.function for line in model.fields), *model.mixins, *(value for _, value in options)]
    pieces += [given.value for line in model.fields for given in line.arguments]
    imports, helpers = needs(pieces)
    imports |= {Import("django.db", "models")} | (CHOICES_IMPORTS if model.nested else frozenset())
    app = brief.plan.app
    annotations = composite_parents(brief)
    parents = {brief.plan.decided[relation.references].model for relation in brief.relations.values()} | annotations
    return ModelSource(
        brief.table.name,
        model.name,
        _text(model, options),
        imports,
        helpers,
        tuple((line.name, _recorded_field(line, app)) for line in model.fields),
        tuple((name, _recorded(value, app)) for name, value in options),
        tuple(sorted(parents - {model.name})),
        tuple(sorted(annotations - {model.name})),
        model.notes,
    )


def _options(model: ModelClass) -> tuple[tuple[str, Written], ...]:
    options = dict(model.meta)
    if model.constraints:
        options["constraints"] = listed(named.value for named in model.constraints)
    if model.indexes:
        options["indexes"] = listed(named.value for named in model.indexes)
    return tuple((name, options[name]) for name in _OPTIONS if name in options)


def _text(model: ModelClass, options: Iterable[tuple[str, Written]]) -> str:
    bases = ", ".join((*(code(mixin.node) for mixin in model.mixins), "models.Model"))
    blocks = [textwrap.indent(code(node).strip("\n") + "\n", "    ") for node in model.nested]
    blocks.append("".join(f"    {line.name} = {_call(line)}\n" for line in model.fields))
    meta = "".join(f"        {name} = {code(value.node)}\n" for name, value in options)
    blocks.append(f"    class Meta:\n{meta}" if meta else "")
    blocks += [textwrap.indent(code(node).strip("\n") + "\n", "    ") for node in model.methods]
    return f"class {model.name}({bases}):\n" + "\n".join(block for block in blocks if block)


def _sorted(arguments: tuple[Argument, ...]) -> list[Argument]:
    return sorted(arguments, key=lambda given: _RANK.get(given.keyword, len(_RANK)))


def _call(line: FieldLine) -> str:
    written = ", ".join(
        code(given.value.node) if given.keyword is None else f"{given.keyword}={code(given.value.node)}"
        for given in _sorted(line.arguments)
    )
    return f"{code(line.function.node)}({written})"


def _recorded_field(line: FieldLine, app: str) -> Expression:
    pieces = (line.function, *(given.value for given in line.arguments))
    is_same = all(piece.recorded is None for piece in pieces)
    text = _call(line) if is_same else _recorded_call(line)
    if line.has("primary_key") or text.startswith("models.CompositePrimaryKey("):
        text = f"{text[:-1]}, serialize=False)"  # what a model does to its key when it is made
    return Expression(text, _recorded_imports(pieces, app))


def _recorded_call(line: FieldLine) -> str:
    function = code(line.function.record)
    first = "to=" if function in _RELATIONS else ""
    written = ", ".join(
        (first if given.keyword is None else f"{given.keyword}=") + code(given.value.record)
        for given in _sorted(line.arguments)
    )
    return f"{function}({written})"


def _recorded(value: Written, app: str) -> Expression:
    return Expression(code(value.record), _recorded_imports((value,), app))


def _recorded_imports(pieces: Iterable[Written], app: str) -> frozenset[Import]:
    imports, helpers = needs(pieces)
    return imports | {Import(f"{app}.fields")} if helpers is not NO_HELPERS and helpers else imports
