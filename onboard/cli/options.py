"""The options that commands share: the working folder, the app, and tracebacks for those who ask.

`-C` arrives in a command as `workspace: Workspace`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onboard.cli.workspace import Workspace

Decorated = TypeVar("Decorated", bound=Callable[..., Any])  # Any: click passes whatever options are declared


def workspace_option(command: Decorated) -> Decorated:
    """Give a command `-C DIR` (as its parameter `workspace`) and `--traceback`."""
    option = click.option(
        "-C",
        "workspace",
        metavar="DIR",
        default=".",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_workspace,
        help="Work in this folder instead of the current one.",
    )
    return option(traceback_option(command))


def app_option(command: Decorated) -> Decorated:
    """Give a command `--app NAME` (parameter `app`, None where left out)."""
    return click.option("--app", metavar="NAME", help="The generated app; needed only where there are several.")(
        command
    )


def traceback_option(command: Decorated) -> Decorated:
    """Give a command `--traceback`; `boundary` itself looks for it, since parsing may be what fails."""
    return click.option(
        "--traceback",
        is_flag=True,
        expose_value=False,
        help="Show where in onboard an error comes from.",
    )(command)


def _workspace(context: click.Context, parameter: click.Parameter, folder: Path) -> Workspace:
    from onboard.cli.workspace import open_workspace

    return open_workspace(folder)
