"""The command line: the only place that prints, prompts or exits."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with the code of its outcome."""
    from onboard.cli.boundary import run

    raise SystemExit(run(tuple(sys.argv[1:])))
