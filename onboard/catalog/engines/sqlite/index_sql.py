"""The SQL of an index in `sqlite_master` -> its expressions and predicate, which no pragma tells."""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.engines.sqlite.tokens import Token, closing, split, tokens


@dataclass(frozen=True, slots=True)
class IndexSql:
    """What the statement says of each key part, and which rows it takes."""

    parts: tuple[str, ...]  # text of the column or expression, without collation and order
    predicate: str | None


def read_index_sql(sql: str) -> IndexSql:
    """Return the parts and the predicate of `CREATE INDEX ... ON table (...) [WHERE ...]`."""
    found = tokens(sql)
    on = next(place for place, token in enumerate(found) if token.is_word("ON"))
    opening = next(place for place in range(on, len(found)) if found[place].text == "(")
    end = closing(found, opening)
    parts = tuple(_text(sql, _without_order(part)) for part in split(found[opening + 1 : end]))
    has_predicate = end + 1 < len(found) and found[end + 1].is_word("WHERE")
    return IndexSql(parts, _text(sql, found[end + 2 :]) if has_predicate else None)


def _without_order(part: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the part without a closing `COLLATE name`, `ASC` or `DESC`."""
    if part and part[-1].is_word("ASC", "DESC"):
        part = part[:-1]
    if len(part) > 2 and part[-2].is_word("COLLATE"):
        part = part[:-2]
    return part


def _text(sql: str, part: tuple[Token, ...]) -> str:
    return sql[part[0].start : part[-1].end] if part else ""
