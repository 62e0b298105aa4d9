"""How every party in a question stands under its test, not the subject alone: what a chart of it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .below import ALL_OF_THEM
from .cascade import Members
from .decision import Bounds, Outcome, bounds_of, decide
from .ends import short
from .full_links import bounds_of_all, full_links_of
from .interval import ONE, ZERO
from .multiplicative import look_through_everything
from .reach import Reach, Role
from .results import CascadeResult, FullLinksResult, HoldingResult, OwnershipResult, ParentResult
from .weights import Link, Owners

_SETTLED = {
    Role.SEED: (Outcome.RESTRICTED, ONE, ONE),
    Role.CLEAN: (Outcome.NOT_RESTRICTED, ZERO, ZERO),
}
_Figures = tuple[Mapping[str, Bounds], Callable[[str], Outcome]]


@dataclass(frozen=True, slots=True)
class Standing:
    """`lower` to `upper` of it is restricted as the test counts (fractions); None where that has no figures.

    `outcome` is what they mean against the line that lets a party count, None where nothing is asked.
    """

    role: Role
    outcome: Outcome | None
    lower: Fraction | None = None
    upper: Fraction | None = None


def standings(result: HoldingResult) -> dict[str, Standing]:
    """Everybody in the question about the subject; who is named by the rule counts in full."""
    if isinstance(result, ParentResult):
        return _of_parents(result)
    figures, outcome = _of_cascade(result) if isinstance(result, CascadeResult) else _of_shares(result)
    found: dict[str, Standing] = {}
    for entity, role in result.reach.roles.items():
        if role in _SETTLED:
            found[entity] = Standing(role, *_SETTLED[role])
        else:
            upper = ONE if role is Role.OPEN else figures[entity].upper
            found[entity] = Standing(role, outcome(entity), figures[entity].lower, upper)
    subject, own = result.reach.subject, result.bounds
    if subject != ALL_OF_THEM and result.reach.roles[subject].is_transient:
        found[subject] = Standing(Role.THROUGH, result.outcome, own.lower, own.upper)
    return found


def _of_parents(result: ParentResult) -> dict[str, Standing]:
    """The test has no figures: named parties, ends, and whom the climb came by."""
    met = {result.reach.subject, *(link.owner for link in result.climb.path)}
    outcomes = {role: outcome for role, (outcome, _, _) in _SETTLED.items()}
    outcomes[Role.OPEN] = Outcome.UNDETERMINED
    return {
        entity: Standing(role, result.outcome if entity in met else outcomes.get(role))
        for entity, role in result.reach.roles.items()
    }


def _of_shares(result: OwnershipResult | FullLinksResult) -> _Figures:
    reach = result.reach
    if isinstance(result, OwnershipResult):
        found = _multiplied(result)
    else:
        found = bounds_of_all(of_everybody(reach), full_links_of(reach))

    def outcome(entity: str) -> Outcome:
        bounds, line = found[entity], reach.test.line
        if reach.roles[entity] is Role.OPEN:
            bounds = replace(bounds, upper=ONE)
        if line.threshold in (bounds.lower, bounds.upper):  # only there does it matter what is strict
            bounds = bounds_of(replace(reach, subject=entity), bounds.lower, ONE - bounds.upper)
        return decide(bounds, line)

    return found, outcome


def _multiplied(result: OwnershipResult) -> dict[str, Bounds]:
    """What was solved for the subject has everybody, unless a stake that may be 0 leads to somebody."""
    reach, shares = result.reach, result.shares
    solved = {member for component in shares.order for member in component}
    if any(role.is_transient and entity not in solved for entity, role in reach.roles.items()):
        shares = look_through_everything(of_everybody(reach))

    def figure(share: Fraction) -> Fraction:
        return short(share) if shares.error else share

    return {
        entity: Bounds(figure(shares.restricted_of(entity)), ONE - figure(shares.clean_of(entity)))
        for entity in reach.roles
    }


def _of_cascade(result: CascadeResult) -> _Figures:
    """The largest sums over the parties that sets were grown from; who joined passes on what it holds."""
    lower, caught = _largest(run.lower for run in result.runs)
    upper, possible = _largest(run.upper for run in result.runs)
    found = {
        entity: Bounds(lower[entity], upper[entity] + own.undisclosed)
        for entity, own in result.reach.owners.items()
    }

    def outcome(entity: str) -> Outcome:
        if entity in caught:
            return Outcome.RESTRICTED
        could = entity in possible or result.reach.roles[entity] is Role.OPEN
        return Outcome.UNDETERMINED if could else Outcome.NOT_RESTRICTED

    return found, outcome


def _largest(sets: Iterator[Members]) -> tuple[defaultdict[str, Fraction], set[str]]:
    """The largest sum that a set holds in each company, and everybody who is in one."""
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    inside, seen = set[str](), set[int]()
    for grown in sets:
        members: Members | None = grown
        while members is not None and id(members) not in seen:
            seen.add(id(members))
            inside |= members.inside
            for company, held in members.sums.items():
                sums[company] = max(sums[company], held)
            members = members.onto
    return sums, inside


def of_everybody(reach: Reach) -> Reach:
    """The same facts and roles, asked about everybody who can be looked through."""
    members = [entity for entity, role in sorted(reach.roles.items()) if role.is_transient]
    part = Fraction(1, max(1, len(members)))
    links = tuple(Link(entity, ALL_OF_THEM, part, part, part, strict=False, stakes=()) for entity in members)
    return replace(
        reach,
        subject=ALL_OF_THEM,
        roles={**reach.roles, ALL_OF_THEM: Role.THROUGH},
        owners={
            **reach.owners,
            ALL_OF_THEM: Owners(links, ONE, ONE - part * len(members), contradictory=False),
        },
    )
