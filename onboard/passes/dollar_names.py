"""Names with a `$` in them, which Django refuses in queries on PostgreSQL before 6.1.

Source of truth: `SQLCompiler.quote_name_unless_alias` of Django 5.2's PostgreSQL backend. May go with Django 6.0.
"""

from __future__ import annotations

from dataclasses import replace

from onboard.passes.brief import Brief
from onboard.passes.written import Literal, Written, argument, call, helper, literal


def queryable(name: str, brief: Brief) -> Literal | Written:
    """Return the name as `db_table` or `db_column` says it: plainly, but for one that queries would be refused."""
    is_refused = brief.plan.catalog.engine == "postgresql" and brief.plan.target.django < (6, 1)
    if not is_refused or "$" not in name:
        return name
    written = call(helper(brief.plan.app, "DollarName"), (argument(None, name),))
    return replace(written, recorded=literal(name).node)  # a migration makes tables; it asks for no rows by name
