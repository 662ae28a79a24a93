"""Questions on every row of large tables, answered by sorting single values.

Millions of values that hardly repeat are sorted several times faster than they are gathered by a hash that outgrows
its memory, or looked up in one that outgrows the caches. So what is one value, or fits into one, is asked this way:
one column of numbers or UUIDs, and two columns of whole numbers of 32 bits, put side by side into 64.
Source of truth: `count(distinct)` sorts on all versions (13 to 18); numbers are compared without regard to collations.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.sql import SQL, Composable, Composed, Identifier

from onboard.inference.rows import Asked, ColumnsOf
from onboard.inference.type_classes import TypeClass

_SORTABLE = (TypeClass.WHOLE, TypeClass.UUID)


def is_one_value(columns: Sequence[Asked]) -> bool:
    """Whether columns are, or fit into, one value that is quickly sorted."""
    if len(columns) == 1:
        return columns[0].type_class in _SORTABLE
    return len(columns) == 2 and all(column.is_short for column in columns)


def distinct_question(key: ColumnsOf) -> Composed:
    """Ask for the rows of a table, those in which the key is set, and the distinct keys among these."""
    return SQL("select count(*), count(v), count(distinct v) from (select {} as v from {}) counted").format(
        _one_value(key.columns), _table(key)
    )


def containment_question(child: ColumnsOf, parent: ColumnsOf, *, is_key: bool) -> Composed:
    """Ask for the rows in which both, or the parent, are set, the parent's distinct values, and those of both together.

    Where both together are no more than the parent's, the parent holds every value of the child. Where the parent
    `is_key`, its rows need not be told apart. What is done for each row of the child is as little as can be.
    """
    return SQL(
        "select count(v), count(v) filter (where is_parent), {} filter (where is_parent), count(distinct v)"
        " from (select {} as v, null::bool as is_parent from {} union all select {}, true from {}) counted"
    ).format(
        SQL("count(v)" if is_key else "count(distinct v)"),
        _one_value(child.columns),
        _table(child),
        _one_value(parent.columns),
        _table(parent),
    )


def ranges_question(columns: ColumnsOf) -> Composed:
    """Ask, column by column, for the rows in which it is set, and its lowest and highest value."""
    names = [Identifier(column.name) for column in columns.columns]
    ends = SQL(", ").join(SQL("count({0}), min({0}), max({0})").format(name) for name in names)
    return SQL("select {} from {}").format(ends, _table(columns))


def one_pass_question(key: ColumnsOf, parent: ColumnsOf, *, width: int, counts_bits: bool) -> Composed:
    """Ask for the rows, those that fit, the distinct pairs of these, and whether the parent holds all first halves.

    And for the parent's rows, those in which its column is set, and the distinct values among these.

    Each pair is a bit: 64 of them stand side by side in one number, which is gathered for 64 / `width` values of the
    first column. The parent's values are as many bits each as there may be second halves. Rows with a NULL or another
    second half do not fit; their bits say nothing, as shifts go round. `counts_bits`: the server has `bit_count`.
    """
    first, second = (Identifier(column.name) for column in key.columns)
    side_by_side, bits = 64 // width, (width - 1).bit_length()
    values = [SQL(str(number)) for number in (side_by_side.bit_length() - 1, side_by_side - 1, bits, width - 1)]
    return SQL(
        "select coalesce(sum(n), 0),"
        " coalesce(sum(filled) filter (where g is not null and ored between 0 and {most}), 0),"
        " coalesce(sum({pairs_set}), 0),"
        " coalesce(bool_and(pairs & ~coalesce(keys, 0) = 0), true),"
        " coalesce(sum(parents), 0), coalesce(sum(parents) filter (where g is not null), 0),"
        " coalesce(sum({keys_set}), 0) / {width}"  # of each value all bits are set
        " from (select {first}::int4 >> {shift} as g, count(*) as n, count({second}) as filled,"
        " bit_or({second}::int4) as ored, bit_or(1::int8 << ((({first}::int4 & {mask}) << {bits}) | {second}::int4))"
        " as pairs from {child} group by 1) children"
        " full join (select {key}::int4 >> {shift} as g, count(*) as parents,"
        " bit_or({all}::int8 << (({key}::int4 & {mask}) << {bits}))"
        " as keys from {parent} group by 1) parents using (g)"
    ).format(
        first=first,
        second=second,
        key=Identifier(parent.columns[0].name),
        child=_table(key),
        parent=_table(parent),
        most=values[3],
        shift=values[0],
        mask=values[1],
        bits=values[2],
        all=SQL(str(2**width - 1)),
        width=SQL(str(width)),
        pairs_set=_bits_set("pairs", counts_bits=counts_bits),
        keys_set=_bits_set("keys", counts_bits=counts_bits),
    )


def _bits_set(name: str, *, counts_bits: bool) -> Composed:
    how = "bit_count({}::bit(64))" if counts_bits else "length(replace({}::bit(64)::text, '0', ''))"
    return SQL(how).format(Identifier(name))


def _one_value(columns: Sequence[Asked]) -> Composable:
    if len(columns) == 1:
        return Identifier(columns[0].name)
    high, low = (Identifier(column.name) for column in columns)
    return SQL("({}::int8 << 32) | ({}::int8 & 4294967295)").format(high, low)


def _table(columns: ColumnsOf) -> Identifier:
    return Identifier(columns.table.schema, columns.table.name)
