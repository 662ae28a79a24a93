"""The record of a generated app: that onboard made it, and with which choices, so that a later run makes the same.

Committed as `.onboard/apps/<app>.json`. An app folder without a record was made by somebody else and is left alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from onboard.errors import BadInput

APPS = ".onboard/apps"
GENERATED = ".onboard/generated"  # what was last generated, the base of every merge: `<GENERATED>/<app>/models.py`


@dataclass(frozen=True, slots=True)
class AppRecord:
    """One generated app and the choices `generate` was given for it."""

    app: str
    split: bool = False
    qualify: bool = False
    django_schema: str = "public"
    is_one_database: bool = False  # whether Django's own tables lie in the scanned database, in `django_schema`
    database: str = ""  # the alias of the app's own database beside the default one, in a project of the person's
    on_delete: str = "python"
    baseline: str = "catalogue"  # what an empty database is made from: the catalogue, or with "sql" the DDL itself
    use_tz: bool = True
    django: str = ""  # the version it was last generated for, such as `5.2`

    @property
    def path(self) -> str:
        """Where the record lies under the working folder."""
        return f"{APPS}/{self.app}.json"

    @property
    def baseline_path(self) -> str:
        """Where it lies what the app's `_baseline.py` was last written from."""
        return f"{GENERATED}/{self.app}.baseline.json"


def record_to_json(record: AppRecord) -> str:
    """Return the text of the record's file."""
    return json.dumps({"format": "onboard-app/1", **asdict(record)}, indent=2) + "\n"


def record_from_json(text: str, *, where: str) -> AppRecord:
    """Return the record; BadInput where the text is not one."""
    try:
        document = json.loads(text)
        record = AppRecord(
            **{field.name: document[field.name] for field in fields(AppRecord) if field.name in document}
        )
        for field in fields(AppRecord):
            if type(getattr(record, field.name)).__name__ != field.type:
                raise TypeError(field.name)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(
            "The record of a generated app is not readable.", where=where, remedy="Take it from version control."
        ) from error
    return record
