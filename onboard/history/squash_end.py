"""A squash that every environment has -> the history without its old files.

Their rows and the `replaces` go too; later migrations, other apps and imports are led to what is left.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import Refused
from onboard.history.memory import AppMemory, Memory, MigrationFile, read_memory
from onboard.history.mentions import inside, is_inside, sources_naming
from onboard.history.relocate import KEPT, kept_text, relocation
from onboard.history.reset import require_installed
from onboard.history.rewrite import Rewrite
from onboard.history.rows import Named, of_apps
from onboard.history.squash import own_app
from onboard.merge.migration_edits import Moved, mentions, with_dependencies, with_imports, without_replaces
from onboard.project.files import File, tree_of


def plan_finish(root: Path, connection: BaseDatabaseWrapper, label: str) -> Rewrite:
    """Return what ends a squash: old files and rows gone, `replaces` taken out, dependencies led to the new name.

    Refused where this database has not recorded the squash, or the app has none.
    """
    memory = read_memory(connection)
    require_installed(memory, [label])
    app = own_app(memory, root, label)
    squashes = [file for file in app.files if file.replaces]
    if not squashes:
        raise Refused(f"No migration of `{label}` stands for others.", where=str(app.folder))
    for one in squashes:
        if one.key not in memory.recorded:
            raise Refused(
                f"`{label}.{one.name}` is not recorded here.",
                remedy="Run `manage.py migrate` in this and every other environment first.",
            )
    led = {name: one.key for one in squashes for name in one.replaces}
    going = [file for file in app.files if file.key in led and file.key not in {one.key for one in squashes}]
    files = _without_old(root, memory, app, squashes, going, {name: _end(led, name) for name in led})
    before = of_apps(memory.rows, [label])
    after = tuple(row for row in before if row.key not in led or row.key in {one.key for one in squashes})
    remove = tuple(inside(root, file.path) for file in going)
    return Rewrite("squash", (label,), tree_of(files), remove, before, after)


def _end(led: dict[Named, Named], name: Named) -> Named:
    """Follow squashes of squashes to the last one."""
    seen = {name}
    while name in led and led[name] not in seen:
        name = led[name]
        seen.add(name)
    return name


def _without_old(
    root: Path,
    memory: Memory,
    app: AppMemory,
    squashes: list[MigrationFile],
    going: list[MigrationFile],
    led: dict[Named, Named],
) -> list[File]:
    texts: dict[str, str] = {}
    gone = {file.key for file in going}
    for file in memory.files:
        named = [one for one in (*file.dependencies, *file.run_before) if one in led]
        if file.key in gone or (not named and file not in squashes) or not is_inside(root, file.path.parent):
            continue
        text = file.path.read_bytes().decode()
        if file in squashes:
            text = without_replaces(text)
        mapping = {one: (led[one],) for one in named if led[one] != file.key}
        texts[inside(root, file.path)] = with_dependencies(text, mapping) if mapping else text
    texts |= _mentions_mended(root, app, going, texts)
    return [File(PurePosixPath(path), text) for path, text in texts.items()]


def _mentions_mended(root: Path, app: AppMemory, going: list[MigrationFile], texts: dict[str, str]) -> dict[str, str]:
    """Files that import from a module that goes are led to `_kept`, which gets all of it."""
    assert app.module is not None
    assert app.folder is not None
    sources = sources_naming(root, [app.module], skip=[file.path for file in going])
    named = {
        file.module
        for file in going
        if file.problem == ""
        for source in sources
        if mentions(texts.get(source.path, source.text), file.module, package=source.package)
    }
    if not named:
        return {}
    kept = app.folder / f"{KEPT}.py"
    existing = kept.read_bytes().decode() if kept.is_file() else None
    wanted = [file for file in going if file.module in named]
    move = relocation(app.module, wanted, existing=existing, mentioned=named)
    code = kept_text(move, [], existing, {}) or ""
    moved = tuple(Moved(module, move.module) for module in sorted(named))
    found = {inside(root, kept): code}
    for source in sources:
        text = texts.get(source.path, source.text)
        if (led := with_imports(text, moved, package=source.package)) != text:
            found[source.path] = led
    return found
