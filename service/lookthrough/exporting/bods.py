"""The Beneficial Ownership Data Standard, version 0.4: an array of statements, one a line."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from math import ceil, floor
from typing import BinaryIO

from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, StakeFacts, Told
from lookthrough.control.facts import (
    Attribute,
    Claim,
    Description,
    EntityClaim,
    Fact,
    Lane,
    LocationClaim,
    StakeClaim,
)
from lookthrough.importing.bods import BodsFormat as Reader
from lookthrough.importing.formats import Place
from lookthrough.importing.json_values import JsonObject
from lookthrough.importing.rows import Row

from .bods_interests import apart, interest
from .bods_parties import party
from .csv_tables import parted
from .formats import Export
from .rows import NAMES

_NUMBER = re.compile(r'"\\u0000([0-9.]+)\\u0000"')
_SAYABLE = {
    True: (Attribute.NATIONALITY, Attribute.RESIDENCE),
    False: (Attribute.INCORPORATION, Attribute.PRINCIPAL_PLACE, Attribute.LISTING),
}
_SHORTEST_ID, _LONGEST_ID = 32, 64
ROUND = 10**6


class BodsFormat:
    """One file, and one more for each further load."""

    name = "bods"
    is_folder = False

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        writer = _Writer(export)
        for key, group in groupby(facts, _pair):
            if key:
                writer.pair([each for each in group if isinstance(each, StakeFacts)])
            else:
                for each in group:
                    writer.single(each)
        writer.end()


def _pair(facts: Facts) -> tuple[str, str] | None:
    return (facts.owned, facts.owner) if isinstance(facts, StakeFacts) else None


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement and the facts that it is to state."""

    type: str
    record: str
    subject: str
    claim: Description | Claim
    ref: str
    details: JsonObject
    facts: tuple[Fact, ...]
    known_from: datetime

    def statement(self) -> JsonObject:
        day, whole = self.known_from.date().isoformat(), self.ref
        fits = _SHORTEST_ID <= len(whole) <= _LONGEST_ID
        source: JsonObject = (
            {"url": self.claim.url} if "://" in self.claim.url and " " not in self.claim.url else {}
        )
        publisher: JsonObject = {"name": self.claim.source}
        told: JsonObject = {
            "statementId": whole if fits else _digest(self.type, self.record, self.claim.source, self.ref),
            "statementDate": day,
            "declarationSubject": self.subject,
            "publicationDetails": {"publicationDate": day, "bodsVersion": "0.4", "publisher": publisher},
            "recordId": self.record,
            "recordType": self.type,
            "recordStatus": "new",
            "recordDetails": self.details,
        }
        return {**told, "source": source} if source and self.type == "relationship" else told


class _Writer:
    """Statements to the files of their parts; each is read again before it is written."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._files: dict[int, BinaryIO] = {}
        self._described = 1
        self._file(1)

    @property
    def _left_out(self) -> Counter[str]:
        return self._export.account.left_out

    def single(self, facts: Facts) -> None:
        if isinstance(facts, SourceFacts):
            self._left_out["sources"] += 1
        elif isinstance(facts, EntityFacts):
            self._entity(facts)

    def _entity(self, facts: EntityFacts) -> None:
        told = parted(facts.descriptions)
        self._described = max((part for part, _ in told), default=1)
        claims: defaultdict[str, list[Told[EntityClaim]]] = defaultdict(list)
        for claim in facts.claims:
            claims[claim.fact.source].append(claim)
        for part, each in told:
            self._party(part, each, claims.pop(each.fact.source, []))
        for rest in claims.values():
            self._lost(claim.fact for claim in rest)

    def _party(self, part: int, told: Told[Description], claims: Sequence[Told[EntityClaim]]) -> None:
        described = told.fact
        is_person = described.kind.value == "person"
        located = _located(claims, _SAYABLE[is_person])
        places = {claim.attribute: claim.jurisdictions for claim in located.values()}
        self._lost(each.fact for each in claims if each.fact not in located.values())
        refs = {claim.ref for claim in located.values()}
        said = _Said(
            "person" if is_person else "entity",
            described.entity,
            described.entity,
            described,
            refs.pop() if len(refs) == 1 else "",
            party(described, places),
            (described, *located.values()),
            told.known_from,
        )
        self._write(part, said)

    def pair(self, stakes: Sequence[StakeFacts]) -> None:
        groups: defaultdict[tuple[int, str], list[Told[StakeClaim]]] = defaultdict(list)
        for stake in stakes:
            for part, told in parted(stake.claims):
                groups[self._described - 1 + part, told.fact.source].append(told)
        for (part, _), together in groups.items():
            self._of_source(part, together)

    def _of_source(self, part: int, told: Sequence[Told[StakeClaim]]) -> None:
        said = [self._relationship(number, group) for number, group in enumerate(_statements(told))]
        back = [fact for each in said for fact in _read(each) or () if isinstance(fact, StakeClaim)]
        if _holdings(back) != _holdings([each.fact for each in told]):
            self._left_out["stakes: of holdings that cannot be told apart"] += len(told)
            return
        for each in said:
            self._write(part, each)

    def _relationship(self, number: int, told: Sequence[Told[StakeClaim]]) -> _Said:
        first = told[0].fact
        details: JsonObject = {
            "isComponent": False,
            "subject": first.owned,
            "interestedParty": first.owner,
            "interests": [interest(each.fact) for each in told],
        }
        record = _digest("relationship", first.owned, first.owner, first.source, first.ref, str(number))
        facts = tuple(each.fact for each in told)
        known_from = min(each.known_from for each in told)
        return _Said("relationship", record, first.owned, first, first.ref, details, facts, known_from)

    def _write(self, part: int, said: _Said) -> None:
        back = _read(said)
        if back is None:
            self._lost(said.facts)
            return
        for fact, again in _paired(said.facts, back):
            self._export.account.written[NAMES[type(fact)]] += 1
            self._left_out.update(_differing(fact, again))
        file = self._file(part)
        file.write((b",\n" if file.tell() > 1 else b"\n") + _json(said.statement()))

    def _lost(self, facts: Iterable[Fact]) -> None:
        self._left_out.update(_name(fact) for fact in facts)

    def _file(self, part: int) -> BinaryIO:
        for missing in range(len(self._files) + 1, part + 1):
            self._files[missing] = self._export.files.open(part=missing)
            self._files[missing].write(b"[")
            self._export.account.parts = missing
        return self._files[part]

    def end(self) -> None:
        for file in self._files.values():
            file.write(b"\n]\n")


def _name(fact: Fact) -> str:
    return f"locations: {fact.attribute}" if isinstance(fact, LocationClaim) else NAMES[type(fact)]


def _located(
    claims: Iterable[Told[EntityClaim]], sayable: Sequence[Attribute]
) -> dict[Attribute, LocationClaim]:
    """The places that a statement can give: without days, one claim on each, one country of incorporation."""
    found: defaultdict[Attribute, list[LocationClaim]] = defaultdict(list)
    for told in claims:
        if isinstance(told.fact, LocationClaim):
            found[told.fact.attribute].append(told.fact)
    return {
        attribute: claim
        for attribute, (claim, *others) in found.items()
        if not others
        and attribute in sayable
        and not (claim.valid_from or claim.valid_to)
        and (attribute is not Attribute.INCORPORATION or len(claim.jurisdictions) == 1)
    }


def _statements(told: Sequence[Told[StakeClaim]]) -> Iterator[list[Told[StakeClaim]]]:
    """Claims of one source on one pair, as the source cites them; holdings by name have to stand together."""
    by_claim = {id(each.fact): each for each in told}
    named = any(each.fact.holding and not each.fact.holding.isdigit() for each in told)
    groups: defaultdict[Hashable, list[StakeClaim]] = defaultdict(list)
    for each in told:
        groups["" if named else (each.fact.ref, each.fact.url)].append(each.fact)
    for group in groups.values():
        for together in apart(group):
            yield [by_claim[id(claim)] for claim in together]


def _holdings(claims: Iterable[StakeClaim]) -> Counter[Hashable]:
    """What is held, whatever the holdings are called."""
    found: defaultdict[tuple[Lane, str], Counter[Hashable]] = defaultdict(Counter)
    for claim in claims:
        found[claim.lane, claim.holding][_rounded(claim), claim.valid_from, claim.valid_to] += 1
    return Counter((lane, frozenset(held.items())) for (lane, _), held in found.items())


def _rounded(claim: StakeClaim) -> Hashable:
    """The figures, but for what writing a fraction as a decimal number adds to them."""
    if claim.interval is None:
        return None
    low, high = floor(claim.interval.low * ROUND), ceil(claim.interval.high * ROUND)
    return (low, high, claim.interval.low_open, claim.interval.high_open)


def _read(said: _Said) -> tuple[Fact, ...] | None:
    """What a load takes the statement for; None where it rejects it."""
    row = Reader().statement(said.statement(), Place("", 0), said.claim.source)
    return row.facts if isinstance(row, Row) else None


def _paired(facts: Iterable[Fact], back: Iterable[Fact]) -> Iterator[tuple[Fact, Fact | None]]:
    """Each fact with what came back of it."""
    found: defaultdict[Hashable, list[Fact]] = defaultdict(list)
    for fact in back:
        found[_same(fact)].append(fact)
    for fact in facts:
        again = found[_same(fact)]
        yield fact, again.pop(0) if again else None


def _same(fact: Fact) -> Hashable:
    if isinstance(fact, StakeClaim):
        return (fact.lane, _rounded(fact), fact.valid_from, fact.valid_to)
    return fact.attribute if isinstance(fact, LocationClaim) else type(fact).__name__


def _differing(fact: Fact, back: Fact | None) -> Iterator[str]:
    """What was said and did not come back, by table and field."""
    if back is None:
        yield NAMES[type(fact)]
        return
    for name in (field.name for field in fields(fact)):
        said, again = getattr(fact, name), getattr(back, name)
        if said != again and said not in ("", (), None):
            yield f"{NAMES[type(fact)]}: {name}"


def _digest(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:_SHORTEST_ID]


def _json(value: JsonObject) -> bytes:
    """Numbers exactly as they were filed, which the encoder cannot write: they pass it as marked texts."""
    text = json.dumps(value, ensure_ascii=False, default=lambda number: f"\0{number:f}\0")
    return _NUMBER.sub(r"\1", text).encode()
