from __future__ import annotations

from pathlib import Path

import pytest

from onboard.decisions.squashed import Splitter

LABELLED = [
    (name, tuple(words.split()))
    for name, _, words in (
        line.partition("=")
        for line in Path(__file__).with_name("squashed_names.txt").read_text(encoding="utf-8").splitlines()
    )
]


@pytest.mark.parametrize(
    "word",
    [
        "customer",
        "warehouse",
        "metadata",
        "antenatal",
        "grantor",
        "deductable",
        "xyzzyq",
        "id",
        "v2",
        "redactions",
        "aircrafts",
        "commentable",
        "enrollments",
        "catalog",
        "dropdown",
    ],
)
def test_leaves_a_word_or_what_it_does_not_know_whole(word: str) -> None:
    assert Splitter(()).split(word) == (word,)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fullname", ("full", "name")),
        ("businessentity", ("business", "entity")),
        ("custkey", ("cust", "key")),
        ("addressline2", ("address", "line2")),
    ],
)
def test_takes_a_squashed_word_apart(name: str, words: tuple[str, ...]) -> None:
    assert Splitter(()).split(name) == words


def test_words_that_the_database_spells_out_come_first() -> None:
    assert Splitter(()).split("zorpcode") == ("zorpcode",)
    assert Splitter(("zorp_id", "old_zorp")).split("zorpcode") == ("zorp", "code")


def test_a_word_is_known_before_longer_ones_that_hold_it() -> None:
    assert Splitter(("zorp_id", "zorpcode_id")).split("zorpcode") == ("zorp", "code")


def test_words_of_another_language_are_taken_apart_only_with_what_the_database_spells_out() -> None:
    german = "kunde_rechnung beschreibung_anzahl lieferung_datum bestellung_strasse gehalt_abteilung vorname_nachname"
    names = (*german.split(), "rollencode", "maximale_belegung", "kundenrechnung")
    assert Splitter(()).split("rollencode") == ("roll", "encode")
    assert [Splitter(names).split(word) for word in ("rollencode", "maximale")] == [("rollencode",), ("maximale",)]
    assert Splitter(names).split("lieferungdatum") == ("lieferung", "datum")
    assert not Splitter(names).is_english


def test_a_squashed_word_between_separators_is_no_evidence_of_a_word() -> None:
    assert Splitter(("old_fullname",)).split("fullname") == ("full", "name")


def test_the_labelled_list_is_large_and_comes_out_as_published() -> None:
    splitter = Splitter(())
    right = sum(splitter.split(name) == words for name, words in LABELLED)
    wrongly_split = sum(splitter.split(name) not in ((name,), words) for name, words in LABELLED)
    assert len(LABELLED) >= 500
    assert all("".join(words) == name for name, words in LABELLED)
    assert right / len(LABELLED) >= 0.93
    assert wrongly_split / len(LABELLED) <= 0.02
