"""Prints: results to stdout, progress and errors to stderr, plain where there is no terminal.

Everything is cleaned of characters that act on a terminal; markup is never read from text. Only tables on a
terminal use rich, which is imported when the first one is printed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

from onboard.cli.text import clean, one_line

_SECONDS_BETWEEN_LINES = 5.0


def say(text: str = "") -> None:
    """Print a result to stdout."""
    sys.stdout.write(clean(text) + "\n")


def document(text: str) -> None:
    """Print a whole document to stdout as it is (JSON, a diff, SQL, Python); it ends in a newline."""
    sys.stdout.write(text if not sys.stdout.isatty() else clean(text))


def progress(text: str) -> None:
    """Tell on stderr what is being done; on a terminal the line is overwritten by the next one."""
    line = one_line(text)
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        sys.stderr.write(f"\r\x1b[2K{line[: _width() - 1]}")
    else:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()


def steady_progress(now: Callable[[], float] = time.monotonic) -> Callable[[str], None]:
    """Return `progress` for work of many small steps: on a terminal each step, else at most one every few seconds."""
    last = now()

    def tell(text: str) -> None:
        nonlocal last
        is_due = now() - last >= _SECONDS_BETWEEN_LINES
        if is_due or (sys.stderr.isatty() and os.environ.get("TERM") != "dumb"):
            last = now()
            progress(text)

    return tell


def progress_done() -> None:
    """Clear the progress line of a terminal."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()


def warn(text: str) -> None:
    """Print a line to stderr that a person should read."""
    progress_done()
    sys.stderr.write(clean(text) + "\n")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print rows under headings to stdout: drawn by rich on a terminal, else columns apart by two blanks."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _drawn(columns, cells, one_line(title))
    else:
        _plain(columns, cells, one_line(title))


def _drawn(columns: Sequence[str], rows: list[list[str]], title: str) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for column in columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout, highlight=False).print(drawn)


def _plain(columns: Sequence[str], rows: list[list[str]], title: str) -> None:
    if title:
        sys.stdout.write(f"{title}\n")
    lines = [list(columns), *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        padded = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write(padded.rstrip() + "\n")


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        return 80
