"""Owned, directly or indirectly: shares multiplied along every walk, loops included (SEMANTICS section 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .components import components
from .interval import ONE, ZERO
from .linear import Solution, could_be_small, solve
from .reach import Reach, Role
from .weights import Link

Component = tuple[str, ...]


@dataclass(slots=True)
class Shares:
    """R and C, as exact fractions, of every entity that can be looked through.

    `order` lists the components, owners before what they own; `closed` are the loops that nothing leaves.
    """

    reach: Reach
    order: list[Component]
    restricted: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    clean: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    closed: set[Component] = field(default_factory=set[Component])
    exact: bool = True
    restricted_error: Fraction = ZERO
    clean_error: Fraction = ZERO
    """How far any R and any C can be from the true one; 0 where every component was solved exactly."""

    @property
    def error(self) -> Fraction:
        return max(self.restricted_error, self.clean_error)

    def restricted_of(self, entity: str) -> Fraction:
        return ONE if self.reach.roles[entity] is Role.SEED else self.restricted.get(entity, ZERO)

    def clean_of(self, entity: str) -> Fraction:
        return ONE if self.reach.roles[entity] is Role.CLEAN else self.clean.get(entity, ZERO)

    def unknown_of(self, entity: str) -> Fraction:
        return ONE - self.restricted_of(entity) - self.clean_of(entity)

    def has_loop(self) -> bool:
        return any(is_loop(self.reach, component) for component in self.order)


def look_through(reach: Reach) -> Shares:
    """Solve R and C for the subject and everything above it, component by component.

    Large components are solved to a proven bound first, and exactly only where the bound leaves room for a
    fraction that a line or a printed figure could hang on.
    """
    shares = _solved(reach, exact=False)
    restricted, clean = shares.restricted_of(reach.subject), shares.clean_of(reach.subject)
    figures = [(restricted, shares.restricted_error)]
    if _has_unknown(shares):
        figures.append((clean, shares.clean_error))
        figures.append((restricted + clean, shares.restricted_error + shares.clean_error))
    close = any(could_be_small(figure, error) for figure, error in figures)
    return _solved(reach, exact=True) if close else shares


def look_through_exactly(reach: Reach) -> Shares:
    """The same with every component solved exactly, however large."""
    return _solved(reach, exact=True)


def look_through_everything(reach: Reach) -> Shares:
    """Solve for all companies of the reach alike: where a component is large, to a proven bound."""
    return _solved(reach, exact=False)


def _solved(reach: Reach, *, exact: bool) -> Shares:
    order = components_above(reach, lambda link: link.weight > ZERO)
    shares = Shares(reach, order, exact=exact)
    for component in shares.order:
        if is_closed(reach, component):
            shares.closed.add(component)
        else:
            _solve_component(shares, component)
    if shares.error and not _has_unknown(shares):
        _complete(shares)
    return shares


def _complete(shares: Shares) -> None:
    """Where nothing is unknown, R and C are what the other leaves; the better known one speaks for both."""
    if shares.clean_error < shares.restricted_error:
        shares.restricted = {entity: ONE - clean for entity, clean in shares.clean.items()}
        shares.restricted_error = shares.clean_error
    else:
        shares.clean = {entity: ONE - restricted for entity, restricted in shares.restricted.items()}
        shares.clean_error = shares.restricted_error


def _has_unknown(shares: Shares) -> bool:
    """Whether any walk from the subject can end in something unknown; if not, C is what R leaves."""
    reach = shares.reach
    return bool(shares.closed) or any(
        reach.roles[member] is Role.OPEN or reach.owners[member].undisclosed > ZERO
        for component in shares.order
        for member in component
    )


def components_above(reach: Reach, counts: Callable[[Link], bool]) -> list[Component]:
    """Components of what can be looked through, over links that count, owners before what they own."""

    def owners(company: str) -> Iterator[str]:
        links = (link for link in reach.owners[company].links if counts(link))
        return (link.owner for link in links if reach.roles[link.owner].is_transient)

    return components(reach.subject, owners) if reach.roles[reach.subject].is_transient else []


def is_loop(reach: Reach, component: Component) -> bool:
    first = component[0]
    return len(component) > 1 or any(link.owner == first for link in reach.weighty(first))


def is_closed(reach: Reach, component: Component) -> bool:
    """Whether no outsider holds anything of the loop, so that its equations say only 0 = 0."""
    members = set(component)
    return is_loop(reach, component) and all(
        sum((link.weight for link in reach.weighty(member) if link.owner in members), ZERO) == ONE
        for member in component
    )


def closed_loops(reach: Reach) -> list[Component]:
    """Loops above the subject that no outsider holds anything of."""
    if not reach.owners[reach.subject].links:
        return []

    def holders(company: str) -> Iterator[str]:
        return (link.owner for link in reach.weighty(company))

    return [loop for loop in components(reach.subject, holders) if is_closed(reach, loop)]


def _solve_component(shares: Shares, component: Component) -> None:
    through = [member for member in component if shares.reach.roles[member] is Role.THROUGH]
    if through == list(component):
        solution = _least(shares, through, [shares.restricted_of, shares.clean_of])
        restricted, clean = solution.columns
        errors = solution.errors
        shares.clean.update(zip(through, clean, strict=True))
    else:
        solution = _least(shares, component, [shares.restricted_of])
        (restricted,), errors = solution.columns, (*solution.errors, ZERO)
        if through:
            alone = _least(shares, through, [shares.clean_of])
            shares.clean.update(zip(through, alone.columns[0], strict=True))
            errors = (*solution.errors, *alone.errors)
    shares.restricted.update(zip(component, restricted, strict=True))
    # Errors of what is above enter with weights that add up to 1 at most.
    shares.restricted_error += errors[0]
    shares.clean_error += errors[1]


def _least(shares: Shares, members: Sequence[str], values: Sequence[Callable[[str], Fraction]]) -> Solution:
    """The least solution over `members`, everything outside them having the values given."""
    inside = {member: i for i, member in enumerate(members)}
    columns = [[_from_outside(shares.reach, m, inside, value) for m in members] for value in values]
    rows = inner_rows(shares.reach, inside)
    if not any(rows):
        return Solution(columns, tuple(ZERO for _ in columns))
    return solve(rows, columns, exact=shares.exact)


def _from_outside(
    reach: Reach, company: str, inside: Collection[str], value: Callable[[str], Fraction]
) -> Fraction:
    links = (link for link in reach.weighty(company) if link.owner not in inside)
    return sum((link.weight * value(link.owner) for link in links), ZERO)


def inner_rows(reach: Reach, inside: dict[str, int]) -> list[dict[int, Fraction]]:
    """Weights between members: row of the company, column of its owner."""
    return [
        {inside[link.owner]: link.weight for link in reach.weighty(member) if link.owner in inside}
        for member in inside
    ]
