"""A table of SQLite made anew with another text, and put in the place of the old one.

Needs Django alone, and SQLite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError
from django.db import IntegrityError

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Change = Callable[[str], str]  # the text of CREATE TABLE -> another
Token = tuple[str, str, int, int]  # (kind, text, start, end)


def rebuild(schema_editor: BaseDatabaseSchemaEditor, name: str, change: Change, broken: str) -> None:
    """Make the table as the changed text says, and put it in the place of the old one; all or nothing."""
    is_shown = bool(schema_editor.collect_sql)
    text = _one(schema_editor, "select sql from sqlite_master where type = 'table' and name = %s", [name])
    if text is None and is_shown:
        return
    if text is None:
        raise CommandError(f"There is no table {name} in this database.")
    wanted = change(text)
    if wanted == text and not is_shown:
        return
    if not is_shown and not schema_editor.connection.in_atomic_block:
        raise CommandError("A table is made anew in one transaction: leave `atomic` of the migration as it is.")
    if not is_shown and _one(schema_editor, "pragma foreign_keys"):
        raise CommandError("Foreign keys must be off while a table is made anew, or dropping the old one deletes rows.")
    rows = [] if is_shown else _rows(schema_editor, broken)
    if rows:
        raise CommandError(_refused(name, broken))
    table, new = quoted(name), quoted(_free_name(schema_editor, name))
    others = _all(
        schema_editor,
        "select sql from sqlite_master where tbl_name = %s and type in ('index', 'trigger') and sql is not null"
        " order by type, rowid",
        [name],
    )
    counter = _counter(schema_editor, name)
    _, opening, _ = _body(wanted)
    columns = _copied_columns(schema_editor, name, text, wanted)
    listed = ", ".join(columns)
    _run(schema_editor, f"create table {new} {wanted[opening:]}")
    try:
        _run(schema_editor, f"insert into {new} ({listed}) select {listed} from {table}")
    except IntegrityError:
        raise CommandError(_refused(name, broken)) from None
    if not is_shown:
        _prove(schema_editor, table, new, columns)
    # With foreign keys off, as Django has them here, dropping a table deletes no row of another. And the old way of
    # renaming leaves alone what views and triggers of other tables say.
    before = _one(schema_editor, "pragma legacy_alter_table")
    _run(schema_editor, "pragma legacy_alter_table = on")
    _run(schema_editor, f"drop table {table}")
    _run(schema_editor, f"alter table {new} rename to {table}")
    _run(schema_editor, f"pragma legacy_alter_table = {'on' if before else 'off'}")
    for (statement,) in others:
        _run(schema_editor, statement)
    if counter is not None:
        number = int(counter)
        _run(schema_editor, f"update sqlite_sequence set seq = {number} where name = {_literal(name)}")


def _copied_columns(schema_editor: BaseDatabaseSchemaEditor, name: str, text: str, wanted: str) -> list[str]:
    """Return the columns that are stored as given, the row number before them where no column stands for it."""
    rows = _all(schema_editor, "select name, type, pk, hidden from pragma_table_xinfo(%s) order by cid", [name])
    columns = [quoted(column) for column, _, _, hidden in rows if hidden == 0]
    words = {token[1].lower() for token in _tokens(text[_body(text)[2] :])}
    is_numbered = "without" not in words and not ({"rowid"} & {column.lower() for column, *_ in rows})
    has_alias = [type_.lower() for _, type_, pk, _ in rows if pk] == ["integer"]
    gets_key = len(_body(wanted)[0]) > len(_body(text)[0]) and "primary key" in wanted[_body(text)[2] - 1 :].lower()
    return ["rowid", *columns] if is_numbered and not has_alias and not gets_key else columns


def _prove(schema_editor: BaseDatabaseSchemaEditor, table: str, new: str, columns: Sequence[str]) -> None:
    """Raise CommandError unless both tables hold the same rows, value for value and type for type."""
    # A column's own collation may take two texts for one.
    exact = ", ".join(f"{name} collate binary, typeof({name})" for name in columns)
    for one, other in ((table, new), (new, table)):
        different = f"select count(*) from (select {exact} from {one} except select {exact} from {other})"
        if missing := _one(schema_editor, different):
            raise CommandError(f"{missing} rows of {table} were not copied as they are. Nothing has been changed.")
    if len({_one(schema_editor, f"select count(*) from {one}") for one in (table, new)}) != 1:
        raise CommandError(f"Not every row of {table} was copied. Nothing has been changed.")


def _free_name(schema_editor: BaseDatabaseSchemaEditor, name: str) -> str:
    taken = {str(one).lower() for (one,) in _all(schema_editor, "select name from sqlite_master")}
    new = f"onboard_new_{name}"
    while new.lower() in taken:
        new = f"{new}_"
    return new


def _counter(schema_editor: BaseDatabaseSchemaEditor, name: str) -> Any:
    if not _one(schema_editor, "select 1 from sqlite_master where name = 'sqlite_sequence'"):
        return None
    return _one(schema_editor, "select seq from sqlite_sequence where name = %s", [name])


def _rows(schema_editor: BaseDatabaseSchemaEditor, query: str) -> list[Any]:
    return _all(schema_editor, f"select 1 from ({query}) limit 1")


def _refused(name: str, broken: str) -> str:
    return (
        f"Rows of {name} stand against it. This shows them: {broken}\n"
        "Nothing has been changed: mend them, then run `migrate` again."
    )


# The text of a table.

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
  | (?P<text>'(?:[^']|'')*')
  | (?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
  | (?P<word>[^\W\d][\w$]*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def _tokens(text: str) -> list[Token]:
    found = _TOKEN.finditer(text)
    return [(str(one.lastgroup), one[0], *one.span()) for one in found if one.lastgroup != "space"]


def _body(text: str) -> tuple[list[list[Token]], int, int]:
    """Return the columns and constraints of CREATE TABLE, each as tokens, and where its parentheses stand."""
    parts: list[list[Token]] = [[]]
    opening = depth = 0
    for token in _tokens(text):
        kind, sign, start, _ = token
        if kind == "sign" and sign in "()":
            depth += 1 if sign == "(" else -1
            if sign == "(" and depth == 1:
                opening = start
                continue
            if depth == 0:
                return parts, opening, start
        if depth == 1 and token[:2] == ("sign", ","):
            parts.append([])
        elif depth:
            parts[-1].append(token)
    raise CommandError(f"The definition of a table cannot be read: {text}")


def with_constraint(text: str, words: str) -> str:
    """Return the text with a constraint added as the last."""
    if words in text:
        return text
    parts, _, closing = _body(text)
    end = parts[-1][-1][3] if parts[-1] else closing
    return f"{text[:end]}, {words}{text[end:]}"


def with_column_constraint(text: str, column: str, words: str) -> str:
    """Return the text with a constraint added behind a column."""
    if words in text:
        return text
    for part in _body(text)[0]:
        if part and _spelled(part[0]).lower() == column.lower():
            end = part[-1][3]
            return f"{text[:end]} {words}{text[end:]}"
    raise CommandError(f"The definition of the table names no column {column}: {text}")


def _spelled(token: Token) -> str:
    kind, text = token[:2]
    if kind in ("name", "text"):
        return text[1:-1].replace(text[-1] * 2, text[-1]) if text[0] != "[" else text[1:-1]
    return text


# Pieces.


def _all(schema_editor: BaseDatabaseSchemaEditor, query: str, values: Sequence[object] | None = None) -> list[Any]:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _one(schema_editor: BaseDatabaseSchemaEditor, query: str, values: Sequence[object] | None = None) -> Any:
    rows = _all(schema_editor, query, values)
    return rows[0][0] if rows else None


def _run(schema_editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    schema_editor.execute(statement, None)


def plain(name: str) -> str:
    """Return a name as the database has it: models write a `%` twice, and quote odd names themselves."""
    name = name.replace("%%", "%")
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


def quoted(name: str) -> str:
    """Return a name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
