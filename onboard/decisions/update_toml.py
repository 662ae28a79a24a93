"""onboard.toml as it was, Catalog and Proposals -> onboard.toml as it should be: text in, text out.

Works on lines: what a person wrote is never parsed and written back, so it cannot change. Entries that scan wrote and
nobody touched follow the evidence in place, and go when it is gone; new ones join the last of their kind and state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog
from onboard.decisions.choices_toml import with_choices
from onboard.decisions.keys import used_keys
from onboard.decisions.proposal_text import said_of_foreign_key, said_of_primary_key
from onboard.decisions.read_toml import read_person
from onboard.decisions.resolve import foreign_key_answer, primary_key_answer, resolved
from onboard.decisions.scan_mark import is_as_scanned, is_marked, marked, marked_use
from onboard.decisions.spelling import Spellings, spell_key, spell_part, spell_table
from onboard.decisions.statements import KeyEntry, Person
from onboard.errors import BadInput
from onboard.inference.proposals import ForeignKeyProposal, PrimaryKeyProposal, Proposals

_HEADER = """\
# What onboard found in the database and what you say to it. Commit this file.
#
# Every key below was not declared in the database. `use` says whether `onboard generate` uses it, the comment why.
# A line that ends in [scan:....] is as scan wrote it and follows the evidence. Change anything on it, its true or false
# or its comment, and the entry is yours: it is final, survives every scan, and counts as an example for its like.
# To hand an entry back, delete it.
#
# [names]                              [glossary]
# "public.tblcust" = "Customer"        cust = "customer"
# "public.orders.cust_no" = "buyer"    prefixes = ["fld_"]
"""
_SECTIONS = {
    ("primary_key", True): "Primary keys, accepted.",
    ("primary_key", False): "Primary keys, waiting for your word.",
    ("foreign_key", True): "Foreign keys, accepted.",
    ("foreign_key", False): "Foreign keys, waiting for your word.",
}
_SCAN_SAYS = "also tables, exclude, threshold; never a DSN or a password"

Identity = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An entry that should be there, with its own line of `use`."""

    entry: KeyEntry
    said: str

    @property
    def block(self) -> list[str]:
        entry = self.entry
        if entry.kind == "primary_key":
            columns = ", ".join(_text(column) for column in entry.columns)
            lines = [f"table = {_text(entry.table)}", f"columns = [{columns}]"]
        else:
            columns = ", ".join(spell_part(column) for column in entry.columns)
            lines = [f"from = {_text(f'{entry.table}({columns})')}", f"to = {_text(entry.references)}"]
        return [f"[[{entry.kind}]]", *lines, self.use_line, ""]

    @property
    def use_line(self) -> str:
        return marked_use(self.entry, self.said)


def updated_toml(text: str | None, catalog: Catalog, proposals: Proposals, *, selection: Selection) -> str:
    """Return the file with what is new; BadInput where the person's part cannot be understood."""
    person = resolved(read_person(text), catalog)
    wanted = _all_wanted(catalog, proposals, person)
    keys, spellings = used_keys(catalog, proposals, person), Spellings(catalog)
    if text is None or not text.strip():
        return with_choices(_first(wanted, catalog, selection), proposals.value_sets, keys, spellings)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    result = "\n".join(_edited(lines, person, wanted, catalog, selection))
    return with_choices(result, proposals.value_sets, keys, spellings).replace("\n", newline)


def _all_wanted(catalog: Catalog, proposals: Proposals, person: Person) -> dict[Identity, _Wanted]:
    """Return every proposal as an entry, by what it means, accepted ones first."""
    keys = used_keys(catalog, proposals, person)
    used = {one.identity for relations in keys.relations.values() for one in relations}
    found: list[tuple[bool, Identity, _Wanted]] = []
    for primary in proposals.primary_keys:
        chosen = keys.primary_keys.get(primary.table)
        accepted = chosen is not None and chosen.columns == primary.columns
        entry = _entry("primary_key", primary, "", accepted)
        identity: Identity = ("primary_key", primary.table, primary.columns)
        found.append((accepted, identity, _Wanted(entry, said_of_primary_key(primary, accepted=accepted))))
    for foreign in proposals.foreign_keys:
        place = (foreign.table, foreign.columns, foreign.references, foreign.referenced_columns)
        accepted = place in used
        entry = _entry("foreign_key", foreign, spell_key(foreign.references, foreign.referenced_columns), accepted)
        wanted = _Wanted(entry, said_of_foreign_key(foreign, accepted=accepted))
        found.append((accepted, ("foreign_key", *place), wanted))
    found.sort(key=lambda one: (one[1][0] != "primary_key", not one[0], one[1][1:]))
    return {identity: wanted for _, identity, wanted in found}


def _entry(kind: str, proposal: PrimaryKeyProposal | ForeignKeyProposal, references: str, use: bool) -> KeyEntry:
    return KeyEntry(kind, spell_table(proposal.table), proposal.columns, references, use, 0, 0, 0, "", True)


def _first(wanted: dict[Identity, _Wanted], catalog: Catalog, selection: Selection) -> str:
    lines = [*_HEADER.split("\n"), *_scan_section(catalog, selection), ""]
    state: tuple[str, bool] | None = None
    for one in wanted.values():
        if (one.entry.kind, one.entry.use) != state:
            state = (one.entry.kind, one.entry.use)
            lines += [f"# {_SECTIONS[state]}", ""]
        lines += one.block
    return "\n".join(lines).rstrip("\n") + "\n"


def _scan_section(catalog: Catalog, selection: Selection) -> list[str]:
    return ["[scan]", *_scan_lines(catalog, selection).values()]


def _scan_lines(catalog: Catalog, selection: Selection) -> dict[str, str]:
    """Return the lines of `[scan]` that say what was looked at, by key."""
    lines = {"schemas": marked(f"schemas = {_list(selection.schemas or catalog.schemas)}", _SCAN_SAYS)}
    if selection.tables:
        lines["tables"] = marked(f"tables = {_list(selection.tables)}", "globs")
    if selection.exclude:
        lines["exclude"] = marked(f"exclude = {_list(selection.exclude)}", "globs")
    if selection.views:
        lines["views"] = marked("views = true", "views too")
    if selection.partitions:
        lines["partitions"] = marked("partitions = true", "partitions too")
    return lines


def _edited(
    lines: list[str], person: Person, wanted: dict[Identity, _Wanted], catalog: Catalog, selection: Selection
) -> list[str]:
    spellings = Spellings(catalog)
    gone: set[int] = set()  # lines to drop, counted from 0
    after: dict[int, list[str]] = {}  # new lines behind a line
    ends: dict[tuple[str, bool], int] = {}  # where the last entry of a kind and state ends
    here: set[Identity] = set()
    for entry in person.entries:
        identity = _identity(entry, spellings)
        proposed = wanted.get(identity) if identity else None
        if not is_as_scanned(entry) or (proposed is not None and identity not in here):
            here.add(identity or ())
            ends[(entry.kind, entry.use)] = entry.last_line - 1
            if proposed is not None and is_as_scanned(entry):
                lines[entry.use_line - 1] = _reused(entry, proposed)
            continue
        gone.update(_lines_of(entry, lines))
    if any(line.strip().startswith("[scan]") for line in lines):
        _refresh_scan(lines, _scan_lines(catalog, selection))
    else:
        after[len(lines) - 1] = ["", *_scan_section(catalog, selection)]
    fresh = [one for identity, one in wanted.items() if identity not in here]
    for one in fresh:
        place = _place(one.entry, ends, len(lines) - 1)
        after.setdefault(place, []).extend(["", *one.block[:-1]])
    return _woven(lines, gone, after)


def _identity(entry: KeyEntry, spellings: Spellings) -> Identity | None:
    try:
        if entry.kind == "primary_key":
            primary = primary_key_answer(entry, spellings)
            return ("primary_key", primary.table, primary.columns)
        foreign = foreign_key_answer(entry, spellings)
    except BadInput:
        return None
    return ("foreign_key", foreign.table, foreign.columns, foreign.references, foreign.referenced_columns)


def _reused(entry: KeyEntry, proposed: _Wanted) -> str:
    """Return the line of `use` for an entry that keeps its own spelling."""
    same = replace(entry, use=proposed.entry.use)
    return marked_use(same, proposed.said)


def _lines_of(entry: KeyEntry, lines: Sequence[str]) -> Iterable[int]:
    first, last = entry.line - 1, entry.last_line - 1
    if last + 1 < len(lines) and not lines[last + 1].strip():
        last += 1
    return range(first, last + 1)


def _refresh_scan(lines: list[str], wanted: dict[str, str]) -> None:
    for number, line in enumerate(lines):
        key = line.partition("=")[0].strip()
        if key in wanted and is_marked(line):
            lines[number] = wanted[key]


def _place(entry: KeyEntry, ends: dict[tuple[str, bool], int], last: int) -> int:
    """Return the line behind which a new entry goes: the last of its kind and state, else of its kind, else the end."""
    for place in ((entry.kind, entry.use), (entry.kind, not entry.use)):
        if place in ends:
            return ends[place]
    return last


def _woven(lines: list[str], gone: set[int], after: dict[int, list[str]]) -> list[str]:
    result: list[str] = []
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        added = after.get(number, [])
        if number not in gone and not (is_last and not line and added):
            result.append(line)
        result.extend(added)
        if is_last and not line and added:
            result.append("")
    return result


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _text(value: str) -> str:
    """Return a TOML basic string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
