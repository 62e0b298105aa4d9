"""What each party above a company holds of it in total, asked without a policy: one solve for all of them.

A walk upward that comes by the party goes on from there as any walk from it does. With F the chance that it
comes by, U the unknown part of the company and u that of the party, the party holds F on record and at most
F + U - F * u: besides F everything that ends unknown without having come by.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from .decision import Bounds
from .ends import seeking, short
from .facts import Lane
from .interval import ONE, ZERO
from .linear import EXACT_UP_TO, solve
from .multiplicative import Component, Shares, inner_rows, is_loop, look_through
from .reach import MOST_LINKS, explore
from .stakes import OwnershipGraph
from .visits import Visits, count_visits


def totals_above(
    graph: OwnershipGraph, subject: str, parties: Sequence[str], lane: Lane
) -> dict[str, Bounds | None]:
    """What the parties hold of the subject, as fractions, for those that a walk from it can come by.

    In a very large loop only the first few are worked out, since each takes a solve of its own; the others
    have None.
    """
    ends = frozenset(party.id for party in graph.parties.values() if party.kind.is_end)
    shares = look_through(explore(graph, subject, seeking(ends, lane)))
    found = _chances(shares, [party for party in parties if party in shares.reach.roles and party != subject])
    unknown = shares.unknown_of(subject)

    def held(party: str, chance: Fraction) -> Bounds:
        most = chance + unknown - chance * shares.unknown_of(party)
        return Bounds(_printed(shares, chance), _printed(shares, most))

    return {p: None if chance is None else held(p, chance) for p, chance in found.items()}


def _printed(shares: Shares, figure: Fraction) -> Fraction:
    return short(figure) if any(len(component) > EXACT_UP_TO for component in shares.order) else figure


def _chances(shares: Shares, parties: Collection[str]) -> dict[str, Fraction | None]:
    """The chance that a walk from the subject comes by each party; None where it was not worked out."""
    visits = count_visits(shares, absorb_open=False)
    loops = {member: loop for loop in shares.order if is_loop(shares.reach, loop) for member in loop}
    found: dict[str, Fraction | None] = {
        party: _directly(visits, party) for party in parties if party not in loops
    }
    for loop in dict.fromkeys(loops[party] for party in parties if party in loops):
        found |= _in_loop(shares, visits, loop, [party for party in parties if loops.get(party) == loop])
    return found


def _directly(visits: Visits, party: str) -> Fraction:
    return visits.visits.get(party, visits.arrivals.get(party, ZERO))


def _in_loop(
    shares: Shares, visits: Visits, loop: Component, parties: Sequence[str]
) -> Mapping[str, Fraction | None]:
    """All passages, less those that only come back: a walk in a closed loop comes by all of it."""
    if loop in shares.closed:
        return dict.fromkeys(parties, visits.into(loop))
    rows = inner_rows(shares.reach, {member: i for i, member in enumerate(loop)})
    worked_out = parties[: max(1, MOST_LINKS // (100 * sum(map(len, rows))))]
    starts = [[ONE if member == party else ZERO for member in loop] for party in worked_out]
    passages = solve(rows, starts).columns
    chances = (visits.of(p) / column[loop.index(p)] for p, column in zip(worked_out, passages, strict=True))
    return {**dict.fromkeys(parties), **dict(zip(worked_out, chances, strict=True))}
