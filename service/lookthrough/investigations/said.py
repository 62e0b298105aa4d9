"""What each source says, fact by fact: where they differ, and what only one of them says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lookthrough.control.facts import Kind
from lookthrough.graph.snapshot import Surroundings

from .documents import WithNulls
from .telling import share_text

SaidKind = Literal["stake", "location", "kind", "dissolved", "list", "group", "same_as"]


class FactKey(WithNulls):
    """What a fact is about: a stake of `owner` in the entity, a place, a list, a group, another id of it."""

    kind: SaidKind
    entity: str
    owner: str | None = None
    lane: str | None = None
    holding: str | None = None
    attribute: str | None = None
    list: str | None = None
    group: str | None = None
    same_as: str | None = None


class SaidFact(FactKey):
    """`said`: a stake in percent, codes of places, a kind, a day; empty where the fact itself says it."""

    said: str


class OtherWord(WithNulls):
    source: str
    said: str


class DisputedFact(SaidFact):
    """`by`: everybody who says something else of it."""

    by: tuple[OtherWord, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the sources say of each fact, in text that is the same where they say the same."""

    facts: Mapping[FactKey, Mapping[str, str]]

    def disputed(self, source: str) -> Iterator[DisputedFact]:
        """Facts of which another source says something else than this one."""
        for key, told in self.facts.items():
            others = tuple(OtherWord(source=s, said=w) for s, w in told.items() if w != told.get(source))
            if source in told and others:
                yield DisputedFact(**key.model_dump(), said=told[source], by=others)

    def alone(self, source: str) -> Iterator[SaidFact]:
        """Facts of which no other source says anything."""
        for key, told in self.facts.items():
            if list(told) == [source]:
                yield SaidFact(**key.model_dump(), said=told[source])


_Word = tuple[FactKey, str, str]


def words(around: Surroundings) -> Words:
    """Of facts that were read with the claims behind them and heard from everybody alike."""
    found: defaultdict[FactKey, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for said in (_stakes(around), _described(around), _located(around), _memberships(around)):
        for key, source, word in said:
            found[key][source].add(word)
    # First what no comparison of stakes, places, lists, kinds and groups would show.
    ordered = sorted(found, key=lambda key: (key.kind not in ("dissolved", "same_as"), key.to_json()))
    return Words({key: {s: "; ".join(sorted(found[key][s])) for s in sorted(found[key])} for key in ordered})


def _stakes(around: Surroundings) -> Iterator[_Word]:
    for stake, claims in around.speaking.items():
        key = FactKey(
            kind="stake",
            entity=stake.owned,
            owner=stake.owner,
            lane=stake.lane,
            holding=stake.holding or None,
        )
        for known in claims:
            yield key, known.claim.source, share_text(known.claim.interval, "en")


def _described(around: Surroundings) -> Iterator[_Word]:
    told = around.evidence.told.values() if around.evidence else ()
    for each in told:
        for row in each.described:
            if row.kind is not Kind.UNKNOWN:
                yield FactKey(kind="kind", entity=each.id), row.source, row.kind
            if row.dissolved:
                yield FactKey(kind="dissolved", entity=each.id), row.source, row.dissolved.isoformat()
        for other in each.same_as:
            one, same = sorted((each.id, other.target))
            yield FactKey(kind="same_as", entity=one, same_as=same), other.source, ""


def _located(around: Surroundings) -> Iterator[_Word]:
    for entity, facts in around.entities.items():
        for known in facts.locations:
            claim = known.claim
            codes = sorted(claim.jurisdictions)
            # Several nationalities hold side by side: another one is another fact.
            for said in codes if claim.attribute.holds_several else ["|".join(codes)]:
                about = f"{claim.attribute}={said}" if claim.attribute.holds_several else claim.attribute
                yield FactKey(kind="location", entity=entity, attribute=about), claim.source, said


def _memberships(around: Surroundings) -> Iterable[_Word]:
    for entity, facts in around.entities.items():
        for known in facts.lists:
            yield FactKey(kind="list", entity=entity, list=known.claim.list_key), known.claim.source, ""
    for member in around.groups:
        claim = member.claim
        yield FactKey(kind="group", entity=claim.member, group=claim.group), claim.source, ""
