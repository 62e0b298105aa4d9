"""What makes two readings of a policy differ about one entity: a party, a stake, parties that are pooled.

Of the ways in which the deciding test differs, the first counts that alone makes the readings agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from .decision import Outcome
from .full_links import shares_of_owners
from .interval import ONE, ZERO
from .memo import Memo
from .policy import Join, OwnershipTest, Pooling
from .predicate import AllOf, AnyOf, NoneOf, Predicate, Truth, WithId
from .results import (
    CascadeResult,
    FullLinksResult,
    HoldingResult,
    LocationResult,
    OwnershipResult,
    ParentResult,
    Result,
    examine,
)
from .verdict import Verdict
from .weights import Link

MOST_PARTIES = 20
"""Parties tried one by one, each at the cost of a computation; fewer where there is much to go over."""
MOST_LINKS = 20_000


@dataclass(frozen=True, slots=True)
class PartyCounts:
    """A party that one reading names and the other does not, or perhaps."""

    entity: str
    here: Truth
    there: Truth


@dataclass(frozen=True, slots=True)
class StakeCounts:
    """A direct stake in the subject of which another part counts (fractions of the subject).

    `upper`: at most, in the upper bound; else in the lower one, as proven.
    """

    link: Link
    here: Fraction
    there: Fraction
    upper: bool = False


@dataclass(frozen=True, slots=True)
class OnlyTogether:
    """Parties that reach the line in a company together, `sum` being what they hold, and none by itself."""

    company: str
    parties: tuple[str, ...]
    sum: Fraction


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """The line, the lane or the test is another; a result is None where a reading has no such test."""

    test: str
    here: Result | None
    there: Result | None


@dataclass(frozen=True, slots=True)
class JoinCounts:
    """Every test gives the same; one reading joins them otherwise than the other."""

    here: Join
    there: Join


Difference = PartyCounts | StakeCounts | OnlyTogether | RuleCounts | JoinCounts


def difference(here: Verdict, there: Verdict, memo: Memo) -> Difference | None:
    """Why `there`, another reading, has another outcome than `here`; None where it has the same."""
    if here.outcome is there.outcome:
        return None
    deciding = _deciding(here, there)
    if deciding is None:
        return JoinCounts(here.policy.join, there.policy.join)
    test, ours, theirs = deciding
    if isinstance(ours, LocationResult) and isinstance(theirs, LocationResult):
        truths = (result.test.subject.judge(result.party) for result in (ours, theirs))
        return PartyCounts(memo.subject, *truths)
    if isinstance(ours, HoldingResult) and isinstance(theirs, HoldingResult):
        return _between(ours, theirs, memo) or RuleCounts(test, ours, theirs)
    return RuleCounts(test, ours, theirs)


def _deciding(here: Verdict, there: Verdict) -> tuple[str, Result | None, Result | None] | None:
    """The first test that makes one of the outcomes and has another one in the other reading, if any has."""
    pairs = _pairs(here, there)
    differing = [pair for pair in pairs if _outcome(pair[1]) is not _outcome(pair[2])]
    telling = (p for p in differing if _outcome(p[1]) is here.outcome or _outcome(p[2]) is there.outcome)
    return next(telling, differing[0] if differing else None)


def _pairs(here: Verdict, there: Verdict) -> list[tuple[str, Result | None, Result | None]]:
    """Tests by id; of what is left, as in policies that name their tests otherwise, by kind."""
    ours = {result.test.id: result for result in here.results}
    theirs = {result.test.id: result for result in there.results}
    alone = [result for test, result in ours.items() if test not in theirs]
    pairs: list[tuple[str, Result | None, Result | None]] = []
    for test, result in theirs.items():
        like = next((other for other in alone if test not in ours and _kind(other) == _kind(result)), None)
        alone = [other for other in alone if other is not like]
        pairs.append((test, ours.get(test, like), result))
    return [*pairs, *((result.test.id, result, None) for result in alone)]


def _kind(result: Result) -> str:
    return "location" if isinstance(result, LocationResult) else result.test.kind.value


def _outcome(result: Result | None) -> Outcome | None:
    return result.outcome if result else None


def _between(ours: HoldingResult, theirs: HoldingResult, memo: Memo) -> Difference | None:
    found: list[Difference] = []
    for like, explain in _WAYS:
        turned = like(theirs.test, ours.test)
        told = explain(ours, theirs, memo) if turned != theirs.test else None
        if told is not None:
            if examine(turned, memo.graph, memo.subject, memo).outcome is ours.outcome:
                return told
            found.append(told)
    return found[0] if found else None


def _like_seeds(test: OwnershipTest, other: OwnershipTest) -> OwnershipTest:
    return replace(test, seeds=other.seeds)


def _like_pooling(test: OwnershipTest, other: OwnershipTest) -> OwnershipTest:
    return replace(test, pooling=other.pooling)


def _like_arithmetic(test: OwnershipTest, other: OwnershipTest) -> OwnershipTest:
    return replace(
        test, arithmetic=other.arithmetic, carrier=other.carrier, full_links=other.full_links, kind=other.kind
    )


def _by_party(ours: HoldingResult, theirs: HoldingResult, memo: Memo) -> PartyCounts | None:
    """The party whose being named turns the outcome, else the first on the way up that only one names."""
    parties = list(_named_by_one(ours, theirs))
    links = sum(len(own.links) for own in theirs.reach.owners.values())
    most = max(1, min(MOST_PARTIES, MOST_LINKS // max(1, links)))
    for party in islice(parties, most):
        seeds = _as_judged(party.entity, ours.test.seeds, theirs.test.seeds)
        tried = examine(replace(theirs.test, seeds=seeds), memo.graph, memo.subject, memo)
        if tried.outcome is ours.outcome:
            return party
    return parties[0] if parties else None


def _named_by_one(ours: HoldingResult, theirs: HoldingResult) -> Iterator[PartyCounts]:
    for entity in {**theirs.reach.roles, **ours.reach.roles}:
        if entity != theirs.reach.subject:
            party = theirs.reach.graph.party(entity)
            here, there = (result.test.seeds.judge(party) for result in (ours, theirs))
            if here is not there:
                yield PartyCounts(entity, here, there)


def _as_judged(entity: str, one: Predicate, others: Predicate) -> Predicate:
    """The predicate `others`, but `one` for that entity."""
    it = WithId(frozenset({entity}))
    return AnyOf((AllOf((it, one)), AllOf((NoneOf((it,)), others))))


def _by_stake(ours: HoldingResult, theirs: HoldingResult, _: Memo) -> StakeCounts | None:
    """The direct stake of which most counts otherwise, in the bound on which the outcomes hang."""
    if isinstance(ours, ParentResult) or isinstance(theirs, ParentResult):
        return None
    upper = Outcome.RESTRICTED not in (ours.outcome, theirs.outcome)
    here, there = _counted(ours, upper=upper), _counted(theirs, upper=upper)
    links = theirs.reach.owners[theirs.reach.subject].links
    stakes = [StakeCounts(link, here.get(link.owner, ZERO), there[link.owner], upper) for link in links]
    differing = [stake for stake in stakes if stake.here != stake.there]
    return max(differing, key=lambda stake: abs(stake.there - stake.here), default=None)


def _counted(
    result: OwnershipResult | FullLinksResult | CascadeResult, *, upper: bool
) -> dict[str, Fraction]:
    """What the links into the subject add to its lower or upper bound, by owner."""
    links = result.reach.owners[result.reach.subject].links
    if isinstance(result, FullLinksResult):
        return shares_of_owners(result.reach, upper=upper)
    if isinstance(result, OwnershipResult):
        return {link.owner: link.weight * _share(result, link.owner, upper=upper) for link in links}
    run = max(result.runs, key=lambda run: run.bounds.upper) if upper else result.shown
    inside = run.upper if upper else run.lower
    return {link.owner: link.weight if link.owner in inside else ZERO for link in links}


def _share(result: OwnershipResult, owner: str, *, upper: bool) -> Fraction:
    return ONE - result.shares.clean_of(owner) if upper else result.shares.restricted_of(owner)


def _by_pooling(ours: HoldingResult, theirs: HoldingResult, memo: Memo) -> OnlyTogether | None:
    """The first company in joining order that parties carry together and none carries by itself."""
    single = next((result for result in (ours, theirs) if result.test.pooling is Pooling.EACH), None)
    if not isinstance(single, CascadeResult):
        return None
    pooled = examine(replace(single.test, pooling=Pooling.ALL), memo.graph, memo.subject, memo)
    if not isinstance(pooled, CascadeResult) or pooled.outcome is not Outcome.RESTRICTED:
        return None
    for join in pooled.joins():
        alone = any(join.entity in run.lower for run in single.runs)
        if not alone and len(join.links) > 1:
            return OnlyTogether(join.entity, tuple(link.owner for link in join.links), join.sum)
    return None


_Like = Callable[[OwnershipTest, OwnershipTest], OwnershipTest]
_Explain = Callable[[HoldingResult, HoldingResult, Memo], Difference | None]
_WAYS: tuple[tuple[_Like, _Explain], ...] = (
    (_like_seeds, _by_party),
    (_like_pooling, _by_pooling),
    (_like_arithmetic, _by_stake),
)
