"""The error boundary: runs a command and turns its outcome, or its error, into an exit code and one paragraph.

0 done; 1 found or refused; 2 wrong usage or bad input; 3 done in part; 4 nothing could be done; 70 unexpected;
130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
import textwrap
import traceback

import click

from onboard.cli import console
from onboard.cli.outcome import DoneInPart, Found
from onboard.cli.secrets import known_secrets, struck
from onboard.cli.text import clean, one_line
from onboard.errors import BadInput, NothingDone, OnboardError, Refused

DONE, FOUND, BAD_INPUT, IN_PART, NOTHING_DONE, UNEXPECTED, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130

_FAMILIES: tuple[tuple[type[OnboardError], int], ...] = (
    (BadInput, BAD_INPUT),
    (Refused, FOUND),
    (NothingDone, NOTHING_DONE),
)


def run(arguments: tuple[str, ...]) -> int:
    """Run `onboard` with these arguments and return its exit code; prints what went wrong, never raises."""
    _print_anything()
    secrets = known_secrets(arguments)
    try:
        code = _code(_run(arguments))
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        _paragraph("Interrupted.", secrets)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return DONE
    except (click.ClickException, OnboardError) as error:
        _show_traceback(arguments, secrets)
        _paragraph(_wording(error), secrets)
        return _exit_code(error)
    except Exception as error:  # the boundary itself: whatever is left is a fault of ours
        _show_traceback(arguments, secrets)
        _paragraph(_unexpected(error), secrets)
        return UNEXPECTED
    return code


def _run(arguments: tuple[str, ...]) -> object:
    from onboard.cli.group import whole_group

    return whole_group().main(args=list(arguments), prog_name="onboard", standalone_mode=False)


def _code(outcome: object) -> int:
    console.progress_done()
    match outcome:
        case DoneInPart(left_out):
            console.warn(f"Left out ({len(left_out)}):")
            for line in left_out:
                console.warn(f"  {one_line(line)}")
            return IN_PART
        case Found(summary):
            if summary:
                console.warn(summary)
            return FOUND
        case int(code):  # click's own: `--help`, `--version`
            return code
    return DONE


def _exit_code(error: click.ClickException | OnboardError) -> int:
    if isinstance(error, click.ClickException):
        return BAD_INPUT
    for family, code in _FAMILIES:
        if isinstance(error, family):
            return code
    return FOUND


def _wording(error: click.ClickException | OnboardError) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    if isinstance(error, click.UsageError):
        context = error.ctx
        hint = f" See `{context.command_path} --help`." if context else ""
        return error.format_message() + hint
    if isinstance(error, click.ClickException):
        return error.format_message()
    return str(error)


def _unexpected(error: Exception) -> str:
    return (
        f"onboard met something it did not expect: {type(error).__name__}: {error}. Nothing was half-written. "
        "Run the same command with `--traceback` to see where, and report it with the version from `onboard --version`."
    )


def _paragraph(text: str, secrets: frozenset[str]) -> None:
    console.progress_done()
    cleaned = clean(struck(text, secrets))
    if "\n" not in cleaned and sys.stderr.isatty():
        cleaned = textwrap.fill(cleaned, 100, break_long_words=False, break_on_hyphens=False)
    sys.stderr.write(cleaned.rstrip() + "\n")


def _show_traceback(arguments: tuple[str, ...], secrets: frozenset[str]) -> None:
    if "--traceback" in arguments:
        sys.stderr.write(clean(struck(traceback.format_exc(), secrets)))


def _print_anything() -> None:
    """A terminal that cannot show a name shows its code points instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a test or an embedder may have put a plain stream there
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # TextIO of the real console


def _forget_stdout() -> None:
    """Whoever read stdout has gone: keep the interpreter from complaining when it flushes at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
