"""Knows the passwords this process was given and strikes them out of any text.

A last line of defence: `catalog.dsn` keeps passwords out of messages, but drivers and servers word their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_NAMES = frozenset({"password", "sslpassword", "passwd", "pwd"})
_HIDDEN = "***"


def known_secrets(arguments: Iterable[str], environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return every spelling of every password in the arguments, `DATABASE_URL` and `PGPASSWORD`."""
    environment = os.environ if environment is None else environment
    found: set[str] = set()
    for text in (*arguments, environment.get("DATABASE_URL", "")):
        found |= _in_url(text.partition("=")[2] if text.startswith("--") else text)
    found.add(environment.get("PGPASSWORD", ""))
    return frozenset(secret for secret in found if len(secret) > 1)


def struck(text: str, secrets: frozenset[str]) -> str:
    """Return the text with every secret replaced, longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text


def _in_url(text: str) -> set[str]:
    if "://" not in text:
        return set()
    try:
        parts = urlsplit(text)
        pairs = parse_qsl(parts.query)
    except ValueError:  # not a URL after all, or one too broken to take apart
        authority = text.partition("://")[2].rpartition("@")[0]
        return _spellings(authority.partition(":")[2])
    found = _spellings(parts.netloc.rpartition("@")[0].partition(":")[2])
    for name, value in pairs:
        if name.lower() in _NAMES:
            found |= _spellings(value)
    return found


def _spellings(secret: str) -> set[str]:
    return {secret, unquote(secret), quote(unquote(secret), safe="")} if secret else set()
