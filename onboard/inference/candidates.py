"""An Edge: a column that may refer to a key, and how the column's name leads there. `KeyIndex` finds them.

Signals judge edges later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onboard.inference.entities import Entity
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.shared_terms import NOTHING, SharedTerms, Way


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
    INITIALS = "says_initials"  # bu_class_id -> business_unit_classes(id)
    LIKE_TAILED = "ends_like_own_table"  # tax_templates.account_id -> account_templates(id)
    EXTENDS = "extends_table"  # order_extras.id -> orders(id)
    TABLE_HEAD = "heads_table"  # category_id -> product_categories(id)
    TABLE_START = "begins_table"  # item_id -> item_masters(id)
    TABLE_MIDDLE = "within_table"  # credit_id -> entity_credit_accounts(id)
    ABBREVIATION = "abbreviates_table"  # cust_no -> customers(no)
    PERSON = "names_a_person"  # created_by -> users(id)
    TOLD = "told_by_own_table"  # order_comments.ref_id -> orders(id)
    VOTED = "only_voted"  # no word in common; an example with the same stem led there
    JOINED = "only_joined"  # no word in common; a view joins them
    HUB = "only_hub"  # no word in common, as in other references that lead there
    CONTAINED = "only_contained"  # no word in common; the values led there

    __hash__ = str.__hash__  # that of an Enum is written in Python, and relations are looked up a million times


@dataclass(slots=True, eq=False)
class Lead:
    """A way from a name and a type to a key: the edges of all columns of that name and type have it in common."""

    parent: KeyView
    relation: Relation
    extra_words: int
    entity: Entity  # what the table of the key is taken for
    is_shortened: bool = False  # found only after the prefix that the table's columns share was left aside
    is_shared: bool = True  # False: found through the child's own table, so no other column has it
    short: str = ""  # what abbreviates the entity, or is abbreviated by it; empty of other relations
    seen: SharedTerms | None = None  # filled by the score


@dataclass(slots=True, eq=False)
class Edge:
    """A column that may refer to a key. The terms and `logit` are filled by the score."""

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
    lead: Lead | None = None  # where other columns may have it too
    of_child: SharedTerms | Way = NOTHING
    way: Way | None = None  # what is seen of the parent and of how the name leads there
    own: SharedTerms = NOTHING  # what is seen of the edge alone
    changing: SharedTerms = NOTHING  # and what may be seen otherwise at the next stage
    logit: float = 0.0

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        return {**self.of_child.terms, **(self.way.terms if self.way else {}), **self.own.terms, **self.changing.terms}
