"""Apps that stand on others which stand on them -> first migrations in two steps: what the others need, then the rest.

An installed package may need a table of the project's (a swapped user model, say) before it makes its own, to which
the project's models refer. Its files cannot be changed, so the new history goes around it: first the models without
what refers to those late tables, then those fields, and the models that inherit from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ModelState, ProjectState

from onboard.history.as_database import without_field
from onboard.history.graph import Graph, in_order
from onboard.history.memory import MigrationFile
from onboard.history.rows import Named
from onboard.history.states import Changes, initial_operations

AnyField = Any  # fields answer more than the stubs know
Key = tuple[str, str]  # (app label, lower-case model name)


def first_migrations(
    state: ProjectState, graph: Graph, labels: Collection[str], others: MigrationGraph, name: str
) -> Changes:
    """Return the first migrations of these apps; in two steps where other apps' migrations must come between them."""
    early = _without(state, labels, _late_models(state, graph, labels))
    if early is None:
        return initial_operations(state, labels, others, name)
    changes = initial_operations(early, labels, others, name)
    between = _with(others, changes)
    later = initial_operations(state, labels, between, name, start=early)
    for label, migrations in later.items():
        changes.setdefault(label, []).extend(migrations)
    return changes


def stands_on(key: Named, graph: Graph, labels: Collection[str]) -> bool:
    """Whether a migration of another app needs one of these apps first."""
    every = {key, *graph.ancestors(key)}
    return any(parent[0] in labels for one in every for parent in graph.files[one].dependencies)


def models_made(file: MigrationFile) -> set[str]:
    """Return the models that a migration makes, or gives a new name, in lower case."""
    made = set()
    for operation in file.migration.operations if file.migration is not None else ():
        made.add(str(getattr(operation, "new_name", getattr(operation, "name", ""))).lower())
    return made


def _late_models(state: ProjectState, graph: Graph, labels: Collection[str]) -> frozenset[Key]:
    """Models of other apps that these refer to, and that are made by a migration which stands on these apps."""
    wanted = {key for own in state.models.values() if own.app_label in labels for key in _referred(own)}
    late = set()
    for app, model in sorted(wanted):
        if app in labels:
            continue
        made_by = in_order(graph, [key for key in graph.files if key[0] == app])
        first = next((one for one in made_by if model in models_made(graph.files[one])), None)
        if first is not None and stands_on(first, graph, labels):
            late.add((app, model))
    return frozenset(late)


def _without(state: ProjectState, labels: Collection[str], late: frozenset[Key]) -> ProjectState | None:
    """The state before the late models are there; None where nothing refers to them."""
    if not late:
        return None
    early = state.clone()
    gone: set[Key] = set(late)
    while more := {
        key for key, model in early.models.items() if key[0] in labels and key not in gone and _needs(model, gone)
    }:
        gone |= more
        for key in more:
            del early.models[key]
    for key, model in list(early.models.items()):
        if key[0] in labels:
            early.models[key] = _without_fields(model, gone)
    return early


def _needs(model: ModelState, gone: Collection[Key]) -> bool:
    """Whether the whole model must wait: it inherits from one that is late, or its key refers to one."""
    bases = {_key(str(base), model.app_label) for base in model.bases if isinstance(base, str)}
    keys = [field for field in model.fields.values() if getattr(field, "primary_key", False)]
    return bool(bases & set(gone)) or any(set(_targets(field, model)) & set(gone) for field in keys)


def _without_fields(model: ModelState, gone: Collection[Key]) -> ModelState:
    names = [name for name, field in model.fields.items() if set(_targets(field, model)) & set(gone)]
    copy = model.clone()
    for name in names:
        without_field(copy, name)
        if copy.options.get("order_with_respect_to") == name:
            copy.options.pop("order_with_respect_to")
    return copy


def _referred(model: ModelState) -> Iterator[Key]:
    yield from (_key(str(base), model.app_label) for base in model.bases if isinstance(base, str))
    for field in model.fields.values():
        yield from _targets(field, model)


def _targets(field: AnyField, model: ModelState) -> Iterator[Key]:
    """The models that a field refers to: its target, and what it goes through."""
    relation = getattr(field, "remote_field", None)
    for target in (getattr(relation, "model", None), getattr(relation, "through", None)):
        label = getattr(getattr(target, "_meta", None), "label_lower", target)
        if isinstance(label, str) and label != "self":
            yield _key(label, model.app_label)


def _key(label: str, app: str) -> Key:
    holder, dot, name = label.lower().rpartition(".")
    return (holder if dot else app), name


def _with(others: MigrationGraph, changes: Changes) -> MigrationGraph:
    """The other apps' migrations, and the first step."""
    both = MigrationGraph()
    for key in others.nodes:
        both.add_node(key, others.nodes[key])
    for key in others.nodes:
        for parent in others.node_map[key].parents:
            both.add_dependency(others.nodes[key], key, parent.key, skip_validation=True)
    for label, migrations in changes.items():
        for migration in migrations:
            both.add_node((label, migration.name), migration)
    for label, migrations in changes.items():
        for migration in migrations:
            for parent in migration.dependencies:
                wanted = (parent[0], parent[1])
                if wanted in both.nodes and wanted[0] == label:
                    both.add_dependency(migration, (label, migration.name), wanted, skip_validation=True)
    return both
