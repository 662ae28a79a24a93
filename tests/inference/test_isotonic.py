from onboard.inference.isotonic import isotonic


def test_points_rise_and_say_how_often_answers_were_right() -> None:
    answers = [(0.2, 0.0, 1.0)] * 30 + [(0.6, 1.0, 1.0)] * 15 + [(0.6, 0.0, 1.0)] * 15 + [(0.9, 1.0, 1.0)] * 30
    assert isotonic(answers) == [(0.2, 0.0), (0.6, 0.5), (0.9, 1.0)]


def test_a_fall_is_pooled() -> None:
    points = isotonic([(0.4, 1.0, 20.0), (0.8, 0.0, 20.0)])
    assert points == [(0.6, 0.5)]
