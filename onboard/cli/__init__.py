"""The command line: the only place that prints, prompts or exits."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    raise SystemExit(70)
