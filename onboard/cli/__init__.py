"""The command line: the only place that prints, prompts or exits."""

from __future__ import annotations

import gc
import sys

_NEW_OBJECTS = 200_000  # between two collections; a catalogue of 1,000 tables makes some millions of them


def main() -> None:
    """Run the command line and exit with the code of its outcome."""
    from onboard.cli.boundary import run

    # Nearly all that a command makes lives until it ends, so collecting early looks at the same objects in vain.
    gc.set_threshold(_NEW_OBJECTS, 50, 50)
    raise SystemExit(run(tuple(sys.argv[1:])))
