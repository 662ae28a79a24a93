"""Values -> Python source of a migration's modules: literals, written for people to read.

Text from a database becomes a literal, escaped so that it reads back exactly, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Sequence


def text_literal(text: str) -> str:
    """Return the text as a literal: of several lines where it has several."""
    if "\n" not in text:
        return _escaped(text, '"')
    return '"""\\\n' + _escaped(text, '"""')[3:]


def tuple_literal(items: Sequence[str]) -> str:
    """Return source of a tuple of these sources, one a line."""
    return "(\n" + "".join(f"{item},\n" for item in items) + ")" if items else "()"


def _escaped(text: str, quote: str) -> str:
    is_long = len(quote) == 3
    if text.isprintable() and "\\" not in text and '"' not in text:
        return quote + text + quote
    if not is_long and text.isprintable() and "\\" not in text and "'" not in text:
        return f"'{text}'"
    text = text.replace("\\", "\\\\")
    if is_long:
        body = text.rstrip('"')  # quotes before the closing ones are all escaped, or they would close it themselves
        text = body.replace('"""', '""\\"') + '\\"' * (len(text) - len(body))
    else:
        text = text.replace('"', '\\"')
    # Control and direction characters are spelled out, lest a name of the database changes how the file reads.
    return quote + "".join(c if c.isprintable() or (is_long and c == "\n") else _spelled(c) for c in text) + quote


def _spelled(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
