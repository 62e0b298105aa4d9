"""Which single reduction of a stake ends a restriction by cascade, control, full links or parent.

A stake counts if the restriction ends without it. The figure it must fall to is one where a sum or a share
meets a line exactly: each such figure is tried, from the highest, by asking again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice

from .cascade import Cascade, CascadeRun, Join, Members
from .changes import LARGEST_LOOP, Reduction, with_stake
from .decision import Outcome
from .full_links import A_BIT, reached_by_a_seed, weight_at
from .interval import ZERO
from .multiplicative import components_above
from .policy import Line, Pooling
from .reach import Reach, trials
from .results import CascadeResult, FullLinksResult, ParentResult, examine_reach
from .stakes import Stake
from .weights import Link, Owners

JUST_BELOW = 1 - Fraction(1, 10**30)
"""A figure below the line, nearer to it than any that is filed."""

Flipped = CascadeResult | FullLinksResult | ParentResult
Sum = tuple[Fraction, Line]
"""What a stake is part of in its company, as recorded, and the line that the sum meets.

Where a company's stakes exceed 100%, nothing falls before the excess is gone: then the figures count as they
are on record.
"""


def flips(result: Flipped) -> tuple[list[Reduction], bool]:
    """Single stakes whose reduction alone ends the restriction, smallest reduction first.

    The second value says whether every stake was tried: no more than `trials` are, and with full links none
    where a large loop would have to be solved exactly each time.
    """
    if isinstance(result, FullLinksResult) and _has_large_loop(result.reach):
        return [], False
    most = trials(result.reach)
    candidates = list(islice(_candidates(result), most + 1))
    tried = [_smallest(result, stake, sums) for stake, sums in candidates[:most]]
    found = [reduction for reduction in tried if reduction is not None]
    found.sort(key=lambda r: (r.start - r.to, r.stake.owner, r.stake.owned, r.stake.holding))
    return found, len(candidates) <= most


def _has_large_loop(reach: Reach) -> bool:
    components = components_above(reach, lambda link: link.weight > ZERO)
    return any(len(component) > LARGEST_LOOP for component in components)


def _smallest(result: Flipped, stake: Stake, sums: Iterable[Sum]) -> Reduction | None:
    def is_restricted_at(figure: Fraction) -> bool:
        return _is_restricted(result, with_stake(result.reach, stake, figure))

    if is_restricted_at(ZERO):
        return None
    low = stake.interval.low if stake.interval is not None else ZERO
    figures = {low - (total - line.threshold) for total, line in sums} | set(_by_share(result, stake))
    for to in sorted((figure for figure in figures if ZERO < figure <= low), reverse=True):
        if not is_restricted_at(to):
            return Reduction(stake, low, to, to_open=False)
        if not is_restricted_at(to * JUST_BELOW):
            return Reduction(stake, low, to, to_open=True)
    return Reduction(stake, low, ZERO, to_open=False)


def _is_restricted(result: Flipped, reach: Reach) -> bool:
    if isinstance(result, CascadeResult):
        cascade = Cascade(reach)
        return any(cascade.catches(start) for start in cascade.starts())
    return examine_reach(reach).outcome is Outcome.RESTRICTED


def _by_share(result: Flipped, stake: Stake) -> Iterator[Fraction]:
    """The figure at which the subject's share is at the line, every link at what it counts."""
    full = result.test.full_links
    if isinstance(result, FullLinksResult) and full is not None:
        reach = with_stake(result.reach, stake, A_BIT)  # not 0: what is above must stay in reach
        (link,) = (link for link in reach.owners[stake.owned].links if link.owner == stake.owner)
        weight = weight_at(reach, full, link, result.test.line.threshold)
        if weight is not None:
            yield weight - (link.weight - A_BIT)


def _candidates(result: Flipped) -> Iterator[tuple[Stake, list[Sum]]]:
    """Stakes that the restriction can rest on."""
    if isinstance(result, CascadeResult):
        links = _in_cascade(result)
    elif isinstance(result, FullLinksResult):
        links = _in_full_links(result)
    else:
        links = ((link, [(link.low, result.test.line)]) for link in result.climb.path)
    return ((stake, sums) for link, sums in links for stake in link.stakes)


def _in_cascade(result: CascadeResult) -> Iterator[tuple[Link, list[Sum]]]:
    cascade, subject = result.cascade, result.reach.subject
    caught = [run.lower for run in result.runs if run.caught]
    for company in _sufficient(cascade, result.shown):
        own = result.reach.owners[company]
        deciding = _deciding(cascade, caught, company)
        totals = [
            (members, (sum((link.low for link in own.links if link.owner in members), ZERO), line))
            for members, line in deciding
        ]
        for link in own.links:
            sums = [total for members, total in totals if link.owner in members]
            if company != subject and (len(sums) < len(totals) or _carried_without(link, own, sums)):
                continue  # somebody's sum in the company meets the line without the link
            if sums:
                yield link, sums


def _carried_without(link: Link, own: Owners, sums: Iterable[Sum]) -> bool:
    """Whether a sum meets the line without the link; beyond 100% the weights are not sums of these."""
    return not own.contradictory and any(total - line.threshold > link.low for total, line in sums)


def _deciding(cascade: Cascade, caught: Iterable[Members], company: str) -> list[tuple[Members, Line]]:
    """Sets whose sum in the company decides whether it passes on what it holds, or is caught.

    None if what the company passes on is not needed by one of those that are caught.
    """
    found: list[tuple[Members, Line]] = []
    for grown in caught:
        without = _without(cascade, grown, company)
        if company != cascade.reach.subject:
            if cascade.is_caught(without):
                return []
            found.append((without, cascade.carrier))
        else:
            found.append((without, cascade.line))
            if company in grown:
                found += [(without, cascade.carrier), (grown, cascade.line)]
    return found


def _without(cascade: Cascade, grown: Members, company: str) -> Members:
    """The set without what the company passes on."""
    if company not in grown:
        return grown
    each = cascade.reach.test.pooling is Pooling.EACH
    return (cascade.grow_alone if each else cascade.grow)(grown.start, without=company)


def _sufficient(cascade: Cascade, run: CascadeRun) -> list[str]:
    """The subject and companies whose joining suffices: any that all depends on is among them."""
    subject = cascade.reach.subject
    joined = {join.entity: join for join in run.lower.joins}
    found = {subject: None}
    ahead = deque(_enough(cascade.why(subject, run.lower), cascade.line))
    while ahead:
        join = joined.pop(ahead.popleft(), None)
        if join is not None:
            found[join.entity] = None
            ahead.extend(_enough(join, cascade.carrier))
    return list(found)


def _enough(join: Join, line: Line) -> Iterator[str]:
    """Members whose links suffice, the largest first; or one with a control stake."""
    if join.control:
        yield join.control[0].owner
        return
    total = ZERO
    for link in sorted(join.links, key=lambda link: -link.weight):
        if line.met_by(total):
            return
        yield link.owner
        total += link.weight


def _in_full_links(result: FullLinksResult) -> Iterator[tuple[Link, list[Sum]]]:
    reach, full = result.reach, result.test.full_links
    if full is None:
        return
    reached = reached_by_a_seed(reach, full)
    ahead = deque([reach.subject])
    seen = {reach.subject}
    while ahead:
        for link in reach.owners[ahead.popleft()].links:
            if link.owner in reached and (link.weight > ZERO or link.strict):
                yield link, [(link.low, full.line)]
                if link.owner not in seen:
                    seen.add(link.owner)
                    ahead.append(link.owner)
