"""Layouts of structures that are hard to draw: nothing stands on anything, no arrow runs through a box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from random import Random
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookthrough.drawing.layers import layers, upward_arrows
from lookthrough.drawing.layout import Arrow, Box, Layout, Rect, Route, lay_out

Pairs = Sequence[tuple[str, str]]


def chain(length: int) -> Pairs:
    return [(str(i + 1), str(i)) for i in range(length)]


def complete_layers(width: int, depth: int) -> Pairs:
    first = [(f"0.{i}", "0") for i in range(width)]
    return first + [
        (f"{level + 1}.{i}", f"{level}.{j}")
        for level in range(depth - 1)
        for i in range(width)
        for j in range(width)
    ]


def core(size: int) -> Pairs:
    """Everybody holds everybody, and something of themselves."""
    return [(str(i), str(j)) for i in range(size) for j in range(size)]


def scattered(boxes: int, arrows: int, seed: int) -> Pairs:
    random = Random(seed)
    drawn = ((str(random.randrange(boxes)), str(random.randrange(boxes))) for _ in range(arrows))
    return [("1", "0"), *drawn]


def laid_out(pairs: Pairs, random: Random | None = None) -> Layout:
    """With boxes and labels of many sizes."""
    random = random or Random(0)
    keys = dict.fromkeys(["0", *(end for pair in pairs for end in pair)])
    boxes = [Box(key, random.randint(60, 200), random.randint(30, 90)) for key in keys]
    arrows = [
        Arrow(str(i), tail, head, random.randint(0, 70), random.choice([0, 17]))
        for i, (tail, head) in enumerate(pairs)
    ]
    return lay_out("0", boxes, arrows)


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def line(route: Route) -> Iterator[tuple[float, float]]:
    """Points along the arrow, close to each other."""
    for stem in route.stems:
        yield from ((stem.x, stem.top + (stem.bottom - stem.top) * t / 8) for t in range(9))
    for upper, lower in pairwise(route.stems):
        for t in (i / 16 for i in range(17)):
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            middle = (upper.bottom + lower.top) / 2
            yield (
                upper.x * (a + b) + lower.x * (c + d),
                upper.bottom * a + middle * (b + c) + lower.top * d,
            )


def inside(point: tuple[float, float], rect: Rect) -> bool:
    x, y = point
    return rect.x + 0.5 < x < rect.x + rect.width - 0.5 and rect.y + 0.5 < y < rect.y + rect.height - 0.5


def check(layout: Layout) -> None:
    labels = {key: route.label for key, route in layout.routes.items() if route.label.width}
    for one, other in combinations([*layout.boxes.values(), *labels.values()], 2):
        assert not overlap(one, other)
    for rect in (*layout.boxes.values(), *labels.values()):
        assert rect.x >= 0
        assert rect.y >= 0
        assert rect.x + rect.width <= layout.width + 0.11
        assert rect.y + rect.height <= layout.height + 0.11


def check_lines(layout: Layout) -> None:
    """No arrow runs through a box, or through the label of another."""
    for key, route in layout.routes.items():
        others = [r.label for other, r in layout.routes.items() if other != key and r.label.width]
        for point in line(route):
            assert not any(inside(point, rect) for rect in (*layout.boxes.values(), *others))


STRUCTURES: dict[str, Callable[[], Pairs]] = {
    "chain of 50": lambda: chain(50),
    "12 by 12": lambda: complete_layers(12, 12),
    "core of 17": lambda: core(17),
    "148 holders": lambda: [(str(i), "0") for i in range(1, 149)],
    "scattered": lambda: scattered(150, 300, 1),
    "entangled": lambda: scattered(40, 300, 2),
    "holds itself": lambda: [("0", "0"), ("1", "1"), ("1", "0"), ("0", "1")],
    "several stakes": lambda: [("1", "0"), ("1", "0"), ("1", "0"), ("0", "1")],
    "alone": list,
}


@pytest.mark.parametrize("name", STRUCTURES)
def test_nothing_overlaps_in_hard_structures_and_they_are_laid_out_soon(name: str) -> None:
    pairs = STRUCTURES[name]()
    start = monotonic()
    layout = laid_out(pairs)
    assert monotonic() - start < 5  # a fraction of a second where nothing else runs
    check(layout)
    if len(pairs) < 200:
        check_lines(layout)


few = st.integers(min_value=0, max_value=7).map(str)


@settings(max_examples=120)
@given(pairs=st.lists(st.tuples(few, few), max_size=25), seed=st.integers(0, 1000))
def test_nothing_overlaps_whoever_holds_whom(pairs: list[tuple[str, str]], seed: int) -> None:
    layout = laid_out(pairs, Random(seed))
    check(layout)
    check_lines(layout)


@given(pairs=st.lists(st.tuples(few, few), max_size=25))
def test_the_same_structure_is_always_drawn_the_same(pairs: list[tuple[str, str]]) -> None:
    assert laid_out(pairs) == laid_out(pairs)


@settings(max_examples=120)
@given(pairs=st.lists(st.tuples(few, few), max_size=25))
def test_only_arrows_inside_loops_point_upward(pairs: list[tuple[str, str]]) -> None:
    boxes = list(dict.fromkeys(["0", *(end for pair in pairs for end in pair)]))
    upward = upward_arrows("0", boxes, pairs)
    level = layers("0", boxes, pairs, upward)
    assert level["0"] == 0
    for tail, head in pairs:
        if tail != head:
            assert (level[tail] > level[head]) is ((tail, head) in upward)
            assert (tail, head) not in upward or tail in above(tail, pairs)


def above(box: str, pairs: Pairs) -> set[str]:
    """Everybody who holds of the box, directly or through others."""
    found, ahead = set[str](), [box]
    while ahead:
        at = ahead.pop()
        new = {tail for tail, head in pairs if head == at} - found
        found |= new
        ahead += new
    return found


def test_holders_stand_above_and_holdings_below() -> None:
    layout = laid_out([("1", "0"), ("2", "1"), ("0", "3"), ("3", "4"), ("2", "0")])
    heights = {key: rect.y for key, rect in layout.boxes.items()}
    assert heights["2"] < heights["1"] < heights["0"] < heights["3"] < heights["4"]


def test_both_stakes_of_a_cross_holding_have_their_own_label() -> None:
    layout = lay_out(
        "0",
        [Box("0", 100, 50), Box("1", 100, 50)],
        [Arrow("a", "1", "0", 40, 17), Arrow("b", "0", "1", 40, 17)],
    )
    assert layout.boxes["1"].y < layout.boxes["0"].y
    assert [layout.routes[key].upward for key in "ab"] == [False, True]
    assert not overlap(layout.routes["a"].label, layout.routes["b"].label)
