import traceback

import pytest

from onboard.catalog.dsn import Dsn, dsn_from_settings, parse_dsn
from onboard.errors import BadInput, OnboardError

SECRET = "hu@nter/2"
ENCODED = "hu%40nter%2F2"


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("postgresql://host/erp", {"host": "host", "dbname": "erp"}),
        ("postgres://reader@host:5433/erp", {"user": "reader", "host": "host", "port": "5433", "dbname": "erp"}),
        ("postgresql:///erp?host=/run/Sockets", {"host": "/run/Sockets", "dbname": "erp"}),
        ("postgresql://%2Frun%2FSockets/erp", {"host": "/run/Sockets", "dbname": "erp"}),
        ("postgresql://[::1]:5432/erp", {"host": "::1", "port": "5432", "dbname": "erp"}),
        ("postgresql://h/e%20r%2Fp", {"host": "h", "dbname": "e r/p"}),
        ("postgresql://h/erp?sslmode=require", {"host": "h", "dbname": "erp", "sslmode": "require"}),
        (
            "postgresql://h/erp?application_name=007&options=-c%20search_path%3Dhr",
            {"host": "h", "dbname": "erp", "application_name": "007", "options": "-c search_path=hr"},
        ),
        ("postgresql:///?service=erp", {"service": "erp"}),
        ("postgres://h/erp?currentSchema=hr", {"host": "h", "dbname": "erp", "options": "-c search_path=hr"}),
    ],
)
def test_reads_a_postgresql_url_into_keywords_of_libpq(text: str, parameters: dict[str, str]) -> None:
    dsn = parse_dsn(text)
    assert dsn.engine == "postgresql"
    assert dict(dsn.parameters) == parameters


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///relative/file.db", "relative/file.db"),
        ("sqlite:////absolute/file.db", "/absolute/file.db"),
        ("sqlite:///with%20space%3F.db", "with space?.db"),
    ],
)
def test_reads_a_sqlite_url_into_a_path(text: str, path: str) -> None:
    assert parse_dsn(text) == Dsn("sqlite", (("path", path),))


@pytest.mark.parametrize("kind", ["mysql", "oracle", "mssql", "mongodb", "mariadb"])
def test_says_that_another_kind_is_not_supported_yet(kind: str) -> None:
    with pytest.raises(BadInput, match=f"`{kind}` are not supported yet") as caught:
        parse_dsn(f"{kind}://user:{ENCODED}@host/erp")
    assert_hidden(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"host=db password={SECRET}",
        f"postgresql://user:{SECRET}@host/erp:notaport",
        f"postgresql://user:{SECRET}x@host:port/erp",
        f"postgresql://user:{ENCODED}@host/erp?nosuchoption=1",
        f"postgresql://user:{ENCODED}@[::1/erp",
        f"postgresql://user:{ENCODED}@host:99999999/erp",
        "sqlite://file.db",
        "sqlite://",
        "sqlite://:memory:",
        "",
        "erp.db",
    ],
)
def test_refuses_what_is_no_usable_url_without_repeating_it(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_dsn(text)
    assert_hidden(caught.value)


def test_never_shows_a_password() -> None:
    dsn = parse_dsn(f"postgresql://user:{ENCODED}@host/erp?sslpassword={ENCODED}")
    assert SECRET not in repr(dsn) + str(dsn) + dsn.describe()
    assert dsn.keywords()["password"] == SECRET
    assert dsn.keywords()["sslpassword"] == SECRET
    assert dsn.get("password") == ""
    assert dsn.describe() == "postgresql://user@host/erp"


def test_a_password_in_the_query_stays_hidden_and_whole() -> None:
    dsn = parse_dsn("postgresql://host/erp?password=0042")
    assert "0042" not in repr(dsn)
    assert dsn.keywords()["password"] == "0042"


def test_reads_an_entry_of_djangos_settings() -> None:
    dsn = dsn_from_settings(
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "erp",
            "USER": "reader",
            "PASSWORD": SECRET,
            "HOST": "",
            "PORT": 5433,
            "OPTIONS": {"sslmode": "require", "pool": True, "isolation_level": 4, "assume_role": "the reader"},
        }
    )
    assert dict(dsn.parameters) == {
        "dbname": "erp",
        "options": "-c role=the\\ reader",
        "port": "5433",
        "sslmode": "require",
        "user": "reader",
    }
    assert SECRET not in repr(dsn)


def test_reads_a_sqlite_entry_of_djangos_settings(tmp_path: object) -> None:
    entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path}
    assert dsn_from_settings(entry).get("path") == str(tmp_path)


def test_refuses_a_backend_without_an_engine() -> None:
    with pytest.raises(BadInput, match=r"django\.db\.backends\.oracle"):
        dsn_from_settings({"ENGINE": "django.db.backends.oracle", "NAME": "x"})


def assert_hidden(error: OnboardError) -> None:
    shown = str(error) + "".join(traceback.format_exception(error))
    assert SECRET not in shown
    assert ENCODED not in str(error)
