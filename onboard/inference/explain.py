"""Tells a person why a column is, or is not, taken for a key, and what would change the answer."""

from __future__ import annotations

from onboard.catalog.structure import Catalog, ForeignKey, Table, TableName
from onboard.errors import BadInput
from onboard.inference.proposals import Evidence, ForeignKeyProposal, Measured, PrimaryKeyProposal, Proposals, RowFacts
from onboard.inference.row_text import said_of_rows
from onboard.inference.threshold import DEFAULT_THRESHOLD

_STAGES = {
    Measured.NAMES: "by names, types and structure; its rows were not read",
    Measured.SAMPLE: "by names and sampled rows",
    Measured.EXACT: "by names and every row",
}


def explain(catalog: Catalog, proposals: Proposals, child: str, *, threshold: float = DEFAULT_THRESHOLD) -> str:
    """Return the reasons for what `table.column` (or `schema.table.column`) is taken to be, a line each.

    BadInput where there is no such column, or where more than one table has that name.
    """
    table, column = _find(catalog, child)
    lines = [f"{table.name}.{column}"]
    lines.extend(_primary_key_lines(table, column, proposals, threshold))
    lines.extend(_foreign_key_lines(table, column, proposals, threshold))
    for note in proposals.notes:
        if note.table == table.name and column in note.columns:
            lines.append(f"  {note.sentence}.")
    for name, reason in proposals.left_out:
        if name == table.name:
            lines.append(f"  Its rows were left out: {reason}.")
    return "\n".join(lines)


def _find(catalog: Catalog, child: str) -> tuple[Table, str]:
    found = [
        (table, column.name)
        for table in catalog.tables
        for column in table.columns
        if child in (f"{table.name}.{column.name}", f"{table.name.name}.{column.name}")
    ]
    exact = [(table, column) for table, column in found if f"{table.name}.{column}" == child]
    chosen = exact or found
    if not chosen:
        raise BadInput(f"there is no column `{child}`", remedy="Write it as `table.column` or `schema.table.column`.")
    if len(chosen) > 1:
        names = ", ".join(f"`{table.name}.{column}`" for table, column in chosen)
        raise BadInput(f"`{child}` is ambiguous", remedy=f"Say which one: {names}.")
    return chosen[0]


def _primary_key_lines(table: Table, column: str, proposals: Proposals, threshold: float) -> list[str]:
    if table.primary_key is not None:
        if column not in table.primary_key.columns:
            return []
        return [f"  It is declared: primary key ({', '.join(table.primary_key.columns)})."]
    for proposal in proposals.primary_keys:
        if proposal.table == table.name and column in proposal.columns:
            return _inferred_primary_key(proposal, threshold)
    return []


def _inferred_primary_key(proposal: PrimaryKeyProposal, threshold: float) -> list[str]:
    lines = [
        f"  Primary key ({', '.join(proposal.columns)}): {_verdict(proposal.confidence, threshold)}, "
        f"{_STAGES[proposal.measured]}."
    ]
    lines.extend(_facts(proposal.facts))
    lines.extend(_terms(proposal.evidence))
    for columns, confidence in proposal.rivals:
        lines.append(f"    instead of ({', '.join(columns)}), {confidence:.2f}")
    lines.append(f"  {_what_would_change(proposal.measured, proposal.confidence, threshold, len(proposal.rivals))}")
    return lines


def _foreign_key_lines(table: Table, column: str, proposals: Proposals, threshold: float) -> list[str]:
    declared = [key for key in table.foreign_keys if column in key.columns]
    lines = [_declared(key) for key in declared]
    inferred = [key for key in proposals.foreign_keys if key.table == table.name and column in key.columns]
    for proposal in inferred:
        lines.extend(_inferred_foreign_key(proposal, threshold))
    if not lines:
        lines.append("  It refers to no other table, as far as names and rows show.")
        lines.append("  A line `[[foreign_key]]` in onboard.toml that says otherwise is final.")
    return lines


def _declared(key: ForeignKey) -> str:
    target = _target(key.references, key.referenced_columns)
    return f"  It is declared: foreign key ({', '.join(key.columns)}) to {target}."


def _target(table: TableName, columns: tuple[str, ...]) -> str:
    return f"{table}({', '.join(columns)})"


def _inferred_foreign_key(proposal: ForeignKeyProposal, threshold: float) -> list[str]:
    lines = [
        f"  Foreign key ({', '.join(proposal.columns)}) to "
        f"{_target(proposal.references, proposal.referenced_columns)}: "
        f"{_verdict(proposal.confidence, threshold)}, {_STAGES[proposal.measured]}."
    ]
    lines.extend(_facts(proposal.facts))
    lines.extend(_terms(proposal.evidence))
    for rival in proposal.rivals:
        lines.append(f"    instead of {_target(rival.references, rival.columns)}, {rival.confidence:.2f}")
    lines.append(f"  {_what_would_change(proposal.measured, proposal.confidence, threshold, len(proposal.rivals))}")
    return lines


def _verdict(confidence: float, threshold: float) -> str:
    return f"{'accepted' if confidence >= threshold else 'waiting for a person'} at {confidence:.2f}"


def _facts(facts: RowFacts) -> list[str]:
    said = said_of_rows(facts)
    return [f"    {said}"] if said else []


def _terms(evidence: tuple[Evidence, ...]) -> list[str]:
    return [f"    {term.weight:+.2f}  {term.sentence}" for term in evidence]


def _what_would_change(measured: Measured, confidence: float, threshold: float, rivals: int) -> str:
    ways = ["a `use = true` or `use = false` in onboard.toml is final"]
    if measured is Measured.NAMES:
        ways.append("reading the rows (a scan without `--no-data`) could prove or refute it")
    elif measured is Measured.SAMPLE:
        ways.append("counting every row (a larger `--budget`) could prove or refute it")
    if rivals:
        ways.append("refusing its rivals leaves their share to it")
    if confidence < threshold:
        ways.append(f"a threshold of {confidence:.2f} or less would accept it")
    return f"What would change this: {'; '.join(ways)}."
