"""A history that is missing, broken or too long -> one clean first history, with the record to match.

The models must equal the database: that is proven before anything is planned, and again before the commit.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from onboard.catalog.structure import Catalog
from onboard.errors import BadInput, NothingDone, Refused
from onboard.history.backup import TABLE as BACKUP
from onboard.history.build import built, leaves_of
from onboard.history.manual import Manual, Place, is_promotion, manual_operations, refuse_unknown
from onboard.history.memory import Memory, MigrationFile, forget_modules, read_memory
from onboard.history.new_history import NewHistory, new_history
from onboard.history.proof import differences, live_catalog, models_of
from onboard.history.rewrite import Rewrite
from onboard.history.rows import TABLE as RECORD
from onboard.history.rows import Named, Row, of_apps
from onboard.history.shape import unlike
from onboard.history.staged import loader_of, nothing_staged
from onboard.history.states import unmade_changes
from onboard.project.files import tree_of
from onboard.verify.differences import Difference
from onboard.verify.located import located

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
) -> Plan:
    """Return the plan; with differences in it where the models are not what the database is, and then no more.

    Refused where the history cannot be made anew without losing something nobody has agreed to lose.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    found = differences(models_of(labels, connection.alias), connection, accepted=accepted)
    empty = Rewrite("reset", tuple(sorted(labels)), tree_of(()))
    if found:
        return Plan(empty, found)
    files = [file for label in sorted(labels) for file in memory.app(label).files]
    _refuse_generated(files)
    manuals = manual_operations(files, left_out=left_out)
    refuse_unknown(manuals)
    history = new_history(memory, root, labels, manuals, replaced=True)
    _prove_staged(history, labels)
    notes = _notes(history, connection, labels, manuals)
    before = of_apps(memory.rows, labels)
    rewrite = Rewrite(
        "reset",
        tuple(sorted(labels)),
        history.files,
        history.remove,
        before,
        rows_after(before, history.names, history.replaced),
    )
    return Plan(rewrite, (), manuals, history, notes)


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
    loader = _loader(None)
    nodes = [file.key for files in bridges.values() for file in files]
    state = loader.project_state(nodes)
    found = differences(models_of(labels, connection.alias, registry=state.apps), connection, accepted=accepted)
    apps = tuple(sorted(labels))
    before = of_apps(memory.rows, labels)
    if found:
        return Plan(Rewrite("reset", apps, tree_of(())), found)
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


def prove_applied(
    connection: BaseDatabaseWrapper, labels: Collection[str], *, whole: bool = True, compare_models: bool = True
) -> None:
    """Refused unless Django, reading everything afresh, has nothing to make and nothing to apply for these apps.

    With `whole` off, migrations of them that are ahead of the record may wait. With `compare_models` off, models are
    not looked at: the ones in this process are no longer what is on disk.
    """
    forget_modules((app.label for app in read_memory(connection).apps), helpers=not compare_models)
    loader = _loader(connection)
    loader.check_consistent_history(connection)
    if conflicts := {label: names for label, names in loader.detect_conflicts().items() if label in labels}:
        raise Refused(f"There are several last migrations: {conflicts}.")
    waiting = [key for key in loader.graph.nodes if key[0] in labels and key not in loader.applied_migrations]
    if whole and waiting:
        raise Refused(f"`migrate` would still apply {_named(waiting)}.")
    if whole and compare_models and (unmade := unmade_changes(loader, labels)):
        raise Refused(f"`makemigrations` would still write: {unmade[0].describe()}.")


def prove_afresh(root: Path, labels: Collection[str]) -> None:
    """Refused unless `makemigrations --check` is clean for these apps in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-c", _CHECK, str(root), *sorted(labels)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Refused(f"`makemigrations --check` is not clean: {' '.join(last)}")


_CHECK = """
import sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", *sys.argv[2:], check_changes=True, dry_run=True, verbosity=1)
"""


def require_installed(memory: Memory, labels: Collection[str]) -> None:
    """BadInput where an app is not installed, by its label."""
    installed = [app.label for app in memory.apps]
    for label in labels:
        if label not in installed:
            raise BadInput(f"There is no app `{label}` in this project.", remedy=f"Installed: {', '.join(installed)}.")


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


def _notes(
    history: NewHistory, connection: BaseDatabaseWrapper, labels: Collection[str], manuals: tuple[Manual, ...]
) -> tuple[str, ...]:
    """Build the new history in an empty database: what is carried over must run there; and what it lacks is said."""
    notes = [f"`{app}.{name}` is an installed package's: `replaces` leads it" for app, name in history.on_bridge]
    try:
        fresh = built(connection.alias, history.staged, leaves_of(*labels))
    except Refused as error:
        raise _with_choices(error, manuals) from error
    except NothingDone as error:
        if any(one.place in (Place.FIRST, Place.LAST) for one in manuals):
            raise
        return (*notes, f"not built in an empty database: {error.problem}")
    models = models_of(labels, connection.alias)
    live = live_catalog(connection, models)
    lines = unlike(_only(live, models), _only(fresh, models), ignore=(RECORD, BACKUP))
    return (*notes, *(f"a database built from the new history will differ: {line}" for line in lines))


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


def _loader(connection: BaseDatabaseWrapper | None) -> MigrationLoader:
    return loader_of(connection, nothing_staged())


def _stands_alone(memory: Memory, file: MigrationFile) -> bool:
    """Whether what it stands for is gone from the disk: else it is a squash that is half-way."""
    on_disk = {one.key for one in memory.files}
    return not any(name in on_disk for name in file.replaces)


def _named(keys: Iterable[Named]) -> str:
    return ", ".join(f"`{app}.{name}`" for app, name in sorted(keys))
