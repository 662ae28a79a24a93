"""Says which signals are asked of what: a set of signals is a whole number with a bit for each, in the order of names.

A signal is asked of an edge where it fits the child, the parent and the relation, and where there is something for it
to read. All this is known of thousands of edges at once, so it is put together with `&` and looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TypeVar

from onboard.declared import declared
from onboard.inference import signals
from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

ALL = -1  # every signal

Looked = TypeVar("Looked")
Asked = tuple[tuple[str, Callable[[Edge, Situation], float]], ...]


@cache
def all_signals() -> tuple[Signal, ...]:
    """Return every signal, in the order of their names."""
    return declared(signals, "SIGNAL", Signal)


@cache
def fields_read() -> tuple[str, ...]:
    """Return the fields of a situation that decide which signals are asked."""
    return tuple(sorted({"sizes", *(signal.reads for signal in all_signals() if signal.reads)}))


@cache
def read_of_many() -> frozenset[str]:
    """Return those that say something of what edges have in common."""
    return frozenset({"sizes", *(signal.reads for signal in all_signals() if signal.of is not Of.EDGE)})


@cache
def reading_field(field: str) -> int:
    """Return the signals that read a field of a situation."""
    return _as_bits(lambda signal: signal.reads == field)


@cache
def though_far() -> int:
    """Return the signals that are asked although the names of the tables have no word in common."""
    return _as_bits(lambda signal: not signal.is_near)


@cache
def bits_of(of: Of) -> int:
    """Return the signals that look at something."""
    return _as_bits(lambda signal: signal.of is of)


def _as_bits(is_one: Callable[[Signal], bool]) -> int:
    return sum(1 << place for place, signal in enumerate(all_signals()) if is_one(signal))


@cache
def settled_signals(fitting: int, speaking: frozenset[str], of: Of | None = None) -> Asked:
    """Return those of some signals that are asked once; `speaking` are the fields that hold anything."""
    return _asked(fitting, speaking, of, is_settled=True)


@cache
def changing_signals(fitting: int, speaking: frozenset[str], of: Of | None = None) -> Asked:
    """Return those that are asked at every stage."""
    return _asked(fitting, speaking, of, is_settled=False)


def _asked(fitting: int, speaking: frozenset[str], of: Of | None, *, is_settled: bool) -> Asked:
    fitting &= bits_of(of) if of else ALL
    asked = [signal for place, signal in enumerate(all_signals()) if fitting >> place & 1 and not signal.passes_on]
    return tuple(
        (signal.name, signal.measure)
        for signal in asked
        if signal.is_settled is is_settled and _speaks(signal, speaking)
    )


def _speaks(signal: Signal, speaking: frozenset[str]) -> bool:
    return (not signal.needs_rows or "sizes" in speaking) and (not signal.reads or signal.reads in speaking)


@cache
def changing_edges(speaking: frozenset[str]) -> int:
    """Return the signals by which what is said of an edge by itself may change."""
    may_change = _as_bits(lambda signal: not signal.is_settled and _speaks(signal, speaking))
    return may_change & (bits_of(Of.EDGE) | bits_of(Of.LEAD))


@dataclass(frozen=True, slots=True)
class Passed:
    """The signals that pass a field of an edge on, and what gives these fields."""

    names: tuple[str, ...]
    fields: Callable[[Edge], tuple[float, ...]]


@cache
def passed_on() -> Passed:
    """Return the signals that pass fields on."""
    found = [(signal.name, signal.passes_on) for signal in all_signals() if signal.passes_on]
    return Passed(tuple(name for name, _ in found), attrgetter(*(field for _, field in found)))


def fitting_signals(looked_at: Looked, conditions: Iterable[tuple[int, Callable[[Looked], object]]]) -> int:
    """Return the signals that fit a child or a parent."""
    found = ALL
    for bit, fits in conditions:
        if not fits(looked_at):
            found &= ~bit
    return found


@cache
def fitting_relation(relation: Relation) -> int:
    """Return the signals that fit edges that were found this way."""
    return ~_as_bits(lambda signal: bool(signal.only) and relation not in signal.only)


@cache
def of_children() -> tuple[tuple[int, Callable[[ColumnView], object]], ...]:
    """Return the signals that do not fit every child, each with what it asks of it."""
    return tuple((1 << place, signal.child) for place, signal in enumerate(all_signals()) if signal.child)


@cache
def of_parents() -> tuple[tuple[int, Callable[[KeyView], object]], ...]:
    """Return the signals that do not fit every parent, each with what it asks of it."""
    return tuple((1 << place, signal.parent) for place, signal in enumerate(all_signals()) if signal.parent)
