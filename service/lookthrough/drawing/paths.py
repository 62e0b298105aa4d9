"""The lines of a drawing as SVG path data."""

from __future__ import annotations

from itertools import pairwise

from .layout import HEAD, Rect, Route

_HALF = 3.6


def number(value: float) -> str:
    """At most one decimal, none where there is none to show."""
    return f"{value:.1f}".removesuffix(".0")


def points(*pairs: tuple[float, float]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def line_of(route: Route) -> str:
    """Upright where the arrow passes a row, and a bend between rows."""
    first, *_ = route.stems
    if route.is_round:
        return _round(first.x, first.top, first.bottom)
    parts = [f"M{number(first.x)} {number(first.top)}V{number(first.bottom)}"]
    for upper, lower in pairwise(route.stems):
        middle = (upper.bottom + lower.top) / 2
        bend = points((upper.x, middle), (lower.x, middle), (lower.x, lower.top))
        parts.append(f"C{bend}V{number(lower.bottom)}")
    return "".join(parts)


def _round(x: float, top: float, bottom: float) -> str:
    left = x - 20
    return f"M{number(left)} {number(bottom)}H{number(x - 8)}V{number(top)}H{number(left)}"


def head_of(route: Route) -> str:
    """The triangle at the end that is held."""
    if route.is_round:
        x, y = route.stems[0].x - 20, route.stems[0].top
        return points((x, y), (x + HEAD, y - _HALF), (x + HEAD, y + _HALF))
    stem = route.stems[0] if route.upward else route.stems[-1]
    tip, back = (stem.top, stem.top + HEAD) if route.upward else (stem.bottom, stem.bottom - HEAD)
    return points((stem.x, tip), (stem.x - _HALF, back), (stem.x + _HALF, back))


def polygon(rect: Rect, cut: float, *, pointed: bool = False) -> str:
    """A box with its corners cut off, or `pointed` with a point at each side."""
    left, top, right, foot = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
    middle = (top + foot) / 2
    if pointed:
        return points(
            (left + cut, top),
            (right - cut, top),
            (right, middle),
            (right - cut, foot),
            (left + cut, foot),
            (left, middle),
        )
    return points(
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, foot - cut),
        (right - cut, foot),
        (left + cut, foot),
        (left, foot - cut),
        (left, top + cut),
    )
