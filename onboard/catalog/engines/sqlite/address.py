"""An entry of Django's DATABASES -> the path of a SQLite file."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from onboard.catalog.dsn import Dsn
from onboard.errors import BadInput


def address(settings: Mapping[str, object]) -> Dsn:
    """Return the path as given, relative ones to the working folder; BadInput where there is no file to read."""
    path = str(settings.get("NAME") or "")
    if settings.get("HOST"):
        raise BadInput(
            "A SQLite URL has no host.",
            where=f"`{settings['HOST']}`",
            remedy="Write three slashes before a relative path (`sqlite:///file.db`), four before an absolute one.",
        )
    if path.startswith("file:"):
        path = unquote(urlsplit(path).path)
    if path in ("", ":memory:"):
        raise BadInput("A SQLite database in memory cannot be scanned.", remedy="Give `sqlite:///path/to/file.db`.")
    return Dsn(engine="sqlite", parameters=(("path", path),))
