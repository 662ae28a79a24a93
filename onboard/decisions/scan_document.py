"""Catalog, Proposals and Person -> the document of `scan --json`, format `onboard-scan/1`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from onboard.catalog.structure import Catalog, Table, TableName
from onboard.decisions.keys import UsedKeys, used_keys
from onboard.decisions.resolve import resolved
from onboard.decisions.statements import Person
from onboard.decisions.unknown import unknown_to_django
from onboard.inference.proposals import ForeignKeyProposal, PrimaryKeyProposal, Proposals
from onboard.inference.row_text import said_of_rows

FORMAT = "onboard-scan/1"
_BY_PERSON = "said in onboard.toml"


def scan_document(catalog: Catalog, proposals: Proposals, person: Person) -> str:
    """Return the document as JSON that ends in a newline; tables and keys in the catalogue's order."""
    person = resolved(person, catalog)
    keys = used_keys(catalog, proposals, person)
    primary: dict[TableName, list[PrimaryKeyProposal]] = {}
    for one in proposals.primary_keys:
        primary.setdefault(one.table, []).append(one)
    foreign: dict[TableName, list[ForeignKeyProposal]] = {}
    for two in proposals.foreign_keys:
        foreign.setdefault(two.table, []).append(two)
    left_out = [(left_out.name, left_out.reason) for left_out in catalog.left_out]
    document = {
        "format": FORMAT,
        "engine": {"name": catalog.engine, "version": catalog.version},
        "tables": [
            {
                "schema": table.name.schema,
                "name": table.name.name,
                "kind": table.kind.value,
                "primary_key": _primary_key(table, primary.get(table.name, []), keys),
                "foreign_keys": list(_foreign_keys(table, foreign.get(table.name, []), keys)),
            }
            for table in catalog.tables
        ],
        "left_out": [
            {"schema": name.schema, "name": name.name, "reason": reason}
            for name, reason in sorted({*left_out, *proposals.left_out})
        ],
        "unknown_to_django": [
            {
                "kind": one.kind,
                "schema": one.place.schema,
                "name": one.place.name,
                "columns": list(one.columns),
                "what": one.sentence,
            }
            for one in unknown_to_django(catalog)
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _primary_key(table: Table, proposed: list[PrimaryKeyProposal], keys: UsedKeys) -> dict[str, object] | None:
    if table.primary_key is not None:
        name = table.primary_key.name
        return _key(table.primary_key.columns, "declared", 1.0, True, [f"declared as `{name}`" if name else "declared"])
    used = keys.primary_keys.get(table.name)
    if used is not None:
        evidence = [one for one in proposed if one.columns == used.columns]
        sentences = _sentences(evidence[0]) if evidence else [_BY_PERSON]
        return _key(used.columns, "inferred", used.confidence, True, sentences)
    if not proposed:
        return None
    best = min(proposed, key=lambda one: (-one.confidence, one.columns))
    return _key(best.columns, "inferred", best.confidence, False, _sentences(best))


def _foreign_keys(table: Table, proposed: list[ForeignKeyProposal], keys: UsedKeys) -> Iterable[dict[str, object]]:
    used = {one.identity: one for one in keys.relations.get(table.name, ())}
    for declared in table.foreign_keys:
        parent = (declared.references, declared.referenced_columns)
        accepted = used.pop((table.name, declared.columns, *parent), None) is not None
        evidence = [f"declared as `{declared.name}`" if declared.name else "declared"]
        yield _reference(parent, None, _key(declared.columns, "declared", 1.0, accepted, evidence))
    for one in proposed:
        parent = (one.references, one.referenced_columns)
        accepted = used.pop((table.name, one.columns, *parent), None) is not None
        evidence = _sentences(one)
        key = _key(one.columns, "inferred", one.confidence, accepted, evidence)
        yield _reference(parent, one.facts.orphans, key)
    for said in used.values():
        key = _key(said.columns, "inferred", said.confidence, True, [_BY_PERSON])
        yield _reference((said.references, said.referenced_columns), said.orphans, key)


def _sentences(proposal: PrimaryKeyProposal | ForeignKeyProposal) -> list[str]:
    """Return the evidence, and last what was counted, exact or sampled."""
    return [*filter(None, (*(each.sentence for each in proposal.evidence), said_of_rows(proposal.facts)))]


def _key(
    columns: tuple[str, ...], origin: str, confidence: float, accepted: bool, evidence: list[str]
) -> dict[str, object]:
    return {
        "columns": list(columns),
        "origin": origin,
        "confidence": round(confidence, 4),
        "accepted": accepted,
        "evidence": evidence,
    }


def _reference(
    parent: tuple[TableName, tuple[str, ...]], orphans: int | None, key: dict[str, object]
) -> dict[str, object]:
    name, columns = parent
    references = {"schema": name.schema, "table": name.name, "columns": list(columns)}
    return {
        "columns": key["columns"],
        "references": references,
        "origin": key["origin"],
        "confidence": key["confidence"],
        "accepted": key["accepted"],
        "orphans": orphans,
        "evidence": key["evidence"],
    }
