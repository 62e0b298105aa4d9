"""Where the unknown part sits, and what settling one place would do (SEMANTICS section 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from .facts import Kind
from .interval import ONE, ZERO
from .linear import solve
from .multiplicative import Component, Shares, inner_rows, is_loop
from .predicate import Party, Predicate, located_conditions
from .reach import NOBODY, Reach, Role
from .visits import Visits, count_visits
from .weights import Link, Owners

SOMEBODY = ""
"""Who holds what is undisclosed, in a reach where that is settled."""


class Missing(StrEnum):
    """What kind of fact is missing at a place."""

    UNDISCLOSED_HOLDERS = "undisclosed_holders"
    UNKNOWN_STAKE = "unknown_stake"
    DISPUTED_STAKE = "disputed_stake"
    UNKNOWN_LOCATION = "unknown_location"
    DISPUTED_LOCATION = "disputed_location"
    CLOSED_LOOP = "closed_loop"
    UNEXPLORED = "unexplored"


@dataclass(frozen=True, slots=True)
class Place:
    """Unknown mass at one entity, as a fraction of the subject.

    `restricted_then` is R of the subject if all of it turns out restricted, `clean_then` is C if none is.
    """

    kind: Missing
    entity: str
    mass: Fraction
    restricted_then: Fraction
    clean_then: Fraction


def places(shares: Shares) -> list[Place]:
    """Every place with a part of U of the subject, largest first; the masses add up to U."""
    proven = count_visits(shares, absorb_open=False)
    settled = count_visits(shares, absorb_open=True)
    found = [place for component in shares.order for place in _in(shares, component, proven, settled)]
    return sorted((p for p in found if p.mass > ZERO), key=lambda p: (-p.mass, p.entity))


def settle(reach: Reach, place: Place, *, restricted: bool) -> Reach:
    """The facts with everything at the place restricted, or nothing of it."""
    role = Role.SEED if restricted else Role.CLEAN
    if reach.roles[place.entity] is Role.OPEN and not (
        restricted or reach.graph.party(place.entity).kind.is_end
    ):
        role = Role.THROUGH
    if reach.roles[place.entity] is Role.OPEN or place.kind is Missing.CLOSED_LOOP:
        return replace(reach, roles={**reach.roles, place.entity: role})
    own = reach.owners[place.entity]
    taker = Link(
        SOMEBODY, place.entity, own.undisclosed, own.undisclosed, own.undisclosed, strict=False, stakes=()
    )
    links = (*(replace(link, strict=False) for link in own.links), taker)
    full = replace(own, links=links, undisclosed=ZERO)
    return replace(
        reach,
        roles={**reach.roles, SOMEBODY: role},
        owners={**reach.owners, SOMEBODY: NOBODY, place.entity: full},
    )


def _in(shares: Shares, component: Component, proven: Visits, settled: Visits) -> list[Place]:
    roles = shares.reach.roles
    opened = [member for member in component if roles[member] is Role.OPEN]
    if component in shares.closed and not opened:
        return [_loop(shares, component, proven, settled)]
    through = [_undisclosed(shares, m, proven, settled) for m in component if roles[m] is Role.THROUGH]
    return through + [_unsure(shares, component, member, proven, settled) for member in opened]


def _undisclosed(shares: Shares, company: str, proven: Visits, settled: Visits) -> Place:
    undisclosed = shares.reach.owners[company].undisclosed
    restricted, clean = _totals(shares)
    return Place(
        stake_kind(shares.reach, company),
        company,
        settled.of(company) * undisclosed,
        restricted + proven.of(company) * undisclosed,
        clean + settled.of(company) * undisclosed,
    )


def _loop(shares: Shares, component: Component, proven: Visits, settled: Visits) -> Place:
    restricted, clean = _totals(shares)
    mass = settled.into(component)
    return Place(Missing.CLOSED_LOOP, component[0], mass, restricted + proven.into(component), clean + mass)


def _unsure(shares: Shares, component: Component, entity: str, proven: Visits, settled: Visits) -> Place:
    restricted, clean = _totals(shares)
    mass = settled.arrivals.get(entity, ZERO)
    if component in shares.closed:
        reached = proven.into(component)
    else:
        reached = proven.of(entity) / _rounds(shares, component, entity)
    return Place(
        _location_kind(shares.reach, entity),
        entity,
        mass * (ONE - shares.restricted_of(entity)),
        restricted + reached * (ONE - shares.restricted_of(entity)),
        clean + mass * _clean_if_looked_through(shares, component, entity),
    )


def _rounds(shares: Shares, component: Component, entity: str) -> Fraction:
    """Expected passages through the entity of a walk that starts at it."""
    if not is_loop(shares.reach, component):
        return ONE
    inside = {member: i for i, member in enumerate(component)}
    start = [ONE if member == entity else ZERO for member in component]
    return solve(inner_rows(shares.reach, inside), [start]).columns[0][inside[entity]]


def _clean_if_looked_through(shares: Shares, component: Component, entity: str) -> Fraction:
    """C of an entity with an unknown predicate, were it known to be outside the rule."""
    reach = shares.reach
    if reach.graph.party(entity).kind.is_end:
        return ONE
    directly = sum((link.weight * shares.clean_of(link.owner) for link in reach.weighty(entity)), ZERO)
    back = _returns(reach, component, entity)
    return directly / (ONE - back) if back < ONE else ZERO


def _returns(reach: Reach, component: Component, entity: str) -> Fraction:
    """Chance that a walk from the entity comes back to it before it meets another open one."""
    others = [m for m in component if reach.roles[m] is Role.THROUGH]
    inside = {member: i for i, member in enumerate(others)}
    toward = [sum((link.weight for link in reach.weighty(m) if link.owner == entity), ZERO) for m in others]
    hits = solve(inner_rows(reach, inside), [toward]).columns[0] if others else []
    return sum(
        (
            link.weight * (ONE if link.owner == entity else hits[inside[link.owner]])
            for link in reach.weighty(entity)
            if link.owner == entity or link.owner in inside
        ),
        ZERO,
    )


def _totals(shares: Shares) -> tuple[Fraction, Fraction]:
    subject = shares.reach.subject
    return shares.restricted_of(subject), shares.clean_of(subject)


def stake_kind(reach: Reach, company: str) -> Missing:
    return open_part(reach.owners[company], unread=company in reach.graph.unexplored)


def open_part(own: Owners, *, unread: bool) -> Missing:
    """What is missing where not everything of a company is assigned."""
    if unread:
        return Missing.UNEXPLORED
    room = sum((link.high - link.weight for link in own.links), ZERO)
    if not own.links or room < own.undisclosed:
        return Missing.UNDISCLOSED_HOLDERS
    return Missing.DISPUTED_STAKE if any(link.conflict for link in own.links) else Missing.UNKNOWN_STAKE


def _location_kind(reach: Reach, entity: str) -> Missing:
    if reach.graph.party(entity).kind is Kind.PUBLIC_FLOAT:
        return Missing.UNDISCLOSED_HOLDERS
    return location_kind(reach.graph.party(entity), reach.test.seeds)


def location_kind(party: Party, predicate: Predicate) -> Missing:
    """Whether what is recorded of the party differs, or nothing that decides the predicate is recorded."""
    asked = {condition.attribute for condition in located_conditions(predicate)}
    disputed = any(
        len(codes) > 1 and attribute in asked and not attribute.holds_several
        for attribute, codes in party.locations.items()
    )
    return Missing.DISPUTED_LOCATION if disputed else Missing.UNKNOWN_LOCATION
