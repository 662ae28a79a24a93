"""Names that a field, a class or a module must not have, the same on every supported Django and Python.

`reserved.json` lists them: `model` is `dir(Model)` of Django 5.2 to 6.1 without leading underscores, `expected` what
the metaclass, managers and Django's callers put on a class or look for there, `class_body` what a generated class
refers to below its fields, `classes` what generated files import, `modules` what lies beside the tables' own or is a
device's name on Windows. The running Django's `dir(Model)` is added, so that a newer one is safe too.

`type`, a soft keyword since Python 3.12, stays free: it is one of the commonest column names, and legal wherever a
field is named.
"""

from __future__ import annotations

import builtins
import json
import keyword
from functools import lru_cache
from importlib.resources import files

_KEYWORDS = frozenset(word.lower() for word in keyword.kwlist) | {"match", "case", "_"}


@lru_cache(maxsize=1)
def reserved_fields() -> frozenset[str]:
    """Return the lower-case names that neither a field nor a reverse accessor may have."""
    from django.db.models import Model

    running = {name.lower() for name in (*dir(Model), *dir(type(Model))) if not name.startswith("_")}
    return _KEYWORDS | _listed("model") | _listed("expected") | _listed("class_body") | running


@lru_cache(maxsize=1)
def reserved_classes() -> frozenset[str]:
    """Return the lower-cased names that no model or enum class may have."""
    built_in = {name.lower() for name in dir(builtins) if not name.startswith("_") and name[0].isupper()}
    return _KEYWORDS | _listed("classes") | built_in


@lru_cache(maxsize=1)
def reserved_modules() -> frozenset[str]:
    """Return the names that no module of a table may have."""
    return _KEYWORDS | _listed("modules")


def _listed(kind: str) -> frozenset[str]:
    text = files("onboard.decisions").joinpath("reserved.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)[kind])
