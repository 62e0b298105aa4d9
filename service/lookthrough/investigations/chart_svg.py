"""A chart as an SVG drawing: the same for page, command line and report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from lookthrough.drawing.elements import add, root, text_of
from lookthrough.drawing.layout import Arrow, Box, Layout, Rect, Route, lay_out
from lookthrough.drawing.paths import head_of, line_of, number
from lookthrough.drawing.text import width

from .chart_documents import ChartArrow, ChartDocument
from .chart_frame import Frame
from .chart_shapes import CLASSES, EDGES, INK, MUTED, PAPER, Face, draw_box, draw_line, face_of
from .chart_words import ChartWords, style

LABEL = 11.0
LABEL_HEIGHT = 17.0


def draw(document: ChartDocument, language: str) -> str:
    """One SVG document in `en` or `zh`, without scripts, styles or anything from elsewhere.

    It carries what it draws as JSON (`metadata`), its boxes and arrows by number.
    """
    words = ChartWords(document, language)
    keys = {
        name: f"G{i}" for i, name in enumerate(sorted({g for b in document.boxes for g in b.groups or ()}), 1)
    }
    faces = {box.box: face_of(box, words, keys) for box in document.boxes}
    labels = {str(i): words.label(arrow) for i, arrow in enumerate(document.arrows)}
    subject = document.boxes[0].box
    layout = lay_out(
        subject,
        [Box(key, face.width, face.height) for key, face in faces.items()],
        [_arrow(key, document.arrows[int(key)], label) for key, label in labels.items()],
    )
    frame = Frame(document, words, list(faces.values()), keys, layout.width)
    svg = _framed(document, words, frame, layout)
    # The drawing stands in the middle below its title.
    left = (frame.width - layout.width) / 2
    body = add(svg, "g", class_="body", transform=f"translate({number(left)},{number(frame.top)})")
    for key, label in labels.items():
        group = _draw_arrow(body, document.arrows[int(key)], label, layout.routes[key], faces, words)
        group.set("data-arrow", key)
    for key, face in faces.items():
        draw_box(body, face, layout.boxes[key], words, is_subject=key == subject)
    return text_of(svg)


def _arrow(key: str, arrow: ChartArrow, label: str) -> Arrow:
    """Without words on it an arrow needs no room for them."""
    room = width(label, LABEL, bold=True) + 8 if label else 0.0
    return Arrow(key, arrow.owner_box, arrow.owned_box, round(room, 1), LABEL_HEIGHT if label else 0.0)


def _framed(document: ChartDocument, words: ChartWords, frame: Frame, layout: Layout) -> Element:
    svg = root(frame.width, frame.top + layout.height + frame.foot)
    svg.set("role", "graphics-document")
    svg.set("aria-roledescription", words.say("role"))
    svg.set("lang", "zh-Hans" if words.language == "zh" else "en")
    add(svg, "title", frame.title)
    add(svg, "desc", "\n".join(frame.lines))
    add(svg, "metadata", _data(document))
    _patterns(add(svg, "defs"))
    add(svg, "rect", class_="paper", width="100%", height="100%", fill=PAPER)
    frame.draw_head(svg)
    frame.draw_foot(svg, frame.top + layout.height)
    return svg


def _data(document: ChartDocument) -> str:
    """In ASCII: names may hold signs that XML cannot have, or that turn the direction of text."""
    return json.dumps(document.model_dump(mode="json", exclude_none=True), separators=(",", ":"))


def _patterns(defs: Element) -> None:
    """Restricted: close lines; possible: wide dots. Clean has none."""
    lines = add(
        defs, "pattern",
        id="lt-restricted", width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip
    add(
        lines,
        "path",
        class_="mesh",
        d="M0 0V6",
        stroke=EDGES["restricted"],
        stroke_width=2,
        stroke_opacity="0.22",
    )
    dots = add(defs, "pattern", id="lt-possible", width=8, height=8, patternUnits="userSpaceOnUse")
    add(dots, "circle", class_="mesh", cx=4, cy=4, r="1.3", fill=EDGES["possible"], fill_opacity="0.42")


def _draw_arrow(
    parent: Element, arrow: ChartArrow, label: str, route: Route, faces: Mapping[str, Face], words: ChartWords
) -> Element:
    kind = style(arrow)
    outcome = CLASSES.get(faces[arrow.owner_box].box.outcome or "", "neutral")
    turned = " loop" if route.upward or route.is_round else ""
    group = add(
        parent,
        "g",
        class_=f"stake {kind} {outcome}{turned}",
        data_from=arrow.owner_box,
        data_to=arrow.owned_box,
    )
    add(group, "title", words.told(arrow))
    colour, line = EDGES.get(outcome, MUTED), line_of(route)
    add(
        group,
        "path",
        class_="hit",
        d=line,
        fill="none",
        stroke="none",
        stroke_width=12,
        pointer_events="stroke",
    )
    thick = 2.6 if kind == "control" else 1.0 + 1.4 * float(arrow.weight or 0)
    draw_line(group, line, kind, colour, thick)
    add(group, "polygon", class_="head", points=head_of(route), fill=colour)
    if label:
        _label(group, label, route.label)
    return group


def _label(group: Element, label: str, at: Rect) -> None:
    add(group, "rect", class_="label", x=at.x, y=at.y, width=at.width, height=at.height, rx=3, fill=PAPER)
    add(
        group,
        "text",
        label,
        class_="share",
        x=at.middle,
        y=at.y + 12.3,
        font_size=LABEL,
        font_weight="600",
        text_anchor="middle",
        fill=INK,
    )
