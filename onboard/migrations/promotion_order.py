"""Tables + what each refers to -> the order to promote them in: parents first, each cycle as one step.

Tarjan's strongly connected components, without recursion. Repeatable: ties are broken by name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from onboard.catalog.structure import TableName


def promotion_order(
    tables: Collection[TableName], parents: Mapping[TableName, Collection[TableName]]
) -> tuple[tuple[TableName, ...], ...]:
    """Return the tables in steps: one table each, or all tables of a cycle. Parents outside `tables` play no part."""
    wanted = set(tables)
    edges = {table: sorted(set(parents.get(table, ())) & wanted - {table}) for table in wanted}
    order = _Components(edges)
    for table in sorted(wanted):
        order.visit(table)
    return tuple(order.found)


class _Components:
    """Tarjan's bookkeeping: components come out with those they refer to first."""

    def __init__(self, edges: Mapping[TableName, list[TableName]]) -> None:
        self.found: list[tuple[TableName, ...]] = []
        self._edges = edges
        self._number: dict[TableName, int] = {}
        self._lowest: dict[TableName, int] = {}
        self._open: list[TableName] = []

    def visit(self, start: TableName) -> None:
        """Add the components reachable from here that are not known yet."""
        if start in self._number:
            return
        path = [(start, iter(self._edges[start]))]
        self._enter(start)
        while path:
            table, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                self._leave(table, path[-1][0] if path else None)
            elif following not in self._number:
                self._enter(following)
                path.append((following, iter(self._edges[following])))
            elif following in self._lowest:
                self._lowest[table] = min(self._lowest[table], self._number[following])

    def _enter(self, table: TableName) -> None:
        self._number[table] = self._lowest[table] = len(self._number)
        self._open.append(table)

    def _leave(self, table: TableName, before: TableName | None) -> None:
        if before is not None:
            self._lowest[before] = min(self._lowest[before], self._lowest[table])
        if self._lowest[table] != self._number[table]:
            return
        component = self._open[self._open.index(table) :]
        del self._open[len(self._open) - len(component) :]
        self.found.append(tuple(sorted(component)))
        for member in component:
            self._lowest.pop(member)  # what is in `_lowest` is still open
