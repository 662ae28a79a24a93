"""Every outcome has its exit code, every error its paragraph, and no password gets through."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from onboard.cli import boundary
from onboard.cli.boundary import run
from onboard.cli.group import group
from onboard.cli.outcome import DoneInPart, Found
from onboard.errors import BadInput, NothingDone, Refused


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A command `try` that returns or raises what is put in the list."""
    outcome: list[object] = []

    @click.command(name="try")
    @click.option("--traceback", is_flag=True)
    def try_(traceback: bool) -> object:
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    monkeypatch.setattr(group, "commands", {"try": try_})
    return outcome


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (None, 0),
        (Found("two differences"), 1),
        (Refused("no"), 1),
        (BadInput("what?"), 2),
        (click.UsageError("what?"), 2),
        (DoneInPart(("public.x: no key",)), 3),
        (NothingDone("no host"), 4),
        (ZeroDivisionError("oh"), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_outcome_has_its_code(
    command: list[object], outcome: object, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.append(outcome)
    monkeypatch.setattr(boundary, "_run", lambda arguments: group.main(list(arguments), standalone_mode=False))
    assert run(("try",)) == code


def test_an_unexpected_error_is_one_paragraph_without_a_traceback_or_a_password(
    command: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:pa%2Fss@h/n")
    monkeypatch.setattr(boundary, "_run", lambda arguments: group.main(list(arguments), standalone_mode=False))
    command.append(RuntimeError("could not connect to postgresql://u:pa%2Fss@h/n with pa/ss"))
    assert run(("try",)) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert "pa/ss" not in said
    assert "pa%2Fss" not in said
    assert run(("try", "--traceback")) == 70
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "pa/ss" not in said


def test_hostile_text_of_an_error_cannot_act_on_the_terminal(
    command: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(boundary, "_run", lambda arguments: group.main(list(arguments), standalone_mode=False))
    command.append(BadInput("table `\x1b[2J\u202eevil\x07` is unknown"))
    run(("try",))
    assert capsys.readouterr().err == "table `[2Jevil` is unknown\n"


def test_help_answers_at_once(tmp_path: Path) -> None:
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "onboard", "--help"], check=True, capture_output=True, cwd=tmp_path)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.3 + _interpreter_s()


def _interpreter_s() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return 3 * (time.perf_counter() - start)  # a machine under load is slow at both
