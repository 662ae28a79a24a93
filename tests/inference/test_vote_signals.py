"""What examples and hubs say of columns of the same stem, or of no word in common."""

from __future__ import annotations

from dataclasses import replace

from onboard.inference.answers import Answers
from onboard.inference.inferred import infer_from_names
from tests.catalogs import catalog, column, foreign_key, table
from tests.inference.test_key_index import keyed
from tests.inference.test_signals import terms


def test_a_name_with_a_suffix_does_not_vote_for_one_without() -> None:
    declared = (foreign_key("act_id", "acts(id)"),)
    events = table("events", column("id"), column("act_id"), primary_key="id", foreign_keys=declared)
    logs = table("books", column("id"), column("act"), primary_key="id")
    more = table("tickets", column("id"), column("act_id"), primary_key="id")
    tables = (keyed("acts"), events, logs, more)
    assert terms("tickets.act_id", "acts", *tables)["stem_votes"] > 0
    assert "stem_votes" not in terms("books.act", "acts", *tables)


def test_a_column_without_a_word_in_common_may_lead_where_such_columns_lead() -> None:
    terms_table = keyed("terms", key="term_id")
    uses = [
        table(
            name,
            column("id"),
            column("type_id"),
            column("kind_id"),
            primary_key="id",
            indexes=("type_id", "kind_id"),
            foreign_keys=(foreign_key("type_id", "terms(term_id)"),),
        )
        for name in ("alphas", "betas", "gammas", "deltas")
    ]
    others = [keyed(f"thing{letter}s") for letter in "abcdefgh"]
    names = [f"thing{letter}_id" for letter in "abcdefgh"]
    indexed = table("lines", column("id"), *map(column, names), primary_key="id", indexes=tuple(names))
    tables = (terms_table, *uses, *others, indexed)
    assert terms("alphas.kind_id", "terms", *tables)["only_hub"] == 1
    bare = replace(uses[0], indexes=uses[0].indexes[:1])
    inferred = infer_from_names(catalog(terms_table, bare, *uses[1:], *others, indexed), Answers())
    assert ("alphas", "kind_id") not in {(c.child.table.name.name, c.child.name) for c in inferred.choices}


def test_an_example_with_the_last_words_of_a_stem_counts_half() -> None:
    typed = [
        table(name, column("type_id"), foreign_keys=(foreign_key("type_id", "terms(id)"),))
        for name in ("alphas", "betas")
    ]
    found = terms("lines.unit_type_id", "terms", keyed("terms"), *typed, keyed("lines", "unit_type_id"))
    whole = terms("lines.type_id", "terms", keyed("terms"), *typed, keyed("lines", "type_id"))
    assert found["stem_votes"] == whole["stem_votes"] / 2
