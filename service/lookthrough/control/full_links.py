"""Links that meet a line count as the whole, any other as its share (SEMANTICS section 4, full links).

Totals are capped at 1, so a component is solved by fixing who is at the cap: from all of them down, those
whose owners leave less than 1 become plain equations. What no seed reaches is 0: the least solution. Large
components are solved to a proven bound, and exactly where a comparison could hang on less than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .decision import Bounds
from .interval import ONE, ZERO
from .linear import Solution, could_be_small, solve
from .multiplicative import Component, closed_loops, components_above
from .policy import FullLinks
from .reach import Reach, Role
from .weights import Link, Owners

A_BIT = Fraction(1, 10**30)
"""Of what is undisclosed: less than any figure that is filed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What each link (by owner and owned) counts, and a share that is there in any case; fractions."""

    weights: dict[tuple[str, str], Fraction]
    given: dict[str, Fraction]

    def of(self, link: Link) -> Fraction:
        return self.weights[link.owner, link.owned]


@dataclass(slots=True)
class Totals:
    """The least solution; a value differs from the true one by at most its error, 0 where none is given."""

    values: dict[str, Fraction]
    exact: bool
    errors: dict[str, Fraction] = field(default_factory=dict[str, Fraction])

    def error_of(self, entity: str) -> Fraction:
        return self.errors.get(entity, ZERO)


class _TooClose(Exception):
    """Only the exact value tells on which side of a line a share is."""


def reached_by_a_seed(reach: Reach, links: FullLinks) -> set[str]:
    """The entities of which the lower bound is above 0, and those above a stake of 0 or more than that."""
    totals = _solve(reach, _lower(reach, links), upper=False)
    return {
        entity
        for entity in reach.roles
        if entity not in totals.values or totals.values[entity] > totals.error_of(entity)
    }


def bounds_with(reach: Reach, links: FullLinks) -> Bounds:
    """Bounds of the subject. A strict weight makes one strict only where it is not counted as 1 or capped."""
    try:
        return _bounds(reach, links, exact=False)
    except _TooClose:
        return _bounds(reach, links, exact=True)


def _bounds(reach: Reach, links: FullLinks, *, exact: bool) -> Bounds:
    lower = _subjects(reach, _lower(reach, links), upper=False, exact=exact)
    upper = _subjects(reach, _upper(reach, links), upper=True, exact=exact)
    found = Bounds(lower.values[reach.subject], upper.values[reach.subject])
    if not any(link.strict for own in reach.owners.values() for link in own.links):
        return found
    enlarged = _enlarged(reach)
    more = _subjects(enlarged, _lower(enlarged, links), upper=False, exact=exact)
    less = _subjects(enlarged, _upper(enlarged, links), upper=True, exact=exact)
    return replace(
        found,
        lower_strict=_is_less(lower, more, reach.subject),
        upper_strict=_is_less(less, upper, reach.subject),
    )


def _is_less(one: Totals, other: Totals, subject: str) -> bool:
    error = one.error_of(subject) + other.error_of(subject)
    return _is_below(one.values[subject], other.values[subject], error)


def _is_below(share: Fraction, line: Fraction, error: Fraction) -> bool:
    if error and abs(share - line) <= error:
        raise _TooClose
    return share < line


def _subjects(reach: Reach, counted: Counted, *, upper: bool, exact: bool) -> Totals:
    """Raises _TooClose if a line or a printed figure could hang on the error of the subject's share."""
    totals = _solve(reach, counted, upper=upper, exact=exact)
    totals.values.setdefault(reach.subject, ONE if upper else ZERO)
    if could_be_small(totals.values[reach.subject], totals.error_of(reach.subject)):
        raise _TooClose
    return totals


def full_links_of(reach: Reach) -> FullLinks:
    """Raises ValueError where the test has none."""
    if reach.test.full_links is None:
        raise ValueError("the test has no full links")
    return reach.test.full_links


def bounds_of_all(reach: Reach, links: FullLinks) -> dict[str, Bounds]:
    """Bounds of every entity of the reach, as wide as errors in large components make them."""
    lower = _solve(reach, _lower(reach, links), upper=False)
    upper = _solve(reach, _upper(reach, links), upper=True)
    return {
        entity: Bounds(
            max(ZERO, lower.values.get(entity, ZERO) - lower.error_of(entity)),
            min(ONE, upper.values.get(entity, ONE) + upper.error_of(entity)),
        )
        for entity in reach.roles
    }


def weight_at(reach: Reach, links: FullLinks, link: Link, total: Fraction) -> Fraction | None:
    """What the link must count for the subject's lower bound to be `total`, all others as they are.

    Given y, the share of the link's company, the subject's is concave in y and made of straight pieces:
    Newton's steps from below never pass the y that is looked for, and end on it. They start just above 0,
    where loops of full links jump to the whole. None if there is no such y.
    """
    counted, y = _lower(reach, links), A_BIT
    while True:
        values = _solve(reach, counted, upper=False, given={link.owned: y}, exact=True).values
        missing = total - values[reach.subject]
        if missing == ZERO:
            break
        slope = _slopes(reach, counted, link.owned, values).get(reach.subject, ZERO)
        if missing < ZERO or slope == ZERO or y > ONE:
            return None
        y += missing / slope
    others = _total(reach, counted, link.owned, {**values, link.owner: ZERO})
    return (y - others) / values[link.owner] if values[link.owner] > ZERO else None


def shares_of_owners(reach: Reach, *, upper: bool) -> dict[str, Fraction]:
    """What each link into the subject adds to a bound of it, by owner, before the cap."""
    links = full_links_of(reach)
    counted = _upper(reach, links) if upper else _lower(reach, links)
    values = _solve(reach, counted, upper=upper).values
    own = reach.owners[reach.subject].links
    return {link.owner: counted.of(link) * values.get(link.owner, ZERO) for link in own}


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
    counted = _lower(reach, links)
    owners = {
        entity: replace(own, links=tuple(replace(link, weight=counted.of(link)) for link in own.links))
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


def _weights(reach: Reach, counts: Callable[[Link, Owners], Fraction]) -> dict[tuple[str, str], Fraction]:
    return {
        (link.owner, link.owned): counts(link, own) for own in reach.owners.values() for link in own.links
    }


def _solve(
    reach: Reach,
    counted: Counted,
    *,
    upper: bool,
    given: Mapping[str, Fraction] | None = None,
    exact: bool = False,
) -> Totals:
    values = {entity: _fixed(reach, entity, upper=upper) for entity in reach.roles}
    known = {entity: value for entity, value in values.items() if value is not None}
    if upper:
        known.update((member, ONE) for loop in closed_loops(reach) for member in loop)
    known.update(given or {})
    totals = Totals(known, exact)
    try:
        for component in _components(reach, counted):
            waiting = tuple(member for member in component if member not in known)
            if waiting:
                _capped(reach, counted, waiting, totals)
    except _TooClose:
        return _solve(reach, counted, upper=upper, given=given, exact=True)
    return totals


def _components(reach: Reach, counted: Counted) -> list[Component]:
    return components_above(reach, lambda link: counted.of(link) > ZERO)


def _slopes(
    reach: Reach, counted: Counted, company: str, values: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """By how much each share rises with the one of the company; nothing above the cap does."""
    slopes = {company: ONE}
    counted = replace(counted, given={})
    totals = Totals(slopes, exact=True)
    for component in _components(reach, counted):
        rising = [
            member
            for member in component
            if member != company and values[member] < ONE and _fixed(reach, member, upper=False) is None
        ]
        live = _reached(reach, counted, tuple(rising), slopes)
        if live:
            _plain(reach, counted, live, totals)
    return slopes


def _fixed(reach: Reach, entity: str, *, upper: bool) -> Fraction | None:
    role = reach.roles[entity]
    if role is Role.OPEN:
        return ONE if upper else (ZERO if reach.graph.party(entity).kind.is_end else None)
    return {Role.SEED: ONE, Role.CLEAN: ZERO}.get(role)


def _capped(reach: Reach, counted: Counted, component: Component, totals: Totals) -> None:
    """The least solution of x = min(1, A x + b) on one component."""
    values = totals.values
    live = _reached(reach, counted, component, values)
    values.update(dict.fromkeys(component, ZERO) | dict.fromkeys(live, ONE))
    capped, linear = live, list[str]()
    while True:
        below = {m for m in capped if _falls_below(reach, counted, m, totals)}
        if not below:
            return
        linear += sorted(below)
        capped = [m for m in capped if m not in below]
        _plain(reach, counted, linear, totals)


def _falls_below(reach: Reach, counted: Counted, company: str, totals: Totals) -> bool:
    share = _total(reach, counted, company, totals.values)
    return _is_below(share, ONE, _flow(reach, counted, company, totals.errors))


def _reached(
    reach: Reach, counted: Counted, component: Component, known: Mapping[str, Fraction]
) -> list[str]:
    """Members that something flows to at all; the least solution of the others is 0."""
    members = set(component)
    holds: defaultdict[str, list[str]] = defaultdict(list)
    for member in component:
        for link in reach.owners[member].links:
            if link.owner in members and counted.of(link) > ZERO:
                holds[link.owner].append(member)
    ahead = [m for m in component if _total(reach, counted, m, known) > ZERO]
    live = set(ahead)
    while ahead:
        more = set(holds[ahead.pop()]) - live
        live |= more
        ahead += more
    return sorted(live)


def _total(
    reach: Reach,
    counted: Counted,
    company: str,
    values: Mapping[str, Fraction],
    without: Collection[str] = (),
) -> Fraction:
    return counted.given.get(company, ZERO) + _flow(reach, counted, company, values, without)


def _flow(
    reach: Reach,
    counted: Counted,
    company: str,
    values: Mapping[str, Fraction],
    without: Collection[str] = (),
) -> Fraction:
    """What comes down the links into the company, but for those of owners in `without`."""
    links = reach.owners[company].links if values else ()
    return sum(
        (
            counted.of(link) * value
            for link in links
            if (value := values.get(link.owner)) and link.owner not in without
        ),
        ZERO,
    )


def _plain(reach: Reach, counted: Counted, members: list[str], totals: Totals) -> None:
    """Solve the plain equations of the members; errors of what is above come down by the same equations."""
    inside = {member: i for i, member in enumerate(members)}
    rows = [
        {
            inside[link.owner]: counted.of(link)
            for link in reach.owners[m].links
            if link.owner in inside and counted.of(link) > ZERO
        }
        for m in members
    ]
    columns = [[_total(reach, counted, m, totals.values, inside) for m in members]]
    errors = [_flow(reach, counted, m, totals.errors, inside) for m in members]
    if any(errors):
        columns.append(errors)
    if any(rows):
        solution = solve(rows, columns, exact=totals.exact)
    else:
        solution = Solution(columns, tuple(ZERO for _ in columns))
    totals.values.update(zip(members, solution.columns[0], strict=True))
    own = sum(solution.errors, ZERO)
    if own or len(columns) > 1:
        above = solution.columns[-1] if len(columns) > 1 else errors
        totals.errors.update((m, own + error) for m, error in zip(members, above, strict=True))
