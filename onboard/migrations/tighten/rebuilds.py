"""What SQLite cannot do without making a table anew, and why onboard leaves that to a person.

Source: `_remake_table` of Django's SQLite schema editor (5.2 to 6.1), which moves a changed column to the end and makes
no trigger again; "Making Other Kinds Of Table Schema Changes" of SQLite's manual.
"""

from __future__ import annotations

from onboard.migrations.tighten.scene import Scene


def rebuild_hindrance(scene: Scene) -> str:
    """Return why a constraint cannot be added to a table that is there; nothing on PostgreSQL."""
    if not scene.is_sqlite:
        return ""
    return (
        "SQLite must make the table anew for it, and Django would put the column last and lose triggers,"
        " on which other programs may rely"
    )
