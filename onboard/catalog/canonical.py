"""Catalog <-> canonical JSON: the same database gives the same bytes, and a changed column is one changed line.

Knows no class of the Catalog by name: what is written and read follows the annotations of the dataclasses
(scalars, enums, dataclasses, tuples of these, each maybe None). A field that holds its default is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from onboard.catalog.structure import Catalog
from onboard.errors import BadInput

FORMAT = "onboard-catalog/1"

Json = Any  # what `json` gives and takes; every reader below checks what it is handed
Value = Any  # a value of the annotated type, whichever that is


def to_json(catalog: Catalog) -> str:
    """Return the catalogue as canonical JSON that ends in a newline."""
    lines = [f'{{"format": {_encode(FORMAT)}', *_block(catalog, depth=0)]
    return ",\n".join(lines) + "\n}\n"


def from_json(text: str) -> Catalog:
    """Return the catalogue that `to_json` wrote; BadInput for any other text and for newer formats."""
    try:
        parsed: Json = json.loads(text)
    except ValueError as error:
        raise _not_ours(f"it is not JSON: {error}") from None
    if not isinstance(parsed, dict) or not str(parsed.get("format", "")).startswith("onboard-catalog/"):
        raise _not_ours("it has no `format` of ours")
    if parsed["format"] != FORMAT:
        raise _not_ours(f"its format is `{parsed['format']}`, this version reads `{FORMAT}`")
    del parsed["format"]
    try:
        catalog = _reader(Catalog)(parsed)
    except _Unreadable as error:
        raise _not_ours(str(error)) from None
    assert isinstance(catalog, Catalog)
    return catalog


class _Unreadable(Exception):
    """A JSON value that is not what the annotation asks for."""


def _not_ours(reason: str) -> BadInput:
    return BadInput(f"The catalogue file cannot be read: {reason}.", remedy="Run `onboard scan` again.")


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a dataclass, as it is written and read."""

    name: str
    default: Value  # MISSING where it must be given
    write: Callable[[Value], Json]
    read: Callable[[Json], Value]
    holds_items: bool  # a tuple of dataclasses: one goes on each line of a block


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def _block(value: Value, *, depth: int) -> Iterator[str]:
    """Give the fields of a dataclass, a line each, and its items, a line or a block each."""
    indent = " " * (depth + 1)
    for field in _fields(value.__class__):
        held = getattr(value, field.name)
        if held == field.default:
            continue
        if not field.holds_items or not held:
            yield f"{indent}{_encode(field.name)}: {_encode(field.write(held))}"
            continue
        items = ",\n".join(_items(held, field, depth=depth + 1))
        yield f"{indent}{_encode(field.name)}: [\n{items}\n{indent}]"


def _items(values: tuple[Value, ...], field: _Field, *, depth: int) -> Iterator[str]:
    indent = " " * (depth + 1)
    if depth == 1 and any(inner.holds_items for inner in _fields(values[0].__class__)):
        for value in values:
            inside = ",\n".join(_block(value, depth=depth + 1))
            yield f"{indent}{{\n{inside}\n{indent}}}"
        return
    for written in field.write(values):
        yield indent + _encode(written)


@cache
def _fields(kind: Value) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            name=field.name,
            default=field.default,
            write=_writer(hints[field.name]),
            read=_reader(hints[field.name]),
            holds_items=get_origin(hints[field.name]) is tuple and is_dataclass(get_args(hints[field.name])[0]),
        )
        for field in fields(kind)
    )


@cache
def _writer(hint: Value) -> Callable[[Value], Json]:
    """Return what turns a value of the annotated type into JSON."""
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: _written(hint, value)
    origin: Value = get_origin(hint)
    if origin is tuple:
        arguments = get_args(hint)
        if arguments[-1] is Ellipsis:
            each = _writer(arguments[0])
            return list if each is _as_it_is else lambda value: [each(item) for item in value]
        places = tuple(_writer(argument) for argument in arguments)
        return lambda value: [write(item) for write, item in zip(places, value, strict=True)]
    if origin in (Union, UnionType):
        present = _writer(_optional(hint))
        return present if present is _as_it_is else lambda value: None if value is None else present(value)
    return _as_it_is  # an enum of ours is a string already


def _as_it_is(value: Value) -> Json:
    return value


def _written(kind: type, value: Value) -> Json:
    found = {}
    for field in _fields(kind):
        held = getattr(value, field.name)
        if held != field.default:
            found[field.name] = field.write(held)
    return found


@cache
def _reader(hint: Value) -> Callable[[Json], Value]:
    """Return what turns JSON into a value of the annotated type, or raises _Unreadable."""
    origin: Value = get_origin(hint)
    if origin is tuple:
        return _tuple_reader(get_args(hint))
    if origin in (Union, UnionType):
        present = _reader(_optional(hint))
        return lambda found: None if found is None else present(found)
    if is_dataclass(hint):
        return lambda found: _read(hint, found)
    if issubclass(hint, Enum):
        return lambda found: _member(hint, found)
    return lambda found: found if type(found) is hint else _refuse(found, hint.__name__)


def _tuple_reader(arguments: tuple[Value, ...]) -> Callable[[Json], Value]:
    if arguments[-1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda found: tuple([each(item) for item in _as_list(found)])
    places = tuple(_reader(argument) for argument in arguments)

    def read(found: Json) -> Value:
        if len(_as_list(found)) != len(places):
            _refuse(found, f"a list of {len(places)}")
        return tuple(read(item) for read, item in zip(places, found, strict=True))

    return read


def _as_list(found: Json) -> list[Json]:
    return found if isinstance(found, list) else _refuse(found, "a list")


def _read(kind: Value, found: Json) -> Value:
    if not isinstance(found, dict):
        _refuse(found, kind.__name__)
    readers = _readers(kind)
    try:
        return kind(**{name: readers[name](value) for name, value in found.items()})
    except (KeyError, TypeError):
        missing = [f.name for f in _fields(kind) if f.default is MISSING and f.name not in found]
        unknown = [name for name in found if name not in readers]
        raise _Unreadable(f"{kind.__name__} lacks {missing}" if missing else f"{kind.__name__} has {unknown}") from None


@cache
def _readers(kind: Value) -> dict[str, Callable[[Json], Value]]:
    return {field.name: field.read for field in _fields(kind)}


def _member(kind: type[Enum], found: Json) -> Enum:
    for member in kind:
        if member.value == found:
            return member
    raise _Unreadable(f"{found!r} is no {kind.__name__}")


def _refuse(found: Json, wanted: str) -> Value:
    raise _Unreadable(f"{found!r} is not {wanted}")


def _optional(hint: Value) -> Value:
    """Return what an annotation says beside None."""
    (present,) = (argument for argument in get_args(hint) if argument is not NoneType)
    return present
