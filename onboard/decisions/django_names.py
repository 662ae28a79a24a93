"""A name of the database <-> the text that `db_table` and `db_column` must hold for it.

Django quotes a name without doubling a `"` in it, leaves one that begins and ends with `"` alone, and sends all SQL
through a driver that reads `%` as a parameter. So a `%` is written twice, and a name with a `"` comes quoted already.
Source of truth: `quote_name` of Django's PostgreSQL and SQLite backends, 5.2 to 6.1, tried with SELECT, INSERT, UPDATE.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def django_name(name: str) -> str:
    """Return the name as Django must have it: as it is, unless it holds `%` or `"`."""
    text = name.replace("%", "%%")
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


def qualified_django_name(schema: str, name: str) -> str:
    """Return `"schema"."name"`, which Django passes on untouched."""
    return ".".join('"' + part.replace("%", "%%").replace('"', '""') + '"' for part in (schema, name))


def database_name(text: str) -> str:
    """Return the name that Django's text stands for in the database."""
    quoted = _QUOTED.fullmatch(text)
    name = quoted[1].replace('""', '"') if quoted else text
    return name.replace("%%", "%")


def database_names(text: str) -> tuple[str, ...]:
    """Return the names in a `db_table`: schema and table where it says both, else the table alone."""
    parts = [match[0] for match in _QUOTED.finditer(text)]
    if len(parts) == 2 and text == ".".join(parts):
        return tuple(map(database_name, parts))
    return (database_name(text),)
