"""Fits a rising line of few points through (share, was it right) pairs: pool adjacent violators.

Part of fitting; what it returns is kept in `weights.json` and read by `calibration`.
"""

from __future__ import annotations

from collections.abc import Iterable

_LEAST_WEIGHT = 12.0  # a point stands for at least so many answers


def isotonic(answers: Iterable[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Return rising points from (share, 1 or 0, weight) triples, in the order of their shares."""
    blocks: list[tuple[float, float, float]] = []  # sums of weight, of weighted share, of weighted truth
    for block in _by_share(answers):
        blocks.append(block)
        while len(blocks) > 1 and (_truth(blocks[-2]) >= _truth(blocks[-1]) or blocks[-2][0] < _LEAST_WEIGHT):
            last, before = blocks.pop(), blocks.pop()
            blocks.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    if len(blocks) > 1 and blocks[-1][0] < _LEAST_WEIGHT:
        last, before = blocks.pop(), blocks.pop()
        blocks.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return [(round(share / weight, 3), round(right / weight, 3)) for weight, share, right in blocks]


def _by_share(answers: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    found: dict[float, tuple[float, float, float]] = {}
    for share, right, weight in answers:
        sums = found.get(share, (0.0, 0.0, 0.0))
        found[share] = (sums[0] + weight, sums[1] + weight * share, sums[2] + weight * right)
    return [found[share] for share in sorted(found)]


def _truth(block: tuple[float, float, float]) -> float:
    return block[2] / block[0]
