"""The boxes of a chart: shape by kind, colour and pattern by outcome, the words inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from lookthrough.drawing.elements import add
from lookthrough.drawing.layout import Rect
from lookthrough.drawing.paths import polygon
from lookthrough.drawing.text import clean, width, wrapped

from .chart_documents import ChartBox
from .chart_words import ChartWords

NAME, SMALL, CHIP = 13.0, 11.0, 9.5
LINE, SMALL_LINE, CHIP_HEIGHT = 17.0, 15.0, 14.0
PAD = 9.0
WIDEST = 168.0
NARROWEST = 104.0
CUT = 10.0
INK, MUTED, PAPER = "#1d1c1a", "#5f5b54", "#ffffff"

SHAPES = {
    "person": "round",
    "public_float": "round",
    "state": "double",
    "fund": "cut",
    "partnership": "cut",
    "trust": "pointed",
    "foundation": "pointed",
    "group": "stack",
    "unknown": "dashed",
}
"""By kind; a company is a plain box."""

CLASSES = {"RESTRICTED": "restricted", "UNDETERMINED": "possible", "NOT_RESTRICTED": "clean"}
EDGES = {"restricted": "#9a2420", "possible": "#80590a", "clean": "#1c6a58"}
TINTS = {"restricted": "#fbe7e4", "possible": "#fbf3dc", "clean": "#e9f4f0"}


DASHES = {"interval": "9 4", "unknown": "2 4", "disputed": "9 3 2 3", "open": "2 4"}
"""By what is known of the stake; an exact figure has a whole line, control a double one."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A small sign at the top of a box; `kind` says how it is drawn."""

    text: str
    kind: str

    @property
    def width(self) -> float:
        return width(self.text, CHIP, bold=True) + 8


@dataclass(frozen=True, slots=True)
class Face:
    """What a box shows, and how much room that takes."""

    box: ChartBox
    chips: Sequence[Chip]
    name: Sequence[str]
    total: str

    @property
    def shape(self) -> str:
        if self.box.shape == "open":
            return "dashed"
        return "stack" if self.box.shape != "party" else SHAPES.get(self.box.entity.kind, "plain")

    @property
    def width(self) -> float:
        lines = [width(line, NAME, bold=True) for line in self.name]
        lines += [width(self.total, SMALL, bold=True), sum(chip.width + 3 for chip in self.chips)]
        sides = 2 * PAD + {"round": 14.0, "pointed": 2 * CUT, "cut": 6.0}.get(self.shape, 0.0)
        return float(round(max(NARROWEST, max(lines) + sides)))

    @property
    def height(self) -> float:
        chips = CHIP_HEIGHT + 3 if self.chips else 0.0
        return 2 * PAD - 4 + chips + LINE * len(self.name) + (SMALL_LINE if self.total else 0.0)


def face_of(box: ChartBox, words: ChartWords, group_keys: dict[str, str]) -> Face:
    chips = [Chip("/".join(codes), kind) for kind, codes in _places(box)]
    chips += [Chip(group_keys[group], "group") for group in box.groups or ()]
    if box.hidden:
        sign = "▾" if box.side == "down" else "▴"
        chips.append(Chip(f"{sign}{box.hidden}", "more"))
    name = wrapped(words.name(box), NAME, WIDEST, 2, bold=True)
    return Face(box, chips, name, words.total(box))


def _places(box: ChartBox) -> list[tuple[str, Sequence[str]]]:
    """Where it is run from, and smaller where it was set up if that is elsewhere."""
    found: list[tuple[str, Sequence[str]]] = []
    if box.headquarters:
        found.append(("seat", [clean(code)[:4] for code in box.headquarters[:3]]))
    if box.incorporation and box.incorporation != box.headquarters:
        found.append(("origin", [clean(code)[:4] for code in box.incorporation[:3]]))
    return found


def draw_box(parent: Element, face: Face, at: Rect, words: ChartWords, *, is_subject: bool) -> None:
    box, outcome = face.box, CLASSES.get(face.box.outcome or "", "neutral")
    kind = f"box {box.shape} {outcome}" + (" asked" if is_subject else "")
    group = add(parent, "g", class_=kind, data_box=box.box)
    add(group, "title", words.described(box))
    draw_shape(group, face.shape, at, outcome, heavy=is_subject)
    y = at.y + PAD - 2
    if face.chips:
        _chips(group, face.chips, at, y)
        y += CHIP_HEIGHT + 3
    for line in face.name:
        _line(group, line, at.middle, y + LINE - 4, outcome)
        y += LINE
    if face.total:
        _line(group, face.total, at.middle, y + SMALL_LINE - 4, outcome, is_total=True)


def _line(group: Element, text: str, x: float, y: float, outcome: str, *, is_total: bool = False) -> None:
    add(
        group,
        "text",
        text,
        class_="total" if is_total else "name",
        x=x,
        y=y,
        font_size=SMALL if is_total else NAME,
        font_weight="600",
        text_anchor="middle",
        fill=EDGES.get(outcome, INK) if is_total else INK,
        # A rim in the colour of the box keeps the letters apart from its pattern.
        stroke=TINTS.get(outcome, PAPER),
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def draw_shape(parent: Element, shape: str, at: Rect, outcome: str, *, heavy: bool = False) -> None:
    """The outline twice: with its colour, and with its pattern over it."""
    edge, fill = EDGES.get(outcome, MUTED), TINTS.get(outcome, PAPER)
    stroke = {"stroke": edge, "stroke_width": "2.4" if heavy else "1.3"}
    if shape == "dashed":
        stroke["stroke_dasharray"] = "5 3"
    if shape == "stack":
        behind = Rect(at.x + 4, at.y, at.width - 4, at.height - 4)
        add(parent, "rect", class_="edge", fill=fill, **_rect(behind), rx=3, **stroke)
        at = Rect(at.x, at.y + 4, at.width - 4, at.height - 4)
    _outline(parent, shape, at, class_="edge", fill=fill, **stroke)
    if outcome in TINTS and outcome != "clean":
        _outline(parent, shape, at, class_="pattern", fill=f"url(#lt-{outcome})")
    if shape == "double":
        inside = Rect(at.x + 3, at.y + 3, at.width - 6, at.height - 6)
        add(parent, "rect", class_="edge", fill="none", stroke=edge, stroke_width="0.8", **_rect(inside))


def _outline(parent: Element, shape: str, at: Rect, **attributes: str) -> None:
    if shape in ("cut", "pointed"):
        add(
            parent,
            "polygon",
            points=polygon(at, min(CUT, at.height / 4), pointed=shape == "pointed"),
            **attributes,
        )
    else:
        add(parent, "rect", **_rect(at), rx={"round": 18.0, "stack": 3.0}.get(shape, 2.0), **attributes)


def _rect(at: Rect) -> dict[str, float]:
    return {"x": at.x, "y": at.y, "width": at.width, "height": at.height}


def _chips(group: Element, chips: Sequence[Chip], at: Rect, y: float) -> None:
    x = at.middle - sum(chip.width + 3 for chip in chips) / 2
    for chip in chips:
        _chip(group, chip, x, y)
        x += chip.width + 3


def _chip(group: Element, chip: Chip, x: float, y: float) -> None:
    smaller = 2.0 if chip.kind == "origin" else 0.0
    outside, inside = (PAPER, INK) if chip.kind == "seat" else (INK, PAPER)
    add(
        group,
        "rect",
        class_=f"chip {chip.kind}",
        x=x,
        y=y + smaller / 2,
        width=chip.width,
        height=CHIP_HEIGHT - smaller,
        rx=2,
        fill=inside,
        stroke=INK,
        stroke_width="0.8",
    )
    add(
        group,
        "text",
        chip.text,
        class_=f"chip-text {chip.kind}",
        x=x + chip.width / 2,
        y=y + CHIP_HEIGHT - 3.8,
        font_size=CHIP - smaller / 2,
        text_anchor="middle",
        font_weight="700",
        fill=outside,
    )


def draw_line(parent: Element, line: str, style: str, colour: str, thick: float) -> None:
    """A stake's line, by what is known of it."""
    dashes = {"stroke_dasharray": DASHES[style]} if style in DASHES else {}
    add(parent, "path", class_="line", d=line, fill="none", stroke=colour, stroke_width=thick, **dashes)
    if style == "control":
        add(parent, "path", class_="core", d=line, fill="none", stroke=PAPER, stroke_width="0.9")
