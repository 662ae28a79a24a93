"""Names for the way back: what a relation is called on the model it points at, settled for each target at once.

None where Django's own (`order_set`, queried as `order`) meets nothing else on the target; a name that says the role
where two relations lead from one model to the other. A locked name stays. Checks fields.E302 to E305, and keeps clear
of the model's attributes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.decisions.fragments import Words, fragments
from onboard.decisions.identifiers import numbered_snake, snake
from onboard.decisions.plurals import Plurals
from onboard.decisions.reserved import reserved_fields
from onboard.decisions.settle import Claimant, claimant, settle

DEFAULT = ""  # stands for Django's own name among the candidates


@dataclass(frozen=True, slots=True)
class WayBack:
    """A relation of one column, seen from its target."""

    table: TableName
    column: str
    target: TableName
    model: str  # the class it is on
    target_model: str
    field: str
    is_one_to_one: bool
    locked: str | None = None  # DEFAULT, a name, or None where none was given yet

    @property
    def key(self) -> tuple[TableName, str]:
        """What tells it from the others."""
        return self.table, self.column


def related_names(
    ways: Collection[WayBack], fields: Mapping[TableName, Collection[str]], plurals: Plurals
) -> Mapping[tuple[TableName, str], str | None]:
    """Return `related_name` of every relation; `fields` are lower-case names and attnames by table."""
    by_target: dict[TableName, list[WayBack]] = {}
    for way in ways:
        by_target.setdefault(way.target, []).append(way)
    found: dict[tuple[TableName, str], str | None] = {}
    for target, arriving in by_target.items():
        found.update(_of_target(arriving, frozenset(fields[target]), plurals))
    return found


def claimed(way: WayBack, name: str) -> frozenset[str]:
    """Return the lower-case names that a relation puts on its target: accessor and query name."""
    if name != DEFAULT:
        return frozenset((name.lower(),))
    model = way.model.lower()
    return frozenset((model,)) if way.is_one_to_one else frozenset((model, f"{model}_set"))


def _of_target(
    arriving: list[WayBack], fields: frozenset[str], plurals: Plurals
) -> dict[tuple[TableName, str], str | None]:
    ways = {way.key: way for way in arriving}
    siblings = Counter(way.table for way in arriving)
    taken = set(fields | reserved_fields())
    kept: dict[tuple[TableName, str], str] = {}
    for key, way in sorted(ways.items()):
        if way.locked is not None and not claimed(way, way.locked) & taken:
            kept[key] = way.locked
            taken |= claimed(way, way.locked)
    settled = settle(
        [_claimant(way, siblings[way.table], plurals) for key, way in ways.items() if key not in kept],
        taken=taken,
        claims=lambda key, name: claimed(ways[key], name),
        numbered=numbered_snake,
        order=lambda key: key,
    )
    return {key: name or None for key, name in {**settled, **kept}.items()}


def _claimant(way: WayBack, siblings: int, plurals: Plurals) -> Claimant[tuple[TableName, str]]:
    model = fragments(way.model)
    many = model if way.is_one_to_one else (*model[:-1], plurals.plural(model[-1]))
    role = _role(way)
    names = [snake((*role, *many), empty="related"), snake((*fragments(way.field), *many), empty="related")]
    names.append(snake((*many, "by", *fragments(way.field)), empty="related"))
    if siblings == 1:
        names = [DEFAULT, *names]
    elif not role:
        names = [snake(many, empty="related"), *names]
    return claimant(way.key, names, (bool(role),))


def _role(way: WayBack) -> Words:
    """Return the words that tell this relation from its sisters: `created` of `created_by`, none of `account`."""
    field = fragments(way.field)
    target = fragments(way.target_model)
    if field == target:
        return ()
    if len(field) > 1 and field[-1] == "by":
        return field[:-1]
    return field
