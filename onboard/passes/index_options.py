"""Storage parameters of an index -> arguments of Django's index classes, where these take them.

Source of truth: the classes of `django.contrib.postgres.indexes`, Django 5.2 to 6.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onboard.catalog.structure import Index
from onboard.passes.written import Argument, argument


class _NotTaken(Exception):
    """Django's class has no argument for it."""


def _switch(text: str) -> bool:
    if text.lower() not in ("on", "off", "true", "false", "1", "0"):
        raise _NotTaken
    return text.lower() in ("on", "true", "1")


def _number(text: str) -> int:
    if not text.isdigit():
        raise _NotTaken
    return int(text)


_TAKEN: Mapping[str, Mapping[str, Callable[[str], int | bool]]] = {
    "btree": {"fillfactor": _number, "deduplicate_items": _switch},
    "brin": {"pages_per_range": _number, "autosummarize": _switch},
    "gin": {"fastupdate": _switch, "gin_pending_list_limit": _number},
    "gist": {"fillfactor": _number, "buffering": _switch},
    "hash": {"fillfactor": _number},
    "spgist": {"fillfactor": _number},
}


def index_options(index: Index) -> tuple[Argument, ...] | None:
    """Return the arguments; None where Django's class does not take one of the parameters."""
    taken = _TAKEN.get(index.method, {})
    try:
        return tuple(argument(name, taken.get(name, _refused)(value)) for name, value in index.options)
    except _NotTaken:
        return None


def with_clause(index: Index) -> str:
    """Return `WITH (fillfactor='70')`; empty where no parameter was given."""
    given = ", ".join(f"{name}='{value}'" for name, value in index.options)
    return f"WITH ({given})" if given else ""


def _refused(text: str) -> bool:
    raise _NotTaken
