"""What the generated models must run on, and the choices a person has over their form."""

from __future__ import annotations

from dataclasses import dataclass

from django import VERSION


@dataclass(frozen=True, slots=True)
class Target:
    """The Django version the project runs, and options of `generate`."""

    django: tuple[int, int]
    use_tz: bool = True
    on_delete: str = "python"  # or "database": the DB_* kinds, from Django 6.1 on


def installed_target(*, use_tz: bool = True, on_delete: str = "python") -> Target:
    """Return the target for the Django that is installed here."""
    return Target((VERSION[0], VERSION[1]), use_tz, on_delete)
