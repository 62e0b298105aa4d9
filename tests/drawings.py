"""Charts as SVG, measured: where boxes, labels and lines really are in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element, fromstring

import numpy as np

SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MVHC])([^MVHC]*)")
_NUMBER = re.compile(r"-?[\d.]+")
Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: Rect) -> bool:
        return (
            self.left < other.right - 0.01
            and other.left < self.right - 0.01
            and self.top < other.foot - 0.01
            and other.top < self.foot - 0.01
        )


@dataclass(frozen=True)
class Drawing:
    """Boxes and labels by number; `texts` are all words in it."""

    svg: Element
    width: float
    height: float
    offset: Point
    boxes: dict[str, Rect]
    labels: dict[str, Rect]
    lines: dict[str, list[Point]]

    def told_in(self, box: str) -> list[str]:
        group = next(g for g in self.svg.iter(f"{SVG}g") if g.get("data-box") == box)
        return [text.text or "" for text in group.iter(f"{SVG}text")]

    def told_on(self, arrow: str) -> str:
        group = next(g for g in self.svg.iter(f"{SVG}g") if g.get("data-arrow") == arrow)
        return "".join(text.text or "" for text in group.iter(f"{SVG}text"))


def read(svg: str) -> Drawing:
    """Parses as XML does, or fails."""
    root = fromstring(svg)  # noqa: S314  our own
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    body = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "body")
    x, y = (float(part) for part in _NUMBER.findall(body.attrib["transform"]))
    boxes = {g.attrib["data-box"]: _around(g, "edge") for g in body if "data-box" in g.attrib}
    arrows = {g.attrib["data-arrow"]: g for g in body if "data-arrow" in g.attrib}
    labels = {key: _around(g, "label") for key, g in arrows.items() if _classed(g, "label")}
    lines = {key: list(_points(_classed(g, "line")[0].attrib["d"])) for key, g in arrows.items()}
    return Drawing(root, width, height, (x, y), boxes, labels, lines)


def _classed(group: Element, name: str) -> list[Element]:
    return [child for child in group if child.get("class") == name]


def _around(group: Element, name: str) -> Rect:
    rects = [_rect(shape) for shape in _classed(group, name)]
    return Rect(
        min(r.left for r in rects),
        min(r.top for r in rects),
        max(r.right for r in rects),
        max(r.foot for r in rects),
    )


def _rect(shape: Element) -> Rect:
    if shape.tag == f"{SVG}polygon":
        numbers = [float(part) for part in _NUMBER.findall(shape.attrib["points"])]
        return Rect(min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))
    x, y, width, height = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
    return Rect(x, y, x + width, y + height)


def _points(path: str) -> Iterator[Point]:
    """Points along the path, close to each other."""
    at = (0.0, 0.0)
    for step, text in _STEP.findall(path):
        numbers = [float(part) for part in _NUMBER.findall(text)]
        start = at
        if step == "M":
            at = (numbers[0], numbers[1])
        elif step == "C":
            pairs = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
            at = pairs[-1]
            yield from (_bezier(pairs, i / 20) for i in range(21))
        else:
            at = (at[0], numbers[0]) if step == "V" else (numbers[0], at[1])
            yield from (_between(start, at, i / 10) for i in range(11))


def _between(start: Point, end: Point, t: float) -> Point:
    return (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t)


def _bezier(points: list[Point], t: float) -> Point:
    while len(points) > 1:
        points = [_between(a, b, t) for a, b in pairwise(points)]
    return points[0]


def check(drawing: Drawing) -> None:
    """No box or label on another, no line through a box or another's label, nothing outside."""
    rects = [*drawing.boxes.values(), *drawing.labels.values()]
    for one, other in combinations(rects, 2):
        assert not one.meets(other)
    x, y = drawing.offset
    for rect in rects:
        assert rect.left + x >= 0
        assert rect.top + y >= 0
        assert rect.right + x <= drawing.width
        assert rect.foot + y <= drawing.height
    for key, line in drawing.lines.items():
        others = [*drawing.boxes.values(), *(r for other, r in drawing.labels.items() if other != key)]
        assert not _runs_through(line, others)


def _runs_through(line: list[Point], rects: list[Rect]) -> bool:
    at = np.array(line)
    edges = np.array([(r.left, r.top, r.right, r.foot) for r in rects])
    x, y = at[:, :1], at[:, 1:]
    inside = (
        (x > edges[:, 0] + 0.6) & (x < edges[:, 2] - 0.6) & (y > edges[:, 1] + 0.6) & (y < edges[:, 3] - 0.6)
    )
    return bool(inside.any())


def harmless(svg: str) -> None:
    """No script, no style, nothing from elsewhere, no handlers."""
    root = fromstring(svg)  # noqa: S314
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in TAGS, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "style" not in name
            assert "url(" not in value or value.startswith("url(#lt-")


TAGS = {
    "svg",
    "title",
    "desc",
    "metadata",
    "defs",
    "pattern",
    "path",
    "circle",
    "rect",
    "polygon",
    "g",
    "text",
}
