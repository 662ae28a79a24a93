"""Draft + Catalog + Decisions -> the sources of an app: every class is taken apart, rewritten and written once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from onboard.catalog.structure import Catalog, ColumnType, TableName, TypeKind
from onboard.decisions.decisions import Decisions
from onboard.draft.inspectdb import DraftModel
from onboard.passes.brief import Plan, brief_for, placeholders, plan_for
from onboard.passes.choices import CHOICES_IMPORTS, choices_class, members
from onboard.passes.emit import emit
from onboard.passes.parse import parse_draft
from onboard.passes.passing import Pass, all_passes
from onboard.passes.reading_order import reading_order
from onboard.passes.sections import sections
from onboard.passes.source import AppSource, ModelSource
from onboard.passes.target import Target
from onboard.passes.written import NO_HELPERS, code


def rewrite(draft: Iterable[DraftModel], catalog: Catalog, decisions: Decisions, *, target: Target) -> AppSource:
    """Return the app: one finished class a draft, in reading order; a view without an accepted key gets none."""
    plan = plan_for(catalog, decisions, target)
    rules = all_passes()
    found = (_rewritten(model, plan, rules) for model in draft if _is_addressable(plan, model.table))
    sources = {source.name: source for source in found}
    parents = {name: tuple(p for p in source.parents if p in sources) for name, source in sources.items()}
    found_sections = sections({name: source.table.schema for name, source in sources.items()}, parents)
    names = [name for one in found_sections for name in one.models] or reading_order(parents)
    ordered = tuple(sources[name] for name in names)
    titles = tuple((one.models[0], one.title) for one in found_sections)
    return AppSource(decisions.app, ordered, _enum_classes(plan, ordered), titles)


def _is_addressable(plan: Plan, name: TableName) -> bool:
    """A view without a key has nothing to tell its rows apart by."""
    return plan.decided[name].primary_key is not None or not plan.tables[name].is_view


def _rewritten(draft: DraftModel, plan: Plan, rules: tuple[Pass, ...]) -> ModelSource:
    brief = brief_for(plan, draft.table)
    model = parse_draft(draft.text, placeholders(brief.table))
    return emit(reduce(lambda rewritten, rule: rule.rewrite(rewritten, brief), rules, model), brief)


def _enum_classes(plan: Plan, models: tuple[ModelSource, ...]) -> tuple[ModelSource, ...]:
    """The TextChoices that the models use, by name."""
    used = {model.table for model in models}
    types = {
        TableName(type_.schema, type_.name)
        for name in used
        for column in plan.tables[name].columns
        for type_ in _inner_types(column.type)
        if type_.kind is TypeKind.ENUM
    }
    return tuple(
        _enum_class(plan, name, plan.enum_classes)
        for name in sorted(types, key=lambda name: plan.enum_classes.get(name, ""))
        if name in plan.enum_classes and name in plan.types and plan.types[name].labels
    )


def _inner_types(type_: ColumnType) -> Iterable[ColumnType]:
    found: ColumnType | None = type_
    while found is not None:
        yield found
        found = found.element or found.base


def _enum_class(plan: Plan, name: TableName, names: Mapping[TableName, str]) -> ModelSource:
    node = choices_class(names[name], members(plan.types[name].labels))
    return ModelSource(name, names[name], code(node).strip("\n") + "\n", CHOICES_IMPORTS, NO_HELPERS, (), ())
