import pytest

from onboard.inference.abbreviation import abbreviates


@pytest.mark.parametrize(("short", "long"), [("cust", "customer"), ("dept", "department"), ("whse", "warehouse")])
def test_recognises_abbreviations_both_ways(short: str, long: str) -> None:
    assert abbreviates((short,), (long,))
    assert abbreviates((long,), (short,))


def test_recognises_initials() -> None:
    assert abbreviates(("bu",), ("business", "unit"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("part", "parent"), ("user", "user"), ("order", "offer"), ("a", "account"), ("interviewer", "interview")],
)
def test_other_words_are_no_abbreviations(one: str, other: str) -> None:
    assert not abbreviates((one,), (other,))
