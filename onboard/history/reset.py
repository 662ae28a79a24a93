"""A history that is missing, broken or too long -> one clean first history, with the record to match.

The models must equal the database: that is proven before anything is planned, and again before the commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.structure import Catalog
from onboard.errors import BadInput, NothingDone, Refused
from onboard.history.backup import TABLE as BACKUP
from onboard.history.beyond import carried_over, unsettled, unsettled_on_disk
from onboard.history.build import built, leaves_of
from onboard.history.manual import Manual, Place, is_promotion, manual_operations, refuse_unknown
from onboard.history.memory import Memory, MigrationFile, read_memory
from onboard.history.new_history import NewHistory, new_history
from onboard.history.proof import differences, differences_in, live_catalog, models_of
from onboard.history.rewrite import Rewrite
from onboard.history.rows import TABLE as RECORD
from onboard.history.rows import Named, Row, of_apps
from onboard.history.shape import unlike
from onboard.history.staged import loader_of, nothing_staged
from onboard.history.states import unmade_changes
from onboard.project.files import tree_of
from onboard.verify.differences import Difference
from onboard.verify.located import located
from onboard.verify.wording import in_one_line

Names = Mapping[str, tuple[str, ...]]  # migration names by app


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reset will do, proven as far as it can be without doing it."""

    rewrite: Rewrite
    differences: tuple[Difference, ...] = ()  # not empty: nothing may be done
    manuals: tuple[Manual, ...] = ()
    history: NewHistory | None = None  # None where the files stay as they are
    notes: tuple[str, ...] = ()


def plan_reset(
    root: Path,
    connection: BaseDatabaseWrapper,
    labels: Collection[str],
    *,
    left_out: Collection[str] = (),
    accepted: Collection[str] = (),
    carry: bool = False,
) -> Plan:
    """Return the plan; with differences in it where the models are not what the database is, and then no more.

    What the new history makes beside the models, in the same way as the database has it, is no difference; with
    `carry`, what the database has beyond both is written into it as SQL. Refused where the history cannot be made anew
    without losing something nobody has agreed to lose.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    models = models_of(labels, connection.alias)
    live = live_catalog(connection, models)
    found = differences_in(models, live, connection, accepted=accepted)
    try:
        manuals, history, trial = _new(root, connection, memory, labels, live, left_out, carry=carry)
    except (Refused, NothingDone):
        if not found:
            raise
        return Plan(_nothing(labels), found)  # they come first: what stops the new history may come from them
    left = unsettled(found, models, trial.fresh, connection) if trial.fresh else found
    if left:
        return Plan(_nothing(labels), left)
    before = of_apps(memory.rows, labels)
    rewrite = replace(
        _nothing(labels),
        files=history.files,
        remove=history.remove,
        rows_before=before,
        rows_after=rows_after(before, history.names, history.replaced),
    )
    return Plan(rewrite, (), manuals, history, _notes(history, trial, _settled_lines(found), live, models))


@dataclass(frozen=True, slots=True)
class _Trial:
    """The new history, built in an empty database."""

    fresh: Catalog | None  # None where no empty database could be made
    problem: str = ""


def _new(
    root: Path,
    connection: BaseDatabaseWrapper,
    memory: Memory,
    labels: Collection[str],
    live: Catalog,
    left_out: Collection[str],
    *,
    carry: bool,
) -> tuple[tuple[Manual, ...], NewHistory, _Trial]:
    files = [file for label in sorted(labels) for file in memory.app(label).files]
    _refuse_generated(files)
    manuals = manual_operations(files, left_out=left_out)
    refuse_unknown(manuals)
    history = new_history(memory, root, labels, manuals, replaced=True)
    _prove_staged(history, labels)
    trial = _tried(history, connection, labels, manuals)
    if not carry or trial.fresh is None:
        return manuals, history, trial
    models = models_of(labels, connection.alias)
    beyond = [one for label in sorted(labels) for one in carried_over(memory.app(label), models, live, trial.fresh)]
    if not beyond:
        return manuals, history, trial
    manuals = (*manuals, *beyond)
    history = new_history(memory, root, labels, manuals, replaced=True)
    return manuals, history, _tried(history, connection, labels, manuals)


def _nothing(labels: Collection[str]) -> Rewrite:
    return Rewrite("reset", tuple(sorted(labels)), tree_of(()))


def plan_database_only(
    root: Path, connection: BaseDatabaseWrapper, labels: Collection[str], *, accepted: Collection[str] = ()
) -> Plan:
    """Return the plan of the database's half: the files are another environment's reset, committed.

    The tables are held against the state at the reset's migrations, not against models that may be ahead of them.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    bridges = {
        label: tuple(file for file in memory.app(label).files if file.replaces and _stands_alone(memory, file))
        for label in sorted(labels)
    }
    for label, files in bridges.items():
        if not files:
            raise Refused(
                f"No migration of `{label}` on disk `replaces` others that are gone: its history is no reset one.",
                remedy=f"Check out the commit that holds it, or make one: `onboard reset {label} --apply`.",
            )
    loader = loader_of(None, nothing_staged())
    nodes = [file.key for files in bridges.values() for file in files]
    state = loader.project_state(nodes)
    models = models_of(labels, connection.alias, registry=state.apps)
    found = differences(models, connection, accepted=accepted)
    if found:
        found = unsettled_on_disk(found, models, connection, lambda _: sorted(nodes))
    apps = tuple(sorted(labels))
    before = of_apps(memory.rows, labels)
    if found:
        return Plan(_nothing(labels), found)
    names = {label: memory.app(label).names for label in labels}
    replaced = {
        label: tuple(name for file in files for app, name in file.replaces if app == label)
        for label, files in bridges.items()
    }
    new = {label: tuple(file.name for file in files) for label, files in bridges.items()}
    after = rows_after(before, new, replaced, kept=names)
    return Plan(Rewrite("reset", apps, tree_of(()), (), before, after))


def rows_after(before: Iterable[Row], names: Names, replaced: Names, *, kept: Names | None = None) -> tuple[Row, ...]:
    """Return the rows as they will be: those of old names that are stood for, then the new ones, each name once.

    Rows of `kept` names stay as they are. A row that is there keeps its id and time.
    """
    there: dict[Named, Row] = {}
    for row in before:
        there.setdefault(row.key, row)
    wanted = [(label, name) for by_label in (replaced, names) for label in sorted(by_label) for name in by_label[label]]
    stays = [key for key in there if kept is not None and key[1] in kept.get(key[0], ())]
    keys = dict.fromkeys([*wanted, *stays])
    rows = [there.get(key, Row(*key)) for key in keys]
    return tuple(sorted(rows, key=lambda row: row.id or 2**63))


def require_installed(memory: Memory, labels: Collection[str]) -> None:
    """BadInput where an app is not installed, by its label."""
    installed = [app.label for app in memory.apps]
    for label in labels:
        if label not in installed:
            named = [config.label for config in apps.get_app_configs() if config.name == label]
            remedy = f"Installed: {', '.join(installed)}."
            raise BadInput(
                f"There is no app `{label}` in this project.",
                remedy=f"It is a module: its label is `{named[0]}`." if named else remedy,
            )


def _refuse_generated(files: Iterable[MigrationFile]) -> None:
    for file in files:
        if file.migration is not None and any(is_promotion(operation) for operation in file.migration.operations):
            raise Refused(
                f"`{file.app}` was generated by onboard: its history says which tables were there before Django.",
                where=str(file.path),
                remedy="Its baseline is its reset; `onboard promote` and `makemigrations` go on from there.",
            )


def _prove_staged(history: NewHistory, labels: Collection[str]) -> None:
    loader = loader_of(None, history.staged)
    if history.moves_code:
        return  # models will import from another module then: `prove_afresh` looks when they do
    if unmade := unmade_changes(loader, labels):
        raise Refused(
            f"The new history would not say all that the models say: {unmade[0].describe()}.",
            remedy="Please report this: nothing has been changed.",
        )


def _tried(
    history: NewHistory, connection: BaseDatabaseWrapper, labels: Collection[str], manuals: tuple[Manual, ...]
) -> _Trial:
    """Build the new history in an empty database: what is carried over must run there."""
    try:
        return _Trial(built(connection.alias, history.staged, leaves_of(*labels)))
    except Refused as error:
        raise _with_choices(error, manuals) from error
    except NothingDone as error:
        if any(one.place in (Place.FIRST, Place.LAST) for one in manuals):
            raise
        return _Trial(None, error.problem)


def _settled_lines(found: Iterable[Difference]) -> tuple[str, ...]:
    return tuple(f"made by the history beside the models: {one.table}, {in_one_line(one)}" for one in found)


def _notes(
    history: NewHistory, trial: _Trial, settled: tuple[str, ...], live: Catalog, models: tuple[type[Model], ...]
) -> tuple[str, ...]:
    """Say what a person should know before: what a new database will lack above all."""
    notes = [f"`{app}.{name}` is an installed package's: `replaces` leads it" for app, name in history.on_bridge]
    if trial.fresh is None:
        return (*notes, f"not built in an empty database: {trial.problem}")
    lines = unlike(_only(live, models), _only(trial.fresh, models), ignore=(RECORD, BACKUP))
    return (*notes, *settled, *(f"a database built from the new history will differ: {line}" for line in lines))


def _with_choices(error: Refused, manuals: tuple[Manual, ...]) -> Refused:
    """Say which operations were carried over: one of them needs tables as they were when it was written."""
    carried = [one for one in manuals if one.place in (Place.FIRST, Place.LAST)]
    if not carried:
        return error
    shown = ", ".join(f"`{one.file.app}.{one.file.name}` {one.what}" for one in carried[:_SHOWN])
    more = f" and {len(carried) - _SHOWN} more" if len(carried) > _SHOWN else ""
    return Refused(
        error.problem,
        remedy=f"Carried over are {shown}{more}. Leave out what needs tables as they were then: "
        "`--leave-out APP.NAME`, or `--leave-out all`.",
    )


_SHOWN = 12


def _only(catalog: Catalog, models: Iterable[type[Model]]) -> Catalog:
    """Only these models' tables; what is not of one table is as a whole no app's."""
    found = located(catalog)
    tables = {found.table(model._meta.db_table) for model in models}
    kept = tuple(table for table in catalog.tables if table.name in tables)
    return replace(catalog, tables=kept, types=(), extensions=())


def _stands_alone(memory: Memory, file: MigrationFile) -> bool:
    """Whether what it stands for is gone from the disk: else it is a squash that is half-way."""
    on_disk = {one.key for one in memory.files}
    return not any(name in on_disk for name in file.replaces)
