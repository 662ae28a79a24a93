from __future__ import annotations

import gc

import pytest

from onboard.cycle_collector import held_back


def test_the_collector_is_held_back_and_runs_again() -> None:
    with held_back():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_runs_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), held_back():
        print(1 / 0)
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with held_back():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
