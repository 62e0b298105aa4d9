"""What stands in a chart's boxes and on its arrows, in one language."""

from __future__ import annotations

import re
from fractions import Fraction

from lookthrough.control.decimals import percent
from lookthrough.control.interval import ONE, ZERO
from lookthrough.drawing.text import clean
from lookthrough.words import catalogue, say

from .chart_documents import ChartArrow, ChartBox, ChartDocument

MARKS = {"RESTRICTED": "■", "UNDETERMINED": "◧", "NOT_RESTRICTED": "□"}
"""The mark besides colour and pattern; the same as on pages and in the terminal."""
_HAN = re.compile("[\u3400-\u9fff]")
_PLACES = 4


class ChartWords:
    """Says the parts of one chart."""

    def __init__(self, document: ChartDocument, language: str) -> None:
        self._document = document
        self.language = language
        self._boxes = {box.box: box for box in document.boxes}

    def say(self, key: str, **values: str) -> str:
        return say(f"chart.{key}", self.language, **values)

    def word(self, room: str, code: str) -> str:
        """The catalogue's word for a code, or the code where it has none."""
        words = catalogue().get(f"{room}.{code}")
        return words[self.language] if words else code.replace("_", " ")

    def name(self, box: ChartBox) -> str:
        """A party's name in the language, if it has one in it; what a box without a name stands for."""
        if box.shape == "holders":
            share = next(arrow for arrow in self._document.arrows if arrow.owner_box == box.box)
            return self.say("holders", count=str(box.count), share=self.label(share))
        if box.shape == "companies":
            return self.say("companies", count=str(box.count))
        if box.shape == "open":
            return self.word("missing", box.missing or "")
        names = [clean(box.entity.name), clean(box.name_original or "")]
        if self.language == "zh":
            names.sort(key=lambda name: not _HAN.search(name))
        return next((name for name in names if name), clean(box.entity.id))

    def total(self, box: ChartBox) -> str:
        """What counts of the box, or what it holds in total; empty where nothing is said of it."""
        mark = f"{MARKS[box.outcome]} " if box.outcome else ""
        if box.named:
            return mark + self.say("named")
        if box.lower is None or box.upper is None:
            return mark + self.word("outcome", box.outcome) if box.outcome and box.shape == "party" else ""
        return mark + between(box.lower, box.upper, box.lower_exact, box.upper_exact)

    def label(self, arrow: ChartArrow) -> str:
        """The direct stake as it stands on its arrow."""
        kind = style(arrow)
        if kind == "control":
            return self.word("lane", arrow.lane)
        if kind == "plain":
            return ""
        if kind == "open":
            return _figure(arrow.weight or "0")
        counted = ""
        if arrow.weight != arrow.min and arrow.owner is not None:
            counted = " " + self.say("counts", share=_figure(arrow.weight or "0"))
        return (
            {"unknown": "?", "disputed": "≠ "}.get(kind, "")
            + ("" if kind == "unknown" else interval(arrow))
            + counted
        )

    def told(self, arrow: ChartArrow) -> str:
        """The arrow as a sentence, with whole names."""
        owner, owned = self._boxes[arrow.owner_box], self._boxes[arrow.owned_box]
        share = self.label(arrow) or "–"
        kind = style(arrow)
        if kind in ("unknown", "disputed", "interval"):
            share += f" ({self.say('style.' + kind)})"
        told = self.say(
            "arrow",
            owner=self.name(owner),
            owned=self.name(owned),
            share=share,
            lane=self.word("lane", arrow.lane),
        )
        return (
            f"{told} {self.say('sources', names=', '.join(map(clean, arrow.sources)))}"
            if arrow.sources
            else told
        )

    def described(self, box: ChartBox) -> str:
        """The box with whole names and everything that its signs stand for."""
        parts = [self.name(box)]
        if box.shape == "party":
            parts += [clean(box.name_original or ""), self.word("kind", box.entity.kind)]
        for key, codes in (("headquarters", box.headquarters), ("incorporation", box.incorporation)):
            if codes:
                attribute = "nationality" if box.entity.kind == "person" else key
                parts.append(f"{self.word('attribute', attribute)} {'/'.join(codes)}")
        if box.outcome:
            parts.append(self.word("outcome", box.outcome))
        parts.append(self.total(box))
        return " · ".join(dict.fromkeys(filter(None, parts)))


def style(arrow: ChartArrow) -> str:
    """How an arrow is drawn: by what is known of the stake."""
    if arrow.min is None or arrow.max is None:
        if arrow.weight is not None:
            return "open"
        return "control" if arrow.owned is not None else "plain"
    if arrow.conflict:
        return "disputed"
    if arrow.min == arrow.max:
        return "exact"
    return "unknown" if (Fraction(arrow.min), Fraction(arrow.max)) == (ZERO, ONE) else "interval"


def interval(arrow: ChartArrow) -> str:
    """`38.37%`, or `(25,50]%` with a round bracket where the end is not included."""
    low, high = arrow.min or "0", arrow.max or "1"
    if low == high:
        return _figure(low)
    left, right = "(" if arrow.min_open else "[", ")" if arrow.max_open else "]"
    return f"{left}{_short(low)},{_short(high, up=True)}{right}%"


def between(lower: str, upper: str, lower_exact: str | None, upper_exact: str | None) -> str:
    """`59.8%`, or `36–100%` where the bounds differ; an end that was cut has an ellipsis."""
    if lower == upper or (lower_exact and lower_exact == upper_exact):
        return _figure(lower)
    return f"{_short(lower)}–{_short(upper, up=True)}%"


def _figure(text: str) -> str:
    cut = Fraction(text) * 10 ** (_PLACES + 2) % 1
    return _short(text) + ("…%" if cut else "%")


def _short(text: str, *, up: bool = False) -> str:
    return percent(Fraction(text), places=_PLACES, up=up)
