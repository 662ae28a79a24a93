from __future__ import annotations

from collections.abc import Iterator

import pytest

from onboard.cli import console


def test_tells_of_many_small_steps_only_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    times: Iterator[float] = iter([0.0, 1.0, 6.0, 6.0, 7.0])
    tell = console.steady_progress(lambda: next(times))

    for step in ("public.a", "public.b", "public.c"):
        tell(step)

    assert capsys.readouterr().err == "public.b\n"
