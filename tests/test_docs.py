"""Every command and option is described in `docs/commands.md`, which is made from their own help."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from onboard.cli.group import whole_group

DOCS = Path(__file__).resolve().parent.parent / "docs"
_INTRO = """# Commands

Made from the commands' own `--help`; `onboard COMMAND --help` shows the same. `-C DIR` works in another folder than the
current one, `--traceback` shows where in onboard an error comes from. Exit codes are in [index.md](index.md).
"""


def test_the_page_of_commands_is_up_to_date(request: pytest.FixtureRequest) -> None:
    page = DOCS / "commands.md"
    if request.config.getoption("--update-golden"):
        page.write_text(_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == _page()


def test_every_page_is_named_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    missing = [path.name for path in sorted(DOCS.glob("*.md")) if path.name != "index.md" and path.name not in index]
    assert missing == []


def test_every_link_of_a_page_leads_somewhere() -> None:
    for page in [*DOCS.glob("*.md"), DOCS.parent / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"


def _page() -> str:
    group = whole_group()
    parent = click.Context(group, info_name="onboard")
    return _INTRO + "".join(_section(parent, name, command) for name, command in sorted(group.commands.items()))


def _section(parent: click.Context, name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    rows = [_row(option, context) for option in command.params if isinstance(option, click.Option)]
    shown = "".join(row for row in rows if not row.startswith(("| `-C", "| `--traceback")))
    table = f"\n| Option | What it does |\n| --- | --- |\n{shown}" if shown else ""
    return f"\n## `onboard {name}`\n\n```\nonboard {name} {usage}\n```\n\n{_prose(command.help or '')}\n{table}"


def _row(option: click.Option, context: click.Context) -> str:
    left, right = option.get_help_record(context) or ("", "")
    return f"| `{left}` | {right} |\n".replace("|-`", "\\|-`").replace("[", "\\[").replace("]", "\\]")


def _prose(text: str) -> str:
    paragraphs = text.replace("\b", "").strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
