"""The expression of an index -> functions of Django's over its fields, where it is a plain call of one.

Source of truth: `django.db.models.functions`, as its functions read on PostgreSQL.
"""

from __future__ import annotations

from onboard.catalog.structure import TypeKind
from onboard.passes.brief import Brief
from onboard.passes.sql_words import Word, words
from onboard.passes.written import Written, argument, attribute, call, imported

_OF_TEXT = {"LOWER": "Lower", "UPPER": "Upper", "LENGTH": "Length", "MD5": "MD5", "REVERSE": "Reverse"}
_TEXTS = ("text", "varchar")


def index_expression(sql: str, brief: Brief) -> Written | None:
    """Return the expression, such as `Lower('name')`, or None where it is no plain call."""
    found = words(sql) or ()
    while len(found) > 2 and found[0].key == "(" and _closing(found) == len(found) - 1:
        found = found[1:-1]
    if len(found) < 4 or found[0].kind != "name" or found[0].is_quoted or found[1].key != "(" or found[-1].key != ")":
        return None
    if _closing(found[1:]) != len(found) - 2:
        return None
    inner = found[2:-1]
    if found[0].key in _OF_TEXT:
        return _called(_OF_TEXT[found[0].key], (_text_column(inner, brief),))
    return _coalesced(inner, brief) if found[0].key == "COALESCE" else None


def _called(function: str, names: tuple[str | None, ...]) -> Written | None:
    if None in names:
        return None
    return call(imported("django.db.models.functions", function), (argument(None, name) for name in names))


def _text_column(found: tuple[Word, ...], brief: Brief) -> str | None:
    """The field of a text column, alone or with the cast that the server writes of a varchar."""
    keys = [word.key for word in found]
    if len(found) == 5 and keys[0] == "(" and keys[2:] == [")", "::", "TEXT"]:
        found = found[1:2]
    name = found[0].text if len(found) == 1 and found[0].kind == "name" else ""
    column = brief.columns.get(name)
    is_text = column is not None and column.type.kind is TypeKind.BASE and column.type.name in _TEXTS
    return brief.fields[name] if is_text and name not in brief.relations else None


def _coalesced(found: tuple[Word, ...], brief: Brief) -> Written | None:
    """Columns of one type alone: a value among them would need its type said."""
    names = [word.text for word in found[::2]]
    is_list = len(names) > 1 and len(found) % 2 == 1 and all(word.key == "," for word in found[1::2])
    if not is_list or not all(name in brief.columns and name not in brief.relations for name in names):
        return None
    if len({brief.columns[name].type for name in names}) > 1:
        return None
    return _called("Coalesce", tuple(brief.fields[name] for name in names))


def _closing(found: tuple[Word, ...]) -> int:
    """Where the bracket that opens the words is closed."""
    depth = 0
    for position, word in enumerate(found):
        depth += (word.key == "(") - (word.key == ")")
        if depth == 0:
            return position
    return -1


def ordered(expression: Written, *, is_descending: bool, is_usual: bool) -> Written:
    """Return the expression with its order, where it is not the plain ascending one."""
    if not is_descending and is_usual:
        return expression
    order = "desc" if is_descending else "asc"
    nulls = () if is_usual else (argument("nulls_last" if is_descending else "nulls_first", True),)
    return call(attribute(expression, order), nulls)
