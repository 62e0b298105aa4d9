"""How wide text is, without a font: a little more than in any of the fonts that it could be shown in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW = frozenset("iljtfrI.,:;'|!()[]{}/\\- \u00b7\u2022")
_WIDE = frozenset("mwMW@%\u2026\u2030+=<>\u2260#&")
_BOLD = 1.06
ELLIPSIS = "\u2026"
_BREAKS = re.compile(r"(?<=[\s\-/\u00b7,])|(?=[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """On one line, without signs that XML cannot have or that turn the direction of what follows."""
    return " ".join(_NOT_XML.sub("\ufffd", _TURNING.sub("", text)).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """In the unit of `size`, the height of the letters' em."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def _em(sign: str) -> float:
    """An ideograph is as wide as an em; signs of unsure width count as wide ones."""
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WFA" and sign not in _WIDE:
        return 1.0
    if sign in _NARROW:
        return 0.4
    if sign in _WIDE:
        return 0.98
    if sign.isupper():
        return 0.76
    return 0.64 if sign < "\u2000" else 1.0


def shortened(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits with an ellipsis behind."""
    if width(text, size, bold=bold) <= most:
        return text
    room = most - width(ELLIPSIS, size, bold=bold)
    kept = ""
    for sign in text:
        if width(kept + sign, size, bold=bold) > room:
            break
        kept += sign
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, size: float, most: float, lines: int, *, bold: bool = False) -> list[str]:
    """At most so many lines, each of them at most so wide; the last one is cut where more is left."""
    found = [""]
    for piece in filter(None, _BREAKS.split(text)):
        if width((found[-1] + piece).strip(), size, bold=bold) <= most:
            found[-1] += piece
        elif len(found) < lines and found[-1].strip():
            found.append(piece)
        else:
            found[-1] += piece  # too long for a line, or no line left: cut below
    left = [line.strip() for line in found]
    return [shortened(line, size, most, bold=bold) for line in left if line] or [""]
