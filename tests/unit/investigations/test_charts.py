"""Charts of structures that are hard to draw, made without a database and measured from the SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import pairwise
from time import monotonic

import pytest
from tests import drawings

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.folding import Folding, Side
from lookthrough.control.interval import UNKNOWN, Interval, exactly
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.graph.below import Below
from lookthrough.graph.snapshot import Surroundings
from lookthrough.investigations.asking_charts import folding
from lookthrough.investigations.chart import ChartFacts, Charting, chart_of
from lookthrough.investigations.chart_documents import ChartBox, ChartDocument
from lookthrough.investigations.chart_svg import draw
from lookthrough.investigations.errors import BadQuestion
from lookthrough.policies.library import Library

DAY = date(2026, 11, 23)
CLOCKS = Clocks(DAY, datetime(2026, 11, 23, tzinfo=UTC))
POLICY = Library().pack("anthropic-2025-09")
Row = tuple[str, str, Interval]


def exact(owner: str, owned: str, percent: Fraction | int) -> Row:
    return owner, owned, exactly(Fraction(percent) / 100)


def facts(
    rows: Iterable[Row], parties: Iterable[Party] = (), *, groups: dict[str, frozenset[str]] | None = None
) -> ChartFacts:
    """About `t`: who is not described is a company in Germany, or a person if the id begins with h."""
    held: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
    names = {"t"}
    for owner, owned, interval in rows:
        held[owned, Lane.SHARES].append(Stake(owner, owned, Lane.SHARES, interval, sources=("register",)))
        names |= {owner, owned}
    seat = {Attribute.HEADQUARTERS: frozenset({"DE"})}
    people = {
        name: Party(name, Kind.PERSON if name[0] == "h" else Kind.COMPANY, f"Name of {name}", seat)
        for name in sorted(names)
    }
    people |= {party.id: party for party in parties}
    graph = OwnershipGraph(people, {key: tuple(found) for key, found in held.items()}, groups=groups or {})
    around = Surroundings(graph, {}, {})
    return ChartFacts(CLOCKS, around, Below(tuple(sorted(names - {"t"})), around), graph, {})


def charted(read: ChartFacts, how: Folding | None = None, *, rule: bool = True) -> ChartDocument:
    asked = Charting("t", DAY, policy=POLICY if rule else None, folding=how or Folding())
    return chart_of(asked, read)


def chain() -> Iterable[Row]:
    names = ["t", *(f"c{i}" for i in range(50))]
    return (exact(owner, owned, 100) for owned, owner in pairwise(names))


def layers() -> Iterable[Row]:
    tiers = [["t"], *([f"c{level}-{i}" for i in range(12)] for level in range(12))]
    for tier, following in pairwise(tiers):
        yield from (exact(owner, owned, Fraction(100, 12)) for owned in tier for owner in following)


def core(size: int = 60) -> Iterable[Row]:
    """Everybody holds as much of everybody, and little is held from outside."""
    names = ["t", *(f"c{i}" for i in range(size))]
    yield from (
        exact(owner, owned, Fraction(95, size)) for owned in names for owner in names if owner != owned
    )


def wide_core() -> Iterable[Row]:
    names = ["t", *(f"c{i}" for i in range(1317))]
    for i, owned in enumerate(names):
        yield from (exact(names[(i * 7 + k * k + k + 1) % 1318], owned, 9) for k in range(8))


def hub() -> Iterable[Row]:
    return (exact(f"h{i}", "t", Fraction(2, 1000)) for i in range(50_000))


HARD: dict[str, Callable[[], Iterable[Row]]] = {
    "chain": chain,
    "layers": layers,
    "core": core,
    "wide core": wide_core,
    "hub": hub,
}


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("name", HARD)
def test_hard_structures_are_drawn_soon_and_nothing_stands_on_anything(name: str, rule: bool) -> None:
    read = facts(HARD[name]())
    start = monotonic()
    document = charted(read, rule=rule)
    drawing = draw(document, "en")
    assert monotonic() - start < 10  # a second or two where nothing else runs
    assert len(document.boxes) <= 150
    drawings.harmless(drawing)
    drawings.check(drawings.read(drawing))


def test_totals_that_were_not_worked_out_are_open_and_counted() -> None:
    document = charted(facts(wide_core()), rule=False)
    left = [warning for warning in document.warnings if warning.code == "totals_not_worked_out"]
    wide = [box for box in document.boxes if box.shape == "party" and (box.lower, box.upper) == ("0", "1")]
    assert len(left) == 1
    assert left[0].detail.startswith(f"{len(wide)} totals")
    assert wide
    parties = [box for box in document.boxes if box.shape == "party" and box.side]
    assert all(box.lower is not None for box in parties)


@pytest.mark.parametrize("name", ["core", "hub"])
def test_all_that_fits_is_drawn_of_what_one_asks_for(name: str) -> None:
    document = charted(facts(HARD[name]()), Folding(expanded=frozenset("t"), least=Fraction(0)))
    assert 40 < len(document.boxes) <= 150
    drawings.check(drawings.read(draw(document, "zh")))


def box_of(document: ChartDocument, entity: str) -> ChartBox:
    return next(box for box in document.boxes if box.shape == "party" and box.entity.id == entity)


def test_what_is_folded_says_how_many_and_how_much() -> None:
    rows = [exact("a", "t", 90), *(exact(f"s{i}", "t", Fraction(1, 2)) for i in range(8))]
    seat = {Attribute.HEADQUARTERS: frozenset({"CN"})}
    document = charted(facts(rows, [Party("s0", Kind.COMPANY, "S", seat)]))
    (folded,) = [box for box in document.boxes if box.shape == "holders"]
    (opened,) = [box for box in document.boxes if box.shape == "open" and box.entity.id == "t"]
    assert (folded.count, folded.lower, folded.upper) == (8, "0.125", "1")
    assert document.folded == 8
    shares = {arrow.owner_box: (arrow.min, arrow.weight) for arrow in document.arrows}
    assert shares[folded.box] == ("0.04", "0.04")
    assert shares[opened.box] == (None, "0.06")
    drawing = drawings.read(draw(document, "en"))
    assert drawing.told_in(folded.box)[0] == "+8 holders, 4%"


def test_a_stake_is_drawn_by_what_is_known_of_it() -> None:
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    rows = [
        exact("a", "t", Fraction("38.37")),
        ("b", "t", Interval(quarter, half, low_open=True)),
        ("c", "t", UNKNOWN),
    ]
    read = facts(rows)
    disputed = Stake("d", "t", Lane.SHARES, Interval(Fraction(1, 10), quarter), conflict=True)
    control = Stake("e", "t", Lane.CONTROL, None)
    stakes = {
        **read.graph.stakes,
        ("t", Lane.SHARES): (*read.graph.stakes["t", Lane.SHARES], disputed),
        ("t", Lane.CONTROL): (control,),
    }
    graph = OwnershipGraph(read.graph.parties, stakes)
    told = ChartFacts(CLOCKS, Surroundings(graph, {}, {}), None, graph, {})
    document = charted(told)
    drawing = draw(document, "en")
    labels = {
        arrow.owner: drawings.read(drawing).told_on(str(number))
        for number, arrow in enumerate(document.arrows)
    }
    assert labels["a"] == "38.37%"
    assert labels["b"] == "(25,50]%"
    assert labels["c"] == "?"
    assert labels["d"] == "≠ [10,25]%"
    assert labels["e"] == "control"
    dashes = {
        group.attrib["class"].split()[1]: next(
            path.get("stroke-dasharray") for path in group if path.get("class") == "line"
        )
        for group in drawings.read(drawing).svg.iter(f"{drawings.SVG}g")
        if "data-arrow" in group.attrib
    }
    assert dashes["exact"] is None
    assert len({dashes[style] for style in ("interval", "unknown", "disputed")}) == 3
    drawings.check(drawings.read(drawing))


def test_cross_holdings_show_both_stakes_and_who_holds_itself_too() -> None:
    rows = [exact("a", "t", 60), exact("t", "a", 50), exact("t", "t", 5)]
    document = charted(facts(rows))
    drawing = drawings.read(draw(document, "en"))
    drawings.check(drawing)
    told = {(a.owner, a.owned): drawing.told_on(str(n)) for n, a in enumerate(document.arrows)}
    assert (told["a", "t"], told["t", "a"]) == ("60%", "50%")
    assert told[("t", "t")] == "5%"


def test_names_from_files_are_words_and_nothing_else() -> None:
    hostile = '<script>alert("x")</script> & ]]> \x00\u202egnp.exe'
    people = [Party("a", Kind.PERSON, hostile), Party('"><b id=x', Kind.STATE, "\n" * 5)]
    rows = [exact("a", "t", 50), exact('"><b id=x', "t", 40)]
    read = facts(rows, people, groups={"<g>&": frozenset({"a", '"><b id=x'})})
    drawing = draw(charted(read), "en")
    drawings.harmless(drawing)
    drawings.check(drawings.read(drawing))
    assert "\u202e" not in drawing
    assert "G1" in drawing


def test_long_names_are_cut_and_stand_whole_in_the_title_of_their_box() -> None:
    name = "Gesellschaft für außerordentlich umfangreiche Beteiligungen mit einem sehr langen Namen GmbH"
    chinese = "中国国际贸易促进委员会北京市海淀区分会投资管理有限责任公司第一分公司"
    rows = [exact("a", "t", 50), exact("b", "t", 50)]
    document = charted(facts(rows, [Party("a", Kind.COMPANY, name), Party("b", Kind.TRUST, chinese)]))
    drawing = drawings.read(draw(document, "zh"))
    for entity, whole in (("a", name), ("b", chinese)):
        told = drawing.told_in(box_of(document, entity).box)
        assert any(line.endswith("…") for line in told)
        assert all(len(line) < len(whole) for line in told)
        group = next(g for g in drawing.svg.iter() if g.get("data-box") == box_of(document, entity).box)
        assert whole in (group[0].text or "")


def test_below_the_entity_stands_what_it_holds_and_how_that_stands() -> None:
    seat = {Attribute.HEADQUARTERS: frozenset({"CN"})}
    rows = [exact("t", "x", 60), exact("z", "x", 40), exact("x", "y", 50), exact("s", "t", 100)]
    people = [Party("t", Kind.COMPANY, "T", seat), Party("z", Kind.PERSON, "Z")]
    both = Folding(sides=(Side.UP, Side.DOWN))
    document = charted(facts(rows, people), both)
    assert {box.entity.id: box.side for box in document.boxes if box.shape == "party"} == {
        "t": None,
        "s": "up",
        "x": "down",
        "y": "down",
    }
    assert (box_of(document, "x").lower, box_of(document, "x").upper) == ("0.6", "0.6")
    assert (box_of(document, "y").lower, box_of(document, "y").upper) == ("0.3", "0.8")
    totals = charted(facts(rows, people), both, rule=False)
    assert [box_of(totals, entity).lower for entity in "sxy"] == ["1", "0.6", "0.3"]
    assert all(box.outcome is None for box in totals.boxes)


NO_IDS: list[str] = []


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("direction", ("sideways", None, "1", NO_IDS, NO_IDS)),
        ("depth", ("up", 0, "1", NO_IDS, NO_IDS)),
        ("depth", ("up", 101, "1", NO_IDS, NO_IDS)),
        ("fold", ("up", None, "101", NO_IDS, NO_IDS)),
        ("fold", ("up", None, "-1", NO_IDS, NO_IDS)),
        ("expand", ("up", None, "1", ["a"] * 201, NO_IDS)),
    ],
)
def test_what_cannot_be_asked_is_named(
    field: str, asked: tuple[str, int | None, str, list[str], list[str]]
) -> None:
    with pytest.raises(BadQuestion, match=field):
        folding(*asked)


def test_the_same_facts_are_always_drawn_the_same() -> None:
    assert draw(charted(facts(layers())), "en") == draw(charted(facts(layers())), "en")
