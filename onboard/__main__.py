"""`python -m onboard` is `onboard`."""

from __future__ import annotations

from onboard.cli import main

main()
