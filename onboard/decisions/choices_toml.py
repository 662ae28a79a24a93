"""onboard.toml and sets of values -> onboard.toml with a `[[choices]]` for each set, waiting for a person's word.

A section that scan wrote and nobody changed follows the evidence; it is never taken away, because a scan without
samples does not know the values. Two values that say yes and no are proposed as a flag, the rest as choices.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping

from onboard.catalog.structure import TableName
from onboard.decisions.keys import UsedKeys
from onboard.decisions.scan_mark import is_marked_with, marked_with
from onboard.decisions.spelling import Spellings, spell_column
from onboard.decisions.toml_lines import Statement, statements
from onboard.errors import BadInput
from onboard.inference.proposals import ValueSet

_TITLE = "# Sets of values, waiting for your word: choices, or a flag where they mean true and false."
_FLAGS = (("Y", "N"), ("J", "N"), ("S", "N"), ("O", "N"), ("T", "F"), ("1", "0"), ("yes", "no"), ("true", "false"))
Place = tuple[TableName, str]


def with_choices(text: str, sets: Iterable[ValueSet], keys: UsedKeys, spellings: Spellings) -> str:
    """Return the file with a section for each set whose values are known; columns of used keys are left out."""
    wanted = {(one.table, one.column): one for one in sets if one.values and not _is_of_key(one, keys)}
    if not wanted:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    found = list(_sections(text, spellings))
    here: set[Place] = set()
    for place, header, use, is_accepted in reversed(found):
        here |= {place} if place is not None else set()
        if place in wanted and use is not None and is_marked_with(lines[use.line - 1], *_lines(lines, header, use)):
            lines[header.line - 1 : use.line] = _block(wanted[place], is_accepted=is_accepted)
    fresh = [one for place, one in wanted.items() if place not in here]
    if fresh:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += ["", *([] if found else [_TITLE, ""])]
        for one in fresh:
            lines += [*_block(one, is_accepted=False), ""]
    return newline.join(lines)


def _is_of_key(one: ValueSet, keys: UsedKeys) -> bool:
    used = [relation.columns for relation in keys.relations.get(one.table, ())]
    primary = keys.primary_keys.get(one.table)
    return any(one.column in columns for columns in (*used, primary.columns if primary else ()))


def _sections(text: str, spellings: Spellings) -> Iterable[tuple[Place | None, Statement, Statement | None, bool]]:
    """Yield each `[[choices]]`: the column it speaks of, its header, its `use`, and what that says."""
    if "choices" not in text:  # saves reading a file of thousands of keys
        return
    given = tomllib.loads(text).get("choices", [])
    headers = [one for one in statements(text) if one.header == "choices" and one.is_array]
    rest = [one for one in statements(text) if one.header == "choices" and one.key == "use"]
    for number, (entry, header) in enumerate(zip(given, headers, strict=True), 1):
        end = headers[number].line if number < len(headers) else float("inf")
        use = next((one for one in rest if header.line < one.line < end), None)
        yield _place(entry, spellings), header, use, entry.get("use", True) is True


def _place(entry: Mapping[str, object], spellings: Spellings) -> Place | None:
    try:
        table, column = spellings.table_or_column(str(entry.get("column")))
    except BadInput:
        return None
    return (table, column) if column is not None else None


def _lines(lines: list[str], header: Statement, use: Statement) -> tuple[str, ...]:
    return tuple(lines[header.line : use.line - 1])


def _block(one: ValueSet, *, is_accepted: bool) -> list[str]:
    flag = _flag(one.values)
    labels = (
        {value: value == flag[0] for value in one.values} if flag else {value: _label(value) for value in one.values}
    )
    said = ", ".join(f"{_text(value)} = {json.dumps(label, ensure_ascii=False)}" for value, label in labels.items())
    column = f"column = {_text(spell_column(one.table, one.column))}"
    values = f"values = {{ {said} }}"
    use = f"use = {'true' if is_accepted else 'false'}"
    return ["[[choices]]", column, values, marked_with(use, _evidence(one), column, values)]


def _label(value: str) -> str:
    """Words as Django would say them; codes as they stand."""
    is_word = len(value) > 2 and re.fullmatch(r"[a-z]+(?:[ _-][a-z]+)*", value) is not None
    return value.replace("_", " ").replace("-", " ").title() if is_word else value


def _flag(values: tuple[str, ...]) -> tuple[str, str] | None:
    """Which of two values says yes and which no, whatever their letter case."""
    folded = {value.lower(): value for value in values}
    for true, false in _FLAGS:
        if len(values) == 2 and folded.keys() == {true.lower(), false.lower()}:
            return folded[true.lower()], folded[false.lower()]
    return None


def _evidence(one: ValueSet) -> str:
    if not one.distinct:
        return "a check lists them"
    return f"{len(one.values)} values in {one.rows:,} rows ({'exact' if one.is_exact else 'a sample'})"


def _text(value: str) -> str:
    """Return a TOML basic string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
