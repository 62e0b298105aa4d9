"""The boxes and arrows of a chart, from what was chosen to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from lookthrough.control.decimals import decimal, exact
from lookthrough.control.decision import Outcome
from lookthrough.control.ends import NO_HOLDERS
from lookthrough.control.facts import Attribute, Lane
from lookthrough.control.folding import Drawn, Side
from lookthrough.control.interval import ONE, ZERO
from lookthrough.control.reach import Role
from lookthrough.control.stakes import Stake
from lookthrough.control.standing import Standing
from lookthrough.control.unknowns import Missing, open_part
from lookthrough.control.weights import Link
from lookthrough.graph.parties import EntityFacts

from .chart_documents import ChartArrow, ChartBox
from .documents import EntityRef
from .scene import Scene

Nameless = Literal["holders", "companies", "open"]


class Boxes:
    """Collects boxes, numbered in falling importance, and the arrows between them."""

    def __init__(
        self, scene: Scene, drawn: Drawn, entities: Mapping[str, EntityFacts], sides: Sequence[Side]
    ) -> None:
        self.boxes: list[ChartBox] = []
        self.arrows: list[ChartArrow] = []
        self.folded: set[str] = set()
        self._scene = scene
        self._drawn = drawn
        self._entities = entities
        self._sides = sides
        self._number = {entity: str(number) for number, entity in enumerate(drawn.entities)}
        above = [entity for entity, side in drawn.entities.items() if side is not Side.DOWN]
        below = [entity for entity, side in drawn.entities.items() if side is Side.DOWN]
        self._standings = {**scene.standings_below(below), **scene.standings_above(above)}
        self._groups = sorted(
            (group, members)
            for group, members in scene.graph.groups.items()
            if len(members & drawn.entities.keys()) > 1
        )

    def draw(self, headline: Outcome | None) -> None:
        """Everything; the box of the subject has the outcome of the whole policy."""
        self.boxes += [
            self._party(entity, side, headline if side is None else None)
            for entity, side in self._drawn.entities.items()
        ]
        for company in self._drawn.entities:
            self._arrows_into(company)
            if (company, Side.UP) in self._drawn.walked:
                self._folded_holders(company)
                self._open_part(company)
            if (company, Side.DOWN) in self._drawn.walked:
                self._folded_companies(company)

    def reference(self, entity: str) -> EntityRef:
        party = self._scene.party(entity)
        return EntityRef(id=entity, name=party.name or entity, kind=party.kind)

    def _party(self, entity: str, side: Side | None, headline: Outcome | None) -> ChartBox:
        standing = self._standings.get(entity)
        outcome = headline or (standing.outcome if standing else None)
        asked = self._scene.result is not None and side is not None
        box = ChartBox(
            box=self._number[entity],
            shape="party",
            entity=self.reference(entity),
            name_original=self._original(entity),
            side=side,
            headquarters=self._places(entity, Attribute.HEADQUARTERS, Attribute.NATIONALITY),
            incorporation=self._places(entity, Attribute.INCORPORATION),
            outcome=outcome.value if outcome else None,
            named=(asked and standing is not None and standing.role is Role.SEED) or None,
            hidden=self._hidden(entity, side) or None,
            groups=[group for group, members in self._groups if entity in members] or None,
        )
        return box.model_copy(update=_figures(standing))

    def _original(self, entity: str) -> str | None:
        facts = self._entities.get(entity)
        return facts.description.name_original or None if facts else None

    def _places(self, entity: str, *attributes: Attribute) -> list[str] | None:
        """Codes on record of the first attribute of which there are any."""
        locations = self._scene.party(entity).locations
        found = (sorted(locations[attribute]) for attribute in attributes if locations.get(attribute))
        return next(found, None)

    def _hidden(self, entity: str, side: Side | None) -> int:
        """How many stand next to it where the chart does not go on."""
        sides = self._sides if side is None else [side]
        return sum(
            other.entity not in self._drawn.entities
            for each in sides
            if (entity, each) not in self._drawn.walked
            for other in self._scene.near(entity, each)
        )

    def _arrows_into(self, company: str) -> None:
        for link in self._scene.links(company):
            if link.owner in self._number:
                self.arrows.append(self._stake(link))
        for stake in self._scene.controls(company):
            if stake.owner in self._number:
                self.arrows.append(self._control(stake))

    def _stake(self, link: Link) -> ChartArrow:
        intervals = [stake.interval for stake in link.stakes if stake.interval]
        return ChartArrow(
            owner_box=self._number[link.owner],
            owned_box=self._number[link.owned],
            owner=link.owner,
            owned=link.owned,
            lane=link.stakes[0].lane,
            min=decimal(link.low),
            max=decimal(link.high, up=True),
            min_open=any(interval.low_open for interval in intervals),
            max_open=any(interval.high_open for interval in intervals),
            weight=decimal(link.weight),
            conflict=link.conflict,
            sources=list(link.sources),
        )

    def _control(self, stake: Stake) -> ChartArrow:
        return ChartArrow(
            owner_box=self._number[stake.owner],
            owned_box=self._number[stake.owned],
            owner=stake.owner,
            owned=stake.owned,
            lane=stake.lane,
            conflict=stake.conflict,
            sources=list(stake.sources),
        )

    def _folded_holders(self, company: str) -> None:
        links = [link for link in self._scene.links(company) if link.owner not in self._number]
        controllers = {stake.owner for stake in self._scene.controls(company)} - self._number.keys()
        folded = {link.owner for link in links} | controllers
        if not folded:
            return
        self.folded |= folded
        box = self._nameless(company, "holders", count=len(folded), **self._together(links))
        arrow = ChartArrow(owner_box=box, owned_box=self._number[company], owned=company, lane=Lane.CONTROL)
        if links:
            sums = {
                "lane": self._scene.lane,
                "min": decimal(min(ONE, _sum(link.low for link in links))),
                "max": decimal(min(ONE, _sum(link.high for link in links)), up=True),
                "weight": decimal(_sum(link.weight for link in links)),
            }
            arrow = arrow.model_copy(update=sums)
        self.arrows.append(arrow)

    def _together(self, links: Sequence[Link]) -> dict[str, str | None]:
        """What the rule counts of the folded holders, weighed by what they hold."""
        standings = [self._standings.get(link.owner) for link in links]
        total = _sum(link.weight for link in links)
        known = [each for each in standings if each is not None and each.lower is not None]
        if self._scene.result is None or not total or len(known) < len(links):
            return {}
        lower = _sum(link.weight * (each.lower or ZERO) for link, each in zip(links, known, strict=True))
        upper = _sum(link.weight * (each.upper or ZERO) for link, each in zip(links, known, strict=True))
        outcomes = {each.outcome for each in known}
        outcome = next(iter(outcomes)) if len(outcomes) == 1 else None
        return _figures(Standing(Role.THROUGH, outcome, lower / total, upper / total), with_outcome=True)

    def _open_part(self, company: str) -> None:
        own = self._scene.owners(company)
        if not own.undisclosed:
            return
        missing = open_part(own, unread=company in self._scene.graph.unexplored)
        nobody = missing is Missing.UNDISCLOSED_HOLDERS and not own.links
        asked = self._scene.result is not None
        box = self._nameless(
            company,
            "open",
            missing=NO_HOLDERS if nobody else missing.value,
            outcome=Outcome.UNDETERMINED.value if asked else None,
        )
        self.arrows.append(
            ChartArrow(
                owner_box=box,
                owned_box=self._number[company],
                owned=company,
                lane=self._scene.lane,
                weight=decimal(own.undisclosed),
            )
        )

    def _folded_companies(self, owner: str) -> None:
        near = self._scene.near(owner, Side.DOWN)
        folded = {other.entity for other in near if other.entity not in self._number}
        if folded:
            self.folded |= folded
            box = self._nameless(owner, "companies", count=len(folded))
            self.arrows.append(
                ChartArrow(
                    owner_box=self._number[owner],
                    owned_box=box,
                    owner=owner,
                    lane=self._scene.lane,
                )
            )

    def _nameless(self, at: str, shape: Nameless, **told: str | int | None) -> str:
        """A box beside the one it hangs on; gives its number."""
        number = str(len(self.boxes))
        box = ChartBox(box=number, shape=shape, entity=self.reference(at))
        self.boxes.append(box.model_copy(update=told))
        return number


def _figures(standing: Standing | None, *, with_outcome: bool = False) -> dict[str, str | None]:
    if standing is None or standing.lower is None or standing.upper is None:
        return {}
    found = {
        "lower": decimal(standing.lower),
        "lower_exact": exact(standing.lower),
        "upper": decimal(standing.upper, up=True),
        "upper_exact": exact(standing.upper),
    }
    if with_outcome and standing.outcome:
        found["outcome"] = standing.outcome.value
    return found


def _sum(figures: Iterable[Fraction]) -> Fraction:
    return sum(figures, ZERO)
