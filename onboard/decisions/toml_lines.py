"""The text of a TOML file -> its statements with the lines they stand on, which `tomllib` does not tell.

Only for text that `tomllib` has accepted: it says where a statement begins and ends, not what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Longest first: strings over several lines, strings, comments, brackets, line ends, anything else.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|\n|[\[\]{}]"
    r"""|[^"'#\[\]{}\n]+""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or a key with its value; lines count from 1."""

    header: str  # of the table it is in, or that it opens, without brackets and quotes
    key: str  # "" for a header
    is_array: bool  # a header in double brackets
    line: int
    last_line: int
    comment: str  # after the value or header, `#` included; "" where there is none


def statements(text: str) -> tuple[Statement, ...]:
    """Return the statements in order."""
    found: list[Statement] = []
    header = ""
    position, line = 0, 1
    while position < len(text):
        end, comment = _end(text, position)
        body = text[position:end].strip()
        lines = text.count("\n", position, end)
        last_line = line + lines - (1 if text[end - 1] == "\n" else 0)
        if body.startswith("["):
            is_array = body.startswith("[[")
            inside = body[2 : body.index("]]")] if is_array else body[1 : body.index("]")]
            header = _bare(inside)
            found.append(Statement(header, "", is_array, line, last_line, comment))
        elif body and not body.startswith("#"):
            found.append(Statement(header, _key(body), False, line, last_line, comment))
        position, line = end, line + lines
    return tuple(found)


def _end(text: str, position: int) -> tuple[int, str]:
    """Return where the statement that begins here ends (past its newline), and the comment on its last line."""
    depth = 0
    comment = ""
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:  # a quote that never closes; tomllib would have refused it
            return len(text), comment
        position = token.end()
        start = token[0][0]
        if start in "[{":
            depth += 1
        elif start in "]}":
            depth -= 1
        elif start == "#":
            comment = token[0].rstrip()
        elif start == "\n":
            if depth <= 0:
                return position, comment
            comment = ""
    return position, comment


def _key(body: str) -> str:
    quoted = re.match(r'"((?:\\.|[^"\\])*)"\s*=|\'([^\']*)\'\s*=', body)
    if quoted:
        return _unescaped(quoted[1]) if quoted[1] is not None else quoted[2]
    return body.partition("=")[0].strip()


def _unescaped(text: str) -> str:
    import tomllib

    return str(tomllib.loads(f'key = "{text}"')["key"])


def _bare(header: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in header.strip().split("."))
