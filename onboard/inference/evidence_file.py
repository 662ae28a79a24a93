"""The Proposals as canonical JSON (`.onboard/evidence.json`), and back.

Kept apart from the Catalog because it changes with the rows. Facts that are not known are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields

from onboard.catalog.structure import TableName
from onboard.errors import BadInput
from onboard.inference.proposals import (
    Evidence,
    ForeignKeyProposal,
    Measured,
    Note,
    PrimaryKeyProposal,
    Proposals,
    Rival,
    RowFacts,
)

FORMAT = "onboard-evidence/1"
RowEstimates = tuple[tuple[TableName, int], ...]
_Json = Mapping[str, object]
_NO_FACTS = RowFacts()
_PARTS = ("primary_keys", "foreign_keys", "notes", "left_out", "row_estimates")


def to_json(proposals: Proposals, row_estimates: RowEstimates) -> str:
    """Return the proposals and the server's row estimates as JSON; the same values give the same bytes."""
    document = {
        "format": FORMAT,
        "primary_keys": [_primary_key(key) for key in proposals.primary_keys],
        "foreign_keys": [_foreign_key(key) for key in proposals.foreign_keys],
        "notes": [
            {"kind": note.kind, "table": _name(note.table), "columns": list(note.columns), "sentence": note.sentence}
            for note in proposals.notes
        ],
        "left_out": [{"table": _name(table), "reason": reason} for table, reason in proposals.left_out],
        "row_estimates": [{"table": _name(table), "rows": rows} for table, rows in row_estimates],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> tuple[Proposals, RowEstimates]:
    """Return what `to_json` wrote; BadInput where it is not ours."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise KeyError(FORMAT)
        return _read(document)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadInput(
            "`evidence.json` cannot be read", where=str(error), remedy="Run `onboard scan` to write it again."
        ) from error


def _name(table: TableName) -> list[str]:
    return [table.schema, table.name]


def _facts(facts: RowFacts) -> dict[str, object]:
    known = ((field.name, getattr(facts, field.name)) for field in fields(RowFacts)) if facts != _NO_FACTS else ()
    return {name: value for name, value in known if value is not None and value is not False}


def _evidence(terms: Iterable[Evidence]) -> list[list[object]]:
    return [[term.signal, term.weight, term.sentence] for term in terms]


def _primary_key(key: PrimaryKeyProposal) -> dict[str, object]:
    return {
        "table": _name(key.table),
        "columns": list(key.columns),
        "confidence": key.confidence,
        "measured": key.measured.value,
        "evidence": _evidence(key.evidence),
        "facts": _facts(key.facts),
        "rivals": [{"columns": list(columns), "confidence": confidence} for columns, confidence in key.rivals],
    }


def _foreign_key(key: ForeignKeyProposal) -> dict[str, object]:
    return {
        "table": _name(key.table),
        "columns": list(key.columns),
        "references": _name(key.references),
        "referenced_columns": list(key.referenced_columns),
        "confidence": key.confidence,
        "measured": key.measured.value,
        "stem": key.stem,
        "evidence": _evidence(key.evidence),
        "facts": _facts(key.facts),
        "rivals": [
            {"references": _name(rival.references), "columns": list(rival.columns), "confidence": rival.confidence}
            for rival in key.rivals
        ],
    }


def _read(document: _Json) -> tuple[Proposals, RowEstimates]:
    raw = {name: list(_items(document[name])) for name in _PARTS}
    proposals = Proposals(
        primary_keys=tuple(_to_primary_key(item) for item in raw["primary_keys"]),
        foreign_keys=tuple(_to_foreign_key(item) for item in raw["foreign_keys"]),
        notes=tuple(
            Note(_text(item["kind"]), _to_name(item["table"]), _texts(item["columns"]), _text(item["sentence"]))
            for item in raw["notes"]
        ),
        left_out=tuple((_to_name(item["table"]), _text(item["reason"])) for item in raw["left_out"]),
    )
    return proposals, tuple((_to_name(item["table"]), int(_number(item["rows"]))) for item in raw["row_estimates"])


def _to_primary_key(item: _Json) -> PrimaryKeyProposal:
    return PrimaryKeyProposal(
        _to_name(item["table"]),
        _texts(item["columns"]),
        _number(item["confidence"]),
        Measured(_text(item["measured"])),
        _to_evidence(item["evidence"]),
        _to_facts(item["facts"]),
        tuple((_texts(rival["columns"]), _number(rival["confidence"])) for rival in _items(item["rivals"])),
    )


def _to_foreign_key(item: _Json) -> ForeignKeyProposal:
    return ForeignKeyProposal(
        _to_name(item["table"]),
        _texts(item["columns"]),
        _to_name(item["references"]),
        _texts(item["referenced_columns"]),
        _number(item["confidence"]),
        Measured(_text(item["measured"])),
        _to_evidence(item["evidence"]),
        _to_facts(item["facts"]),
        tuple(
            Rival(_to_name(rival["references"]), _texts(rival["columns"]), _number(rival["confidence"]))
            for rival in _items(item["rivals"])
        ),
        _text(item["stem"]),
    )


def _to_evidence(value: object) -> tuple[Evidence, ...]:
    return tuple(Evidence(_text(name), _number(weight), _text(words)) for name, weight, words in _rows(value))


def _to_facts(value: object) -> RowFacts:
    if not isinstance(value, dict):
        raise TypeError("facts")
    return RowFacts(**value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text was expected, not {type(value).__name__}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a number was expected, not {type(value).__name__}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in _list(value))


def _to_name(value: object) -> TableName:
    schema, name = _texts(value)
    return TableName(schema, name)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {type(value).__name__}")
    return value


def _items(value: object) -> Iterable[_Json]:
    for item in _list(value):
        if not isinstance(item, dict):
            raise TypeError("an object was expected")
        yield item


def _rows(value: object) -> Iterable[list[object]]:
    for item in _list(value):
        yield _list(item)
