"""A column whose two values a person took for true and false -> a boolean that keeps them in the database."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.brief import Brief
from onboard.passes.family import FieldType
from onboard.passes.sql_literals import text_default, whole_default
from onboard.passes.written import argument, code, helper


def flag_type(type_: ColumnType, true: str, false: str, plain: FieldType, brief: Brief) -> FieldType:
    """Return the flag in place of the `plain` field; numbers stay numbers in the database."""
    is_number = "Integer" in code(plain.function.node)
    values = (int(true), int(false)) if is_number and _are_numbers(true, false) else (true, false)
    arguments = (
        argument("true", values[0]),
        argument("false", values[1]),
        argument("column_type", type_.sql or "text"),
    )
    return FieldType(helper(brief.plan.app, "FlagField"), arguments)


def flag_default(sql: str, true: str, false: str) -> bool | None:
    """Return which of the two a default is, if it is one."""
    text, number = text_default(sql), whole_default(sql)
    value = text.rstrip(" ") if text is not None else str(number)
    return {true: True, false: False}.get(value)


def _are_numbers(*values: str) -> bool:
    return all(value.removeprefix("-").isdecimal() for value in values)
