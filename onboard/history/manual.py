"""Migrations -> the operations in them that models cannot say: functions, SQL, extensions, an author's own classes.

Each is listed with file and line. What the models say (tables, columns, keys, indexes, constraints) is made anew from
the models; the rest is carried over as it is, or left out by a person's word.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.migrations import DeleteModel, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation

from onboard.errors import Refused
from onboard.history.memory import MigrationFile

_DJANGO = ("django.db.migrations.operations", "django.contrib.postgres.operations", "django.contrib.gis.db")
# Django's own on PostgreSQL that the models do not know of; all others there are forms of what they do know.
_BEFORE_TABLES = ("CreateExtension", "CreateCollation")
_NOTHING = ("RemoveCollation", "ValidateConstraint")


class Place(StrEnum):
    """Where in the new history an operation goes."""

    FIRST = "first"  # what tables may stand on: extensions, collations
    LAST = "last"
    NOWHERE = "nowhere"  # elidable: its author says that it may go
    REFUSED = "refused"  # it changes the state in a way of its own


@dataclass(frozen=True, slots=True)
class Manual:
    """One operation that the models do not say."""

    file: MigrationFile
    line: int
    operation: Operation  # as it will be carried over: without what it says of the state
    place: Place
    what: str  # "RunPython(forwards)", "RunSQL", the class's name

    @property
    def where(self) -> str:
        """File and line, as an editor takes them."""
        return f"{self.file.path}:{self.line}"


def manual_operations(files: Iterable[MigrationFile], *, left_out: Iterable[str] = ()) -> tuple[Manual, ...]:
    """Return them in the order of the files; those of migrations named in `left_out` (`app.name`, `all`) go nowhere.

    Refused where such a file could not be read, for nobody knows what is in it.
    """
    out = frozenset(left_out)
    found: list[Manual] = []
    for file in files:
        is_out = bool(out & {"all", f"{file.app}.{file.name}", file.name})
        if file.migration is None:
            if is_out:
                continue
            raise Refused(
                f"Migration `{file.app}.{file.name}` does not load, so nobody knows what it does: {file.problem}.",
                where=str(file.path),
                remedy=f"Mend it, or go on without it: `--leave-out {file.app}.{file.name}`.",
            )
        for manual in _in_file(file):
            found.append(_nowhere(manual) if is_out else manual)
    return tuple(found)


def refuse_unknown(manuals: Iterable[Manual]) -> None:
    """Refused where one of them says things of the state that nobody but its author knows."""
    for manual in manuals:
        if manual.place is Place.REFUSED:
            raise Refused(
                f"`{manual.what}` of `{manual.file.app}.{manual.file.name}` is an operation of its own kind that "
                "changes the recorded state.",
                where=manual.where,
                remedy=f"If the models say all it does: `--leave-out {manual.file.app}.{manual.file.name}`.",
            )


def as_constructed(operation: Operation) -> Operation:
    """Return a RunPython or RunSQL of an author's own class as one that is written by how it was made.

    Both say by `deconstruct` what they run, which a subclass makes up itself from what it was given.
    """
    inherits = type(operation).deconstruct in (RunPython.deconstruct, RunSQL.deconstruct)
    if type(operation) in (RunPython, RunSQL) or not inherits:
        return operation
    made = copy.copy(operation)
    made.deconstruct = lambda: Operation.deconstruct(operation)  # type: ignore[method-assign]  # of this one alone
    return made


def is_promotion(operation: Operation) -> bool:
    """Whether it is one that `onboard generate` wrote into an app: the baseline's, or a promotion's."""
    return type(operation).__module__.endswith(".migrations._onboard")


def _nowhere(manual: Manual) -> Manual:
    return Manual(manual.file, manual.line, manual.operation, Place.NOWHERE, manual.what)


def _in_file(file: MigrationFile) -> Iterator[Manual]:
    assert file.migration is not None
    lines = _lines(file)
    operations = file.migration.operations
    for position, operation in enumerate(operations):
        line = lines[position] if len(lines) == len(operations) else 1
        for carried, place, what in _carried(operation):
            yield Manual(file, line, carried, place, what)


def _carried(operation: Operation) -> Iterator[tuple[Operation, Place, str]]:
    name = type(operation).__name__
    if isinstance(operation, SeparateDatabaseAndState):
        for inner in operation.database_operations:
            yield from _carried(inner)
        return
    if isinstance(operation, RunSQL | RunPython) and type(operation) not in (RunSQL, RunPython):
        has_state = bool(getattr(operation, "state_operations", None))
        yield as_constructed(operation), _unless_elidable(operation, Place.REFUSED if has_state else Place.LAST), name
    elif isinstance(operation, RunSQL):
        if operation.sql not in (RunSQL.noop, [], ()):
            bare = RunSQL(operation.sql, operation.reverse_sql, hints=operation.hints, elidable=operation.elidable)
            yield bare, _unless_elidable(operation, Place.LAST), name
    elif isinstance(operation, RunPython):
        if operation.code is not RunPython.noop:
            function = getattr(operation.code, "__name__", "?")
            yield operation, _unless_elidable(operation, Place.LAST), f"{name}({function})"
    elif type(operation).__module__.startswith(_DJANGO) or name in _NOTHING:
        if any(one.__name__ in _BEFORE_TABLES for one in type(operation).__mro__):
            yield operation, Place.FIRST, name
    elif isinstance(operation, DeleteModel):
        return  # an author's own way to drop what models have no more: there is nothing to drop in a new database
    elif isinstance(operation, ModelOperation | FieldOperation | IndexOperation):
        yield operation, Place.REFUSED, name
    else:
        yield operation, _of_its_own(operation), name


def _unless_elidable(operation: Operation, place: Place) -> Place:
    return Place.NOWHERE if operation.elidable else place


def _of_its_own(operation: Operation) -> Place:
    """An extension in disguise goes first; one that is Django's `Operation` with a state of its own is refused."""
    if operation.elidable:
        return Place.NOWHERE
    if any(one.__name__ in _BEFORE_TABLES for one in type(operation).__mro__):
        return Place.FIRST
    return Place.REFUSED if _has_body(operation) else Place.LAST


def _has_body(operation: Operation) -> bool:
    """Whether its `state_forwards` does anything: compiled, an empty one holds neither names nor calls."""
    code = getattr(type(operation).state_forwards, "__code__", None)
    return code is None or bool(code.co_names)


def _lines(file: MigrationFile) -> tuple[int, ...]:
    """Return the line each operation begins on; nothing where the list is not written out as one."""
    try:
        tree = ast.parse(file.path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Migration":
            for statement in node.body:
                if _is_operations(statement) and isinstance(value := getattr(statement, "value", None), ast.List):
                    return tuple(element.lineno for element in value.elts)
    return ()


def _is_operations(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == "operations" for target in targets)
