"""GraphML, for tools that draw and measure graphs: entities as nodes, stakes as edges from owner to owned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from lookthrough.control.everything import Facts
from lookthrough.control.facts import Attribute
from lookthrough.control.interval import to_text

from .drawn import Drawing, Edge, Node
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
        self._drawing = Drawing(export)

    def elements(self, facts: Facts) -> list[Element]:
        return [
            self._node(each) if isinstance(each, Node) else self._edge(each)
            for each in self._drawing.of(facts)
        ]

    def _node(self, node: Node) -> Element:
        shown = node.shown
        self._drawing.lose("aliases", len(shown.aliases))
        values = {
            "name": shown.name,
            "name_original": shown.name_original,
            "kind": shown.kind.value,
            "founded": _day(shown.founded),
            "dissolved": _day(shown.dissolved),
            "identifiers": "|".join(":".join(pair) for pair in shown.identifiers),
            **{attribute.value: "|".join(codes) for attribute, codes in node.places.items()},
            "lists": "|".join(node.lists),
        }
        return self._element("node", {"id": self._text(shown.entity)}, values)

    def _edge(self, edge: Edge) -> Element:
        ends = {"source": self._text(edge.owner), "target": self._text(edge.owned)}
        return self._element("edge", ends, _edge(edge))

    def _element(self, thing: str, attributes: Mapping[str, str], values: Mapping[str, str]) -> Element:
        element = Element(thing, dict(attributes))
        for name, value in values.items():
            if value:
                SubElement(element, "data", {"key": f"{thing}_{name}"}).text = self._text(value)
        return element

    def _text(self, value: str) -> str:
        told, odd = _NOT_XML.subn("\ufffd", value)
        self._drawing.lose("characters that XML cannot hold", odd)
        return told


def _edge(edge: Edge) -> dict[str, str]:
    """`share` is exact, as a fraction or an interval of fractions; `min` and `max` are doubles."""
    interval = edge.run.interval
    return {
        "lane": edge.lane.value,
        "holding": edge.holding,
        "share": to_text(interval) if interval else "",
        "min": repr(float(interval.low)) if interval else "",
        "max": repr(float(interval.high)) if interval else "",
        "valid_from": _day(edge.run.valid_from),
        "valid_to": _day(edge.run.valid_to),
        "conflict": "true" if edge.run.conflict else "false",
        "sources": "|".join(edge.sources),
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
