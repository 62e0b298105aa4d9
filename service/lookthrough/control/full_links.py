"""Links that meet a line count as the whole, any other as its share (SEMANTICS section 4, full links).

Totals are capped at 1, so a component is solved by fixing who is at the cap: from all of them down, those
whose owners leave less than 1 become plain equations. What no seed reaches is 0: the least solution.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .decision import Bounds
from .interval import ONE, ZERO
from .linear import solve
from .multiplicative import Component, closed_loops, components_above
from .policy import FullLinks
from .reach import Reach, Role
from .weights import Link, Owners

A_BIT = Fraction(1, 10**30)
"""Of what is undisclosed: less than any figure that is filed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What each link counts, and a share that is there in any case (a fraction)."""

    weights: dict[Link, Fraction]
    given: dict[str, Fraction]


def lower_and_upper(reach: Reach, links: FullLinks) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Least solutions of both bounds for the subject and everything above it, as exact fractions."""
    return _solve(reach, _lower(reach, links), upper=False), _solve(reach, _upper(reach, links), upper=True)


def bounds_with(reach: Reach, links: FullLinks) -> Bounds:
    """Bounds of the subject. A strict weight makes one strict only where it is not counted as 1 or capped."""
    lower, upper = _subjects(reach, links)
    if not any(link.strict for own in reach.owners.values() for link in own.links):
        return Bounds(lower, upper)
    more, less = _subjects(_enlarged(reach), links)
    return Bounds(lower, upper, lower_strict=more > lower, upper_strict=less < upper)


def weight_at(reach: Reach, links: FullLinks, link: Link, total: Fraction) -> Fraction | None:
    """What the link must count for the subject's lower bound to be `total`, all others as they are.

    Given y, the share of the link's company, the subject's is concave in y and made of straight pieces:
    Newton's steps from below never pass the y that is looked for, and end on it. They start just above 0,
    where loops of full links jump to the whole. None if there is no such y.
    """
    counted, y = _lower(reach, links), A_BIT
    while True:
        values = _solve(reach, counted, upper=False, given={link.owned: y})
        missing = total - values[reach.subject]
        if missing == ZERO:
            break
        slope = _slopes(reach, counted, link.owned, values).get(reach.subject, ZERO)
        if missing < ZERO or slope == ZERO or y > ONE:
            return None
        y += missing / slope
    others = _total(reach, counted, link.owned, {**values, link.owner: ZERO})
    return (y - others) / values[link.owner] if values[link.owner] > ZERO else None


def _subjects(reach: Reach, links: FullLinks) -> tuple[Fraction, Fraction]:
    lower, upper = lower_and_upper(reach, links)
    return lower.get(reach.subject, ZERO), upper.get(reach.subject, ONE)


def _enlarged(reach: Reach) -> Reach:
    """Every strict weight a bit larger, at the cost of what is undisclosed."""
    owners: dict[str, Owners] = {}
    for entity, own in reach.owners.items():
        bit = own.undisclosed * A_BIT
        links = tuple(replace(link, weight=link.weight + bit) if link.strict else link for link in own.links)
        taken = bit * sum(link.strict for link in own.links)
        owners[entity] = replace(own, links=links, undisclosed=own.undisclosed - taken)
    return replace(reach, owners=owners)


def counted_lower(reach: Reach, links: FullLinks) -> Reach:
    """The reach with each link weighing what it counts in the lower bound: chains multiply these."""
    counted = _lower(reach, links).weights
    owners = {
        entity: replace(own, links=tuple(replace(link, weight=counted[link]) for link in own.links))
        for entity, own in reach.owners.items()
    }
    return replace(reach, owners=owners)


def _lower(reach: Reach, full: FullLinks) -> Counted:
    def counts(link: Link, _: Owners) -> Fraction:
        raw = not full.first_link and reach.roles[link.owner] in (Role.SEED, Role.OPEN)
        meets = full.line.met_by(link.weight) or (link.weight == full.line.threshold and link.strict)
        return ONE if meets and not raw else link.weight

    return Counted(_weights(reach, counts), {})


def _upper(reach: Reach, full: FullLinks) -> Counted:
    def counts(link: Link, own: Owners) -> Fraction:
        raw = not full.first_link and reach.roles[link.owner] is Role.SEED
        can_meet = full.line.met_by(link.weight + own.undisclosed)
        return ONE if can_meet and not raw else link.weight

    given = {
        entity: ONE if full.line.met_by(own.undisclosed) else own.undisclosed
        for entity, own in reach.owners.items()
    }
    return Counted(_weights(reach, counts), given)


def _weights(reach: Reach, counts: Callable[[Link, Owners], Fraction]) -> dict[Link, Fraction]:
    return {link: counts(link, own) for own in reach.owners.values() for link in own.links}


def _solve(
    reach: Reach, counted: Counted, *, upper: bool, given: Mapping[str, Fraction] | None = None
) -> dict[str, Fraction]:
    values = {entity: _fixed(reach, entity, upper=upper) for entity in reach.roles}
    known = {entity: value for entity, value in values.items() if value is not None}
    if upper:
        known.update((member, ONE) for loop in closed_loops(reach) for member in loop)
    known.update(given or {})
    for component in _components(reach, counted):
        waiting = tuple(member for member in component if member not in known)
        if waiting:
            known.update(_capped(reach, counted, waiting, known))
    return known


def _components(reach: Reach, counted: Counted) -> list[Component]:
    return components_above(reach, lambda link: counted.weights[link] > ZERO)


def _slopes(
    reach: Reach, counted: Counted, company: str, values: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """By how much each share rises with the one of the company; nothing above the cap does."""
    slopes = {company: ONE}
    for component in _components(reach, counted):
        rising = [
            member
            for member in component
            if member != company and values[member] < ONE and _fixed(reach, member, upper=False) is None
        ]
        live = _reached(reach, counted, tuple(rising), slopes)
        if live:
            slopes.update(_plain(reach, counted, live, slopes))
    return slopes


def _fixed(reach: Reach, entity: str, *, upper: bool) -> Fraction | None:
    role = reach.roles[entity]
    if role is Role.OPEN:
        return ONE if upper else (ZERO if reach.graph.party(entity).kind.is_end else None)
    return {Role.SEED: ONE, Role.CLEAN: ZERO}.get(role)


def _capped(
    reach: Reach, counted: Counted, component: Component, known: dict[str, Fraction]
) -> dict[str, Fraction]:
    """The least solution of x = min(1, A x + b) on one component."""
    live = _reached(reach, counted, component, known)
    values = {**dict.fromkeys(component, ZERO), **dict.fromkeys(live, ONE)}
    linear: list[str] = []
    while True:
        below = [m for m in live if m not in linear and _total(reach, counted, m, {**known, **values}) < ONE]
        if not below:
            return values
        linear += below
        capped = {m: ONE for m in live if m not in linear}
        values.update(_plain(reach, counted, linear, {**known, **capped}))


def _reached(reach: Reach, counted: Counted, component: Component, known: dict[str, Fraction]) -> list[str]:
    """Members that something flows to at all; the least solution of the others is 0."""
    live: set[str] = set()
    grown = True
    while grown:
        more = {
            m
            for m in component
            if m not in live
            and (
                _total(reach, counted, m, known) > ZERO
                or any(link.owner in live and counted.weights[link] > ZERO for link in reach.owners[m].links)
            )
        }
        live |= more
        grown = bool(more)
    return sorted(live)


def _total(reach: Reach, counted: Counted, company: str, values: dict[str, Fraction]) -> Fraction:
    return counted.given.get(company, ZERO) + sum(
        (counted.weights[link] * values.get(link.owner, ZERO) for link in reach.owners[company].links), ZERO
    )


def _plain(
    reach: Reach, counted: Counted, members: list[str], fixed: dict[str, Fraction]
) -> dict[str, Fraction]:
    inside = {member: i for i, member in enumerate(members)}
    outside = {entity: value for entity, value in fixed.items() if entity not in inside}
    rows = [
        {inside[link.owner]: counted.weights[link] for link in reach.owners[m].links if link.owner in inside}
        for m in members
    ]
    column = [_total(reach, counted, m, outside) for m in members]
    return dict(zip(members, solve(rows, [column], exact=True).columns[0], strict=True))
