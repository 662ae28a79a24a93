"""A Rewrite that is under way <-> its file: old and new of all it touches, with a checksum.

The file is the backup too: `--undo` puts back what it says was there. It is written and read back before the first
change, and says in one word how far things went.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from onboard.catalog.structure import TableName
from onboard.errors import BadInput, NothingDone
from onboard.history.rows import Row
from onboard.project.files import File, tree_of
from onboard.project.write import write

FOLDER = PurePosixPath(".onboard/cache/history")
BEGUN, DONE, TAKEN_BACK = "begun", "done", "taken back"

_FORMAT = "onboard-history/1"


@dataclass(frozen=True, slots=True)
class Journal:
    """One rewriting: what was, what will be, how far it is."""

    batch: str  # when it began, and what: sorts by time
    command: str
    apps: tuple[str, ...]
    alias: str
    database: str  # without a password
    rows_before: tuple[Row, ...]
    rows_after: tuple[Row, ...]  # as they will be read back, except for ids and times the database gives
    files_before: tuple[tuple[str, str | None], ...]  # None: was not there
    files_after: tuple[tuple[str, str | None], ...]  # None: is taken away
    made: tuple[TableName, ...] = ()  # tables that were not there before
    undoes: str = ""  # the batch that this took back
    phase: str = BEGUN

    @property
    def path(self) -> PurePosixPath:
        """Where it lies under the project's root."""
        return FOLDER / f"{self.batch}.json"


def save(journal: Journal, root: Path) -> None:
    """Write the journal and read it back; NothingDone where what is read is not what was written."""
    write(tree_of([File(journal.path, _text(journal))]), root)
    if _read(root / journal.path) != journal:
        raise NothingDone(f"The backup `{journal.path}` does not read back as it was written.")


def finish(journal: Journal, root: Path, phase: str) -> Journal:
    """Write how it ended."""
    ended = replace(journal, phase=phase)
    save(ended, root)
    return ended


def journals(root: Path) -> tuple[Journal, ...]:
    """Return all journals under a root, the oldest first; BadInput where one cannot be read."""
    return tuple(_read(path) for path in sorted((root / FOLDER).glob("*.json")))


def put_files(journal: Journal, root: Path, *, new: bool) -> None:
    """Write the files as they will be, or as they were; all or nothing."""
    wanted = journal.files_after if new else journal.files_before
    tree = tree_of(File(PurePosixPath(path), text) for path, text in wanted if text is not None)
    write(tree, root, remove=tuple(path for path, text in wanted if text is None))


def files_are(journal: Journal, root: Path, *, new: bool) -> bool:
    """Whether the files are as they will be, or as they were."""
    wanted = journal.files_after if new else journal.files_before
    return all(file_text(root, path) == text for path, text in wanted)


def file_text(root: Path, path: str) -> str | None:
    """Return the text of a file under the root, None where there is none; BadInput where it is no UTF-8 text."""
    try:
        return (root / path).read_bytes().decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"`{path}` cannot be read as text: {error}.", remedy="Mend it, then begin again.") from None


def _text(journal: Journal) -> str:
    body = {"format": _FORMAT, **asdict(journal)}
    return json.dumps({**body, "checksum": _checksum(body)}, indent=1, ensure_ascii=False) + "\n"


def _checksum(body: Mapping[str, Any]) -> str:  # Any: JSON
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> Journal:
    try:
        body = json.loads(path.read_bytes().decode())
        checksum = body.pop("checksum")
        if checksum != _checksum(body) or body.pop("format") != _FORMAT:
            raise ValueError("its checksum does not hold")
        return Journal(
            **{
                **body,
                "apps": tuple(body["apps"]),
                "rows_before": tuple(Row(**row) for row in body["rows_before"]),
                "rows_after": tuple(Row(**row) for row in body["rows_after"]),
                "files_before": tuple((name, text) for name, text in body["files_before"]),
                "files_after": tuple((name, text) for name, text in body["files_after"]),
                "made": tuple(TableName(**table) for table in body["made"]),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"The backup cannot be trusted: {error}.",
            where=str(path),
            remedy="The rows are also in the table `onboard_history`; move the file away to go on without it.",
        ) from None
