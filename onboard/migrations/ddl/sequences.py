"""Sequences -> `create sequence`, the options of identity columns, and who owns what."""

from __future__ import annotations

from onboard.catalog.structure import Sequence
from onboard.migrations.ddl.quoting import identifier, qualified


def sequence_statement(sequence: Sequence) -> str:
    """Return the statement that makes a sequence which is not an identity's."""
    return f"create sequence {qualified(sequence.name)} as {sequence.type} {_options(sequence)}"


def identity_options(sequence: Sequence) -> str:
    """Return what goes into the parentheses of an identity column, the name of its sequence first."""
    return f"sequence name {qualified(sequence.name)} {_options(sequence)}"


def owner_statement(sequence: Sequence) -> str:
    """Return the statement that ties a sequence to its column; the caller knows that it has one."""
    assert sequence.owned_by is not None, sequence.name
    table, column = sequence.owned_by
    return f"alter sequence {qualified(sequence.name)} owned by {qualified(table)}.{identifier(column)}"


def _options(sequence: Sequence) -> str:
    return (
        f"start with {sequence.start} increment by {sequence.increment} minvalue {sequence.minimum}"
        f" maxvalue {sequence.maximum} cache {sequence.cache}{' cycle' if sequence.is_cycled else ''}"
    )
