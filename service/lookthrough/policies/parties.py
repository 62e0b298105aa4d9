"""Parties named in a few words, as a policy of one test: `headquarters=CN`, `kind=state`, `list=ofac-sdn`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from lookthrough.control.facts import Attribute, Lane

from .errors import PolicyError
from .library import Library
from .plain import PlainTable, PlainValue
from .policy import PolicyDocument

SOURCE = "owners"
MOST = 50
_WORDS = ("kind", "list", "id")
_FORMS = (
    "a class of owners is written attribute=CODES, attribute!=CODES, kind=KINDS, list=LISTS or id=IDS, with "
    "| between several, or as a condition of a policy in JSON"
)


def policy_about(owners: Sequence[str], lane: Lane, library: Library) -> PolicyDocument:
    """A policy that looks for parties of which any of the conditions holds. Raises PolicyError."""
    if not 1 <= len(owners) <= MOST:
        raise PolicyError(SOURCE, (), f"1 to {MOST} conditions are needed")
    conditions = cast("list[PlainValue]", [condition(text) for text in owners])
    document: PlainTable = {
        "id": SOURCE,
        "version": "1",
        "title": {"en": "A class of owners"},
        "seeds": {"any": conditions},
        "tests": [
            {
                "id": "ownership",
                "kind": "ownership",
                "lane": lane.value,
                "threshold": "0%",
                "operator": ">",
            }
        ],
    }
    return library.parse(document, SOURCE)


def condition(text: str) -> PlainTable:
    """One condition as a policy writes it. Raises PolicyError."""
    if text.lstrip().startswith("{"):
        return _from_json(text)
    key, equals, values = text.partition("=")
    negated = key.endswith("!")
    key = key.removesuffix("!").strip()
    names = [value.strip() for value in values.split("|")]
    if not equals or not all(names) or (key not in _WORDS and key not in list(Attribute)):
        raise PolicyError(SOURCE, (), f"{text[:80]!r}: {_FORMS}")
    listed = cast("list[PlainValue]", names)
    if key in _WORDS:
        return {"none": [{key: listed}]} if negated else {key: listed}
    places: PlainValue = names[0] if names[0].startswith("regions:") and len(names) == 1 else listed
    return {"attribute": key, "not_in" if negated else "in": places}


def _from_json(text: str) -> PlainTable:
    try:
        written: object = json.loads(text)
    except (ValueError, RecursionError):
        raise PolicyError(SOURCE, (), f"{text[:80]!r} is not JSON") from None
    return cast("PlainTable", written)
