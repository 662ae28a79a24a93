"""Requested imports -> the lines of them; sorting and wrapping is the formatter's."""

from __future__ import annotations

from collections.abc import Iterable

from onboard.passes.source import Import


def import_lines(imports: Iterable[Import]) -> str:
    """Return one line for each module, names sorted; ends in a newline unless empty."""
    names: dict[str, set[str]] = {}
    for one in imports:
        names.setdefault(one.module, set()).add(one.name)
    lines: list[str] = []
    for module, wanted in sorted(names.items()):
        if "" in wanted:
            lines.append(f"import {module}\n")
        if chosen := sorted(wanted - {""}):
            lines.append(f"from {module} import {', '.join(chosen)}\n")
    return "".join(lines)
