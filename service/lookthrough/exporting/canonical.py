"""The canonical export: what is known as text that is the same however it got into the graph.

It leaves out the instants and keeps the order of versions: of one thing that a source says, what was known
first is 0. So it depends neither on when files were loaded nor on how they were split into loads.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import TypeVar

import orjson

from lookthrough.control.everything import Facts, SourceFacts, StakeFacts, Told, topic
from lookthrough.control.facts import Claim, EntityClaim, Fact, StakeClaim
from lookthrough.control.interval import Interval, to_text

from .formats import Export

F = TypeVar("F", bound=Fact)


class CanonicalHash:
    """SHA-256 over the lines of the canonical export, taken up one after the other."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, facts: Facts) -> None:
        self._sum.update(canonical_line(facts))

    def text(self) -> str:
        return f"sha256:{self._sum.hexdigest()}"


class CanonicalFormat:
    """A line of JSON for each source, entity and stake of which anything was ever said."""

    name = "canonical"
    is_folder = False

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        file = export.files.open()
        for line in map(canonical_line, facts):
            file.write(line)
            export.account.written["lines"] += bool(line)


def canonical_line(facts: Facts) -> bytes:
    """The line of a source, an entity or a stake; nothing for an entity that is only named."""
    if isinstance(facts, SourceFacts):
        days = [day for _, day in facts.retrieved]
        told: dict[str, object] = {"source": _plain(facts.told.fact), "retrieved": days}
    elif isinstance(facts, StakeFacts):
        told = {"stake": _ordered(facts.claims, thing_of)}
    elif not facts.descriptions and not facts.claims:
        return b""
    else:
        told = {
            "entity": facts.entity,
            "descriptions": _ordered(facts.descriptions, lambda _: ""),
            "claims": _ordered(facts.claims, thing_of),
        }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def thing_of(claim: StakeClaim | EntityClaim) -> Hashable:
    """What a later claim must share with an earlier one to take its place."""
    return (topic(claim), claim.source, claim.valid_from)


def ranks(told: Iterable[Told[F]], thing: Callable[[F], Hashable]) -> dict[Hashable, dict[datetime, int]]:
    """For each thing, the instants at which its versions came and went, counted from 0."""
    instants: defaultdict[Hashable, set[datetime]] = defaultdict(set)
    for each in told:
        instants[thing(each.fact)].update(filter(None, (each.known_from, each.known_to)))
    return {key: {at: rank for rank, at in enumerate(sorted(found))} for key, found in instants.items()}


def _ordered(told: Sequence[Told[F]], thing: Callable[[F], Hashable]) -> list[dict[str, object]]:
    order = ranks(told, thing)
    rows = [
        {
            **_plain(each.fact),
            "from": order[thing(each.fact)][each.known_from],
            "to": order[thing(each.fact)][each.known_to] if each.known_to else None,
        }
        for each in told
    ]
    return sorted(rows, key=lambda row: orjson.dumps(row, option=orjson.OPT_SORT_KEYS))


def _plain(fact: Fact) -> dict[str, object]:
    told = {field.name: _text(getattr(fact, field.name)) for field in fields(fact)}
    return {"type": type(fact).__name__, **told} if isinstance(fact, Claim) else told


def _text(value: object) -> object:
    if isinstance(value, Interval):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value
