"""Names for the modules of `--split`: the class's words in snake_case, unique in the package."""

from __future__ import annotations

from collections.abc import Mapping

from onboard.catalog.structure import TableName
from onboard.decisions.fragments import fragments
from onboard.decisions.identifiers import numbered_snake, snake
from onboard.decisions.reserved import reserved_modules
from onboard.decisions.settle import Claimant, claimant, settle


def module_names(models: Mapping[TableName, str], locked: Mapping[TableName, str]) -> Mapping[TableName, str]:
    """Return a module name for every model; a locked one stays while nobody else has it."""
    kept: dict[TableName, str] = {}
    for table in sorted(models):
        if table in locked and locked[table].lower() not in {name.lower() for name in kept.values()}:
            kept[table] = locked[table]
    settled = settle(
        [_claimant(table, model) for table, model in models.items() if table not in kept],
        taken=reserved_modules() | {name.lower() for name in kept.values()},
        claims=lambda _table, name: frozenset((name.lower(),)),
        numbered=numbered_snake,
        order=lambda table: (table.name, table.schema),
    )
    return {**settled, **kept}


def _claimant(table: TableName, model: str) -> Claimant[TableName]:
    words = fragments(model)
    return claimant(table, (snake(words, empty="table"), snake((*words, "model"), empty="table")))
