"""What the tests of this folder may ask for: the process that commands are forked from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.history.projects import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """The process that commands are forked from."""
    started = Zygote()
    yield started
    started.stop()
