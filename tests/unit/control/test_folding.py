"""What a chart draws of a structure, and what it folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.folding import Around, Drawn, Folding, Near, Side, chosen

Held = Mapping[str, Sequence[tuple[str, int]]]
"""By company its holders and their stakes in percent."""


def around(held: Held, *, stops: str = "", undisclosed: str = "") -> Around:
    def near(entity: str, side: Side) -> list[Near]:
        if side is Side.UP:
            return [Near(owner, Fraction(share, 100)) for owner, share in held.get(entity, ())]
        return [
            Near(company, Fraction(share, 100))
            for company, holders in held.items()
            for owner, share in holders
            if owner == entity
        ]

    return Around(near, lambda entity: entity in stops.split(), lambda entity: entity in undisclosed.split())


def drawn(held: Held, folding: Folding | None = None, *, stops: str = "") -> list[str]:
    return list(chosen("t", around(held, stops=stops), folding or Folding()).entities)


CHAIN: Held = {"t": [("a", 60), ("b", 40)], "a": [("c", 100)], "b": [("d", 10), ("e", 90)]}


def test_those_who_could_matter_most_come_first() -> None:
    assert drawn(CHAIN) == ["t", "a", "c", "b", "e", "d"]


def test_small_stakes_are_folded_but_nobody_alone() -> None:
    held: Held = {"t": [("a", 90), ("b", 4), ("c", 3)]}
    few = Folding(least=Fraction(5, 100))
    assert drawn(held, few) == ["t", "a"]
    assert drawn({"t": [("a", 90), ("b", 4)]}, few) == ["t", "a", "b"]
    assert drawn(held, replace(few, expanded=frozenset("t"))) == ["t", "a", "b", "c"]


def test_the_chart_does_not_go_on_where_nothing_above_matters_unless_asked_to() -> None:
    assert drawn(CHAIN, stops="a") == ["t", "a", "b", "e", "d"]
    assert "c" in drawn(CHAIN, Folding(expanded=frozenset("a")), stops="a")
    assert drawn(CHAIN, Folding(depth=1)) == ["t", "a", "b"]
    assert drawn(CHAIN, Folding(depth=1, expanded=frozenset("b"))) == ["t", "a", "b", "e", "d"]
    assert drawn(CHAIN, Folding(collapsed=frozenset("b"))) == ["t", "a", "c", "b"]
    assert drawn(CHAIN, Folding(collapsed=frozenset("t"))) == ["t"]


def test_each_side_goes_on_in_its_own_direction() -> None:
    held: Held = {"t": [("a", 50)], "x": [("t", 50), ("b", 50)], "y": [("a", 50)], "z": [("x", 50)]}
    assert sorted(drawn(held, Folding(sides=(Side.DOWN,)))) == ["t", "x", "z"]
    both = chosen("t", around(held), Folding(sides=(Side.UP, Side.DOWN)))
    assert both.entities == {"t": None, "a": Side.UP, "x": Side.DOWN, "z": Side.DOWN}


def test_of_very_many_holders_the_largest_few_are_drawn_and_all_that_fit_if_asked_for() -> None:
    held: Held = {"t": [(f"h{i:03}", 2 if i < 20 else 1) for i in range(500)]}
    few = drawn(held, Folding(least=Fraction(0)))
    assert few == ["t", *(f"h{i:03}" for i in range(12))]
    many = drawn(held, Folding(expanded=frozenset("t")))
    assert many == ["t", *(f"h{i:03}" for i in range(148))]  # and a box for the others


names = st.integers(0, 25).map(lambda i: f"c{i}" if i else "t")
structures = st.dictionaries(names, st.lists(st.tuples(names, st.integers(1, 100)), max_size=8), max_size=26)


def room(found: Drawn, held: Held, undisclosed: str) -> tuple[int, int]:
    """Boxes and arrows that the drawing needs, folded ones and open parts included."""
    folded = [e for e, _ in found.walked if any(o not in found.entities for o, _ in held.get(e, ()))]
    opened = [e for e, _ in found.walked if e in undisclosed.split()]
    stakes = {(o, e) for e, _ in found.walked for o, _ in held.get(e, ()) if o in found.entities}
    extra = len(folded) + len(opened)
    return len(found.entities) + extra, len(stakes) + extra


@given(structures, st.integers(1, 30), st.integers(1, 60), st.lists(names, max_size=8))
def test_the_room_is_never_exceeded(held: Held, boxes: int, arrows: int, opened: list[str]) -> None:
    undisclosed = " ".join(opened)
    unlike = {e: [(o, s) for o, s in dict(holders).items() if o != e] for e, holders in held.items()}
    folding = Folding(boxes=boxes, arrows=arrows, least=Fraction(0))
    found = chosen("t", around(unlike, undisclosed=undisclosed), folding)
    if len(found.entities) > 1:  # the subject is drawn in any case
        needed, tied = room(found, unlike, undisclosed)
        assert needed <= boxes
        assert tied <= arrows
    assert found.entities["t"] is None
