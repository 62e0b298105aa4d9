"""Why a party is not named: the reason that a source gives goes with what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from lookthrough.control.facts import Lane
from lookthrough.control.verdict import Gap
from lookthrough.graph.snapshot import Surroundings


def reason_of(gap: Gap, around: Surroundings) -> str | None:
    """The reasons given for the entity or a holder of it, as the sources put them; None for none."""
    found = (around.entities.get(entity) for entity in _concerned(gap, around))
    told = {facts.description.unspecified for facts in found if facts}
    return "; ".join(sorted(told - {""})) or None


def _concerned(gap: Gap, around: Surroundings) -> Iterator[str]:
    yield gap.entity
    for lane in Lane:
        yield from (stake.owner for stake in around.graph.stakes.get((gap.entity, lane), ()))
