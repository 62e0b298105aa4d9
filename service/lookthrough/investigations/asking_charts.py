"""How much of a chart is asked for, as people and programs write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from lookthrough.control.folding import Folding, Side

from .errors import BadQuestion

Direction = Literal["up", "down", "both"]
DEFAULT_FOLD = "1"
DEEPEST = 100
MOST_NAMED = 200
WHOLE = 100


def folding(
    direction: str, depth: int | None, fold: str, expand: Sequence[str], collapse: Sequence[str]
) -> Folding:
    """`depth` 1 to 100, `fold` in percent: smaller stakes are drawn together. Raises BadQuestion."""
    sides = {"up": (Side.UP,), "down": (Side.DOWN,), "both": (Side.UP, Side.DOWN)}.get(direction)
    if sides is None:
        raise BadQuestion(f"direction: {direction[:80]!r} is not up, down or both")
    if depth is not None and not 1 <= depth <= DEEPEST:
        raise BadQuestion(f"depth: {depth} is not from 1 to {DEEPEST}")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,12})?", fold) or Fraction(fold) > WHOLE:
        raise BadQuestion(f"fold: {fold[:80]!r} is not a percentage from 0 to 100")
    if len(expand) > MOST_NAMED or len(collapse) > MOST_NAMED:
        raise BadQuestion(f"expand, collapse: at most {MOST_NAMED} ids can be named")
    return Folding(
        sides=sides,
        depth=depth,
        least=Fraction(fold) / 100,
        expanded=frozenset(expand),
        collapsed=frozenset(collapse),
    )
