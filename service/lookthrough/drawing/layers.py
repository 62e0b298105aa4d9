"""Which layer each box of a drawing is in: holders above what they hold, the root's own level being 0.

Where companies hold each other some arrows must point upward: those that lead away from the root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from lookthrough.control.components import components

Pair = tuple[str, str]
"""Tail and head of an arrow: who holds, and what is held."""
_ALL = "\0"


def upward_arrows(root: str, boxes: Sequence[str], arrows: Iterable[Pair]) -> set[Pair]:
    """Arrows that point upward in the drawing; without them no box is above itself."""
    arrows = list(arrows)
    tails = _by(arrows, lambda arrow: arrow[1], lambda arrow: arrow[0])
    rank = {box: place for place, box in enumerate(_from_root(root, boxes, arrows))}
    level = _levels(root, arrows)
    rings = components(_ALL, lambda box: boxes if box == _ALL else tails[box])
    ring = {member: number for number, found in enumerate(rings) for member in found}

    def place(box: str) -> tuple[int, int]:
        return level.get(box, 0), -rank[box]

    return {
        (tail, head)
        for tail, head in arrows
        if tail != head and ring[tail] == ring[head] and place(tail) > place(head)
    }


def layers(root: str, boxes: Sequence[str], arrows: Iterable[Pair], upward: set[Pair]) -> dict[str, int]:
    """The layer of each box, growing downward.

    Whatever leads to the root stands right above what it holds, all else right below who holds it.
    """
    down = [(head, tail) if (tail, head) in upward else (tail, head) for tail, head in arrows if tail != head]
    heads = _by(down, lambda pair: pair[0], lambda pair: pair[1])
    tails = _by(down, lambda pair: pair[1], lambda pair: pair[0])
    # Owners come after what they hold.
    order = [found[0] for found in components(_ALL, lambda box: boxes if box == _ALL else heads[box])][:-1]
    above = _leading_to(root, tails)
    found: dict[str, int] = {root: 0}
    for box in order:
        if box in above:
            found[box] = min(found[head] for head in heads[box] if head in found) - 1
    for box in reversed(order):
        if box not in found:
            found[box] = max((found[tail] for tail in tails[box]), default=-1) + 1
    return found


def _by(
    arrows: Iterable[Pair], key: Callable[[Pair], str], value: Callable[[Pair], str]
) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        found[key(arrow)].append(value(arrow))
    return found


def _leading_to(root: str, tails: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that leads to the root, without it."""
    found, ahead = set[str](), [root]
    while ahead:
        new = [box for box in tails.get(ahead.pop(), ()) if box not in found and box != root]
        found.update(new)
        ahead += new
    return found


def _from_root(root: str, boxes: Sequence[str], arrows: Iterable[Pair]) -> list[str]:
    """All boxes, by how many arrows away they are, either way."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for tail, head in arrows:
        near[head].append(tail)
        near[tail].append(head)
    found = dict.fromkeys([root])
    ahead = [root]
    for box in ahead:
        new = [other for other in dict.fromkeys(near[box]) if other not in found]
        found.update(dict.fromkeys(new))
        ahead += new
    return [*found, *(box for box in boxes if box not in found)]


def _levels(root: str, arrows: Sequence[Pair]) -> dict[str, int]:
    """How many arrows a box is above the root (negative), or else below it."""
    found = {root: 0}
    for step, near in (
        (-1, _by(arrows, lambda a: a[1], lambda a: a[0])),
        (1, _by(arrows, lambda a: a[0], lambda a: a[1])),
    ):
        ahead = [root]
        for box in ahead:
            new = [other for other in dict.fromkeys(near[box]) if other not in found]
            found.update((other, found[box] + step) for other in new)
            ahead += new
    return found
