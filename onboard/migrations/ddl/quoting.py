"""Names and texts of a database -> PostgreSQL's spelling of them, whatever they hold.

Every name is quoted: which words need it differs between versions. Source: "Lexical Structure" of the manual.
"""

from __future__ import annotations

from onboard.catalog.structure import TableName


def identifier(name: str) -> str:
    """Return the name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def qualified(name: TableName) -> str:
    """Return the name with its schema, both quoted."""
    return f"{identifier(name.schema)}.{identifier(name.name)}"


def identifiers(names: tuple[str, ...]) -> str:
    """Return the names quoted, with commas between them."""
    return ", ".join(identifier(name) for name in names)


def text_literal(text: str) -> str:
    """Return the text as a literal that reads the same whatever `standard_conforming_strings` says."""
    quoted = "'" + text.replace("'", "''") + "'"
    return "E" + quoted.replace("\\", "\\\\") if "\\" in text else quoted
