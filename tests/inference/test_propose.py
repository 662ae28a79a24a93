"""Names and structure alone: first what is left alone, then what is found, then what examples change."""

from onboard.catalog.structure import Catalog, TableKind
from onboard.inference.answers import Answers, ForeignKeyAnswer
from onboard.inference.proposals import ForeignKeyProposal, Proposals
from onboard.inference.propose import propose
from onboard.inference.threshold import DEFAULT_THRESHOLD
from tests.catalogs import catalog, column, foreign_key, name_of, table


def proposed(shown: Catalog, answers: Answers | None = None) -> Proposals:
    return propose(shown, answers=answers or Answers(), rows=None, budget_s=None, progress=lambda _: None)


def best(found: Proposals, child: str) -> ForeignKeyProposal | None:
    owner, _, name = child.rpartition(".")
    matching = [key for key in found.foreign_keys if key.table == name_of(owner) and key.columns == (name,)]
    return matching[0] if matching else None


def accepted(found: Proposals) -> set[str]:
    return {
        f"{key.table.name}({','.join(key.columns)}) {key.references.name}({','.join(key.referenced_columns)})"
        for key in found.foreign_keys
        if key.confidence >= DEFAULT_THRESHOLD
    }


_TYPED = "select t.term_id from features f join terms t on f.type_id = t.term_id"
CUSTOMERS = table("customers", column("id"), column("name", "text"), primary_key="id")
USERS = table("users", column("id"), column("login", "varchar(40)"), primary_key="id")


def orders(*columns: str, type: str = "int4") -> Catalog:
    made = table("orders", column("id"), *(column(name, type) for name in columns), primary_key="id")
    return catalog(CUSTOMERS, USERS, made)


def test_leaves_counters_flags_and_quantities_alone() -> None:
    assert not accepted(proposed(orders("item_count", "quantity", "is_open", "position")))


def test_leaves_a_column_of_another_type_alone() -> None:
    assert best(proposed(orders("customer_id", type="uuid")), "orders.customer_id") is None


def test_leaves_the_own_key_alone() -> None:
    assert best(proposed(orders("customer_id")), "orders.id") is None


def test_declared_keys_are_never_proposed_again() -> None:
    made = table(
        "orders",
        column("id"),
        column("customer_id"),
        primary_key="id",
        foreign_keys=(foreign_key("customer_id", "customers(id)"),),
    )
    found = proposed(catalog(CUSTOMERS, made))
    assert found.primary_keys == ()
    assert found.foreign_keys == ()


def test_a_polymorphic_pair_is_a_note_and_no_foreign_key() -> None:
    made = table(
        "comments",
        column("id"),
        column("subject_type", "varchar(40)"),
        column("subject_id"),
        primary_key="id",
    )
    found = proposed(catalog(USERS, made))
    assert not accepted(found)
    assert [(note.kind, note.columns) for note in found.notes] == [("polymorphic", ("subject_type", "subject_id"))]


def test_views_neither_have_nor_are_referred_to() -> None:
    view = table("customer_names", column("id"), column("customer_id"), kind=TableKind.VIEW, view_definition="select 1")
    assert not proposed(catalog(CUSTOMERS, view)).foreign_keys


def test_finds_a_column_named_after_a_table() -> None:
    assert "orders(customer_id) customers(id)" in accepted(proposed(orders("customer_id")))


def test_finds_a_role_in_front_of_the_name_of_a_table() -> None:
    addresses = table("addresses", column("address_id"), primary_key="address_id")
    made = table("orders", column("order_id"), column("billing_address_id"), primary_key="order_id")
    found = proposed(catalog(addresses, made))
    assert "orders(billing_address_id) addresses(address_id)" in accepted(found)


def test_finds_squashed_names() -> None:
    units = table("salesunit", column("salesunitid"), column("name", "text"), primary_key="salesunitid")
    made = table("invoice", column("invoiceid"), column("salesunitid"), primary_key="invoiceid")
    assert "invoice(salesunitid) salesunit(salesunitid)" in accepted(proposed(catalog(units, made)))


def test_finds_keys_behind_prefixes_of_columns() -> None:
    parts = table("part", column("p_partkey"), column("p_name", "text"), column("p_size"), primary_key="p_partkey")
    lines = table(
        "line",
        column("l_linekey"),
        column("l_partkey"),
        column("l_text", "text"),
        primary_key="l_linekey",
    )
    assert "line(l_partkey) part(p_partkey)" in accepted(proposed(catalog(parts, lines)))


def test_finds_a_composite_key() -> None:
    orders_table = table(
        "orders", column("company_code", "varchar(4)"), column("order_no"), primary_key="company_code,order_no"
    )
    lines = table(
        "order_lines",
        column("company_code", "varchar(4)"),
        column("order_no"),
        column("line_no"),
        primary_key="company_code,order_no,line_no",
    )
    found = {key.columns: key.references.name for key in proposed(catalog(orders_table, lines)).foreign_keys}
    assert found["company_code", "order_no"] == "orders"


def test_finds_the_primary_key_of_a_table_without_one() -> None:
    made = table("invoices", column("id"), column("total", "numeric(10,2)", null=True))
    (key,) = proposed(catalog(made)).primary_keys
    assert key.columns == ("id",)
    assert key.confidence >= DEFAULT_THRESHOLD


def test_a_reference_finds_a_table_whose_own_key_is_inferred() -> None:
    vendors = table("vendors", column("vendor_id"), column("name", "text", null=True))
    made = table("bills", column("id"), column("vendor_id"), primary_key="id")
    assert best(proposed(catalog(vendors, made)), "bills.vendor_id") is not None


def hub(*declared: str) -> Catalog:
    words = table("terms", column("term_id"), column("name", "text"), primary_key="term_id")
    children = [
        table(
            name,
            column(f"{name}_id"),
            column("kind_id"),
            primary_key=f"{name}_id",
            foreign_keys=(foreign_key("kind_id", "terms(term_id)"),) if name in declared else (),
        )
        for name in ("alpha", "beta", "gamma", "delta")
    ]
    return catalog(words, *children)


def test_without_an_example_a_hub_that_shares_no_word_stays_unknown() -> None:
    assert best(proposed(hub()), "delta.kind_id") is None


def test_declared_examples_settle_the_columns_of_their_stem() -> None:
    found = best(proposed(hub("alpha", "beta", "gamma")), "delta.kind_id")
    assert found is not None
    assert found.references == name_of("terms")


def test_a_person_s_answer_votes_for_its_stem() -> None:
    said = ForeignKeyAnswer(name_of("alpha"), ("kind_id",), name_of("terms"), ("term_id",), True)
    found = best(proposed(hub(), Answers(foreign_keys=(said,))), "delta.kind_id")
    assert found is not None
    assert found.references == name_of("terms")


def test_a_view_that_joins_two_tables_raises_the_confidence() -> None:
    shown = orders("customer_id")
    plain = best(proposed(shown), "orders.customer_id")
    view = table(
        "order_names",
        column("name", "text"),
        kind=TableKind.VIEW,
        view_definition="SELECT c.name FROM public.orders o JOIN public.customers c ON ((o.customer_id = c.id));",
    )
    joined = best(proposed(catalog(*shown.tables, view)), "orders.customer_id")
    assert plain is not None
    assert joined is not None
    assert joined.confidence > plain.confidence


def test_a_join_of_a_view_is_an_example_for_columns_of_the_same_stem() -> None:
    terms = table("terms", column("term_id"), primary_key="term_id")
    features = table("features", column("feature_id"), column("type_id"), primary_key="feature_id")
    samples = table("samples", column("sample_id"), column("type_id"), primary_key="sample_id")
    view = table("typed", column("term_id"), kind=TableKind.VIEW, view_definition=_TYPED)
    assert best(proposed(catalog(terms, features, samples)), "samples.type_id") is None
    found = best(proposed(catalog(terms, features, samples, view)), "samples.type_id")
    assert found is not None
    assert found.references == name_of("terms")


def test_a_key_with_a_tenant_belongs_to_the_table_that_its_other_columns_name() -> None:
    key = "tenant,job_name,job_group"
    texts = [column(name, "varchar(80)") for name in key.split(",")]
    details = table("job_details", *texts, primary_key=key)
    special = [table(f"{kind}_job_details", *texts, primary_key=key) for kind in ("cron", "simple", "blob")]
    found = {(one.table.name, one.references.name) for one in proposed(catalog(details, *special)).foreign_keys}
    assert found == {(f"{kind}_job_details", "job_details") for kind in ("cron", "simple", "blob")}


def test_every_proposal_shows_what_it_is_made_of() -> None:
    found = best(proposed(orders("customer_id")), "orders.customer_id")
    assert found is not None
    assert {term.signal for term in found.evidence} >= {"before_any_evidence", "named_after_table", "types_same"}


def test_the_same_catalogue_gives_the_same_proposals() -> None:
    shown = orders("customer_id", "created_by", "parent_id")
    assert proposed(shown) == proposed(shown)


def test_names_without_any_word_are_left_alone() -> None:
    names = ("1", "", "  ", "ünïcödé", "日本語", "'; drop table x; --", "_", "ID", "no", "id_id")
    made = [table(f"public.{name}", *(column(one) for one in names)) for name in names]
    proposed(catalog(*made))
