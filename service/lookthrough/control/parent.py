"""Climb to the ultimate parent and ask the rule about it (SEMANTICS section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .components import components
from .facts import Kind
from .interval import ZERO
from .predicate import Truth, any_of
from .reach import Reach, Role
from .weights import Link


class Doubt(StrEnum):
    """Why it is not known who stands at the top."""

    HIDDEN = "hidden"  # what is not assigned could make somebody a parent
    RING = "ring"
    PREDICATE = "predicate"  # the top is known, whether it is a seed is not


@dataclass(frozen=True, slots=True)
class Climb:
    """Whether a top is a seed, the path to it (links from the top down to the subject), and the doubts."""

    truth: Truth
    path: tuple[Link, ...]
    doubts: tuple[tuple[Doubt, str], ...]


def climb(reach: Reach) -> Climb:
    """Follow every holder that meets the line until none does; one top that is a seed suffices."""
    paths: dict[str, tuple[Link, ...]] = {reach.subject: ()}
    tops: list[Climb] = []
    doubts: list[tuple[Doubt, str]] = []
    for company in _climbing(reach, paths):
        parents = _parents(reach, company)
        if could_hide(reach, company, parents):
            doubts.append((Doubt.HIDDEN, company))
        elif not parents:
            tops.append(_top(reach, company, paths[company]))
    doubts += [(Doubt.RING, ring[0]) for ring in _rings(reach)]
    return _joined(tops, doubts)


def _climbing(reach: Reach, paths: dict[str, tuple[Link, ...]]) -> Iterator[str]:
    """The subject and all parents above it; `paths` gets the links from each down to the subject."""
    ahead = [reach.subject]
    for company in ahead:
        yield company
        for link in _parents(reach, company):
            if link.owner not in paths:
                paths[link.owner] = (link, *paths[company])
                ahead.append(link.owner)


def _rings(reach: Reach) -> list[tuple[str, ...]]:
    """Parents of each other: nobody is at the top of them."""

    def parents(company: str) -> list[str]:
        return [link.owner for link in _parents(reach, company)]

    found = components(reach.subject, parents)
    return [ring for ring in found if len(ring) > 1 or any(member in parents(member) for member in ring)]


def _parents(reach: Reach, company: str) -> list[Link]:
    return [
        link for link in reach.owners[company].links if _can_be_parent(reach, link) and _meets(reach, link)
    ]


def _can_be_parent(reach: Reach, link: Link) -> bool:
    return reach.graph.party(link.owner).kind is not Kind.PUBLIC_FLOAT


def _meets(reach: Reach, link: Link) -> bool:
    line = reach.test.line
    return line.met_by(link.weight) or (link.weight == line.threshold and link.strict)


def could_hide(reach: Reach, company: str, parents: Sequence[Link]) -> bool:
    """Whether what is not assigned could make somebody a parent beside those who are."""
    own, line = reach.owners[company], reach.test.line
    if own.undisclosed == ZERO:
        return False
    others = [link for link in own.links if _can_be_parent(reach, link) and link not in parents]
    return line.met_by(own.undisclosed) or any(line.met_by(link.weight + own.undisclosed) for link in others)


def _top(reach: Reach, entity: str, path: tuple[Link, ...]) -> Climb:
    if entity == reach.subject:  # which has no role of its own: nobody is its parent
        truth = reach.test.seeds.judge(reach.graph.party(entity))
    else:
        truth = {Role.SEED: Truth.TRUE, Role.OPEN: Truth.UNKNOWN}.get(reach.roles[entity], Truth.FALSE)
    doubts = ((Doubt.PREDICATE, entity),) if truth is Truth.UNKNOWN else ()
    return Climb(truth, path, doubts)


def _joined(found: Sequence[Climb], doubts: Sequence[tuple[Doubt, str]]) -> Climb:
    truth = any_of([*(top.truth for top in found), *(Truth.UNKNOWN for _ in doubts[:1])])
    path = next((top.path for top in found if top.truth is truth), ())
    return Climb(truth, path, (*doubts, *(doubt for top in found for doubt in top.doubts)))
