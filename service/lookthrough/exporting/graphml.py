"""GraphML, for tools that draw and measure graphs: entities as nodes, stakes as edges from owner to owned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from lookthrough.control.claims import Known, Segment, segments
from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, StakeFacts
from lookthrough.control.facts import Attribute, GroupClaim, ListClaim, LocationClaim, SameAsClaim
from lookthrough.control.interval import to_text
from lookthrough.control.locations import recorded, speaking_lists, speaking_locations

from .formats import Export

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE = ("name", "name_original", "kind", "founded", "dissolved", "identifiers", "lists", *Attribute)
EDGE = ("lane", "holding", "share", "min", "max", "valid_from", "valid_to", "conflict", "sources")
_TYPES = {"min": "double", "max": "double", "conflict": "boolean"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class GraphmlFormat:
    """One file. Sources are brought together: an edge is what all say of a stake over a run of days."""

    name = "graphml"
    is_folder = False

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        writer, file = _Writer(export), export.files.open()
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n'.encode())
        for key in _keys():
            file.write(tostring(key) + b"\n")
        file.write(b'<graph edgedefault="directed">\n')
        for each in facts:
            for element in writer.elements(each):
                file.write(tostring(element, encoding="unicode").encode() + b"\n")
        file.write(b"</graph>\n</graphml>\n")


def _keys() -> Iterable[Element]:
    for thing, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            told = {"id": f"{thing}_{name}", "for": thing, "attr.name": str(name)}
            yield Element("key", {**told, "attr.type": _TYPES.get(name, "string")})


class _Writer:
    def __init__(self, export: Export) -> None:
        self._account = export.account
        self._as_of = export.as_of

    @property
    def _left_out(self) -> Counter[str]:
        return self._account.left_out

    def elements(self, facts: Facts) -> list[Element]:
        if isinstance(facts, SourceFacts):
            self._left_out["sources"] += 1
            return []
        if isinstance(facts, EntityFacts):
            return [self._node(facts)]
        return self._edges(facts)

    def _node(self, facts: EntityFacts) -> Element:
        self._account.written["nodes"] += 1
        self._count_entity(facts)
        told = [KnownDescription(each.fact, each.known_from) for each in facts.descriptions]
        shown = together(facts.entity, told)
        values = {
            "name": shown.name,
            "name_original": shown.name_original,
            "kind": shown.kind.value,
            "founded": _day(shown.founded),
            "dissolved": _day(shown.dissolved),
            "identifiers": "|".join(":".join(pair) for pair in shown.identifiers),
            **self._places(facts),
        }
        return self._element("node", {"id": self._text(facts.entity)}, values)

    def _places(self, facts: EntityFacts) -> dict[str, str]:
        """What speaks on the day; without one what no source says has ended."""
        on = self._as_of or date.max
        located = [Known(c.fact, c.known_from) for c in facts.claims if isinstance(c.fact, LocationClaim)]
        listed = [Known(c.fact, c.known_from) for c in facts.claims if isinstance(c.fact, ListClaim)]
        speaking, lists = speaking_locations(located, on), speaking_lists(listed, on)
        self._lose(
            "claims on places and lists of other days",
            len(located) + len(listed) - len(speaking) - len(lists),
        )
        places = {a.value: "|".join(sorted(codes)) for a, codes in recorded(speaking).items()}
        return {**places, "lists": "|".join(sorted({known.claim.list_key for known in lists}))}

    def _count_entity(self, facts: EntityFacts) -> None:
        self._lose("descriptions brought together", max(0, len(facts.descriptions) - 1))
        self._lose("groups", sum(isinstance(each.fact, GroupClaim) for each in facts.claims))
        self._lose("same_as", sum(isinstance(each.fact, SameAsClaim) for each in facts.claims))
        self._lose("aliases", sum(len(each.fact.aliases) for each in facts.descriptions))
        self._lose(
            "notes, addresses, reasons",
            sum(bool(d.fact.note or d.fact.url or d.fact.unspecified) for d in facts.descriptions),
        )

    def _edges(self, stake: StakeFacts) -> list[Element]:
        runs = [run for run in segments([Known(c.fact, c.known_from) for c in stake.claims]) if self._on(run)]
        self._account.written["edges"] += len(runs)
        self._lose("claims brought together", max(0, len(stake.claims) - len(runs)))
        cited = sum(bool(c.fact.ref or c.fact.url or c.fact.note or c.fact.confidence) for c in stake.claims)
        self._lose("citations of stakes", cited)
        ends = {"source": self._text(stake.owner), "target": self._text(stake.owned)}
        return [self._element("edge", ends, _edge(stake, run)) for run in runs]

    def _on(self, run: Segment) -> bool:
        on = self._as_of
        return on is None or (
            (run.valid_from or date.min) <= on and (run.valid_to is None or on < run.valid_to)
        )

    def _element(self, thing: str, attributes: Mapping[str, str], values: Mapping[str, str]) -> Element:
        element = Element(thing, dict(attributes))
        for name, value in values.items():
            if value:
                SubElement(element, "data", {"key": f"{thing}_{name}"}).text = self._text(value)
        return element

    def _text(self, value: str) -> str:
        told, odd = _NOT_XML.subn("\ufffd", value)
        self._lose("characters that XML cannot hold", odd)
        return told

    def _lose(self, name: str, number: int) -> None:
        if number:
            self._left_out[name] += number


def _edge(stake: StakeFacts, run: Segment) -> dict[str, str]:
    """`share` is exact, as a fraction or an interval of fractions; `min` and `max` are doubles."""
    interval = run.interval
    return {
        "lane": stake.lane.value,
        "holding": stake.holding,
        "share": to_text(interval) if interval else "",
        "min": repr(float(interval.low)) if interval else "",
        "max": repr(float(interval.high)) if interval else "",
        "valid_from": _day(run.valid_from),
        "valid_to": _day(run.valid_to),
        "conflict": "true" if run.conflict else "false",
        "sources": "|".join(sorted({known.claim.source for known in run.speaking})),
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
