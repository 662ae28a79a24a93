"""Which of Django's own apps cannot be installed as they are, because scanned tables have the names of theirs."""

from __future__ import annotations

from onboard.decisions.decisions import Decisions

# Django 5.2 to 6.1; the many-to-many tables of auth and flatpages included.
_TABLES = {
    "django.contrib.admin": ("django_admin_log",),
    "django.contrib.auth": (
        "auth_user",
        "auth_group",
        "auth_permission",
        "auth_user_groups",
        "auth_user_user_permissions",
        "auth_group_permissions",
    ),
    "django.contrib.contenttypes": ("django_content_type",),
    "django.contrib.flatpages": ("django_flatpage", "django_flatpage_sites"),
    "django.contrib.redirects": ("django_redirect",),
    "django.contrib.sessions": ("django_session",),
    "django.contrib.sites": ("django_site",),
    "django.db.migrations": ("django_migrations",),
}


def django_clashes(decisions: Decisions) -> tuple[str, ...]:
    """Return the dotted names of Django's packages whose tables are among the scanned ones, sorted.

    `django.db.migrations` stands for its `django_migrations`. PostgreSQL tells names apart by letter case, SQLite does
    not; one that differs only in case is named too.
    """
    scanned = {table.table.name.lower() for table in decisions.tables}
    return tuple(sorted(package for package, tables in _TABLES.items() if scanned.intersection(tables)))
