"""Orders the questions that would count every row: by how far the answer may change a decision, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from onboard.inference.depth import cost_s
from onboard.inference.lanes import run_in_lanes
from onboard.inference.rows import Rows
from onboard.inference.threshold import DEFAULT_THRESHOLD

_CERTAINTY = 0.05  # of use even where no decision is likely to change: that an answer is exact


@dataclass(frozen=True, slots=True)
class Question:
    """One count of every row, and what it is worth."""

    name: str
    gain: float
    cost_s: float
    ask: Callable[[], None]


def question(name: str, share: float, rows: int, columns: int, ask: Callable[[], None]) -> Question:
    """Return a question on an answer that has this share; the nearer that is to the threshold the more it gains."""
    distance = abs(share - DEFAULT_THRESHOLD) / max(DEFAULT_THRESHOLD, 1 - DEFAULT_THRESHOLD)
    return Question(name, 1 - distance + _CERTAINTY, cost_s(rows, columns), ask)


def ask_in_order(questions: Iterable[Question], left_s: Callable[[], float], rows: Rows) -> None:
    """Ask what gains most for its cost first, and nothing that would not be answered in time.

    Where there is time for all of them the longest come first, so that both connections end about together.
    """
    listed = list(questions)
    if sum(one.cost_s for one in listed) <= left_s():
        order = sorted(listed, key=lambda one: (-one.cost_s, one.name))
    else:
        order = sorted(listed, key=lambda one: (-one.gain / max(one.cost_s, 0.01), one.name))

    def ask(one: Question) -> None:
        if one.cost_s <= left_s():
            one.ask()

    run_in_lanes([partial(ask, one) for one in order], rows)
