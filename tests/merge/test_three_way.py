"""The person's edits survive, onboard's changes arrive, and where both meet the person's stay."""

from __future__ import annotations

import textwrap

import pytest

from onboard.merge.three_way import merge_python, merge_text

BASE = '''"""The models."""

from django.db import models


class Customer(models.Model):
    id = models.AutoField(primary_key=True)
    full_name = models.CharField(max_length=255, db_column="fullname")
    note = models.TextField()

    class Meta:
        managed = False
        db_table = "legacy_customers"


class Order(models.Model):
    id = models.AutoField(primary_key=True)

    class Meta:
        managed = False
        db_table = "orders"
'''


def edited(*changes: tuple[str, str], text: str = BASE) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_keeps_an_edited_file_byte_for_byte_while_onboard_writes_the_same() -> None:
    mine = "x  =  1 ;  y=2\n" + BASE + "\n\n# the end"
    assert merge_python(BASE, mine, BASE).text == mine


def test_takes_the_new_file_where_the_person_changed_nothing() -> None:
    assert merge_python(BASE, BASE, "x = 1\n").text == "x = 1\n"


def test_keeps_a_file_that_both_sides_changed_alike() -> None:
    assert merge_python(BASE, "x = 1\n", "x = 1\n").text == "x = 1\n"


MINE = [
    pytest.param([('"""The models."""', '"""The models."""\n# my note')], id="comment at the top"),
    pytest.param([("    note =", "    # a remark\n    note =")], id="comment above a field"),
    pytest.param([("note = models.TextField()", "note = models.TextField()  # long")], id="comment beside a field"),
    pytest.param([("    class Meta:", "    def save(self):\n        pass\n\n    class Meta:")], id="method"),
    pytest.param([('db_table = "orders"\n', 'db_table = "orders"\n        ordering = ["id"]\n')], id="option"),
    pytest.param([("class Order(models.Model)", "class Order(Mixin, models.Model)")], id="a mixin"),
    pytest.param([("class Order(models", "@decorated\nclass Order(models")], id="a decorator"),
    pytest.param(
        [("from django.db import models", "import os\nfrom django.db import connection, models")], id="imports"
    ),
    pytest.param([("class Order", "class Purchase")], id="a renamed class"),
    pytest.param([("    note = models.TextField()\n", "")], id="a field taken out"),
    pytest.param([("    note = models.TextField()\n", "    note = models.TextField()\n    # last\n")], id="footer"),
    pytest.param([("        managed = False\n", "")], id="an option taken out"),
    pytest.param([("    full_name = models", "    name = models")], id="a renamed field"),
]


@pytest.mark.parametrize("changes", MINE)
def test_an_edit_and_a_change_of_onboard_elsewhere_both_arrive(changes: list[tuple[str, str]]) -> None:
    mine = edited(*changes)
    theirs = (
        'db_column="fullname")\n',
        'db_column="fullname")\n    email = models.EmailField()\n    account = models.ForeignKey("Account", PROTECT)\n',
    )
    merged = merge_python(BASE, mine, edited(theirs, ("from django", "import decimal\n\nfrom django")))
    assert merged.conflicts == ()
    expected = edited(theirs, text=mine)
    assert merged.text.replace("import decimal\n\n", "").replace("import decimal\n", "") == expected
    assert "import decimal" in merged.text


def test_changes_of_both_to_one_field_meet_argument_by_argument() -> None:
    mine = edited(('max_length=255, db_column="fullname")', 'max_length=255, db_column="fullname", help_text="who")'))
    merged = merge_python(BASE, mine, edited(("max_length=255", "max_length=300, null=True")))
    assert (
        'full_name = models.CharField(max_length=300, db_column="fullname", help_text="who", null=True)' in merged.text
    )
    assert merged.conflicts == ()


def test_keeps_a_renamed_field_whose_type_onboard_changed() -> None:
    merged = merge_python(BASE, edited(("full_name =", "name =")), edited(("max_length=255", "max_length=99")))
    assert 'name = models.CharField(max_length=99, db_column="fullname")' in merged.text
    assert "full_name" not in merged.text


def test_keeps_the_argument_of_the_person_where_both_changed_it_and_says_so() -> None:
    merged = merge_python(
        BASE, edited(("max_length=255", "max_length=100")), edited(("max_length=255", "max_length=99"))
    )
    assert "max_length=100" in merged.text
    assert len(merged.conflicts) == 1
    assert "`Customer.fullname`" in merged.conflicts[0]


def test_takes_a_field_out_that_the_database_dropped() -> None:
    merged = merge_python(
        BASE, edited(("# ", "# "), text=BASE + "# x\n"), edited(("    note = models.TextField()\n", ""))
    )
    assert "note" not in merged.text
    assert merged.text.endswith("# x\n")


def test_keeps_an_edited_field_that_the_database_dropped_and_says_so() -> None:
    mine = edited(("note = models.TextField()", "note = models.TextField(blank=True)"))
    merged = merge_python(BASE, mine, edited(("    note = models.TextField()\n", "")))
    assert merged.text == mine
    assert "`Customer.note`" in merged.conflicts[0]


def test_keeps_a_comment_above_a_field_that_the_database_dropped() -> None:
    mine = edited(("    note =", "    # precious\n    note ="))
    merged = merge_python(BASE, mine, edited(("    note = models.TextField()\n", "")))
    assert "# precious" in merged.text


def test_says_that_a_removed_field_has_changed_and_leaves_it_out() -> None:
    merged = merge_python(BASE, edited(("    note = models.TextField()\n", "")), edited(("TextField()", "JSONField()")))
    assert "note" not in merged.text
    assert len(merged.conflicts) == 1


def test_follows_a_class_that_the_person_renamed_by_its_table() -> None:
    new = edited(("class Order(models.Model):\n", "class Order(models.Model):\n    total = models.IntegerField()\n"))
    merged = merge_python(BASE, edited(("class Order", "class Purchase")), new)
    assert "class Purchase(models.Model):\n    total = models.IntegerField()\n    id" in merged.text
    assert "class Order" not in merged.text


def test_merges_lists_element_by_element() -> None:
    base = edited(('"orders"\n', '"orders"\n        indexes = [models.Index(fields=["id"], name="a")]\n'))
    mine = edited(('name="a")]', 'name="a"), models.Index(fields=["id"], name="mine")]'), text=base)
    new = edited(('name="a")]', 'name="a"), models.Index(fields=["id"], name="theirs")]'), text=base)
    text = merge_python(base, mine, new).text
    assert text.count("models.Index(") == 3
    assert merge_python(new, text, new).text == text


def test_drops_an_import_that_neither_side_uses() -> None:
    base = edited(("from django", "import decimal\n\nfrom django"))
    mine = edited(("class Order", "class Purchase"), text=base)
    assert "decimal" not in merge_python(base, mine, BASE).text


def test_keeps_an_import_that_the_person_came_to_use() -> None:
    base = edited(("from django", "import decimal\n\nfrom django"))
    mine = base + "\n\nCENT = decimal.Decimal('0.01')\n"
    assert "import decimal" in merge_python(base, mine, BASE).text


def test_keeps_the_line_ends_of_the_person() -> None:
    mine = BASE.replace("\n", "\r\n") + "# x\r\n"
    merged = merge_python(BASE, mine, edited(("TextField()", "TextField(null=True)")))
    assert "TextField(null=True)\r\n" in merged.text
    assert "\n" not in merged.text.replace("\r\n", "")


def test_keeps_a_file_that_does_not_parse() -> None:
    merged = merge_python(BASE, "class (:\n", edited(("TextField()", "TextField(null=True)")))
    assert merged.text == "class (:\n"
    assert merged.conflicts


def test_keeps_everything_of_a_file_whose_base_is_not_known() -> None:
    merged = merge_python(
        None, edited(("TextField()", "TextField(blank=True)")), edited(("max_length=255", "max_length=9"))
    )
    assert "TextField(blank=True)" in merged.text
    assert "max_length=255" in merged.text


def test_leaves_two_statements_on_one_line_together() -> None:
    mine = BASE.replace("    note = models.TextField()\n", "    note = models.TextField(); x = 1\n")
    merged = merge_python(BASE, mine, edited(("max_length=255", "max_length=9")))
    assert "note = models.TextField(); x = 1\n" in merged.text
    assert "max_length=9," in merged.text


def test_a_merge_of_what_was_merged_changes_nothing() -> None:
    mine = edited(("class Order", "class Purchase"), ("    note =", "    # a remark\n    note ="))
    new = edited(("max_length=255", "max_length=9"), ("from django", "import decimal\n\nfrom django"))
    text = merge_python(BASE, mine, new).text
    assert merge_python(new, text, new).text == text
    assert merge_python(BASE, text, new).text == text


def test_keeps_texts_that_look_like_code_as_they_are() -> None:
    doc = textwrap.dedent('''
        x = """
        class Fake:
            pass
        """
        ''')
    mine = BASE + doc
    merged = merge_python(BASE, mine, edited(("max_length=255", "max_length=9")))
    assert merged.text.endswith(doc)


def test_keeps_the_text_of_the_person_where_it_is_not_python() -> None:
    assert merge_text("a", "b", "a").text == "b"
    assert merge_text("a", "a", "c").text == "c"
    assert merge_text("a", "b", "c").text == "b"
    assert merge_text("a", "b", "c").conflicts
