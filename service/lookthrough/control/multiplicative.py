"""Owned, directly or indirectly: shares multiplied along every walk, loops included (SEMANTICS section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .components import components
from .interval import ONE, ZERO
from .linear import could_be_small, solve
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
    error: Fraction = ZERO
    """How far any value can be from the true one; 0 where every component was solved exactly."""

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
    figures = (restricted, clean, restricted + clean) if _has_unknown(shares) else (restricted,)
    close = any(could_be_small(figure, 2 * shares.error) for figure in figures)
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
        shares.clean = {entity: ONE - restricted for entity, restricted in shares.restricted.items()}
    return shares


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
        restricted, clean = _least(shares, through, [shares.restricted_of, shares.clean_of])
        shares.clean.update(zip(through, clean, strict=True))
    else:
        (restricted,) = _least(shares, component, [shares.restricted_of])
        if through:
            (clean,) = _least(shares, through, [shares.clean_of])
            shares.clean.update(zip(through, clean, strict=True))
    shares.restricted.update(zip(component, restricted, strict=True))


def _least(
    shares: Shares, members: Sequence[str], values: Sequence[Callable[[str], Fraction]]
) -> list[list[Fraction]]:
    """The least solution over `members`, everything outside them having the values given."""
    inside = {member: i for i, member in enumerate(members)}
    columns = [
        [
            sum(
                (
                    link.weight * value(link.owner)
                    for link in shares.reach.weighty(m)
                    if link.owner not in inside
                ),
                ZERO,
            )
            for m in members
        ]
        for value in values
    ]
    rows = inner_rows(shares.reach, inside)
    if not any(rows):
        return columns
    solution = solve(rows, columns, exact=shares.exact)
    # Errors of what is above enter with weights that add up to 1 at most.
    shares.error += solution.error
    return solution.columns


def inner_rows(reach: Reach, inside: dict[str, int]) -> list[dict[int, Fraction]]:
    """Weights between members: row of the company, column of its owner."""
    return [
        {inside[link.owner]: link.weight for link in reach.weighty(member) if link.owner in inside}
        for member in inside
    ]
