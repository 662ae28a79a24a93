from __future__ import annotations

import pytest

from onboard.errors import Refused
from onboard.merge.field_arguments import Edit, FieldArgument, MetaEntry, edited

MODELS = '''\
"""Mine."""
from django.db import models   # kept as it is


@decorated
class Order(models.Model):
    # whose it is
    cust = models.ForeignKey(
        "Cust",
        on_delete=models.PROTECT,
        db_column="CUSTNO",
        db_index=False,
        db_constraint=False,
    )  # a remark
    line = models.ForeignKey("Line", models.CASCADE, db_constraint=False, null=True)
    bare = models.TextField(null=True)

    class Meta:
        db_table = "TBLORDER"  # since 1994
        indexes = [models.Index(fields=["cust"], name="one")]

    def total(self):
        return  1


class Line(models.Model):
    class Meta:
        managed = False
'''
INDEX = 'models.Index(fields=["line"], name="two")'


def _removed(field: str, name: str) -> str:
    return edited(MODELS, [FieldArgument("Order", field, name, None)])


def test_leaves_a_text_alone_that_says_so_already() -> None:
    entry = MetaEntry("Order", "indexes", 'models.Index(fields=["cust"], name="one")')
    assert edited(MODELS, []) == MODELS
    assert edited(MODELS, [FieldArgument("Order", "bare", "db_constraint", None), entry]) == MODELS


def test_takes_the_last_argument_of_many_lines() -> None:
    assert _removed("cust", "db_constraint") == MODELS.replace("        db_constraint=False,\n", "", 1)


def test_takes_an_argument_from_the_middle() -> None:
    assert _removed("cust", "db_index") == MODELS.replace("        db_index=False,\n", "", 1)
    assert _removed("line", "db_constraint") == MODELS.replace(" db_constraint=False, null", " null", 1)


def test_takes_the_last_and_the_only_argument_of_a_line() -> None:
    assert _removed("line", "null") == MODELS.replace("False, null=True)", "False)", 1)
    assert _removed("bare", "null") == MODELS.replace("TextField(null=True)", "TextField()", 1)


def test_keeps_a_remark_behind_an_argument_that_goes() -> None:
    text = MODELS.replace("db_index=False,\n", "db_index=False,  # IXORDER\n")
    changed = edited(text, [FieldArgument("Order", "cust", "db_index", None)])
    assert changed == MODELS.replace('"CUSTNO",\n        db_index=False,\n', '"CUSTNO",  # IXORDER\n', 1)


def test_sets_an_argument_that_is_there_and_one_that_is_not() -> None:
    assert edited(MODELS, [FieldArgument("Order", "cust", "db_index", "True")]) == MODELS.replace(
        "db_index=False", "db_index=True"
    )
    added = edited(MODELS, [FieldArgument("Order", "cust", "null", "True")])
    assert added == MODELS.replace("db_constraint=False,\n    )", "db_constraint=False,\n        null=True,\n    )", 1)
    assert 'TextField(null=True, db_column="x")' in edited(MODELS, [FieldArgument("Order", "bare", "db_column", '"x"')])


def test_adds_to_a_list_of_meta_a_line_each_where_it_grows_long() -> None:
    changed = edited(MODELS, [MetaEntry("Order", "indexes", INDEX)])
    one = 'models.Index(fields=["cust"], name="one")'
    lines = f"indexes = [\n            {one},\n            {INDEX},\n        ]\n"
    assert changed == MODELS.replace(f"indexes = [{one}]\n", lines)
    third = INDEX.replace("two", "three")
    assert edited(changed, [MetaEntry("Order", "indexes", third)]) == changed.replace(
        f"            {INDEX},\n", f"            {INDEX},\n            {third},\n"
    )


def test_begins_a_list_of_meta() -> None:
    changed = edited(MODELS, [MetaEntry("Line", "indexes", INDEX)])
    assert changed == MODELS + f"        indexes = [{INDEX}]\n"


def test_edits_several_classes_at_once_and_keeps_line_endings() -> None:
    edits: list[Edit] = [FieldArgument("Order", "bare", "null", None), MetaEntry("Line", "indexes", INDEX)]
    changed = edited(MODELS.replace("\n", "\r\n"), edits)
    assert changed == edited(MODELS, edits).replace("\n", "\r\n")


def test_refuses_what_is_not_written_plainly() -> None:
    with pytest.raises(Refused, match="Nowhere"):
        edited(MODELS, [FieldArgument("Nowhere", "bare", "null", None)])
    with pytest.raises(Refused, match=r"Order\.absent"):
        edited(MODELS, [FieldArgument("Order", "absent", "null", None)])
    with pytest.raises(Refused, match="plain list"):
        edited(
            MODELS.replace("indexes = [", "indexes = () + [").replace("= () + [", "= [*OLD] + ["),
            [MetaEntry("Order", "indexes", INDEX)],
        )


def test_refuses_an_entry_whose_name_the_module_does_not_import() -> None:
    with pytest.raises(Refused, match="models"):
        edited(MODELS.replace("import models", "import models as m"), [MetaEntry("Line", "indexes", INDEX)])
