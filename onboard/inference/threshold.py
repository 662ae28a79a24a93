"""The confidence from which an inferred key is used without a person's word."""

from __future__ import annotations

# Confidence is calibrated, so this is also the share of right keys expected at the edge of acceptance.
DEFAULT_THRESHOLD = 0.6
