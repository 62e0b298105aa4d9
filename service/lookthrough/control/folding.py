"""Which parties around one a chart draws: those that could matter most, so that it stays readable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from heapq import heappop, heappush

from .interval import ONE


class Side(StrEnum):
    """Where the chart goes on from its subject: to holders, or to what is held."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Near:
    """A party next to another; `size` is the most (a fraction) that the stake between them can be."""

    entity: str
    size: Fraction


@dataclass(frozen=True, slots=True)
class Around:
    """The facts that a chart is chosen from.

    `near` gives who is next to an entity on a side; `stops` says where nobody goes on unless asked to;
    `open_part` says that a part of a company's holders has no name, which takes a box of its own.
    """

    near: Callable[[str, Side], Sequence[Near]]
    stops: Callable[[str], bool]
    open_part: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Folding:
    """How much is drawn: so many boxes and arrows at most, so many beside each other unless asked for.

    Stakes that are at most below `least` (a fraction) are folded, `depth` is in arrows from the subject.
    """

    sides: tuple[Side, ...] = (Side.UP,)
    depth: int | None = None
    least: Fraction = Fraction(1, 100)
    boxes: int = 150
    arrows: int = 300
    beside: int = 12
    expanded: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """`entities` in falling importance with their side; from those `walked` the chart goes on."""

    entities: dict[str, Side | None]
    walked: frozenset[tuple[str, Side]]


Place = tuple[str, Side]
"""An entity and the side on which somebody hangs on it."""


@dataclass(slots=True)
class _Choice:
    """What is chosen so far and how much room it takes; `hung_on`: the places where an entity is folded."""

    around: Around
    folding: Folding
    drawn: dict[str, Side | None] = field(default_factory=dict[str, Side | None])
    walked: set[Place] = field(default_factory=set[Place])
    hung_on: dict[str, list[Place]] = field(default_factory=dict[str, list[Place]])
    folded: dict[Place, int] = field(default_factory=dict[Place, int])
    ahead: list[tuple[Fraction, int, str, Side]] = field(
        default_factory=list[tuple[Fraction, int, str, Side]]
    )
    boxes: int = 0
    arrows: int = 0

    def walks(self, entity: str, side: Side | None, distance: int) -> list[Side]:
        """The sides on which the chart goes on from an entity."""
        sides = list(self.folding.sides) if side is None else [side]
        if entity in self.folding.collapsed:
            return []
        if entity in self.folding.expanded:
            return sides
        if self.folding.depth is not None and distance >= self.folding.depth:
            return []
        return [] if side is not None and self.around.stops(entity) else sides

    def fits(self, entity: str, side: Side, distance: int) -> bool:
        places = self.hung_on.get(entity, [])
        boxes = 1 - sum(self.folded[place] == 1 for place in places)
        arrows = len(places)
        for walked in self.walks(entity, side, distance):
            near = self.around.near(entity, walked)
            others = sum(other.entity not in self.drawn for other in near)
            extra = (others > 0) + (walked is Side.UP and self.around.open_part(entity))
            boxes += extra
            arrows += len(near) - others + extra
        return self.boxes + boxes <= self.folding.boxes and self.arrows + arrows <= self.folding.arrows

    def draw(self, entity: str, side: Side | None, weight: Fraction, distance: int) -> None:
        """Draw the entity; those next to it wait for their turn, by how much could come through them."""
        self.drawn[entity] = side
        self.boxes += 1
        for place in self.hung_on.pop(entity, []):
            self.folded[place] -= 1
            self.boxes -= self.folded[place] == 0
            self.arrows += self.folded[place] > 0
        for walked in self.walks(entity, side, distance):
            self._go_on(entity, walked, weight, distance)

    def _go_on(self, entity: str, side: Side, weight: Fraction, distance: int) -> None:
        near = self.around.near(entity, side)
        others = [other for other in near if other.entity not in self.drawn]
        self.walked.add((entity, side))
        self.folded[entity, side] = len(others)
        extra = bool(others) + (side is Side.UP and self.around.open_part(entity))
        self.boxes += extra
        self.arrows += len(near) - len(others) + extra
        for other in others:
            self.hung_on.setdefault(other.entity, []).append((entity, side))
        for other in self._picked(entity, others):
            heappush(self.ahead, (-weight * min(ONE, other.size), distance + 1, other.entity, side))

    def _picked(self, entity: str, near: Sequence[Near]) -> Sequence[Near]:
        """Those that are not folded from the start; nobody is folded alone."""
        ordered = sorted(near, key=lambda other: (-other.size, other.entity))
        if entity in self.folding.expanded:
            return ordered
        large = [other for other in ordered if other.size >= self.folding.least][: self.folding.beside]
        return ordered if len(ordered) - len(large) == 1 else large


def chosen(subject: str, around: Around, folding: Folding) -> Drawn:
    """The subject and those around it, the ones that could matter most first, until the room is used up."""
    choice = _Choice(around, folding)
    choice.draw(subject, None, ONE, 0)
    while choice.ahead:
        weight, distance, entity, side = heappop(choice.ahead)
        if entity in choice.drawn:
            continue
        if not choice.fits(entity, side, distance):
            break
        choice.draw(entity, side, -weight, distance)
    return Drawn(choice.drawn, frozenset(choice.walked))
