import pytest

from onboard.catalog.dsn import Dsn, Secret, parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.errors import NothingDone


@pytest.mark.parametrize("parts", [{"dbname": "no_such_database"}, {"user": "no_such_role"}])
def test_an_unreachable_database_is_nothing_done_without_a_password(server_dsn: str, parts: dict[str, str]) -> None:
    dsn = parse_dsn(server_dsn)
    keywords = {**dict(dsn.parameters), **parts}
    unreachable = Dsn("postgresql", tuple(sorted(keywords.items())), (("password", Secret("hunter2")),))
    with pytest.raises(NothingDone, match="no_such") as caught:
        read_snapshot(unreachable, Selection())
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid", "%2Fno%2Fsuch%2Ffolder"])
def test_a_host_that_is_not_there_is_nothing_done(host: str) -> None:
    with pytest.raises(NothingDone, match="Cannot connect") as caught:
        read_snapshot(parse_dsn(f"postgresql://user:hunter2@{host}/erp"), Selection())
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None
