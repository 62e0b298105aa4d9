"""Where an entity is, and on which lists, from all claims at one date (SEMANTICS sections 1 and 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from .claims import Known, voices
from .facts import Attribute, ListClaim, LocationClaim


def speaking_locations(claims: Sequence[Known[LocationClaim]], on: date) -> list[Known[LocationClaim]]:
    """The claims that say where the entity is on that day.

    Of one source the latest claim on an attribute speaks. Nationalities and listings hold side by side: there
    a later start adds to an earlier one, and only a newer claim with the same start takes its place.
    """
    by_attribute: defaultdict[Attribute, list[Known[LocationClaim]]] = defaultdict(list)
    for known in claims:
        by_attribute[known.claim.attribute].append(known)
    return [
        known
        for attribute, told in sorted(by_attribute.items())
        for group in (_by_start(told) if attribute.holds_several else [told])
        for voice in voices(group, on)
        for known in voice.claims
    ]


def _by_start(claims: Sequence[Known[LocationClaim]]) -> list[list[Known[LocationClaim]]]:
    groups: defaultdict[date | None, list[Known[LocationClaim]]] = defaultdict(list)
    for known in claims:
        groups[known.claim.valid_from].append(known)
    return list(groups.values())


def recorded(speaking: Sequence[Known[LocationClaim]]) -> dict[Attribute, frozenset[str]]:
    """Every value on record for each attribute."""
    values: defaultdict[Attribute, set[str]] = defaultdict(set)
    for known in speaking:
        values[known.claim.attribute].update(known.claim.jurisdictions)
    return {attribute: frozenset(codes) for attribute, codes in values.items()}


def speaking_lists(claims: Sequence[Known[ListClaim]], on: date) -> list[Known[ListClaim]]:
    """The claims that put the entity on a list on that day; one source is enough."""
    by_list: defaultdict[str, list[Known[ListClaim]]] = defaultdict(list)
    for known in claims:
        by_list[known.claim.list_key].append(known)
    return [
        known for _, told in sorted(by_list.items()) for voice in voices(told, on) for known in voice.claims
    ]
