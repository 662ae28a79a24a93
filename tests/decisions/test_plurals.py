from __future__ import annotations

import pytest

from onboard.decisions.plurals import Plurals


@pytest.mark.parametrize(
    "word",
    [
        "address",
        "status",
        "bus",
        "series",
        "news",
        "data",
        "alias",
        "gas",
        "analysis",
        "staff",
        "class",
        "gps",
        "specimen",
        "regimen",
        "order",
        "v2",
    ],
)
def test_leaves_a_singular_alone(word: str) -> None:
    assert Plurals().singular(word) == word


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        *(("customers", "customer"), ("categories", "category"), ("boxes", "box"), ("addresses", "address")),
        *(
            ("people", "person"),
            ("children", "child"),
            ("houses", "house"),
            ("statuses", "status"),
            ("prices", "price"),
        ),
        *(("leaves", "leaf"), ("movies", "movie"), ("areas", "area"), ("photos", "photo"), ("searches", "search")),
        *(("women", "woman"), ("matrices", "matrix"), ("days", "day"), ("wishes", "wish"), ("bacteria", "bacterium")),
    ],
)
def test_knows_singulars(plural: str, singular: str) -> None:
    assert Plurals().singular(plural) == singular


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        *(
            ("customer", "customers"),
            ("category", "categories"),
            ("box", "boxes"),
            ("status", "statuses"),
            ("key", "keys"),
        ),
        *(
            ("person", "people"),
            ("child", "children"),
            ("series", "series"),
            ("staff", "staff"),
            ("salesperson", "salespeople"),
        ),
        *(("line2", "line2"), ("", "")),
    ],
)
def test_knows_plurals(singular: str, plural: str) -> None:
    assert Plurals().plural(singular) == plural


def test_the_persons_plurals_come_first() -> None:
    plurals = Plurals((("datum", "data"),))
    assert plurals.singular("data") == "datum"
    assert plurals.plural("datum") == "data"


def test_inflect_is_imported_as_its_authors_decorate_it_afterwards() -> None:
    import typeguard

    Plurals().singular("loaves")
    assert Plurals().singular("calves") == "calf"
    assert typeguard.typechecked.__module__.startswith("typeguard")


def test_words_of_another_language_have_no_english_plurals() -> None:
    plurals = Plurals(is_english=False)
    assert [plurals.plural(word) for word in ("kunden", "student")] == ["kunden", "students"]
    assert [plurals.singular(word) for word in ("unternehmen", "kurs", "orders")] == ["unternehmen", "kurs", "order"]
