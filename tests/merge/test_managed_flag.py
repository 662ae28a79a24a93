from __future__ import annotations

import pytest

from onboard.errors import Refused
from onboard.merge.managed_flag import set_managed

PLAIN = """\
class Book(models.Model):
    title = models.TextField()

    class Meta:
        managed = False
        db_table = "book"
"""
PROMOTED = PLAIN.replace("        managed = False\n", "")


def test_leaves_other_classes_alone() -> None:
    two = PLAIN + "\n\n" + PLAIN.replace("Book", "Author")
    assert set_managed(two, {"Author"}, True) == PLAIN + "\n\n" + PROMOTED.replace("Book", "Author")


def test_leaves_what_is_so_already_alone() -> None:
    assert set_managed(PLAIN, {"Book"}, False) == PLAIN
    spelled = PLAIN.replace("False", "True")
    assert set_managed(spelled, {"Book"}, True) == spelled


def test_takes_the_line_out_and_puts_it_back() -> None:
    assert set_managed(PLAIN, {"Book"}, True) == PROMOTED
    assert set_managed(PROMOTED, {"Book"}, False) == PLAIN


def test_keeps_a_comment_behind_the_line() -> None:
    text = PLAIN.replace("managed = False", "managed = False  # ours since May")
    assert "        # ours since May\n        db_table" in set_managed(text, {"Book"}, True)


def test_keeps_windows_line_endings_and_umlauts() -> None:
    text = PLAIN.replace("\n", "\r\n").replace('"book"', '"bücher"')
    assert set_managed(text, {"Book"}, True) == PROMOTED.replace("\n", "\r\n").replace('"book"', '"bücher"')
    assert set_managed(set_managed(text, {"Book"}, True), {"Book"}, False) == text


def test_a_meta_that_held_nothing_else_passes() -> None:
    text = "class Book(Model):\n    class Meta:\n        managed = False\n"
    promoted = "class Book(Model):\n    class Meta:\n        pass\n"
    assert set_managed(text, {"Book"}, True) == promoted
    assert set_managed(promoted, {"Book"}, False) == text


def test_a_class_without_meta_gets_one() -> None:
    text = "class Book(Model):\n    title = 1"
    wanted = "class Book(Model):\n    title = 1\n\n    class Meta:\n        managed = False\n"
    assert set_managed(text, {"Book"}, False) == wanted


def test_puts_the_line_behind_a_docstring() -> None:
    text = 'class Book(Model):\n    class Meta:\n        """How."""\n        db_table = "book"\n'
    wanted = (
        'class Book(Model):\n    class Meta:\n        """How."""\n        managed = False\n        db_table = "book"\n'
    )
    assert set_managed(text, {"Book"}, False) == wanted


def test_true_written_out_becomes_false() -> None:
    text = PLAIN.replace("managed = False", "managed = True  # why")
    assert "        managed = False  # why\n" in set_managed(text, {"Book"}, False)


@pytest.mark.parametrize(
    "flag", ["managed = settings.LEGACY", 'managed = False; db_table = "book"', 'db_table = "x"; managed = False']
)
def test_refuses_what_is_no_plain_line(flag: str) -> None:
    with pytest.raises(Refused):
        set_managed(PLAIN.replace("managed = False", flag), {"Book"}, True)


def test_refuses_a_flag_that_is_inherited() -> None:
    with pytest.raises(Refused):
        set_managed(PROMOTED, {"Book"}, True)


def test_a_byte_order_mark_stays() -> None:
    assert set_managed("\ufeff" + PLAIN, {"Book"}, True) == "\ufeff" + PROMOTED


def test_refuses_a_class_that_is_not_there() -> None:
    with pytest.raises(Refused):
        set_managed(PLAIN, {"Nobody"}, True)
