"""Operations of many migrations -> fewer of them that do the same, with flags of legacy tables left standing.

Django folds a flip of `managed` into the CreateModel before it: the table that was there before Django would then be
dropped when the squashed migration is taken back. Here a flip stays an operation of its own, which is neither made
nor dropped for.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from django.db.migrations import AlterModelOptions, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.optimizer import MigrationOptimizer

from onboard.history.manual import as_constructed

_ROUNDS = 20  # each one makes the list shorter; a dozen has never been needed


class _Kept(Operation):
    """Stands for an operation that nothing of the same model may be folded over."""

    def __init__(self, operation: AlterModelOptions) -> None:
        self.operation = operation

    def references_model(self, name: str, app_label: str) -> bool:
        return name.lower() == self.operation.name_lower


def folded(operations: Iterable[Operation], label: str) -> tuple[Operation, ...]:
    """Return what is left when nothing folds any more; the operations given are not changed."""
    current = [_standing(one) for one in _with_flips_kept(tuple(operations))]
    for _ in range(_ROUNDS):
        shorter = MigrationOptimizer().optimize(current, label)
        if len(shorter) == len(current):
            break
        current = shorter
    kept = [one.operation if isinstance(one, _Kept) else one for one in current]
    return tuple(one for one in kept if not (isinstance(one, RunPython) and one.code is RunPython.noop))


def flips(operations: Sequence[Operation]) -> tuple[str, ...]:
    """Return the models (lower case) whose table was there before Django: made unmanaged, managed later."""
    unmanaged: set[str] = set()
    found: list[str] = []
    for one in operations:
        if isinstance(one, CreateModel) and not one.options.get("managed", True):
            unmanaged.add(one.name_lower)
        elif isinstance(one, AlterModelOptions) and one.name_lower in unmanaged and one.options.get("managed", True):
            found.append(one.name_lower)  # the option left out is the option taken back to its default
    return tuple(dict.fromkeys(found))


def _with_flips_kept(operations: tuple[Operation, ...]) -> list[Operation]:
    legacy = set(flips(operations))
    return [
        _Kept(one) if isinstance(one, AlterModelOptions) and one.name_lower in legacy else one for one in operations
    ]


def _standing(operation: Operation) -> Operation:
    """A copy: functions of RunPython are given other names later, and the loaded migrations keep theirs."""
    if type(operation) is RunPython:
        return copy.copy(operation)
    return as_constructed(operation) if isinstance(operation, RunPython | RunSQL) else operation
