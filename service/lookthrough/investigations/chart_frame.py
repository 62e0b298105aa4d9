"""Around a chart: what it shows, under which rule and clocks, and what its signs mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from lookthrough.drawing.elements import add
from lookthrough.drawing.layout import Rect
from lookthrough.drawing.paths import number
from lookthrough.drawing.text import clean, width, wrapped

from .chart_documents import ChartDocument
from .chart_shapes import CLASSES, INK, MUTED, Face, draw_line, draw_shape
from .chart_words import MARKS, ChartWords, style
from .documents import PolicyRef, Sentence

MARGIN = 18.0
LEAST_WIDTH, MOST_TITLE = 560.0, 1100.0
TITLE, LINE_SIZE, KEY_SIZE = 16.0, 11.5, 11.0
TITLE_LINE, LINE, KEY_LINE = 21.0, 16.0, 24.0
SWATCH = 30.0
_SHAPES = ("plain", "round", "double", "cut", "pointed", "stack", "dashed")
_STYLES = ("exact", "interval", "unknown", "disputed", "control", "open")


@dataclass(frozen=True, slots=True)
class _Key:
    """One entry of the legend: how its sign is drawn, and the words beside it."""

    draw: Callable[[Element, Rect], None]
    words: str
    outcome: str = "neutral"

    @property
    def width(self) -> float:
        return SWATCH + 8 + width(self.words, KEY_SIZE) + 18


class Frame:
    """Title above, legend below; `top` and `foot` are the heights of both, `width` is that of the whole."""

    def __init__(
        self,
        document: ChartDocument,
        words: ChartWords,
        faces: Sequence[Face],
        groups: Mapping[str, str],
        body: float,
    ) -> None:
        self._document = document
        self._words = words
        self.width = max(LEAST_WIDTH, body + 2 * MARGIN)
        room = min(self.width - 2 * MARGIN, MOST_TITLE)
        self.title = words.say("title", name=words.name(document.boxes[0]))
        self.lines = _lines(document, words)
        self._heading = wrapped(self.title, TITLE, room, 3, bold=True)
        self._told = [line for told in self.lines for line in wrapped(told, LINE_SIZE, room, 4)]
        self._keys = _rows(_keys(document, words, faces, groups), self.width - 2 * MARGIN)
        self.top = MARGIN + TITLE_LINE * len(self._heading) + LINE * len(self._told) + MARGIN
        self.foot = MARGIN + KEY_LINE * len(self._keys) + MARGIN / 2

    def draw_head(self, svg: Element) -> None:
        y = MARGIN
        for line in self._heading:
            y += TITLE_LINE
            _text(svg, line, MARGIN, y - 6, TITLE, "heading", INK, "700")
        for line in self._told:
            y += LINE
            _text(svg, line, MARGIN, y - 4, LINE_SIZE, "told", MUTED)

    def draw_foot(self, svg: Element, top: float) -> None:
        legend = add(svg, "g", class_="legend")
        y = top + MARGIN
        for row in self._keys:
            x = MARGIN
            for key in row:
                entry = add(legend, "g", class_=f"entry {key.outcome}")
                key.draw(entry, Rect(x, y + 2, SWATCH, KEY_LINE - 8))
                _text(entry, key.words, x + SWATCH + 8, y + 14, KEY_SIZE, "key", INK)
                x += key.width
            y += KEY_LINE


def _text(
    parent: Element, text: str, x: float, y: float, size: float, class_: str, fill: str, weight: str = "400"
) -> None:
    add(parent, "text", text, class_=class_, x=x, y=y, font_size=size, font_weight=weight, fill=fill)


def _lines(document: ChartDocument, words: ChartWords) -> list[str]:
    """The rule and its outcome, the clocks, what the figures are, and what is not in the drawing."""
    name, found = words.name(document.boxes[0]), list[str]()
    if document.policy and document.policy_title:
        found.append(_rule(document.policy, document.policy_title, document, words))
    lane = words.word("lane", document.lane)
    found.append(words.say("clocks", as_of=document.as_of, known_at=document.known_at, lane=lane))
    if document.test:
        found.append(words.say("reads_rule", test=clean(document.test.id)))
    else:
        found.append(words.say("reads_total", name=name))
    if document.folded:
        found.append(words.say("folded", count=str(document.folded)))
    if not document.complete:
        found.append(words.say("incomplete"))
    return found


def _rule(policy: PolicyRef, title: Sentence, document: ChartDocument, words: ChartWords) -> str:
    outcome, name = document.outcome or "", title.zh if words.language == "zh" else title.en
    return words.say(
        "rule",
        outcome=f"{MARKS.get(outcome, '')} {words.word('outcome', outcome)}",
        reason=words.word("reason", document.reason or ""),
        policy=f"{clean(name)} ({clean(policy.id)}@{clean(policy.version)})",
        variant=clean(policy.variant),
    )


def _keys(
    document: ChartDocument, words: ChartWords, faces: Sequence[Face], groups: Mapping[str, str]
) -> list[_Key]:
    """Only signs that the drawing has."""
    outcomes = {face.box.outcome for face in faces}
    shapes = {face.shape for face in faces if face.box.shape == "party"}
    styles = {style(arrow) for arrow in document.arrows}
    keys = [
        _box_key("plain", CLASSES[outcome], f"{mark} {words.say('outcome.' + CLASSES[outcome])}")
        for outcome, mark in MARKS.items()
        if outcome in outcomes
    ]
    keys += [_box_key(shape, "neutral", words.say(f"shape.{shape}")) for shape in _SHAPES if shape in shapes]
    keys += [_arrow_key(kind, words.say(f"style.{kind}")) for kind in _STYLES if kind in styles]
    keys += [_word_key(key, words.say("group", name=clean(name))) for name, key in groups.items()]
    if any(face.box.headquarters for face in faces):
        keys.append(_word_key("CN", words.say("seat")))
    if any(face.box.hidden for face in faces):
        keys.append(_word_key("▴n", words.say("hidden")))
    return keys


def _box_key(shape: str, outcome: str, words: str) -> _Key:
    return _Key(lambda parent, at: draw_shape(parent, shape, at, outcome), words, outcome)


def _arrow_key(kind: str, words: str) -> _Key:
    def draw(parent: Element, at: Rect) -> None:
        middle = at.y + at.height / 2
        line = f"M{number(at.x)} {number(middle)}H{number(at.x + at.width)}"
        draw_line(parent, line, kind, MUTED, 1.5)

    return _Key(draw, words)


def _word_key(sign: str, words: str) -> _Key:
    def draw(parent: Element, at: Rect) -> None:
        _text(parent, sign, at.x + 2, at.y + 12, KEY_SIZE, "sign", INK, "700")

    return _Key(draw, words)


def _rows(keys: Sequence[_Key], room: float) -> list[list[_Key]]:
    rows: list[list[_Key]] = []
    left = 0.0
    for key in keys:
        if not rows or key.width > left:
            rows.append([])
            left = room
        rows[-1].append(key)
        left -= key.width
    return rows
