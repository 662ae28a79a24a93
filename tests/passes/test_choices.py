"""Members of choices classes: valid, unclashing, and telling."""

from __future__ import annotations

from onboard.passes.choices import choices_class, choices_of, members
from onboard.passes.written import code


def test_names_members_of_any_value() -> None:
    names = [member.name for member in members(("new", "in progress", "In-Progress", "2nd", "", "naïve", "†", "None"))]
    assert names == ["NEW", "IN_PROGRESS", "IN_PROGRESS_2", "N_2ND", "BLANK", "NAIVE", names[6], "NONE"]
    assert names[6].isidentifier()
    assert len(set(names)) == len(names)


def test_leaves_a_derived_label_to_django_and_writes_any_other() -> None:
    text = code(choices_class("Status", members(("new", "can't ship"))))
    assert "NEW = 'new'\n" in text
    assert 'CAN_T_SHIP = "can\'t ship", "can\'t ship"\n' in text


def test_spells_choices_out_for_a_migration() -> None:
    written = choices_of("Status", members(("new", "so so")))
    assert code(written.node) == "Status.choices"
    assert code(written.record) == "[('new', 'New'), ('so so', 'So So')]"
