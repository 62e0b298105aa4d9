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
from .changes import Reduction, with_stake
from .decision import Outcome
from .full_links import A_BIT, lower_and_upper, weight_at
from .interval import ZERO
from .policy import Line
from .reach import Reach
from .results import CascadeResult, FullLinksResult, ParentResult, examine_reach
from .stakes import Stake
from .weights import Link

MOST_TRIED = 300
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

    The second value says whether every stake was tried (`MOST_TRIED`).
    """
    candidates = list(islice(_candidates(result), MOST_TRIED + 1))
    tried = [_smallest(result, stake, sums) for stake, sums in candidates[:MOST_TRIED]]
    found = [reduction for reduction in tried if reduction is not None]
    found.sort(key=lambda r: (r.start - r.to, r.stake.owner, r.stake.owned, r.stake.holding))
    return found, len(candidates) <= MOST_TRIED


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
    cascade = result.cascade
    caught = [run for run in result.runs if run.caught]
    for company in _sufficient(cascade, result.shown):
        links = result.reach.owners[company].links
        counting = [
            (members, (sum((link.low for link in links if link.owner in members), ZERO), line))
            for run in caught
            for members, line in _deciding(cascade, run, company)
        ]
        for link in links:
            sums = [total for members, total in counting if link.owner in members]
            if sums:
                yield link, sums


def _deciding(cascade: Cascade, run: CascadeRun, company: str) -> Iterator[tuple[Members, Line]]:
    """Sets whose sum in the company decides whether it passes on what it holds, or is caught."""
    without = cascade.grow(run.lower.start, without=company)
    if company != cascade.reach.subject:
        yield without, cascade.carrier
        return
    yield without, cascade.line
    if company in run.lower:
        yield from ((without, cascade.carrier), (run.lower, cascade.line))


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
    totals, _ = lower_and_upper(reach, full)
    ahead = deque([reach.subject])
    seen = {reach.subject}
    while ahead:
        for link in reach.owners[ahead.popleft()].links:
            if totals.get(link.owner, ZERO) > ZERO and (link.weight > ZERO or link.strict):
                yield link, [(link.low, full.line)]
                if link.owner not in seen:
                    seen.add(link.owner)
                    ahead.append(link.owner)
