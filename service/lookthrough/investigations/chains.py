"""The chains behind a multiplicative test: found by path queries, added up and checked exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.full_links import counted_lower
from lookthrough.control.interval import ONE, ZERO
from lookthrough.control.linear import could_be_small
from lookthrough.control.multiplicative import Shares, look_through_exactly
from lookthrough.control.paths import ChainFinder, seeds_of
from lookthrough.control.reach import Reach, Role
from lookthrough.control.results import FullLinksResult, OwnershipResult
from lookthrough.control.stakes import Stake
from lookthrough.control.weights import Link
from lookthrough.graph.chains import LONGEST, ChainSearch, Path, find_chains
from lookthrough.graph.database import Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.policies.library import Library
from lookthrough.policies.parties import policy_about
from lookthrough.policies.policy import PolicyDocument

from .cursors import check_limit
from .errors import BadQuestion, EngineDisagreement

DEFAULT_LIMIT = 10
DEFAULT_FLOOR = Fraction(1, 10_000)
FEW = 500
"""So many chains are fetched all, so that their sum can be checked to be the exact total."""
SPARE = 50
"""Fetched beyond the limit: products are floats in the query, and near ties are put in order exactly here."""
SECONDS = 5.0
COARSE_FLOOR = 0.01


@dataclass(frozen=True, slots=True)
class Asked:
    """At most `limit` chains with a product of at least `floor` (a fraction)."""

    limit: int = DEFAULT_LIMIT
    floor: Fraction = DEFAULT_FLOOR


@dataclass(frozen=True, slots=True)
class FoundChain:
    """Links from the seed down to the entity; products are exact fractions."""

    links: tuple[Link, ...]
    product: Fraction
    product_max: Fraction


@dataclass(frozen=True, slots=True)
class FoundChains:
    chains: tuple[FoundChain, ...]
    total: Fraction
    rest: Fraction
    cut_off: bool = False


def explain(
    database: Database,
    result: OwnershipResult | FullLinksResult,
    versions: dict[Stake, str],
    clocks: Clocks,
    asked: Asked,
) -> FoundChains:
    """The largest chains into the subject, and what is left of R without them.

    Where links count in full, totals are capped and the rest can be below 0.
    Raises EngineDisagreement where chains and R contradict each other.
    """
    reach = _counted(result)
    if not _has_seed(reach):
        return FoundChains((), ZERO, result.restricted)
    whole = _count_if_few(result.shares) if isinstance(result, OwnershipResult) else None
    floor = 0.0 if whole is not None and asked.floor > ZERO else _below(asked.floor)
    limit = max(asked.limit + SPARE, FEW + 1)
    search = _search(reach, versions, clocks, floor, limit)
    paths, cut_off = _found(database, search)
    chains = _exact_chains(reach, paths)
    if isinstance(result, OwnershipResult):
        _check(result, chains, None if cut_off else whole)
    return _shown(result, chains, asked, cut_off=cut_off)


def explain_few(result: OwnershipResult | FullLinksResult, asked: Asked) -> FoundChains | None:
    """What `explain` gives, without Neo4j, where all chains are found and add up to R; None elsewhere.

    Raises EngineDisagreement.
    """
    reach = _counted(result)
    if not _has_seed(reach):
        return FoundChains((), ZERO, result.restricted)
    whole = _count_if_few(result.shares) if isinstance(result, OwnershipResult) else None
    if whole is None or not isinstance(result, OwnershipResult):
        return None
    found = ChainFinder(reach, longest=LONGEST).best(seeds_of(reach), FEW + 1, ZERO)
    if found.cut_off:
        return None
    chains = [_chain(chain.links) for chain in found.chains]
    _check(result, chains, whole)
    return _shown(result, chains, asked)


def explain_in_memory(result: OwnershipResult | FullLinksResult, asked: Asked) -> FoundChains:
    """The same, of facts that no database has."""
    reach = _counted(result)
    best = ChainFinder(reach, longest=LONGEST).best(seeds_of(reach), asked.limit, asked.floor)
    chains = [_chain(chain.links) for chain in best.chains]
    if isinstance(result, OwnershipResult):
        _check(result, chains, None)
    return _shown(result, chains, asked, cut_off=best.cut_off)


def _shown(
    result: OwnershipResult | FullLinksResult,
    chains: Sequence[FoundChain],
    asked: Asked,
    *,
    cut_off: bool = False,
) -> FoundChains:
    shown = tuple([chain for chain in chains if chain.product >= asked.floor][: asked.limit])
    total = sum((chain.product for chain in shown), ZERO)
    return FoundChains(shown, total, _rest(result, total), cut_off)


def _rest(result: OwnershipResult | FullLinksResult, total: Fraction) -> Fraction:
    """R less the chains, exactly where the bound on R leaves room for a short fraction."""
    rest = result.restricted - total
    if isinstance(result, OwnershipResult) and could_be_small(rest, result.shares.restricted_error):
        return look_through_exactly(result.reach).restricted_of(result.reach.subject) - total
    return rest


def _counted(result: OwnershipResult | FullLinksResult) -> Reach:
    """The reach with every link weighing what it counts."""
    links = result.test.full_links
    return counted_lower(result.reach, links) if links else result.reach


def _has_seed(reach: Reach) -> bool:
    return Role.SEED in reach.roles.values()


def _below(floor: Fraction) -> float:
    """A little below the floor: no chain at the floor is lost to the rounding of floats."""
    return float(floor) * (1 - 1e-9) if floor > ZERO else -1.0


def _search(
    reach: Reach, versions: dict[Stake, str], clocks: Clocks, floor: float, limit: int
) -> ChainSearch:
    return ChainSearch(
        entity=reach.subject,
        lane=reach.test.lane,
        seeds=reach.with_role(Role.SEED),
        assumed=[c for c in reach.owners if reach.graph.votes_assumed(c, reach.test.lane)],
        weights=_differing_weights(reach, versions),
        clocks=clocks,
        floor=floor,
        limit=limit,
    )


def _differing_weights(reach: Reach, versions: dict[Stake, str]) -> dict[str, float]:
    """Weights of links that are not just the min of one stake: the first stake stands for all holdings.

    Stakes that ended with one of their parties are no links.
    """
    gone = (stake for company in reach.owners for stake in reach.graph.ended(company))
    weights = {versions[stake]: -1.0 for stake in gone if stake in versions}
    for owners in reach.owners.values():
        for link in owners.links:
            if len(link.stakes) > 1 or link.weight != link.low:
                first, *others = (versions[stake] for stake in link.stakes)
                weights[first] = float(link.weight)
                weights.update((other, -1.0) for other in others)
    return weights


def _found(database: Database, search: ChainSearch) -> tuple[list[Path], bool]:
    """The paths, and whether a time limit stopped the search; it is tried again for large chains only."""
    try:
        return find_chains(database, search, SECONDS), False
    except QueryCutOff:
        coarse = replace(search, floor=max(search.floor, COARSE_FLOOR))
        try:
            return find_chains(database, coarse, SECONDS), True
        except QueryCutOff:
            return [], True


def _exact_chains(reach: Reach, paths: Sequence[Path]) -> list[FoundChain]:
    """Without paths over what is no link in the reach: a stake of exactly 0, a company left unexplored."""
    found = (link for own in reach.owners.values() for link in own.links if link.high > ZERO)
    links = {(link.owner, link.owned): link for link in found}
    walks = sorted({tuple(path.entities) for path in paths})
    pairs = [list(pairwise(walk)) for walk in walks]
    chains = [_chain([links[pair] for pair in walk]) for walk in pairs if links.keys() >= set(walk)]
    return sorted(chains, key=lambda chain: (-chain.product, [link.owner for link in chain.links]))


def _chain(links: Sequence[Link]) -> FoundChain:
    return FoundChain(
        tuple(links),
        _product(links, lambda link: link.weight),
        _product(links, lambda link: link.high),
    )


def _product(links: Sequence[Link], figure: Callable[[Link], Fraction]) -> Fraction:
    return reduce(lambda product, link: product * figure(link), links, ONE)


def _check(result: OwnershipResult, chains: Sequence[FoundChain], whole: int | None) -> None:
    """Chains never exceed R; where all of them were fetched and there is no loop they are R."""
    total = sum((chain.product for chain in chains), ZERO)
    if total > result.restricted + result.shares.restricted_error:
        raise EngineDisagreement(f"chains add up to {total}, more than the exact share {result.restricted}")
    if whole is not None and total != result.restricted:
        raise EngineDisagreement(
            f"all {whole} chains add up to {total}, the exact share is {result.restricted}"
        )


def _count_if_few(shares: Shares) -> int | None:
    """How many chains of positive product there are, if all can be fetched: no loop, few, not too long,
    and no company unexplored, where Neo4j knows more chains than the reach.
    """
    reach = shares.reach
    if shares.has_loop() or reach.graph.unexplored:
        return None
    count: dict[str, int] = {}
    length: dict[str, int] = {}
    for (company,) in shares.order:
        count[company], length[company] = 0, 0
        for link in reach.weighty(company):
            if reach.roles[link.owner] is Role.SEED or count.get(link.owner):
                count[company] += count.get(link.owner, 1)
                length[company] = max(length[company], 1 + length.get(link.owner, 0))
    total = count.get(reach.subject, 0)
    return total if total <= FEW and length.get(reach.subject, 0) <= LONGEST else None


def asked(limit: int, min_product: str) -> Asked:
    """From text: `limit` 1 to 500, `min_product` a decimal from 0 to 1. Raises BadQuestion."""
    check_limit(limit)
    if not re.fullmatch(r"[0-9](\.[0-9]{1,30})?", min_product) or Fraction(min_product) > ONE:
        raise BadQuestion(f"min_product: {min_product[:80]!r} is not a decimal fraction from 0 to 1")
    return Asked(limit, Fraction(min_product))


def sought(
    library: Library,
    find: Callable[[str], PolicyDocument],
    policy: str | None,
    owners: Sequence[str],
    lane: Lane,
) -> PolicyDocument:
    """Whose chains are asked for: those of the policy (`find` finds it), or of a class of owners.

    Raises BadQuestion unless exactly one of the two is given, and for a lane without figures.
    """
    if (policy is None) is not bool(owners):
        raise BadQuestion(
            "policy: either a policy or a class of owners (owners) says whose chains are asked for"
        )
    if not lane.has_figure:
        raise BadQuestion(f"lane: {lane.value!r} has no figures to multiply; ask for shares or votes")
    return find(policy) if policy is not None else policy_about(owners, lane, library)
