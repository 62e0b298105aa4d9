"""A version of a stake as properties of one relationship, with the claims behind it as parallel lists."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

import orjson

from lookthrough.control.claims import Known, Segment, segments
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import from_text, to_text

TYPES = {Lane.SHARES: "OWNS", Lane.VOTES: "VOTES", Lane.BOARD: "APPOINTS", Lane.CONTROL: "CONTROLS"}
LANES = {name: lane for lane, name in TYPES.items()}

Properties = dict[str, object]


@dataclass(frozen=True, slots=True)
class StakeKey:
    """What makes two claims claims about one stake."""

    owner: str
    owned: str
    lane: Lane
    holding: str

    @classmethod
    def of(cls, claim: StakeClaim) -> StakeKey:
        return cls(claim.owner, claim.owned, claim.lane, claim.holding)


@dataclass(slots=True)
class StakeChanges:
    """Versions of stakes to end and to write, as rows of their queries."""

    closing: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    writing: list[dict[str, object]] = field(default_factory=list[dict[str, object]])

    def replace(
        self, key: StakeKey, present: Collection[str], ended: Collection[str], wanted: Sequence[Properties]
    ) -> None:
        """Of one stake: ids of the versions that stand and of those that have ended, and what is to stand."""
        standing = {str(version["id"]): version for version in _with_own_ids(wanted, ended)}
        ends: dict[str, object] = {"owner": key.owner, "owned": key.owned}
        if stale := sorted(set(present) - standing.keys()):
            self.closing.append({**ends, "ids": stale})
        self.writing += [
            {**ends, "type": TYPES[key.lane], "properties": version}
            for id, version in standing.items()
            if id not in present
        ]


def _with_own_ids(wanted: Sequence[Properties], ended: Collection[str]) -> Iterator[Properties]:
    """An id is not used again: after a retraction a version may say just what one said that has ended."""
    for version in wanted:
        own = str(version["id"])
        while own in ended:
            own = _digest(["again", own])
        yield {**version, "id": own}


def versions(claims: Sequence[Known[StakeClaim]]) -> list[Properties]:
    """One set of properties for each segment of the stake; claims that are outspoken ride on the first."""
    ordered = sorted(set(claims), key=claim_order)  # a claim rides on every segment in which it speaks
    parts = segments(ordered)
    heard = {id(known) for segment in parts for known in segment.speaking}
    silent = [known for known in ordered if id(known) not in heard]
    return [_properties(segment, silent if i == 0 else []) for i, segment in enumerate(parts)]


def claim_order(known: Known[StakeClaim]) -> tuple[object, ...]:
    """Sorts claims about one stake, in whatever order they were read."""
    claim = known.claim
    dates = (claim.valid_from or date.min, claim.valid_to or date.max)
    interval = to_text(claim.interval) if claim.interval else ""
    return (claim.source, known.age(), dates, interval, claim.ref, claim.url, claim.note, claim.percent)


def _properties(segment: Segment, silent: Sequence[Known[StakeClaim]]) -> Properties:
    claims = [*segment.speaking, *silent]
    first = claims[0].claim
    properties: Properties = {
        "holding": first.holding,
        "valid_from": segment.valid_from,
        "valid_to": segment.valid_to,
        "conflict": segment.conflict,
        "sources": sorted({known.claim.source for known in segment.speaking}),
        **_figures(segment),
        **_claims(claims, len(segment.speaking)),
    }
    properties["id"] = _digest([first.owner, first.owned, first.lane, properties])
    return {key: value for key, value in properties.items() if value is not None}


def _figures(segment: Segment) -> Properties:
    interval = segment.interval
    if interval is None:
        return {}
    return {
        "min": float(interval.low),
        "max": float(interval.high),
        "min_open": interval.low_open,
        "max_open": interval.high_open,
        "min_exact": _exact_if_needed(interval.low),
        "max_exact": _exact_if_needed(interval.high),
    }


def _exact_if_needed(figure: Fraction) -> str | None:
    """The exact text where the shortest decimal of the float is not the figure itself."""
    return None if Fraction(repr(float(figure))) == figure else str(figure)


def _claims(claims: Sequence[Known[StakeClaim]], speaking: int) -> Properties:
    told = [known.claim for known in claims]
    return {
        "claim_sources": [c.source for c in told],
        "claim_refs": [c.ref for c in told],
        "claim_urls": [c.url for c in told],
        "claim_notes": [c.note for c in told],
        "claim_percents": [c.percent for c in told],
        "claim_intervals": [to_text(c.interval) if c.interval else "" for c in told],
        "claim_confidences": [c.confidence for c in told],
        "claim_valid_from": [_day(c.valid_from) for c in told],
        "claim_valid_to": [_day(c.valid_to) for c in told],
        "claim_known_from": [known.known_from.isoformat() for known in claims],
        "claims_speaking": speaking,
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """The parallel lists on a relationship, as they come back."""

    holding: str
    claim_sources: list[str]
    claim_refs: list[str]
    claim_urls: list[str]
    claim_notes: list[str]
    claim_percents: list[str]
    claim_intervals: list[str]
    claim_confidences: list[str]
    claim_valid_from: list[str]
    claim_valid_to: list[str]
    claim_known_from: list[str]
    claims_speaking: int

    def claims(self, owner: str, owned: str, lane: Lane) -> list[Known[StakeClaim]]:
        """All claims that ride on the relationship; the first `claims_speaking` of them speak."""
        return [self._claim(i, owner, owned, lane) for i in range(len(self.claim_sources))]

    def _claim(self, i: int, owner: str, owned: str, lane: Lane) -> Known[StakeClaim]:
        interval = self.claim_intervals[i]
        claim = StakeClaim(
            owner=owner,
            owned=owned,
            lane=lane,
            holding=self.holding,
            percent=self.claim_percents[i],
            interval=from_text(interval) if interval else None,
            confidence=self.claim_confidences[i],
            source=self.claim_sources[i],
            ref=self.claim_refs[i],
            url=self.claim_urls[i],
            note=self.claim_notes[i],
            valid_from=parse_day(self.claim_valid_from[i]),
            valid_to=parse_day(self.claim_valid_to[i]),
        )
        return Known(claim, datetime.fromisoformat(self.claim_known_from[i]))


def parse_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def figure(shortest: float, exact: str) -> Fraction:
    """The figure as filed: the exact text, else the shortest decimal of the float."""
    return Fraction(exact) if exact else Fraction(repr(shortest))
