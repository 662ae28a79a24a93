import pytest

from onboard.inference.abbreviation import abbreviates


@pytest.mark.parametrize(("short", "long"), [("cust", "customer"), ("dept", "department"), ("whse", "warehouse")])
def test_recognises_abbreviations_both_ways(short: str, long: str) -> None:
    assert abbreviates((short,), (long,))
    assert abbreviates((long,), (short,))


def test_recognises_initials() -> None:
    assert abbreviates(("bu",), ("business", "unit"))


def test_recognises_initials_before_the_start_of_the_last_word() -> None:
    assert abbreviates(("cdemo",), ("customer", "demographic"))
    assert not abbreviates(("cde",), ("customer", "demographic"))  # too few letters of it
    assert not abbreviates(("clock",), ("customer", "lock"))  # a word of its own
    assert not abbreviates(("xdemo",), ("customer", "demographic"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("part", "parent"),
        ("user", "user"),
        ("order", "offer"),
        ("a", "account"),
        ("interviewer", "interview"),
        ("pos", "post"),
        ("set", "settlement"),
    ],
)
def test_other_words_are_no_abbreviations(one: str, other: str) -> None:
    assert not abbreviates((one,), (other,))
