"""SQL of the server -> the qualified names in it, to find out what must exist first.

The server's own texts qualify every name outside `pg_catalog`. Names inside string literals are found too
(`'public.orders_id_seq'::regclass` needs the sequence); one too many costs nothing but an order.
"""

from __future__ import annotations

import re

from onboard.catalog.structure import TableName

_PART = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_NAME = re.compile(rf"({_PART})\.({_PART})")


def names_in(*texts: str | None) -> set[TableName]:
    """Return each `schema.name` that the texts mention."""
    return {
        TableName(_unquoted(schema), _unquoted(name)) for text in texts if text for schema, name in _NAME.findall(text)
    }


def _unquoted(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part
