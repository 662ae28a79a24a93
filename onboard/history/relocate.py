"""Functions and classes of migration modules that are going -> where they will be found: the app's `_kept` module.

Django writes a function as the dotted name it says it has, so the live objects are told another while a migration is
being written. A lambda has no name: it becomes a function of one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

from onboard.errors import Refused
from onboard.history.memory import MigrationFile
from onboard.merge.kept_code import KeptLambda, Wanted, kept_code, lambda_as_function, top_level_names

KEPT = "_kept"
_TITLE = "What migrations and models still call of migrations that are gone."


@dataclass(frozen=True, slots=True)
class Relocation:
    """One app's names on the move: (old module, name) -> name in `_kept`."""

    package: str
    files: tuple[MigrationFile, ...]
    texts: Mapping[str, str]  # by module
    names: Mapping[tuple[str, str], str]
    whole: frozenset[str]  # modules that something outside mentions: all their names are kept, under their own names

    @property
    def module(self) -> str:
        """The dotted name of the new home."""
        return f"{self.package}.{KEPT}"


def relocation(
    package: str, files: Iterable[MigrationFile], *, existing: str | None, mentioned: Iterable[str]
) -> Relocation:
    """Return which name everything in the going files gets; Refused where two that must keep theirs have the same."""
    going = tuple(file for file in files if file.problem == "")
    whole = frozenset(mentioned)
    texts = {file.module: file.path.read_bytes().decode() for file in going}
    taken = set(top_level_names(existing)) if existing else set()
    names: dict[tuple[str, str], str] = {}
    for file in sorted(going, key=lambda file: (file.module not in whole, file.name)):
        for name in top_level_names(texts[file.module]):
            new = _free(name, taken)
            if new != name and file.module in whole:
                raise Refused(
                    f"`{name}` of `{file.module}` is used elsewhere, and another one by that name is too.",
                    where=str(file.path),
                    remedy="Give one of them another name first.",
                )
            taken.add(new)
            names[file.module, name] = new
    return Relocation(package, going, texts, names, whole)


@contextmanager
def relocated(relocation: Relocation) -> Iterator[None]:
    """Tell the live functions and classes where they will be, until the block ends."""
    told: list[tuple[Any, str, str]] = []  # Any: functions and classes
    for (module, name), new in relocation.names.items():
        found: Any = getattr(sys.modules.get(module), name, None)
        if isinstance(found, FunctionType | type) and found.__module__ == module:
            told.append((found, found.__module__, found.__qualname__))
            found.__module__, found.__qualname__ = relocation.module, new
    try:
        yield
    finally:
        for found, module, qualname in told:
            found.__module__, found.__qualname__ = module, qualname


def named_lambdas(operations: Iterable[Operation], relocation: Relocation, label: str) -> dict[str, str]:
    """Give each lambda of RunPython a name in `_kept`, in place, and return the functions' sources by name.

    Refused where one cannot be told from another on its line, or was made elsewhere.
    """
    sources: dict[str, str] = {}
    for operation in operations:
        if type(operation) is RunPython:
            for side in ("code", "reverse_code"):
                function = getattr(operation, side)
                if isinstance(function, FunctionType) and "<" in function.__qualname__:
                    name = f"{label}_step_{len(sources) + 1}"
                    sources[name] = _as_function(function, name, relocation)
                    setattr(operation, side, _stand_in(relocation.module, name))
    return sources


def kept_text(
    relocation: Relocation, migrations: Iterable[str], existing: str | None, lambdas: Mapping[str, str]
) -> str | None:
    """Return the text of `_kept` that these migrations and all mentions need; what it held before if no more is."""
    called = {name for text in migrations for name in _called(text, relocation.module)}
    wanted = []
    for file in relocation.files:
        pairs = tuple(
            (name, new)
            for (module, name), new in relocation.names.items()
            if module == file.module and (new in called or module in relocation.whole)
        )
        if pairs:
            wanted.append(Wanted(file.module, relocation.texts[file.module], pairs))
    if not wanted and not lambdas:
        return existing
    text = kept_code(existing, wanted, title=_TITLE)
    for name in sorted(lambdas):
        text = text.rstrip("\n") + f"\n\n\n{lambdas[name]}"
    return text


def _called(text: str, module: str) -> Iterator[str]:
    """Names of the module's that a migration's text calls, as `package._kept.name`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == module:
            yield node.attr


def _as_function(function: FunctionType, name: str, relocation: Relocation) -> str:
    text = relocation.texts.get(function.__module__)
    line = function.__code__.co_firstlineno
    found = lambda_as_function(text, KeptLambda(line, name)) if text is not None else None
    if found is None or function.__closure__:
        holder = _holder(function, relocation)
        raise Refused(
            f"`{holder}` calls a function that is made when it is called, which cannot be written into a migration.",
            where=f"{function.__code__.co_filename}:{line}",
            remedy=f"Make it a function at the top level of a module, or let it go: `--leave-out {holder}`.",
        )
    return found


def _holder(function: FunctionType, relocation: Relocation) -> str:
    """The migration that calls it, as `app.name`."""
    for file in relocation.files:
        for operation in file.migration.operations if file.migration else ():
            if function in (getattr(operation, "code", None), getattr(operation, "reverse_code", None)):
                return f"{file.app}.{file.name}"
    return relocation.package


def _stand_in(module: str, name: str) -> FunctionType:
    def stand_in(apps: object, schema_editor: object) -> None:
        raise NotImplementedError

    stand_in.__module__, stand_in.__qualname__, stand_in.__name__ = module, name, name
    return stand_in  # type: ignore[return-value]  # mypy knows functions by their signature only


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
