"""Claims about stakes as interests of BODS 0.4, with exact figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, InvalidOperation
from fractions import Fraction

from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import Interval
from lookthrough.importing.json_values import JsonObject

from .rows import percent_of

PLACES = 40
"""Digits of a figure that no decimal number is: its interval is then as much wider."""

_TYPES = {
    Lane.SHARES: "shareholding",
    Lane.VOTES: "votingRights",
    Lane.BOARD: "appointmentOfBoard",
    Lane.CONTROL: "otherInfluenceOrControl",
}
_ENDS = re.compile(r"[\[(](.+),(.+)[\])]")


def interest(claim: StakeClaim) -> JsonObject:
    told: JsonObject = {"type": _TYPES[claim.lane], "directOrIndirect": "direct"}
    if claim.interval is not None and (claim.percent or percent_of(claim.interval)):
        told["share"] = _share(claim.interval, claim.percent)
    if claim.valid_from:
        told["startDate"] = claim.valid_from.isoformat()
    if claim.valid_to:
        told["endDate"] = claim.valid_to.isoformat()
    return told


def _share(interval: Interval, filed: str) -> JsonObject:
    ends = _ENDS.fullmatch(filed)
    low_text, high_text = (ends[1], ends[2]) if ends else (filed, filed)
    low = _decimal(interval.low * 100, low_text, ROUND_FLOOR)
    high = _decimal(interval.high * 100, high_text, ROUND_CEILING)
    if interval.is_exact and low == high:
        return {"exact": low} if ends is None else {"minimum": low, "maximum": high}
    least = "exclusiveMinimum" if interval.low_open else "minimum"
    most = "exclusiveMaximum" if interval.high_open else "maximum"
    return {least: low, most: high}


def _decimal(percent: Fraction, filed: str, rounding: str) -> Decimal:
    """The figure as filed where it is a decimal number, else to 40 digits on the safe side."""
    try:
        if Fraction(as_filed := Decimal(filed.strip())) == percent:
            return as_filed
    except (InvalidOperation, ValueError, OverflowError):
        pass
    context = Context(prec=PLACES, rounding=rounding)
    return context.divide(Decimal(percent.numerator), Decimal(percent.denominator))


def apart(claims: Iterable[StakeClaim]) -> list[list[StakeClaim]]:
    """Claims of each holding that overlap in time do not add up: they go to different statements."""
    found: list[list[StakeClaim]] = []
    for claim in claims:
        place = next((group for group in found if not any(_clash(claim, other) for other in group)), None)
        if place is None:
            found.append([claim])
        else:
            place.append(claim)
    return found


def _clash(claim: StakeClaim, other: StakeClaim) -> bool:
    if (claim.lane, claim.holding) != (other.lane, other.holding):
        return False
    starts_late = claim.valid_from and other.valid_to and claim.valid_from >= other.valid_to
    ends_early = claim.valid_to and other.valid_from and claim.valid_to <= other.valid_from
    return not (starts_late or ends_early)
