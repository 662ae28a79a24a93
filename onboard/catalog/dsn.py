"""A DSN, or an entry of Django's DATABASES -> where a database is, with the password out of sight.

The text is read by dj-database-url, so that it means to us what `DATABASE_URL` means to Django.
What is left out (password, user, host) is libpq's to find: `PGPASSWORD`, `~/.pgpass`, `PGSERVICE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url

from onboard.catalog.engine import by_claim, engines
from onboard.errors import BadInput


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that never shows itself."""

    value: str

    def __repr__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True)
class Dsn:
    """Where a database is: the engine's name and its connection parameters."""

    engine: str  # "postgresql" or "sqlite"
    parameters: tuple[tuple[str, str], ...]  # PostgreSQL: libpq's keywords, sorted; SQLite: `path`
    secrets: tuple[tuple[str, Secret], ...] = ()  # the keywords that hold a password

    def get(self, keyword: str) -> str:
        """Return a parameter that is no secret, or an empty text where it was not given."""
        return dict(self.parameters).get(keyword, "")

    def keywords(self) -> dict[str, str]:
        """Return all parameters, passwords included, as a driver takes them; never print this."""
        return {**dict(self.parameters), **{keyword: secret.value for keyword, secret in self.secrets}}

    def describe(self) -> str:
        """Say where the database is, without any password: `postgresql://reader@db:5432/erp`, `sqlite:///erp.db`."""
        if self.engine == "sqlite":
            return f"sqlite:///{self.get('path')}"
        user, host, port, name = (self.get(keyword) for keyword in ("user", "host", "port", "dbname"))
        place = (f"{user}@" if user else "") + host + (f":{port}" if port else "")
        return f"{self.engine}://{place}/{name}"

    def __str__(self) -> str:
        return self.describe()


def parse_dsn(text: str) -> Dsn:
    """Return where the DSN points; BadInput for one that is malformed or of a kind no engine reads.

    `postgresql://user:password@host:port/name?sslmode=require`, a socket by `?host=/run/postgresql` or
    `postgresql://%2Frun%2Fpostgresql/name`; `sqlite:///relative.db`, `sqlite:////absolute.db`.
    """
    scheme, separator, _ = text.strip().partition("://")
    if not separator or not scheme.replace("-", "").replace("+", "").isalnum():
        raise BadInput("This is not a database URL.", remedy=_EXAMPLES)
    known = by_claim(engines(), lambda engine: engine.schemes)
    engine = known.get(scheme.lower())
    if engine is None:
        raise BadInput(f"Databases of the kind `{scheme}` are not supported yet.", remedy=_EXAMPLES)
    settings = _settings(text.strip())
    if settings is None:
        # Nothing of the text is repeated: what makes a URL unreadable is mostly a password with a bare `@` or `/`.
        raise BadInput(
            "The database URL cannot be read.",
            remedy="Percent-encode the special characters of user, password and name (`@` is `%40`, `/` is `%2F`).",
        )
    return engine.address(settings)


def dsn_from_settings(settings_dict: Mapping[str, object]) -> Dsn:
    """Return where an entry of Django's DATABASES points; BadInput for a backend no engine reads."""
    backend = str(settings_dict.get("ENGINE") or "")
    engine = by_claim(engines(), lambda engine: engine.backends).get(backend)
    if engine is None:
        raise BadInput(f"Databases behind `{backend}` are not supported yet.", where="`DATABASES` of the settings")
    return engine.address(settings_dict)


_EXAMPLES = "Give `postgresql://user@host/name` or `sqlite:///path/to/file.db`."


def _settings(text: str) -> dict[str, object] | None:
    """Return the entry of DATABASES that the URL stands for, None where it cannot be read."""
    try:
        found: dict[str, object] = {**dj_database_url.parse(text)}
        url = urlsplit(text)
        options = dict(parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query)))
    except ValueError:  # dj-database-url's own errors are ValueErrors
        return None
    if "@" in url.path or url.fragment or ("@" in url.query and "@" not in url.netloc):
        return None  # a bare `/`, `#` or `?` cut the password in two, and its rest must not be taken for a name
    # dj-database-url makes numbers and booleans of what looks like them: `password=0042` would lose its zeros.
    parsed = found.get("OPTIONS")
    kept = parsed if isinstance(parsed, dict) else {}
    found["OPTIONS"] = {key: options.get(key, value) for key, value in kept.items()}
    found["HOST"] = _host(url.netloc)
    return found


def _host(netloc: str) -> str:
    """Return the host as written: `urlsplit` lower-cases it, which loses the folder of a socket."""
    place = netloc.rpartition("@")[2]
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return unquote(place.partition(":")[0])
