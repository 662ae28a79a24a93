"""Tells whether a declared primary key is one that no Django model can have: of several columns, one of them generated.

Source of truth: https://docs.djangoproject.com/en/stable/topics/composite-primary-key/ and the check `models.E042`.
"""

from __future__ import annotations

from onboard.catalog.structure import Table


def has_generated_key(table: Table) -> bool:
    """Return whether the primary key is of several columns and holds a generated one."""
    key = table.primary_key
    return key is not None and len(key.columns) > 1 and any(table.column(name).generated for name in key.columns)
