"""A folder -> what git says is not committed in it; nothing where there is no git or no repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def uncommitted(folders: Iterable[Path]) -> tuple[str, ...]:
    """Return the paths that are new, changed or gone since the last commit, sorted."""
    found: set[str] = set()
    for folder in folders:
        standing = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
        if standing is None:
            continue
        command = ["git", "-C", str(standing), "status", "--porcelain", "--untracked-files=all", "--", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            found |= {line[3:] for line in done.stdout.splitlines() if "__pycache__" not in line}
    return tuple(sorted(found))
