"""Records of one source about one stake or list that hold at the same time.

Of one source the latest claim speaks, and one that has ended silences those before it. That fits a source
that tells a stake anew; where each record has an end of its own, an older one that still holds must be heard
again. So each is told over those days only on which it is the latest, and on no day is one that has ended
beside one that goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from lookthrough.control.facts import ListClaim, StakeClaim

Told = StakeClaim | ListClaim
Key = tuple[str, ...]
Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The periods of all records about those things that several records are about."""

    periods: dict[Key, list[Period]] = field(default_factory=dict[Key, list[Period]])

    def parts(self, claim: Told) -> list[Told]:
        """The claim over the days on which it speaks; whole where no other is about the same."""
        others = self.periods.get(_key(claim))
        if not others:
            return [claim]
        return [
            replace(claim, valid_from=_begin(start), valid_to=_end(end))
            for start, end in _spoken(_period(claim), others)
        ]


def overlaps(claims: Callable[[], Iterable[Told]]) -> Overlaps:
    """Reads the claims, and once more where several are about one thing.

    Memory grows with the number of claims by one mark each, and with those that are about one thing.
    """
    seen: set[int] = set()
    again: set[int] = set()
    for claim in claims():
        mark = hash(_key(claim))
        (again if mark in seen else seen).add(mark)
    found: defaultdict[Key, list[Period]] = defaultdict(list)
    for claim in claims() if again else ():
        key = _key(claim)
        if hash(key) in again:
            found[key].append(_period(claim))
    return Overlaps({key: periods for key, periods in found.items() if len(periods) > 1})


def _key(claim: Told) -> Key:
    if isinstance(claim, ListClaim):
        return (claim.list_key, claim.entity, claim.source)
    return (claim.owner, claim.owned, claim.lane, claim.holding, claim.source)


def _period(claim: Told) -> Period:
    return (claim.valid_from or date.min, claim.valid_to or date.max)


def _begin(day: date) -> date | None:
    return None if day == date.min else day


def _end(day: date) -> date | None:
    return None if day == date.max else day


def _spoken(own: Period, periods: Sequence[Period]) -> list[Period]:
    """The runs of days on which nothing later holds, cut where those that speak beside it change."""
    days = sorted({day for period in periods for day in period if own[0] <= day <= own[1]})
    runs: list[tuple[Period, list[Period]]] = []
    for start, end in pairwise(days):
        beside = _speaking(periods, start, end)
        if own not in beside:
            continue
        goes_on = bool(runs) and runs[-1][0][1] == start and runs[-1][1] == beside
        begin = runs.pop()[0][0] if goes_on else start
        runs.append(((begin, end), beside))
    return [run for run, _ in runs]


def _speaking(periods: Iterable[Period], start: date, end: date) -> list[Period]:
    live = [period for period in periods if period[0] <= start and period[1] >= end]
    latest = max((period[0] for period in live), default=None)
    return sorted(period for period in live if period[0] == latest)
