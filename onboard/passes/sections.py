"""The models of a large app -> sections by subject, so that a file of hundreds of classes can be read.

A subject is a schema, where there are several, and what at least three names begin with (`order` of `Order` and
`OrderLine`). A model of no subject joins the one that all it is related to is of. The rest comes first, where the
subjects refer to it (`General`), or last (`Other`). Within a section parents come before children; a section comes
after those it refers to, as far as circles let it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from onboard.decisions.fragments import Words, fragments
from onboard.decisions.plurals import Plurals
from onboard.passes.reading_order import reading_order

_LARGE = 40  # models of one file
_FEWEST = 3  # models that make a subject
_MOST = 60  # models of one of several schemas, which is taken apart by names beyond that
_GENERAL, _NAMED, _OTHER = range(3)

Parents = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """Models of one subject, in reading order."""

    title: str
    models: tuple[str, ...]  # never empty


@dataclass(frozen=True, slots=True, order=True)
class _Subject:
    schema: str  # "" where there is one
    place: int  # of the section among those of its schema
    words: Words = ()  # what the names begin with


def sections(schemas: Mapping[str, str], parents: Parents) -> tuple[Section, ...]:
    """Return the sections of an app, given the schema and the parents of each model; none where it is not large."""
    if len(schemas) < _LARGE:
        return ()
    subjects = _with_others(_with_joined(_subjects(schemas), parents), parents)
    members: dict[_Subject, list[str]] = {}
    for model in sorted(schemas):
        members.setdefault(subjects[model], []).append(model)
    titles = _titles(members, schemas)
    order = _subject_order(subjects, parents)
    return tuple(Section(titles[subject], _ordered(members[subject], parents)) for subject in order)


def _subjects(schemas: Mapping[str, str]) -> dict[str, _Subject]:
    sizes = Counter(schemas.values())
    firsts = Counter((schema, fragments(model)[:1]) for model, schema in schemas.items())
    found: dict[str, _Subject] = {}
    for model, schema in schemas.items():
        is_split = len(sizes) == 1 or sizes[schema] > _MOST
        words = fragments(model)[:1] if is_split and firsts[schema, fragments(model)[:1]] >= _FEWEST else ()
        found[model] = _Subject(schema if len(sizes) > 1 else "", _NAMED if words else _GENERAL, words)
    return found


def _with_joined(subjects: Mapping[str, _Subject], parents: Parents) -> dict[str, _Subject]:
    """Return the subjects, that of its neighbours for every model of none whose neighbours are all of one."""
    near: dict[str, set[_Subject]] = {model: set() for model in subjects}
    for model, own in parents.items():
        for parent in own:
            near[model].add(subjects[parent])
            near[parent].add(subjects[model])
    joined = dict(subjects)
    for model, subject in subjects.items():
        if not subject.words and len(near[model]) == 1:
            (other,) = near[model]
            joined[model] = other if other.schema == subject.schema else subject
    return joined


def _with_others(subjects: Mapping[str, _Subject], parents: Parents) -> dict[str, _Subject]:
    """Return the subjects, with the models apart that belong to none and that none of the subjects leads to."""
    split = {subject.schema for subject in subjects.values() if subject.words}
    shared: set[str] = set()
    waiting = [model for model, subject in subjects.items() if subject.words]
    while waiting:
        for parent in parents[waiting.pop()]:
            if parent not in shared and not subjects[parent].words:
                shared.add(parent)
                waiting.append(parent)
    return {
        model: replace(subject, place=_OTHER)
        if not subject.words and subject.schema in split and model not in shared
        else subject
        for model, subject in subjects.items()
    }


def _subject_order(subjects: Mapping[str, _Subject], parents: Parents) -> Iterable[_Subject]:
    """Yield the subjects, each time the one that refers least to those still to come."""
    edges = Counter((subjects[model], subjects[parent]) for model, own in parents.items() for parent in own)
    left = set(subjects.values())
    while left:
        waits = Counter[_Subject]()
        for (own_subject, other), count in edges.items():
            if own_subject != other and own_subject in left and other in left:
                waits[own_subject] += count
        subject = min(left, key=lambda one: (one.place, waits[one], one))
        left.discard(subject)
        yield subject


def _ordered(models: list[str], parents: Parents) -> tuple[str, ...]:
    own = set(models)
    return reading_order({model: tuple(parent for parent in parents[model] if parent in own) for model in models})


def _titles(subjects: Collection[_Subject], schemas: Mapping[str, str]) -> dict[_Subject, str]:
    """Return titles, with the schema where it is not the main one."""
    split = {subject.schema for subject in subjects if subject.words}
    main = Counter(schemas.values()).most_common(1)[0][0]
    classes = {model.lower() for model in schemas}
    return {subject: _title(subject, classes, split, "" if len(split) < 2 else main) for subject in subjects}


def _title(subject: _Subject, classes: Collection[str], split: Collection[str], main: str) -> str:
    schema = " ".join(fragments(subject.schema)).capitalize()
    if not subject.words:
        left = "" if subject.schema not in split else ("General", "", "Other")[subject.place]
        named = left if not main or subject.schema in ("", main) else f"{schema}: {left.lower()}"
        return named if left else schema or "General"
    (first,) = subject.words
    spoken = Plurals().plural(first) if first in classes else first
    return spoken.capitalize() if not main or subject.schema in ("", main) else f"{schema}: {spoken}"
