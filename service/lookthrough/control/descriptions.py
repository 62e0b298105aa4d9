"""What an entity is called, from the descriptions of all sources together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from .facts import Description, Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KnownDescription:
    description: Description
    known_from: datetime


def together(entity: str, known: Iterable[KnownDescription]) -> Description:
    """The latest word on each field; names, aliases and identifiers of all sources are kept.

    A field that a source leaves empty says nothing.
    """
    told = [k.description for k in sorted(known, key=lambda k: (k.known_from, k.description.source))]
    name = _last([d.name for d in told]) or entity
    original = _last([d.name_original for d in told]) or ""
    others = [n for d in told for n in (d.name, d.name_original, *d.aliases)]
    return Description(
        entity=entity,
        source=_last([d.source for d in told]) or "",
        name=name,
        name_original=original,
        aliases=tuple(n for n in _unique(others) if n not in ("", name, original)),
        kind=_last([d.kind for d in told if d.kind is not Kind.UNKNOWN]) or Kind.UNKNOWN,
        identifiers=tuple(_unique(i for d in told for i in d.identifiers)),
        founded=_last_date(d.founded for d in told),
        dissolved=_last_date(d.dissolved for d in told),
        unspecified=_last([d.unspecified for d in told]) or "",
        url=_last([d.url for d in told]) or "",
        note=_last([d.note for d in told]) or "",
    )


def _last(values: Sequence[T]) -> T | None:
    return next((value for value in reversed(values) if value), None)


def _last_date(values: Iterable[date | None]) -> date | None:
    return _last(list(values))


def _unique(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))
