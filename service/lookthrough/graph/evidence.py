"""Claims as they were made, heard in one way or another: whose word counts, and which ids are one entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lookthrough.control.claims import Known, Voice, brought_together, voices
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import GroupClaim, Lane, StakeClaim
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.identity import canonical_ids
from lookthrough.control.stakes import OwnershipGraph, Stake

from .database import Transaction
from .parties import EntityFacts, Told, facts_of
from .versions import LANES, TYPES, ClaimColumns, StakeKey

StakeClaims = tuple[Known[StakeClaim], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was said about the entities above `subject`, known at one instant.

    `claims` are those about stakes in the entities whose holders were read.
    """

    subject: str
    as_of: date
    told: Mapping[str, Told]
    claims: StakeClaims
    groups: tuple[Known[GroupClaim], ...]
    unexplored: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heard:
    """The facts that follow from evidence; `speaking` are the claims behind each stake.

    `set_aside` are claims about a stake over which a trusted source is heard.
    """

    graph: OwnershipGraph
    entities: dict[str, EntityFacts]
    groups: tuple[Known[GroupClaim], ...]
    speaking: dict[Stake, StakeClaims]
    set_aside: dict[Stake, StakeClaims]


@dataclass(frozen=True, slots=True)
class _Row:
    owner: str
    owned: str
    type: str
    version: str
    stake: ClaimColumns


def read_claims(
    tx: Transaction, companies: Collection[str], lanes: Collection[Lane], clocks: Clocks, most: int
) -> StakeClaims | None:
    """Every claim about a stake in the companies that was known, once; None if there are more than `most`."""
    return _claims(_rows(tx, companies, lanes, clocks, most + 1), most)


def read_held_claims(
    tx: Transaction, owners: Collection[str], lanes: Collection[Lane], clocks: Clocks, most: int
) -> StakeClaims | None:
    """The same about stakes that the owners hold."""
    rows = tx.rows(
        _Row,
        "snapshot/holdings_claims",
        owners=sorted(owners),
        types=sorted(TYPES[lane] for lane in lanes),
        known_at=clocks.known_at,
        limit=most + 1,
    )
    return _claims(rows, most)


def _claims(rows: Sequence[_Row], most: int) -> StakeClaims | None:
    if len(rows) > most:
        return None
    claims = (known for row in rows for known in row.stake.claims(row.owner, row.owned, LANES[row.type]))
    return tuple(dict.fromkeys(claims))


def read_speaking(tx: Transaction, versions: Mapping[Stake, str], clocks: Clocks) -> dict[Stake, StakeClaims]:
    """The claims behind these versions of stakes, a handful."""
    stakes = {version: stake for stake, version in versions.items()}
    companies = sorted({stake.owned for stake in versions})
    found: dict[Stake, StakeClaims] = {}
    for row in _rows(tx, companies, set(Lane), clocks, 1_000_000):
        if row.version in stakes:
            told = row.stake.claims(row.owner, row.owned, LANES[row.type])
            found[stakes[row.version]] = tuple(told[: row.stake.claims_speaking])
    return found


def _rows(
    tx: Transaction, companies: Collection[str], lanes: Collection[Lane], clocks: Clocks, limit: int
) -> list[_Row]:
    types = sorted(TYPES[lane] for lane in lanes)
    return tx.rows(
        _Row,
        "snapshot/claims",
        companies=sorted(companies),
        types=types,
        known_at=clocks.known_at,
        limit=limit,
    )


def hear(evidence: Evidence, hearing: Hearing) -> Heard:
    """Let the sources speak, with ids that those who may speak take for one counted as one."""
    one = counted_as_one(evidence.told, evidence.subject, hearing)
    speaking, set_aside = _stakes(evidence, hearing, one)
    groups = _groups(evidence, hearing, one)
    unexplored = frozenset(one.get(entity, entity) for entity in evidence.unexplored)
    entities = as_held(_entities(evidence, hearing, one), speaking)
    graph = OwnershipGraph(
        {entity: facts.party for entity, facts in entities.items()},
        by_company(speaking),
        unexplored,
        members_of(groups),
    )
    return Heard(graph, entities, tuple(groups), speaking, set_aside)


def counted_as_one(told: Mapping[str, Told], subject: str, hearing: Hearing = EVERYBODY) -> dict[str, str]:
    """The id that stands for each of those that are taken for another one."""
    pairs = (
        (entity, row.target)
        for entity, each in told.items()
        for row in each.same_as
        if row.target in told and hearing.may_speak(row.source)
    )
    return canonical_ids(pairs, subject)


def _stakes(
    evidence: Evidence, hearing: Hearing, one: Mapping[str, str]
) -> tuple[dict[Stake, StakeClaims], dict[Stake, StakeClaims]]:
    by_key: defaultdict[StakeKey, list[Known[StakeClaim]]] = defaultdict(list)
    for known in evidence.claims:
        claim = known.claim
        owner, owned = one.get(claim.owner, claim.owner), one.get(claim.owned, claim.owned)
        by_key[StakeKey(owner, owned, claim.lane, claim.holding)].append(known)
    speaking: dict[Stake, StakeClaims] = {}
    set_aside: dict[Stake, StakeClaims] = {}
    for key, claims in by_key.items():
        voiced = voices((known for known in claims if hearing.may_speak(known.claim.source)), evidence.as_of)
        heard, aside = hearing.split(known for voice in voiced for known in voice.claims)
        if heard:
            stake = _stake(key, [voice for voice in voiced if voice.claims[0] in heard])
            speaking[stake] = tuple(heard)
            if aside:
                set_aside[stake] = tuple(aside)
    return speaking, set_aside


def _stake(key: StakeKey, heard: Sequence[Voice[StakeClaim]]) -> Stake:
    interval, conflict = brought_together(heard)
    sources = tuple(sorted({voice.claims[0].claim.source for voice in heard}))
    return Stake(key.owner, key.owned, key.lane, interval, key.holding, conflict, sources)


def as_held(entities: Mapping[str, EntityFacts], stakes: Iterable[Stake]) -> dict[str, EntityFacts]:
    """An end in which stakes are on record is no end: not every source is heard, or one was taken back."""
    found = dict(entities)
    for stake in stakes:
        facts = found.get(stake.owned)
        if facts and not facts.description.kind.can_be_held(stake.lane):
            found[stake.owned] = facts.of_unknown_kind()
    return found


def _entities(evidence: Evidence, hearing: Hearing, one: Mapping[str, str]) -> dict[str, EntityFacts]:
    members: defaultdict[str, list[Told]] = defaultdict(list)
    for member, each in sorted(evidence.told.items()):
        members[one.get(member, member)].append(each)
    return {entity: facts_of(entity, told, evidence.as_of, hearing) for entity, told in members.items()}


def _groups(evidence: Evidence, hearing: Hearing, one: Mapping[str, str]) -> list[Known[GroupClaim]]:
    heard = [known for known in evidence.groups if hearing.may_speak(known.claim.source)]
    return speaking_groups(
        [replace(k, claim=replace(k.claim, member=one.get(k.claim.member, k.claim.member))) for k in heard],
        evidence.as_of,
    )


def speaking_groups(claims: Iterable[Known[GroupClaim]], as_of: date) -> list[Known[GroupClaim]]:
    """The memberships that hold on the day."""
    told: defaultdict[tuple[str, str], list[Known[GroupClaim]]] = defaultdict(list)
    for known in claims:
        told[known.claim.group, known.claim.member].append(known)
    return [
        known for _, some in sorted(told.items()) for voice in voices(some, as_of) for known in voice.claims
    ]


def members_of(groups: Iterable[Known[GroupClaim]]) -> dict[str, frozenset[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for known in groups:
        members[known.claim.group].add(known.claim.member)
    return {group: frozenset(found) for group, found in members.items()}


def by_company(stakes: Iterable[Stake]) -> dict[tuple[str, Lane], tuple[Stake, ...]]:
    groups: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
    for stake in stakes:
        groups[stake.owned, stake.lane].append(stake)
    ordered = {key: sorted(group, key=lambda s: (s.owner, s.holding)) for key, group in groups.items()}
    return {key: tuple(group) for key, group in ordered.items()}
