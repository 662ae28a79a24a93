"""Runs questions on rows side by side, as many at once as a session has connections."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from threading import Thread

from onboard.inference.rows import Rows

Task = Callable[[], None]


def run_in_lanes(tasks: Iterable[Task], rows: Rows) -> None:
    """Run tasks in their order; one that fails or is interrupted is raised, and those not yet begun are left out."""
    lanes = _Lanes(deque(tasks), rows)
    helpers = [Thread(target=lanes.work, daemon=True) for _ in range(min(rows.lanes, len(lanes.waiting)) - 1)]
    for helper in helpers:
        helper.start()
    lanes.work()
    try:
        for helper in helpers:
            helper.join()
    except KeyboardInterrupt as error:
        lanes.give_up(error)
        for helper in helpers:
            helper.join()
    if lanes.failures:
        raise lanes.failures[0]


class _Lanes:
    """The tasks that nobody has begun, and what went wrong in those that were."""

    def __init__(self, waiting: deque[Task], rows: Rows) -> None:
        self.waiting = waiting
        self.failures: list[BaseException] = []
        self._rows = rows

    def work(self) -> None:
        """Run tasks until none is left."""
        while True:
            try:
                task = self.waiting.popleft()
            except IndexError:
                return
            try:
                task()
            except BaseException as error:  # also an interrupt: raised again where all lanes have ended
                self.give_up(error)
                return

    def give_up(self, error: BaseException) -> None:
        """Begin no other task, and end the statements that run."""
        self.failures.append(error)
        self.waiting.clear()
        self._rows.stop()
