"""Claims about one stake, brought together (SEMANTICS section 1).

Within one source the latest claim speaks; across sources figures that can agree are intersected,
figures that exclude each other are spanned and marked as a conflict. Claims are never added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from .facts import Claim, StakeClaim
from .interval import ZERO, Interval, exactly, hull, intersection

C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True)
class Known(Generic[C]):
    """A claim and the instant from which the database knew it."""

    claim: C
    known_from: datetime

    def age(self) -> tuple[date, datetime]:
        return (self.claim.valid_from or date.min, self.known_from)

    def has_started(self, on: date) -> bool:
        return (self.claim.valid_from or date.min) <= on

    def has_ended(self, on: date) -> bool:
        return self.claim.valid_to is not None and self.claim.valid_to <= on


@dataclass(frozen=True, slots=True)
class Voice(Generic[C]):
    """What one source says on a day: claims that tie for the latest, and whether a tied one has ended."""

    claims: tuple[Known[C], ...]
    also_ended: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """What is known of one stake over [valid_from, valid_to), after all sources are brought together.

    `interval` holds fractions (None in a lane without figures); `speaking` are the claims it rests on.
    """

    valid_from: date | None
    valid_to: date | None
    interval: Interval | None
    conflict: bool
    speaking: tuple[Known[StakeClaim], ...]


def voices(claims: Iterable[Known[C]], on: date) -> list[Voice[C]]:
    """What each source says on that day; a source whose latest claim has ended says nothing."""
    by_source: defaultdict[str, list[Known[C]]] = defaultdict(list)
    for known in claims:
        if known.has_started(on):
            by_source[known.claim.source].append(known)
    heard = (_latest(group, on) for _, group in sorted(by_source.items()))
    return [voice for voice in heard if voice.claims]


def _latest(claims: Sequence[Known[C]], on: date) -> Voice[C]:
    newest = max(known.age() for known in claims)
    tied = [known for known in claims if known.age() == newest]
    live = tuple(known for known in tied if not known.has_ended(on))
    return Voice(live, also_ended=len(live) < len(tied))


def segments(claims: Sequence[Known[StakeClaim]]) -> list[Segment]:
    """The stake over all time, as maximal runs of days with one answer, in order of time."""
    found: list[Segment] = []
    days = _boundaries(claims)
    for start, end in zip(days, [*days[1:], None], strict=False):
        segment = _segment(claims, start, end)
        if segment is not None:
            _append(found, segment)
    return found


def _boundaries(claims: Iterable[Known[StakeClaim]]) -> list[date]:
    starts = {known.claim.valid_from or date.min for known in claims}
    ends = {known.claim.valid_to for known in claims if known.claim.valid_to is not None}
    return sorted(starts | ends)


def _segment(claims: Sequence[Known[StakeClaim]], start: date, end: date | None) -> Segment | None:
    heard = voices(claims, start)
    if not heard:
        return None
    interval, conflict = brought_together(heard)
    speaking = tuple(known for voice in heard for known in voice.claims)
    return Segment(None if start == date.min else start, end, interval, conflict, speaking)


def _append(found: list[Segment], new: Segment) -> None:
    last = found[-1] if found else None
    same = last is not None and (last.valid_to, last.interval, last.conflict, last.speaking) == (
        new.valid_from,
        new.interval,
        new.conflict,
        new.speaking,
    )
    if last is not None and same:
        found[-1] = Segment(last.valid_from, new.valid_to, last.interval, last.conflict, last.speaking)
    else:
        found.append(new)


def brought_together(heard: Sequence[Voice[StakeClaim]]) -> tuple[Interval | None, bool]:
    """What the sources say of one stake together, and whether they exclude each other."""
    said = [_said(voice) for voice in heard]
    conflict = any(torn for _, torn in said)
    intervals = [interval for interval, _ in said if interval is not None]
    if not intervals:
        return None, conflict
    common = intersection(intervals)
    return (common, conflict) if common is not None else (hull(intervals), True)


def _said(voice: Voice[StakeClaim]) -> tuple[Interval | None, bool]:
    intervals = {known.claim.interval for known in voice.claims if known.claim.interval is not None}
    if voice.also_ended and intervals:
        intervals.add(exactly(ZERO))
    if not intervals:
        return None, voice.also_ended
    return hull(intervals), len(intervals) > 1
