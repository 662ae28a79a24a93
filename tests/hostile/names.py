# ruff: noqa: E501, RUF001
"""Names and texts that a hostile, or merely unlucky, database may hold: whatever PostgreSQL and SQLite let through."""

from __future__ import annotations

import random
from collections.abc import Collection

import django

INJECTION = '\n__import__("os").system("touch OWNED")\n'

# Each of them can be the name of a table, column, constraint, index, type, schema or label.
NAMES = (
    '"', '""', "'", "\\", "\\n", '\\"', "'''", '"""', '"""\n', "'''; ", "\n", "\r\n", "\t", " ", " x", "x ", "a b",
    "%", "%s", "%%", "%(x)s", "{}", "{0}", "{{ x }}", "{% x %}", "{#", "#", "-- ", "/*", "*/", ";", "$$", "$1", ":x", "?",
    "a.b", '"a"."b"', '"quoted"', "(", ")", "`", "[x]", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029",
    "\u202etxet", "\u200b", "\u200bid", "\ufeff", "\u2066a\u2069", "\ufffe", "\uffff", "\ue000", "\U0001f600",
    "\U0001f468\u200d\U0001f469", "x" * 63, "é" * 31, "\U0001f600" * 15, "ﬁ", "ſ", "K", "İ", "ı", "ß", "е́", "½", "²", "𝔞",
    "class", "None", "True", "match", "type", "select", "user", "order", "group", "def", "lambda", "async", "print",
    "objects", "save", "delete", "clean", "full_clean", "check", "pk", "id", "ID", "Id", "_id", "id_", "meta", "Meta",
    "models", "model", "Model", "migrations", "fields", "field", "admin", "app", "apps", "legacy", "settings", "django",
    "DoesNotExist", "MultipleObjectsReturned", "from_db", "refresh_from_db", "unique_error_message", "validate_unique",
    "get_absolute_url", "__init__", "__class__", "__dict__", "__module__", "_state", "_meta", "__", "___", "a__b", "a_",
    "_a", "a__", "__a", "__proto__", "self", "cls", "str", "int", "property", "super", "uuid", "decimal", "datetime",
    "timezone", "Decimal", "Value", "Now", "Q", "F", "RawSQL", "Index", "name", "Name", "NAME", "nAme", "NÁME",
    "2024_sales", "0", "007", "1a", "таблица", "表", "テーブル", "ตาราง", "الجدول", "שלום", "한국", "Ünïcödé", "naïve",
    "contains", "exact", "in", "isnull", "date", "year", "gt", "ctid_x", "row_address", "xmin_", "oid", "tableoid_",
    "on_delete", "to", "null", "default", "choices", "db_column", "related_name", "get_next_by_x", "x_set", "CASCADE",
    "constraints", "indexes", "managed", "db_table", "verbose_name", "dates", "values", "filter", "all", "prepare",
    "get_name_display", "name_id", "name_set", "natural_key", "serializable_value", "adelete", "asave", "arefresh_from_db",
    'x"""\n__import__("os").abort()\n"""', "x\n# coding: latin-1", "x'); import os; os.abort() #", '");import os#',
    "x\\", "x\\'", "\\N{DIGIT ONE}", "\\x41", "\\u0041", "\\\n", "f'{1/0}'", "{1/0}", "$(touch OWNED)", "../../x", "/etc/x",
    "con", "nul", ".", "..", "~", "x\ny", "x\r", "<b>&amp;", "]]>", "=1+1", "@x", "a,b", "a=b", "[table]", "true", "nan",
)  # fmt: skip

# Each of them can be a comment, a default, or stand in a check.
TEXTS = (
    "plain", "it's", 'say "it"', "100 %", "%s %(a)s %%", "\\", "\\'", "a\\nb", "''", '"""', "'''", "{{ 7*7 }}", "{% raw %}",
    INJECTION, f'"""{INJECTION}"""', f"'''{INJECTION}'''", f"*/ {INJECTION} /*", f"\r{INJECTION}", f"\x0c{INJECTION}",
    f"\x85{INJECTION}", f"\u2028{INJECTION}", "\u202eevil\u202c", "\x1b]0;title\x07", "\\N{BULLET}", "\\x27", "\t", "\n\n",
    "end with backslash\\", "$body$", "--", "/*", "*/", "ünï 表 \U0001f600", "x" * 300, "line\nline\nline", "#", "# noqa",
    "}{", "%d", "\x00".replace("\x00", "nul"), "<script>", "=cmd|' /C calc'!A0", "\ufeffbom", "\ufffe", "trailing ", " ",
)  # fmt: skip

_LONGEST = 63  # bytes of a name in PostgreSQL
_HAS_DOLLARS = django.VERSION >= (6, 1)  # before, Django itself refuses every query that names one


def cut(name: str) -> str:
    """The name as PostgreSQL would cut it off, but never within a character."""
    return name.encode()[:_LONGEST].decode(errors="ignore")


def hostile_name(rng: random.Random, taken: Collection[str]) -> str:
    """A name that is not taken yet: one of the list, or several of its pieces together."""
    while True:
        pieces = [rng.choice(NAMES) for _ in range(rng.choice((1, 1, 1, 1, 2, 3)))]
        name = cut(rng.choice(("", "", "", "_", " ")).join(pieces))
        if name and name not in taken and (_HAS_DOLLARS or "$" not in name):
            return name


def hostile_text(rng: random.Random) -> str:
    """A text for a comment or a default."""
    return rng.choice(TEXTS) if rng.random() < 0.7 else "".join(rng.choice(TEXTS) for _ in range(3))
