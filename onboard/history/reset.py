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

from onboard.errors import BadInput, NothingDone, Refused
from onboard.history.ahead import as_it_is, next_steps, sql_of, with_steps
from onboard.history.beyond import unsettled
from onboard.history.manual import Manual
from onboard.history.memory import Memory, read_memory
from onboard.history.new_history import NewHistory
from onboard.history.proof import differences, differences_in, live_catalog, models_of
from onboard.history.rewrite import Rewrite
from onboard.history.rows import Named, Row, of_apps
from onboard.history.staged import StagedFile
from onboard.history.trial import Sought, as_file, not_run, notes, try_history
from onboard.project.files import tree_of
from onboard.verify.differences import Difference
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
    known: tuple[Difference, ...] = ()  # what the history makes beside the models, and what a person goes on over
    steps: tuple[StagedFile, ...] = ()  # migrations that are left for `migrate`: the models are ahead of the tables
    steps_sql: tuple[str, ...] = ()  # what they will send
    models: tuple[type[Model], ...] = ()  # those whose tables were compared
    is_built: bool = False  # the history has been built in an empty database

    @property
    def tables(self) -> int:
        """How many tables were held against the history."""
        return len(self.models)


def plan_reset(
    root: Path,
    connection: BaseDatabaseWrapper,
    labels: Collection[str],
    *,
    left_out: Collection[str] = (),
    accepted: Collection[str] = (),
    carry: bool = False,
    as_database: bool = False,
) -> Plan:
    """Return the plan; with differences in it where the models are not what the database is, and then no more.

    With `as_database` the models may be ahead: the history is made of the tables as they are, as far as fields can say
    it, and the migrations from there to the models are left for `migrate`.

    What the new history makes beside the models, in the same way as the database has it, is no difference; with
    `carry`, what the database has beyond both is written into it as SQL. Refused where the history cannot be made anew
    without losing something nobody has agreed to lose.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    models = models_of(labels, connection.alias)
    live = live_catalog(connection, models)
    every = differences_in(models, live, connection)
    state = as_it_is(models, _but(every, accepted), live) if as_database else None
    if state is not None:
        models = models_of(labels, connection.alias, registry=state.apps)
        every = differences_in(models, live, connection)
    found = _but(every, accepted)
    try:
        tried = try_history(Sought(root, memory, labels, live, models, state), connection, left_out, carry=carry)
    except (Refused, NothingDone):
        if not found:
            raise
        return Plan(nothing(labels), found)  # they come first: what stops the new history may come from them
    history, fresh = tried.history, tried.fresh
    if left := unsettled(found, models, fresh, connection) if fresh else found:
        return Plan(nothing(labels), left)
    steps = next_steps(memory, history, state, labels) if state is not None else ()
    before = of_apps(memory.rows, labels)
    rewrite = replace(
        nothing(labels),
        files=tree_of([*history.files.files, *(as_file(root, step) for step in steps)]),
        remove=history.remove,
        rows_before=before,
        rows_after=rows_after(before, history.names, history.replaced),
    )
    return Plan(
        rewrite,
        manuals=tried.manuals,
        history=history,
        notes=(*not_run(memory, tried.manuals), *notes(tried, found, live, models)),
        steps=steps,
        steps_sql=sql_of(connection, with_steps(history.staged, steps), steps) if steps else (),
        models=models,
        known=every,
        is_built=fresh is not None,
    )


def _but(every: Iterable[Difference], accepted: Collection[str]) -> tuple[Difference, ...]:
    return tuple(one for one in every if one.kind not in accepted)


def prove_unchanged(connection: BaseDatabaseWrapper, plan: Plan) -> None:
    """Refused where a table is no longer what it was when the plan was made; asked again just before the commit."""
    known = {(one.table, one.place, one.kind, one.database) for one in plan.known}
    for one in differences(plan.models, connection):
        if (one.table, one.place, one.kind, one.database) not in known:
            raise Refused(f"`{one.table}` has changed meanwhile: {in_one_line(one)}.", remedy="Run it again.")


def nothing(labels: Collection[str]) -> Rewrite:
    """Return the rewriting that changes nothing."""
    return Rewrite("reset", tuple(sorted(labels)), tree_of(()))


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
