"""Relationships between parties of OFAC's lists: which of them are stakes."""

from __future__ import annotations

from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import UNKNOWN

from .cells import key, text
from .json_fields import Fields

OWNED = "owned or controlled by"
_LONGEST_WORDS = 60
_NOT_HELD = ("individual", "vessel", "aircraft")


def stakes(told: Fields, source: str) -> list[StakeClaim]:
    """An unknown stake in the shares, and control, where one party is owned or controlled by the other.

    All else that OFAC says of two parties is noted: acting for somebody is no stake in anybody.
    """
    relation = told.need("relation", text, "")
    owned, owner = told.need("from", key, ""), told.need("to", key, "")
    held, holder = (told.text(name).casefold() for name in ("fromType", "toType"))
    ref, former = told.text("ref"), told.flag("former")
    if former or relation.casefold() != OWNED:
        told.reading.note(f"{'former ' if former else ''}relationship: {relation[:_LONGEST_WORDS]}")
        return []
    if held in _NOT_HELD or holder in _NOT_HELD[1:]:
        told.reading.note(
            f"relationship: {relation[:_LONGEST_WORDS]}, of what nobody owns or what owns nothing"
        )
        return []
    return [
        StakeClaim(
            owner=f"OFAC-{owner}",
            owned=f"OFAC-{owned}",
            lane=lane,
            interval=UNKNOWN if lane.has_figure else None,
            source=source,
            ref=ref,
            note=relation,
        )
        for lane in (Lane.SHARES, Lane.CONTROL)
    ]
