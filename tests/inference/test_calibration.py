from onboard.inference.calibration import calibrated
from onboard.inference.proposals import Measured


def test_keeps_the_order_of_proposals() -> None:
    for measured in Measured:
        for kind in ("primary_key", "foreign_key", "composite"):
            values = [calibrated(step / 100, kind, measured) for step in range(101)]
            assert values == sorted(values)


def test_nothing_inferred_is_certain() -> None:
    assert calibrated(1.0, "foreign_key", Measured.EXACT) < 1


def test_without_points_a_share_is_the_confidence() -> None:
    assert calibrated(0.5, "unknown", Measured.NAMES) == 0.5
