"""Schemas -> the `search_path` as PostgreSQL's connection option `-c search_path=...` takes it.

Source of truth: libpq's `options` parameter splits at blanks, which a backslash keeps; a list of identifiers follows.
"""

from __future__ import annotations


def search_path_option(schemas: tuple[str, ...]) -> str:
    """Return the value of `search_path`, every schema as a quoted identifier where it needs to be."""
    path = ",".join(_identifier(schema) for schema in schemas)
    return "".join(f"\\{c}" if c == "\\" or c.isspace() else c for c in path)


def _identifier(name: str) -> str:
    is_plain = name.isascii() and name.isidentifier() and name == name.lower()
    return name if is_plain else '"' + name.replace('"', '""') + '"'
