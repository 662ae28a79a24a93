"""The working folder: where onboard's files lie in it, loaded as values and saved all or nothing.

Whatever is missing or not ours is `BadInput`, worded with the command that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from onboard.errors import BadInput
from onboard.project.files import File, FileTree
from onboard.project.record import APPS, AppRecord, record_from_json

if TYPE_CHECKING:
    from onboard.catalog.ddl import Ddl
    from onboard.catalog.structure import Catalog, TableName
    from onboard.decisions.decisions import Decisions
    from onboard.decisions.names_lock import NamesLock
    from onboard.decisions.person import Person
    from onboard.inference.proposals import Proposals

CATALOG = ".onboard/catalog.json"
DDL = ".onboard/ddl.json"
EVIDENCE = ".onboard/evidence.json"
NAMES = ".onboard/names.json"
PERSON = "onboard.toml"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What `.onboard/evidence.json` holds."""

    proposals: Proposals
    row_estimates: tuple[tuple[TableName, int], ...]


@dataclass(frozen=True, slots=True)
class Workspace:
    """One working folder; nothing is read before it is asked for."""

    root: Path

    def text(self, path: str) -> str | None:
        """Return the text of a file under the root, None where there is none; BadInput where it cannot be read."""
        try:
            return (self.root / path).read_bytes().decode("utf-8")  # line ends as they are
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(
                f"`{path}` cannot be read: {_reason(error)}.", remedy="Mend it, or take it from version control."
            ) from error

    def catalog(self) -> Catalog:
        """Return the structure that the last scan read."""
        from onboard.catalog.canonical import from_json

        return from_json(self._scanned(CATALOG))

    def ddl(self) -> Ddl | None:
        """Return the database's own DDL; None where no scan was asked for it."""
        from onboard.catalog.ddl import ddl_from_json

        text = self.text(DDL)
        return None if text is None else ddl_from_json(text, where=DDL)

    def evidence(self) -> Evidence:
        """Return the proposals and the row estimates of the last scan."""
        from onboard.inference.evidence_file import from_json

        return Evidence(*from_json(self._scanned(EVIDENCE)))

    def person(self) -> Person:
        """Return what `onboard.toml` says."""
        from onboard.decisions.person import read_person

        return read_person(self.text(PERSON))

    def lock(self) -> NamesLock:
        """Return the names that were given before."""
        from onboard.decisions.names_lock import read_lock

        return read_lock(self.text(NAMES))

    def records(self) -> tuple[AppRecord, ...]:
        """Return the record of every generated app, by name."""
        found = sorted((self.root / APPS).glob("*.json"))
        return tuple(
            record_from_json(self.text(f"{APPS}/{path.name}") or "", where=f"{APPS}/{path.name}") for path in found
        )

    def record(self, app: str | None = None) -> AppRecord:
        """Return the record of that app, or of the only one; BadInput where there is none or several to choose from."""
        records = self.records()
        if not records:
            raise BadInput(
                f"No app has been generated in `{self.root}`.", remedy="Run `onboard generate --app NAME` first."
            )
        names = ", ".join(f"`{record.app}`" for record in records)
        if app is None and len(records) > 1:
            raise BadInput(f"There are several generated apps: {names}.", remedy="Choose one with `--app NAME`.")
        for record in records:
            if app is None or record.app == app:
                return record
        raise BadInput(f"No app `{app}` has been generated here.", remedy=f"Generated so far: {names}.")

    def decisions(self, record: AppRecord, catalog: Catalog) -> Decisions:
        """Return the decisions for an app, as `generate` would take them now."""
        from onboard.decisions.decide import decide

        return decide(
            catalog,
            self.evidence().proposals,
            self.person(),
            self.lock(),
            app=record.app,
            qualify=record.qualify,
            django_schema=record.django_schema,
        )

    def save(self, tree: FileTree, *, remove: tuple[str, ...] = ()) -> None:
        """Write the files under the root, and take away those named, all or nothing."""
        from onboard.project.write import write

        write(tree, self.root, remove=remove)

    def _scanned(self, path: str) -> str:
        text = self.text(path)
        if text is None:
            raise BadInput(
                f"Nothing has been scanned in `{self.root}`: there is no `{path}`.",
                remedy="Run `onboard scan DSN` first, or name the folder with `-C DIR`.",
            )
        return text


def open_workspace(folder: Path) -> Workspace:
    """Return the workspace of a folder that exists; finishes or undoes a write that was cut off there."""
    if not folder.is_dir():
        raise BadInput(f"`{folder}` is not a folder.", remedy="Make it first, or give another with `-C DIR`.")
    from onboard.project.write import recover

    root = folder.resolve()
    recover(root)
    return Workspace(root)


def file(path: str, text: str) -> File:
    """Return a File by its path under the root."""
    return File(PurePosixPath(path), text)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or "unknown reason"
