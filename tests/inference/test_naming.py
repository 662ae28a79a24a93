import pytest

from onboard.inference.naming import NameReader, split_words, vocabulary
from onboard.inference.singular import singular


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("customer_id", ["customer", "id"]),
        ("CustomerID", ["customer", "id"]),
        ("SupportRepId", ["support", "rep", "id"]),
        ("ship_to_1", ["ship", "to"]),
        ("PROC_INST_ID_", ["proc", "inst", "id"]),
        ("ICDID3", ["icdid"]),
        ("", []),
        ("42", []),
    ],
)
def test_splits_at_separators_and_camel_case(name: str, words: list[str]) -> None:
    assert split_words(name) == words


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("customers", "customer"),
        ("categories", "category"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("people", "person"),
        ("status", "status"),
        ("analysis", "analysis"),
    ],
)
def test_makes_plurals_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


def reader(*tables: str, columns: tuple[str, ...] = ()) -> NameReader:
    return NameReader(vocabulary(tables, columns))


def test_peels_the_key_suffix_off_a_squashed_name() -> None:
    words = reader("business_entity").read("businessentityid")
    assert (words.stem, words.suffix) == (("business", "entity"), "id")


def test_peels_the_longest_suffix_first() -> None:
    assert reader("row_log").read("rowguid").suffix == "guid"


def test_leaves_a_word_that_only_ends_like_a_key_alone() -> None:
    assert reader("payments").read("paid").stem == ("paid",)


def test_takes_a_suffix_in_front_for_one_at_the_end() -> None:
    words = reader("customers").read("id_customer")
    assert (words.stem, words.suffix) == (("customer",), "id")


def test_abbreviated_heads_are_peeled_where_the_database_has_the_word() -> None:
    names = reader("customer", columns=("c_custkey", "o_custkey"))
    assert names.read("c_custkey").words == ("c", "cust", "key")


def test_names_of_tables_are_taken_apart_where_the_database_spells_their_words() -> None:
    tables = ["shopbase_order", "shopbase_orderposition", "shopbase_saleschannel", "shopbase_transaction", "position"]
    columns = ["sales_channel_id", "sales_channel_id", "order_id", "trans_action", "trans_action"]
    reader = NameReader(vocabulary(tables, columns))
    assert reader.read("shopbase_orderposition").words == ("shopbase", "order", "position")
    assert reader.read("saleschannel").joined == reader.read("sales_channel_id").stem_joined
    assert reader.read("transaction_id").words == ("transaction", "id")  # a word of the language


def test_a_first_word_of_several_tables_stays_whole() -> None:
    tables = ["outputpdf_layout", "outputpdf_page", "outputpdf_font", "output", "pdf"]
    assert NameReader(vocabulary(tables, [])).read("outputpdf_layout").words == ("outputpdf", "layout")
