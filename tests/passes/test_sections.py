from __future__ import annotations

from onboard.passes.sections import Section, sections


def _app(**parents: str) -> dict[str, tuple[str, ...]]:
    """Forty models that nothing says about, and those given with their parents."""
    plain = {f"{chr(65 + number % 26) * 4}{chr(65 + number // 26)}x": () for number in range(40)}
    return {**plain, **{model: tuple(given.split()) for model, given in parents.items()}}


def _sections(parents: dict[str, tuple[str, ...]], **schemas: str) -> dict[str, tuple[str, ...]]:
    found = sections({model: schemas.get(model, "public") for model in parents}, parents)
    return {section.title: section.models for section in found}


def test_leaves_a_small_app_alone() -> None:
    assert sections({"Order": "public"}, {"Order": ()}) == ()


def test_every_model_is_in_one_section() -> None:
    parents = _app(Order="", OrderLine="Order", OrderTotal="Order")
    named = [model for models in _sections(parents).values() for model in models]
    assert sorted(named) == sorted(parents)


def test_names_that_begin_alike_are_a_section_parents_first() -> None:
    parents = _app(Order="", OrderAddress="Order OrderZone", OrderLine="Order", OrderZone="")
    assert _sections(parents)["Orders"] == ("Order", "OrderZone", "OrderAddress", "OrderLine")


def test_two_names_that_begin_alike_are_none() -> None:
    assert list(_sections(_app(Order="", OrderLine="Order"))) == ["General"]


def test_what_subjects_refer_to_comes_first_and_what_nothing_refers_to_last() -> None:
    parents = _app(GlEntry="User", GlLine="GlEntry Country", GlTax="GlEntry", User="", Country="", Audit="User Country")
    found = _sections(parents)
    assert list(found) == ["General", "Gl", "Other"]
    assert (found["General"], "Audit" in found["Other"]) == (("Country", "User"), True)


def test_a_model_joins_the_only_subject_that_it_has_to_do_with() -> None:
    parents = _app(Order="", OrderLine="Order", OrderTotal="Order", Parcel="OrderLine")
    assert "Parcel" in _sections(parents)["Orders"]


def test_a_subject_comes_after_those_it_refers_to() -> None:
    parents = _app(
        Order="Product", OrderLine="Order", OrderTotal="Order", Product="", ProductPrice="", ProductText="Product"
    )
    assert [title for title in _sections(parents) if title != "Other"] == ["Products", "Orders"]


def test_of_several_schemas_each_is_a_section() -> None:
    parents = _app(Order="", OrderLine="Order", OrderTotal="Order")
    found = sections({model: "sales_eu" if model.startswith("Order") else "hr" for model in parents}, parents)
    assert [section.title for section in found] == ["Hr", "Sales eu"]
    assert found[1] == Section("Sales eu", ("Order", "OrderLine", "OrderTotal"))
