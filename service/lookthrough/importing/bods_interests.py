"""Relationship statements: interests to stakes, in lanes and holdings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import UNKNOWN, Interval

from .bods_words import interest
from .cells import Fault
from .figures import share
from .json_fields import Fields
from .json_rows import period

HALF = share("50").low
_NO_INTEREST: tuple[str, Lane | None] = ("unknownInterest", None)


@dataclass(frozen=True, slots=True)
class Relationship:
    """Who holds in whom, as far as a statement says; a closed one ends on `closes` at the latest."""

    owner: str
    owned: str
    source: str
    ref: str
    url: str
    closes: date | None
    has_components: bool


def stakes(told: Relationship, interests: Iterable[Fields]) -> list[StakeClaim]:
    """The stakes that the interests state; what is no stake is noted."""
    found = [claim for one in interests if (claim := _stake(told, one))]
    return _in_holdings(found)


def _stake(told: Relationship, fields: Fields) -> StakeClaim | None:
    with fields:
        fields.passed("details", "beneficialOwnershipOrControl")
        kind, lane = fields.get("type", interest, _NO_INTEREST)
        percent, figure = _share(fields)
        direct = fields.text("directOrIndirect") or fields.text("interestLevel")
        begins, ends = period(fields, "startDate", "endDate")
        ends = min(filter(None, (ends, told.closes)), default=None)
    fields.passed("interestLevel")
    reason = _no_stake(kind, lane, figure, direct, told)
    if reason is None and begins and ends and begins >= ends:
        reason = "interest that ended on the day it began"
    if reason or lane is None:
        fields.reading.note(reason or kind)
        return None
    if direct != "direct":
        fields.reading.note("directness unknown, taken as direct")
    if not lane.has_figure:
        return replace(unknown_stake(told), lane=lane, interval=None, valid_from=begins, valid_to=ends)
    return replace(
        unknown_stake(told),
        lane=lane,
        percent=percent,
        interval=figure,
        valid_from=begins,
        valid_to=ends,
    )


def unknown_stake(told: Relationship) -> StakeClaim:
    """Somebody holds, nobody says how much."""
    return StakeClaim(
        owner=told.owner,
        owned=told.owned,
        lane=Lane.SHARES,
        interval=UNKNOWN,
        source=told.source,
        ref=told.ref,
        url=told.url,
        valid_to=told.closes,
    )


def _no_stake(kind: str, lane: Lane | None, figure: Interval, direct: str, told: Relationship) -> str | None:
    """Why an interest is no stake of its own; None where it is one."""
    if lane is None:
        return f"interest of type {kind}"
    if direct == "indirect" or (direct != "direct" and told.has_components):
        return "declared indirect interest"
    if lane is Lane.BOARD and figure != UNKNOWN and (figure.low, figure.low_open) < (HALF, True):
        return "appointment of less than a majority of the board"
    return None


def _share(fields: Fields) -> tuple[str, Interval]:
    """The percent as text, and the interval; unknown where the statement gives none."""
    with fields.object("share") as told:
        exact = told.figure("exact")
        low, low_open = _end(told, "minimum", "exclusiveMinimum")
        high, high_open = _end(told, "maximum", "exclusiveMaximum")
    if not (exact or low or high):
        return "", UNKNOWN
    text = exact or f"{'(' if low_open else '['}{low or 0},{high or 100}{')' if high_open else ']'}"
    if not exact and low and low == high:
        text = low
    try:
        return text, share(text)
    except Fault as fault:
        fields.reading.fault(fields.at("share"), text, str(fault))
        return "", UNKNOWN


def _end(told: Fields, inclusive: str, exclusive: str) -> tuple[str, bool]:
    """One end of the range: 0.4 gives the open end as a figure, older versions as a flag beside it."""
    if isinstance(told.value(exclusive), bool):
        return told.figure(inclusive), told.flag(exclusive)
    opened = told.figure(exclusive)
    closed = told.figure(inclusive)
    return (opened, True) if opened else (closed, False)


def _in_holdings(claims: list[StakeClaim]) -> list[StakeClaim]:
    """Interests of one lane that hold at the same time are holdings beside each other, and add up."""
    found: list[StakeClaim] = []
    ends: defaultdict[Lane, list[date]] = defaultdict(list)
    for claim in sorted(claims, key=_order):
        free = ends[claim.lane]
        begins, ends_on = claim.valid_from or date.min, claim.valid_to or date.max
        place = next((i for i, taken in enumerate(free) if taken <= begins), len(free))
        free[place : place + 1] = [ends_on]
        adds = claim.lane.has_figure and place > 0
        found.append(replace(claim, holding=str(place + 1) if adds else ""))
    return found


def _order(claim: StakeClaim) -> tuple[object, ...]:
    return (claim.lane, claim.valid_from or date.min, claim.valid_to or date.max, claim.percent)
