"""An entry of Django's DATABASES -> the connection keywords of libpq.

Source of truth: the manual's "Parameter Key Words" of libpq, as the linked library lists them.
"""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import pq

from onboard.catalog.dsn import Dsn, Secret
from onboard.errors import BadInput

_KEYWORDS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
_SECRET = {"password", "sslpassword", "oauth_client_secret"}
# What Django or psycopg take from OPTIONS for themselves, and what says nothing about where the database is.
_NOT_LIBPQ = {
    "assume_role",
    "autocommit",
    "context",
    "cursor_factory",
    "isolation_level",
    "pool",
    "prepare_threshold",
    "row_factory",
    "server_side_binding",
}


def address(settings: Mapping[str, object]) -> Dsn:
    """Return libpq's keywords for the entry, OPTIONS included; BadInput for an option libpq does not know."""
    given = {keyword: str(settings[key]) for key, keyword in _KEYWORDS.items() if settings.get(key)}
    options = settings.get("OPTIONS")
    if isinstance(options, Mapping):
        given |= _from_options(options)
    return Dsn(
        engine="postgresql",
        parameters=tuple(sorted((keyword, value) for keyword, value in given.items() if keyword not in _SECRET)),
        secrets=tuple(sorted((keyword, Secret(value)) for keyword, value in given.items() if keyword in _SECRET)),
    )


def _from_options(options: Mapping[str, object]) -> dict[str, str]:
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    taken: dict[str, str] = {}
    for keyword, value in options.items():
        if keyword in known:
            taken[keyword] = str(value)
        elif keyword not in _NOT_LIBPQ:
            raise BadInput(f"`{keyword}` is no connection option of PostgreSQL.", remedy="Leave it out of the URL.")
    role = options.get("assume_role")
    if role:
        # Django sets the role after connecting; a start-up option does the same without a statement.
        escaped = str(role).replace("\\", "\\\\").replace(" ", "\\ ")
        taken["options"] = f"{taken.get('options', '')} -c role={escaped}".strip()
    return taken
