"""Turns a share of confidence into how often such an answer was right on databases that the weights had not seen.

The points are isotonic, so the order of proposals never changes; between two points the line is straight.
"""

from __future__ import annotations

from collections.abc import Sequence

from onboard.inference.proposals import Measured
from onboard.inference.weights import weights

_MOST = 0.995  # nothing that is inferred is certain


def calibrated(share: float, kind: str, measured: Measured) -> float:
    """Return the confidence for a share of a `primary_key`, `foreign_key` or `composite` at a stage."""
    return between(weights().calibration.get(f"{kind} {measured.value}", ()), share)


def between(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the height of the line through the points at a share."""
    before = (0.0, 0.0)
    for point in (*points, (1.0, max((right for _, right in points), default=1.0))):
        if share <= point[0]:
            width = point[0] - before[0]
            place = (share - before[0]) / width if width else 1.0
            return round(min(_MOST, before[1] + place * (point[1] - before[1])), 4)
        before = point
    return round(min(_MOST, before[1]), 4)
