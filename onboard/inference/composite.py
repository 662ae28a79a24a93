"""Finds foreign keys of several columns: tables that repeat all the columns of another table's composite key.

Looked up by the names of the key's columns, never table by table. Tens of thousands of such edges are found where
thousands of tables have a `document_no` and a `line_no`, and nearly none of them holds, so an edge is little more than
its two ends: what is known of the key alone is in its standing, which all its edges share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onboard.inference.composite_columns import Answering, AnsweringColumns
from onboard.inference.entities import shared_start
from onboard.inference.measured import Inclusion
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, KeyView, Schema, TableView
from onboard.inference.shared_terms import SharedTerms, Way
from onboard.inference.type_classes import TypeClass

_MOST_COLUMNS = 6
_SHORTEST = 3  # name of a parent that tells
_FEWEST_KEYS = 3  # from which on a name can be in most of them


@dataclass(slots=True, eq=False)
class KeyStanding:
    """What is known of a key of several columns among the others of the schema."""

    everywhere: frozenset[str] = frozenset()  # names that are in most composite keys; no bare `id`
    root: float = 0.0  # of the other tables with such a primary key, the share that is named as parts of this one
    common_prefix: int = 0  # words that most tables of the schema start with
    refers: int = 0  # columns of the key that themselves refer to other tables


_UNKNOWN = KeyStanding()


@dataclass(slots=True, eq=False)
class CompositeEdge:
    """Columns of a child that may refer, pair by pair, to the columns of a key."""

    child: tuple[ColumnView, ...]  # in the order of the key's columns
    parent: KeyView
    renamed: int  # pairs whose names differ
    has_role: bool = False  # a word before the name of the key's column says in which role: `from_stop_id`
    has_one_role: bool = False  # and stands before the names of all of them
    standing: KeyStanding = _UNKNOWN  # of the key
    kind: object = None  # the same for all columns of these names and types
    inclusion: Inclusion | None = None
    surprise: float = 0.0  # minus the decimal logarithm of the chance that its combinations are keys, at most 6
    parts: tuple[SharedTerms | Way, ...] = ()  # what it has in common with others; this and the next by the score
    logit: float = 0.0

    table: TableView = field(init=False)  # the child's

    def __post_init__(self) -> None:
        self.table = self.child[0].table

    @property
    def names_meet(self) -> bool:
        """Whether the name of the child's table holds what the parent's may mean, or both begin with one word."""
        table, parent = self.table, self.parent.table
        return table.words[:1] == parent.words[:1] or True in [one.joined in table.joined for one in parent.entities]

    @property
    def is_named_after(self) -> bool:
        """Whether the child's table is, after the parent."""
        names = [entity.joined for entity in self.parent.table.entities if entity.joined in self.table.joined]
        return bool(names) and max(map(len, names)) >= _SHORTEST

    @property
    def parent_names(self) -> list[tuple[str, ...]]:
        """The words that a column may call the parent by: all that its name may mean, and its initials."""
        table = self.parent.table
        names = [entity.words for entity in table.entities if entity.words]
        return [*names, ("".join(word[0] for word in table.words),)] if len(table.words) > 2 else names

    @property
    def says_parent(self) -> bool:
        """Whether the name of one of the columns ends in that of the parent."""
        names = self.parent_names
        return any(column.words.stem[-len(words) :] == words for column in self.child for words in names)

    @property
    def alike(self) -> int:
        """How many first words the names of both tables share, beyond those of most tables."""
        return max(0, shared_start(self.table.words, self.parent.table.words) - self.standing.common_prefix)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the child's columns, in key order."""
        return tuple([column.name for column in self.child])

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        return {name: value for part in self.parts for name, value in part.terms.items()}


@dataclass(slots=True, eq=False)
class CompositeChoice:
    """What one set of columns may refer to."""

    edges: list[CompositeEdge]
    measured: Measured = Measured.NAMES
    ranked: list[tuple[CompositeEdge, float]] = field(default_factory=list)  # as last weighed, by the score


def composite_choices(schema: Schema) -> list[CompositeChoice]:
    """Return the choices of all sets of columns that repeat a composite key, measured by nothing yet."""
    keys = list(_referable(schema))
    columns = AnsweringColumns(schema, keys)
    everywhere, roots = _in_most_keys(schema), _roots(schema)
    found: dict[frozenset[ColumnView], list[CompositeEdge]] = defaultdict(list)
    for key in keys:
        standing = KeyStanding(everywhere, roots.get(id(key), 0.0), schema.common_prefix)
        for answering, has_role in _answering(key, columns):
            child, renamed, kind = answering.columns, answering.renamed, answering.kind
            has_one_role = has_role and answering.is_throughout
            edge = CompositeEdge(child, key, renamed, has_role, has_one_role, standing, kind)
            found[answering.distinct].append(edge)
    return [CompositeChoice(edges) for edges in found.values()]


def _referable(schema: Schema) -> Iterable[KeyView]:
    for table in schema.tables:
        has_single = any(len(key.columns) == 1 and key.is_primary for key in table.keys)
        for key in table.keys:
            is_whole = 1 < len(key.columns) <= _MOST_COLUMNS and (not has_single or _is_worth_it(key, table))
            if is_whole and all(part.type_class is not TypeClass.OTHER for part in key.columns):
                yield key


def _is_worth_it(key: KeyView, table: TableView) -> bool:
    """Whether others may refer to a key of several columns although there is a primary key of one.

    It holds a smaller key, which makes no sense but for that, or one of its columns is named after the table.
    """
    names = set(key.names)
    if any(set(other.names) < names for other in table.keys):
        return True
    own = set(table.words)
    return key.is_declared and any(own.intersection(column.own.stem) for column in key.columns)


def _in_most_keys(schema: Schema) -> frozenset[str]:
    """Return the names that are part of most composite primary keys, such as a tenant's."""
    keys = [key for table in schema.tables for key in table.keys if key.is_primary and len(key.columns) > 1]
    names = Counter(name for key in keys for name in {column.own.joined for column in key.columns if column.own.stem})
    return frozenset(name for name, count in names.items() if count >= _FEWEST_KEYS and 2 * count > len(keys))


def _roots(schema: Schema) -> dict[int, float]:
    """Return by `id` the first of the primary keys that have the same columns, and the share of the others that follow.

    Those follow it whose tables are named as its parts or kinds: `files(folder, name)`, `file_tags(folder, name)`.
    """
    by_names: dict[frozenset[str], list[KeyView]] = defaultdict(list)
    for table in schema.tables:
        for key in table.keys:
            if key.is_primary and len(key.columns) > 1:
                by_names[frozenset(column.own.joined for column in key.columns)].append(key)
    found: dict[int, float] = {}
    for keys in by_names.values():
        first = min(keys, key=lambda key: (len(key.table.words), key.table.name))
        parts = sum(_is_part_or_kind(key.table, first.table) for key in keys if key is not first)
        found[id(first)] = parts / (len(keys) - 1) if len(keys) > 1 else 1.0
    return found


def _is_part_or_kind(table: TableView, of: TableView) -> bool:
    ours = table.words
    named = (words for words in (of.words, *(entity.words for entity in of.entities)) if words)
    return any(ours[: len(words)] == words or ours[-len(words) :] == words for words in named)


def _answering(key: KeyView, columns: AnsweringColumns) -> Iterable[tuple[Answering, bool]]:
    """Yield the columns that may refer to a key, and whether they say a role."""
    table, is_numbered = key.table, bool(key.table.numbers)
    bare = [place for place, part in enumerate(key.columns) if not part.own.stem]
    seen: set[tuple[ColumnView, ...]] = {key.columns}
    roled = columns.in_roles(key)
    throughout = {column for found in roled if found.is_throughout for column in found.columns}
    for found in columns.named_like(key):
        is_other = found.table is not table and not (is_numbered and _differ_by_number(found.table, table))
        if is_other and not (bare and _is_own_row(found, bare, table)) and throughout.isdisjoint(found.columns):
            seen.add(found.columns)
            yield found, False
    for found in roled:
        is_other = not (is_numbered and _differ_by_number(found.table, table))
        if is_other and found.columns not in seen and not (bare and _is_own_row(found, bare, table)):
            yield found, True
    for found in columns.in_own_table(key) if key.is_primary else ():
        yield found, False


def _is_own_row(found: Answering, bare: Sequence[int], table: TableView) -> bool:
    """Whether an `id` is taken for another `id`, and nothing says that the rows of both tables are the same ones."""
    is_taken = any(not found.columns[place].own.stem for place in bare)
    return is_taken and not _is_part_or_kind(found.table, table)


def _differ_by_number(one: TableView, other: TableView) -> bool:
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)
