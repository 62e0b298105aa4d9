"""Full links as SEMANTICS section 4 says them: the least solution, risen to from 0 and then made exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations

from lookthrough.control.policy import FullLinks, Line

from .brute import eliminate
from .sums import ALL, NONE, Found, Weighed, can_meet, closed, meets

ROUNDS = 500
BIT = Fraction(1, 10**6)


@dataclass(frozen=True)
class Equations:
    """`x[c] = min(1, Σ counts[c][o]·x[o] + given[c])` where c is not fixed."""

    fixed: Mapping[str, Fraction]
    counts: Mapping[str, Mapping[str, Fraction]]
    given: Mapping[str, Fraction]

    def total(self, company: str, values: Mapping[str, Fraction]) -> Fraction:
        owners = self.counts[company].items()
        return self.given[company] + sum((counts * values[owner] for owner, counts in owners), NONE)


def full_links(facts: Weighed, links: FullLinks, line: Line) -> Found:
    lower, upper = lower_bound(facts, links), upper_bound(facts, links)
    enlarged = _enlarged(facts)
    strict = lower_bound(enlarged, links) > lower
    less = upper_bound(enlarged, links) < upper
    outcome = "NOT_RESTRICTED"
    if meets(lower, strict, line):
        outcome = "RESTRICTED"
    elif can_meet(upper, less, line):
        outcome = "UNDETERMINED"
    return Found(outcome, lower, upper, strict, less)


def lower_bound(facts: Weighed, links: FullLinks) -> Fraction:
    def counted(owner: str, company: str) -> Fraction:
        weight = facts.weights[company][owner]
        full = meets(weight, (owner, company) in facts.strict, links.line)
        first = owner in facts.others("yes") or owner in facts.others("unknown")
        return weight if not full or (first and not links.first_link) else ALL

    fixed = {entity: NONE for entity in facts.kinds if facts.is_end(entity)}
    fixed |= dict.fromkeys(facts.others("yes"), ALL)
    return solved(facts, Equations(fixed, _table(facts, counted), dict.fromkeys(facts.weights, NONE)))


def upper_bound(facts: Weighed, links: FullLinks) -> Fraction:
    def counted(owner: str, company: str) -> Fraction:
        weight = facts.weights[company][owner]
        full = can_meet(weight + facts.undisclosed(company), less=False, line=links.line)
        first = owner in facts.others("yes")
        return weight if not full or (first and not links.first_link) else ALL

    fixed = {entity: NONE for entity in facts.kinds if facts.is_end(entity)}
    fixed |= dict.fromkeys((*facts.others("yes"), *facts.others("unknown"), *closed(facts)), ALL)
    given = {
        company: ALL if can_meet(facts.undisclosed(company), less=False, line=links.line) else rest
        for company in facts.weights
        for rest in [facts.undisclosed(company)]
    }
    return solved(facts, Equations(fixed, _table(facts, counted), given))


def _table(facts: Weighed, counted: Callable[[str, str], Fraction]) -> dict[str, dict[str, Fraction]]:
    return {c: {owner: counted(owner, c) for owner in owners} for c, owners in facts.weights.items()}


def solved(facts: Weighed, equations: Equations) -> Fraction:
    """The subject's value in the least solution.

    Who is never reached stays at 0. Of the others somebody is at the cap and the rest is an ordinary system:
    every choice is tried, first the one that a rise from 0 points to. Where something flows in, only one
    choice solves the equations.
    """
    if facts.subject in equations.fixed:
        return equations.fixed[facts.subject]
    free = [company for company in facts.weights if company not in equations.fixed]
    near = _risen(equations, free)
    live = [company for company in free if near[company] > 0]
    guess = [company for company in live if near[company] > 1 - 1e-9]
    subsets = (choice for size in range(len(live) + 1) for choice in combinations(live, size))
    for capped in chain([guess], subsets):
        values = _with_capped(equations, free, live, capped)
        if values is not None:
            assert all(float(values[company]) > near[company] - 1e-6 for company in free)
            return values[facts.subject]
    raise AssertionError("no choice solves the equations")


def _with_capped(
    equations: Equations, free: Sequence[str], live: Sequence[str], capped: Sequence[str]
) -> dict[str, Fraction] | None:
    between = [company for company in live if company not in capped]
    values = {**dict.fromkeys(free, NONE), **equations.fixed, **dict.fromkeys(capped, ALL)}
    rows = [[equations.counts[c].get(other, NONE) for other in between] for c in between]
    try:
        found = eliminate(rows, [equations.total(c, values) for c in between])
    except StopIteration:  # singular
        return None
    values.update(zip(between, found, strict=True))
    fits = all(values[c] >= 0 and values[c] == min(ALL, equations.total(c, values)) for c in free)
    return values if fits else None


def _risen(equations: Equations, free: list[str]) -> dict[str, float]:
    """Round by round from 0: never above the least solution."""
    counts = {c: [(o, float(w)) for o, w in equations.counts[c].items() if w > 0] for c in free}
    values = {entity: float(value) for entity, value in equations.fixed.items()}
    values |= dict.fromkeys(free, 0.0)
    for _ in range(ROUNDS):
        before = dict(values)
        for c in free:
            total = float(equations.given[c]) + sum(w * values[o] for o, w in counts[c])
            values[c] = min(1.0, total)
        if all(abs(values[c] - before[c]) < 1e-15 for c in free):
            break
    return values


def _enlarged(facts: Weighed) -> Weighed:
    """Every strict weight a bit larger, at the cost of what is undisclosed."""
    weights = {company: dict(owners) for company, owners in facts.weights.items()}
    for owner, company in facts.strict:
        weights[company][owner] += facts.undisclosed(company) * BIT
    return replace(facts, weights=weights)
