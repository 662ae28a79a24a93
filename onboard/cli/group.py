"""The `onboard` group: every command of `onboard.cli.commands`, collected."""

from __future__ import annotations

import click

from onboard import __version__
from onboard.cli import commands
from onboard.cli.options import traceback_option
from onboard.declared import declared


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: onboard scan postgresql://user@host/database",
)
@click.version_option(__version__, prog_name="onboard")
@traceback_option
def group() -> None:
    """Bring a database that Django did not make under Django, safely, table by table."""


def whole_group() -> click.Group:
    """Return the group with all commands on it."""
    for command in declared(commands, "COMMAND", click.Command):
        group.add_command(command)
    return group
