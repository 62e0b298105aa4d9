"""Ids that sources take for one: which of them stands for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


def canonical_ids(pairs: Iterable[tuple[str, str]], subject: str) -> dict[str, str]:
    """For every id in a pair, the one that stands for it: the subject, else the smallest of them."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found: dict[str, str] = {}
    for start in sorted(neighbours):
        if start not in found:
            members = _connected(start, neighbours)
            found.update(dict.fromkeys(members, subject if subject in members else min(members)))
    return found


def _connected(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    met, ahead = {start}, [start]
    while ahead:
        new = neighbours[ahead.pop()] - met
        met |= new
        ahead += sorted(new)
    return met
