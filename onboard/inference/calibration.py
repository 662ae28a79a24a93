"""Turns a share of confidence into how often such an answer was right on databases that the weights had not seen.

The points are isotonic, so the order of proposals never changes; between two points the line is straight.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from onboard.inference.proposals import Measured
from onboard.inference.weights import weights

_MOST = 0.995  # nothing that is inferred is certain


def calibrated(share: float, kind: str, measured: Measured) -> float:
    """Return the confidence for a share of a `primary_key`, `foreign_key` or `composite` at a stage."""
    return between(weights().calibration.get(f"{kind} {measured.value}", ()), share)


def between(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the height of the line through the points at a share."""
    at = bisect_left(points, share, key=itemgetter(0))
    before = points[at - 1] if at else (0.0, 0.0)
    raw, right = points[at] if at < len(points) else (1.0, max((right for _, right in points), default=1.0))
    place = (share - before[0]) / (raw - before[0]) if raw > before[0] else 1.0
    return round(min(_MOST, before[1] + place * (right - before[1])), 4)
