"""What hangs on a table and runs by itself: the Catalog knows its name alone, so that it cannot be rebuilt."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Table
from onboard.migrations.ddl.statements import NotMade


def programs_not_made(table: Table) -> Iterator[NotMade]:
    """Yield the triggers, the rules and the policies of a table."""
    for what, names in (("triggers of", table.triggers), ("rules of", table.rules), ("policies of", table.policies)):
        if names:
            yield NotMade(table.name, what, f"{', '.join(names)}: only their names were scanned")
    if table.has_row_security and not table.policies:
        yield NotMade(table.name, "row security of", "it has no policies")
