"""Policy documents and parties that the tests of this folder are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.policy import LocationTest
from lookthrough.control.predicate import Party, Predicate
from lookthrough.policies import Library, PolicyDocument

LIBRARY = Library()
TODAY = date(2026, 11, 23)

Document = dict[str, object]


def ownership(**keys: object) -> Document:
    return {"id": "owned", "kind": "ownership", "threshold": "50%", "operator": ">", **keys}


def document(**keys: object) -> Document:
    plain: Document = {
        "id": "mine",
        "version": "1",
        "title": {"en": "A rule of my own"},
        "seeds": {"id": ["acme"]},
        "tests": [ownership()],
    }
    return plain | keys


def without(plain: Document, key: str) -> Document:
    return {name: value for name, value in plain.items() if name != key}


def predicate_of(condition: Mapping[str, object], as_of: date = TODAY) -> Predicate:
    """The predicate that a condition written in a location test becomes."""
    written = document(tests=[{"id": "place", "kind": "location", "all": [condition]}])
    (test,) = LIBRARY.parse(written).resolve(None, as_of).policy.tests
    assert isinstance(test, LocationTest)
    return test.subject


def party(kind: Kind = Kind.COMPANY, **places: str) -> Party:
    """An entity with `attribute="CN HK"`: the recorded values of each attribute."""
    return Party("somebody", kind, locations={Attribute(a): frozenset(v.split()) for a, v in places.items()})


def lists_of(pack: PolicyDocument) -> set[str]:
    """The lists that a pack names anywhere."""

    def found(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in cast("dict[str, object]", value).items():
                yield from cast("list[str]", part) if key == "list" else found(part)
        elif isinstance(value, list):
            for part in cast("list[object]", value):
                yield from found(part)

    return set(found(pack.as_json()))
