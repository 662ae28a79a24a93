"""Collects what is declared where it lives: one constant in each module of a folder.

A newcomer adds a file that declares the constant and edits no list. Underscored modules are skipped.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Declaration = TypeVar("Declaration")


class UndeclaredModule(Exception):
    """A module of a collected folder lacks its constant, or declares something else by that name."""


def declared(package: ModuleType, constant: str, kind: type[Declaration]) -> tuple[Declaration, ...]:
    """Return the `constant` of every module in `package`, in the order of module names."""
    found: list[Declaration] = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        value = getattr(module, constant, None)
        if not isinstance(value, kind):
            raise UndeclaredModule(f"{module.__name__} declares no {kind.__name__} named {constant}")
        found.append(value)
    return tuple(found)
