from onboard.inference.measured import ColumnProfile
from onboard.inference.surprise import surprise
from onboard.inference.type_classes import TypeClass

SURROGATES = [ColumnProfile(size, size, 1, size) for size in range(40, 80)]


def test_small_numbers_inside_every_surrogate_surprise_nobody() -> None:
    assert surprise(ColumnProfile(100, 30, 1, 30), SURROGATES, TypeClass.WHOLE) < 0.1


def test_spread_numbers_that_one_key_holds_are_a_surprise() -> None:
    keys = [*SURROGATES, ColumnProfile(900, 900, 1000, 99000)]
    assert surprise(ColumnProfile(500, 300, 1500, 98000), keys, TypeClass.WHOLE) > 1.5


def test_a_column_of_sentinels_says_nothing() -> None:
    assert surprise(ColumnProfile(10, 1, None, None), SURROGATES, TypeClass.WHOLE) == 0
