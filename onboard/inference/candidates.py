"""An Edge: a column that may refer to a key, and how the column's name leads there. `KeyIndex` finds them.

Signals judge edges later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from onboard.inference.schema import ColumnView, KeyView


class Relation(StrEnum):
    """How a column's name leads to a key, the strongest first."""

    SAME_AS_KEY = "same_as_key"  # customer_no -> customers(customer_no)
    TABLE = "named_after_table"  # customer_id -> customers(id)
    ITSELF = "refers_to_itself"  # parent_id -> its own table
    ENDS_WITH_KEY = "ends_with_key"  # from_currency_code -> currencies(currency_code)
    ENDS_WITH_TABLE = "ends_with_table"  # billing_address_id -> addresses(id)
    OWN_TABLE_COMPLETES = "completes_own_table"  # film.type_id -> film_types(id)
    PAIRED = "pairs_a_table"  # part_relationship.subject_id -> parts(id)
    SIBLING = "names_sibling"  # job_history.vacancy_id -> job_vacancies(id)
    STARTS_WITH_KEY = "starts_with_key"  # officer_id_substitute -> officers(officer_id)
    STARTS_WITH_TABLE = "starts_with_table"  # account_owner -> accounts(id)
    EXTENDS = "extends_table"  # manager.id -> the id of the table that its own table's name extends
    TABLE_HEAD = "heads_table"  # category_id -> product_categories(id)
    TABLE_START = "begins_table"  # item_id -> item_masters(id)
    ABBREVIATION = "abbreviates_table"  # cust_no -> customers(no)
    PERSON = "names_a_person"  # created_by -> users(id)
    TOLD = "told_by_own_table"  # order_comments.ref_id -> orders(id)
    VOTED = "only_voted"  # no word in common; an example with the same stem led there
    JOINED = "only_joined"  # no word in common; a view joins them
    HUB = "only_hub"  # no word in common, as in other references that lead there
    CONTAINED = "only_contained"  # no word in common; the values led there

    __hash__ = str.__hash__  # that of an Enum is written in Python, and relations are looked up a million times


@dataclass(slots=True, eq=False)
class SharedTerms:
    """What the score sees in a child, a parent or a relation: all its edges have it in common."""

    terms: dict[str, float]
    asks: int  # the signals that fit it, as bits
    logits: dict[str, float] = field(default_factory=dict)  # their sum, by the stage whose weights made it


@dataclass(slots=True, eq=False)
class Edge:
    """A column that may refer to a key. `shared`, `own_terms` and `logit` are filled by the score."""

    child: ColumnView
    parent: KeyView
    relation: Relation
    extra_words: int = 0  # words of the name that neither the table nor the key explains
    prefix_left: float = 0.0  # the price of the table's prefix that had to be left aside, see `Entity`
    table_words_left: int = 0  # other words of the table's name that had to be
    is_shortened: bool = False  # it was found only after the prefix that the table's columns share was left aside
    is_alone: bool = False  # the name leads nowhere else
    is_nested: bool = False  # the name of the child's table holds the several words of the parent's
    is_bettered: bool = False  # another edge of the column explains its name word for word
    leads_on: float = 0.0  # the key has a name that itself means another table, which the column may mean as well
    has_home_rival: bool = False  # another edge, as plain, leads to a table of the child's own schema
    shared: tuple[SharedTerms, SharedTerms, SharedTerms] | None = None  # of child, parent and relation
    own_terms: dict[str, float] = field(default_factory=dict)
    logit: float = 0.0

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        found: dict[str, float] = {}
        for part in self.shared or ():
            found.update(part.terms)
        found.update(self.own_terms)
        return found
