"""What a check-up is: one way in which the memory of a project can be wrong, looked for in one read of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from onboard.catalog.structure import Catalog
from onboard.errors import OnboardError
from onboard.history.findings import Finding
from onboard.history.graph import Graph, graph_of
from onboard.history.manual import manual_operations
from onboard.history.memory import Memory
from onboard.history.mentions import is_inside
from onboard.history.proof import differences_in, live_catalog, models_of
from onboard.history.rows import Named
from onboard.history.staged import loader_of, nothing_staged
from onboard.history.states import current_state
from onboard.verify.differences import Difference


@dataclass(frozen=True)
class Patient:
    """A project, read once; what is costly is worked out when the first check-up asks for it."""

    root: Path
    memory: Memory
    connection: BaseDatabaseWrapper
    labels: frozenset[str]  # the apps that are looked at

    def is_ours(self, label: str) -> bool:
        """Whether the app is the project's own, and no installed package."""
        folder = self.memory.app(label).folder
        return folder is not None and is_inside(self.root, folder)

    @cached_property
    def graph(self) -> Graph:
        """Who stands on whom, whatever is broken."""
        return graph_of(self.memory)

    @cached_property
    def loader(self) -> MigrationLoader | None:
        """Django's own loader; None where it refuses, which is a finding of its own."""
        try:
            return loader_of(self.connection, nothing_staged())
        except OnboardError:
            return None

    @cached_property
    def current(self) -> ProjectState:
        """The state of the models as they are."""
        return current_state()

    @cached_property
    def catalog(self) -> Catalog:
        """The live database."""
        models = models_of(self.labels, self.connection.alias)
        return live_catalog(self.connection, models)

    @cached_property
    def differences(self) -> Mapping[str, tuple[Difference, ...]]:
        """By app: where the tables of its managed models part from them."""
        alias, connection = self.connection.alias, self.connection
        return {
            label: differences_in(models_of((label,), alias), self.catalog, connection) for label in sorted(self.labels)
        }

    @cached_property
    def applied_state(self) -> ProjectState | None:
        """What the record claims: the state after all that is applied; None where Django cannot load the history."""
        if self.loader is None:
            return None
        nodes = [key for key in self.loader.graph.nodes if key in self.loader.applied_migrations]
        applied = frozenset(nodes)
        leaves = [key for key in nodes if not self._children(key) & applied]
        try:
            return self.loader.project_state(sorted(leaves))
        except Exception:  # a record with holes: its state need not hold together
            return None

    def manual_texts(self, label: str) -> tuple[str, ...]:
        """The sources of an app's applied migrations that hold functions or SQL of their own."""
        files = [one for one in self.memory.app(label).files if one.key in self.memory.recorded and one.migration]
        return tuple(file.path.read_bytes().decode(errors="replace") for file in files if manual_operations([file]))

    def _children(self, key: Named) -> frozenset[Named]:
        assert self.loader is not None
        return frozenset(child.key for child in self.loader.graph.node_map[key].children if child.key[0] == key[0])


@dataclass(frozen=True, slots=True)
class Checkup:
    """One check-up; `kinds` are the findings it may have, for the documentation."""

    kinds: tuple[str, ...]
    find: Callable[[Patient], Iterable[Finding]]
