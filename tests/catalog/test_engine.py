import pytest

from onboard.catalog.dsn import Dsn
from onboard.catalog.engine import DuplicateScheme, Engine, by_claim, engines
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.errors import BadInput


def test_collects_the_engines_there_are() -> None:
    assert [engine.name for engine in engines()] == ["postgresql", "sqlite"]


def test_two_engines_cannot_claim_one_scheme() -> None:
    one = engines()[0]
    other = Engine("other", one.schemes[:1], (), one.address, one.read, one.ddl)
    with pytest.raises(DuplicateScheme, match="postgresql and other"):
        by_claim((one, other), lambda engine: engine.schemes)


def test_an_engine_nobody_declared_is_refused() -> None:
    with pytest.raises(BadInput, match="`db2`"):
        read_snapshot(Dsn("db2", ()), Selection())
