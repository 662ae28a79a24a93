"""Runs the stages that commands share, from the files of a workspace to the sources of an app. Prints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog
    from onboard.cli.workspace import Workspace
    from onboard.decisions.decisions import Decisions
    from onboard.passes.source import AppSource
    from onboard.passes.target import Target
    from onboard.project.record import AppRecord


@dataclass(frozen=True, slots=True)
class Generated:
    """Everything an app is written from."""

    catalog: Catalog
    decisions: Decisions
    source: AppSource


def target_of(record: AppRecord) -> Target:
    """Return the Django the sources are written for: the one installed here, with the choices of the record."""
    import django

    from onboard.passes.target import Target

    return Target((django.VERSION[0], django.VERSION[1]), use_tz=record.use_tz, on_delete=record.on_delete)


def generated(workspace: Workspace, record: AppRecord) -> Generated:
    """Return the sources of an app as the scanned files, `onboard.toml` and the names lock make them now."""
    from onboard.cycle_collector import held_back
    from onboard.draft.inspectdb import draft_models
    from onboard.passes.rewrite import rewrite

    with held_back():
        catalog = workspace.catalog()
        decisions = workspace.decisions(record, catalog)
        draft = draft_models(catalog, decisions)
        return Generated(catalog, decisions, rewrite(draft, catalog, decisions, target=target_of(record)))
