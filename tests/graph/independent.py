"""What the rows of CSV files say on a day, by code of its own: dates, sources, intervals, parties, chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.interval import Interval
from lookthrough.control.predicate import Party
from lookthrough.control.reach import Reach, Role
from lookthrough.control.stakes import OwnershipGraph, Stake

from .facts import files

COMPANIES = ("c0", "c1", "c2", "c3", "c4")
OTHERS = ("p0", "p1", "f0", "s0", "u0")
KINDS = {"c": "company", "p": "person", "f": "public_float", "s": "state", "u": "unknown"}
SUBJECT = "c0"
LONGEST = 25


@dataclass(frozen=True)
class Told:
    """A row of stakes.csv, or of locations.csv with the jurisdiction in `value`."""

    about: tuple[str, ...]
    value: str
    valid_from: str = ""
    valid_to: str = ""
    source: str = "one"

    @property
    def starts(self) -> date:
        return _day(self.valid_from) if self.valid_from else date.min

    def has_ended(self, on: date) -> bool:
        if not self.valid_to:
            return False
        year, *rest = map(int, self.valid_to.split("-"))
        end = date(year + 1, 1, 1) if not rest else _day(self.valid_to)
        return end <= on

    def row(self) -> str:
        return ",".join([*self.about, f'"{self.value}"', self.valid_from, self.valid_to, self.source])


def _day(text: str) -> date:
    year, month, day = ([*map(int, text.split("-")), 1, 1])[:3]
    return date(year, month, day)


@dataclass(frozen=True)
class World:
    """The rows of one set: headquarters (nationality of persons) of entities, stakes, dated headquarters."""

    seats: dict[str, str]
    stakes: tuple[Told, ...]
    locations: tuple[Told, ...] = ()

    def write(self, folder: Path) -> Path:
        entities = [
            f"{entity},{KINDS[entity[0]]},{f',{code}' if entity[0] == 'p' else f'{code},'},one"
            for entity, code in self.seats.items()
        ]
        return files(
            folder,
            entities="\n".join(["id,kind,headquarters,nationality,source", *entities]),
            stakes="\n".join(
                ["owner,owned,lane,holding,percent,valid_from,valid_to,source", *map(Told.row, self.stakes)]
            ),
            locations="\n".join(
                ["entity,attribute,jurisdiction,valid_from,valid_to,source", *map(Told.row, self.locations)]
            ),
        )

    def graph(self, on: date) -> OwnershipGraph:
        """The facts of one load, on a day."""
        held: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
        for (owner, owned, lane, holding), rows in _grouped(self.stakes).items():
            heard = [(source, said) for source, said in _heard(rows, on).items() if said]
            if heard:
                interval, conflict = _together([_hull_of_one(rows, source, on) for source, _ in heard])
                sources = tuple(sorted(source for source, _ in heard))
                stake = Stake(owner, owned, Lane(lane), interval, holding, conflict, sources)
                held[owned, Lane(lane)].append(stake)
        return OwnershipGraph(self.parties(on), {key: tuple(stakes) for key, stakes in held.items()})

    def parties(self, on: date) -> dict[str, Party]:
        named = {name for told in self.stakes for name in told.about[:2]} | {
            t.about[0] for t in self.locations
        }
        return {entity: self._party(entity, on) for entity in {*self.seats, *named}}

    def _party(self, entity: str, on: date) -> Party:
        kind = Kind(KINDS[entity[0]]) if entity in self.seats else Kind.UNKNOWN
        codes: dict[Attribute, frozenset[str]] = {}
        rows = [told for told in self.locations if told.about[0] == entity]
        seat = self.seats.get(entity, "")
        if seat and entity[0] == "p":
            codes[Attribute.NATIONALITY] = frozenset(seat.split("|"))
        elif seat:
            rows.append(Told((entity, "headquarters"), seat))
        values = {
            code for said in _heard(rows, on).values() for told in said for code in told.value.split("|")
        }
        if values:
            codes[Attribute.HEADQUARTERS] = frozenset(values)
        return Party(entity, kind, entity, codes)


def _grouped(rows: Iterable[Told]) -> dict[tuple[str, ...], list[Told]]:
    groups: defaultdict[tuple[str, ...], list[Told]] = defaultdict(list)
    for row in rows:
        groups[row.about].append(row)
    return groups


def _latest(rows: Iterable[Told], source: str, on: date) -> list[Told]:
    begun = [row for row in rows if row.source == source and row.starts <= on]
    return [row for row in begun if row.starts == max(other.starts for other in begun)]


def _heard(rows: Sequence[Told], on: date) -> dict[str, list[Told]]:
    """For each source the rows that speak."""
    sources = {row.source for row in rows}
    return {s: [row for row in _latest(rows, s, on) if not row.has_ended(on)] for s in sources}


def _hull_of_one(rows: Sequence[Told], source: str, on: date) -> tuple[Interval, bool]:
    """What one source says: the latest rows, among which an ended one says that there is nothing."""
    latest = _latest(rows, source, on)
    said = {
        Interval(Fraction(0), Fraction(0)) if row.has_ended(on) else interval(row.value) for row in latest
    }
    return _hull(said), len(said) > 1


def interval(text: str) -> Interval:
    if not text:
        return Interval(Fraction(0), Fraction(1))
    if text[0] not in "([":
        return Interval(Fraction(text) / 100, Fraction(text) / 100)
    low, high = (Fraction(end) / 100 for end in text[1:-1].split(","))
    return Interval(low, high, text[0] == "(", text[-1] == ")")


def _hull(said: Iterable[Interval]) -> Interval:
    parts = list(said)
    low = min(i.low for i in parts)
    high = max(i.high for i in parts)
    low_open = all(i.low_open for i in parts if i.low == low)
    high_open = all(i.high_open for i in parts if i.high == high)
    return Interval(low, high, low_open, high_open)


def _together(said: Sequence[tuple[Interval, bool]]) -> tuple[Interval, bool]:
    parts = [part for part, _ in said]
    torn = any(conflict for _, conflict in said)
    low = max(i.low for i in parts)
    high = min(i.high for i in parts)
    low_open = any(i.low_open for i in parts if i.low == low)
    high_open = any(i.high_open for i in parts if i.high == high)
    if low < high or (low == high and not low_open and not high_open):
        return Interval(low, high, low_open, high_open), torn
    return _hull(parts), True


@dataclass(frozen=True)
class Walk:
    """A chain: entities from the seed down, and the products of the weights and of the most they can be."""

    entities: tuple[str, ...]
    product: Fraction
    product_max: Fraction


def all_chains(reach: Reach) -> list[Walk]:
    """Every chain that passes no entity twice, the largest product first."""
    found = list(_upward(reach, (reach.subject,), Fraction(1), Fraction(1)))
    return sorted(found, key=lambda walk: (-walk.product, walk.entities))


def _upward(reach: Reach, below: tuple[str, ...], product: Fraction, most: Fraction) -> Iterator[Walk]:
    for link in reach.owners[below[0]].links:
        if link.owner in below or link.high == 0 or len(below) > LONGEST:
            continue
        walk = Walk((link.owner, *below), product * link.weight, most * link.high)
        if reach.roles[link.owner] is Role.SEED:
            yield walk
        else:
            yield from _upward(reach, walk.entities, walk.product, walk.product_max)


_percents = st.sampled_from(
    [
        "60",
        "50",
        "40",
        "30",
        "10",
        "100",
        "0",
        "",
        "[25,50]",
        "(25,50]",
        "[50,100)",
        "100/3",
        "0.1",
        "12.34567890123456789",
    ]
)
_froms = st.sampled_from(["", "", "2020", "2021-06", "2022-01-15"])
_tos = st.sampled_from(["", "", "", "2023", "2024-02-29"])
_sources = st.sampled_from(["one", "one", "one", "two"])
_codes = st.sampled_from(["CN", "US", "US", "", "CN|US"])


def _stakes(lanes: Sequence[str]) -> st.SearchStrategy[Told]:
    about = st.tuples(
        st.sampled_from([*COMPANIES, *OTHERS, "implied"]),
        st.sampled_from([*COMPANIES[:2], *COMPANIES, "u0"]),
        st.sampled_from(lanes),
        st.sampled_from(["", "", "", "b"]),
    )
    return st.builds(Told, about, _percents, _froms, _tos, _sources)


def worlds(lanes: Sequence[str] = ("shares",), most: int = 14) -> st.SearchStrategy[World]:
    """Small sets with loops, holdings, bands, unknown figures, dates, two sources and disputed seats."""
    seats = st.fixed_dictionaries(dict.fromkeys((*COMPANIES, *OTHERS), _codes))
    about = st.tuples(st.sampled_from(COMPANIES), st.just("headquarters"))
    codes = st.sampled_from(["CN", "US", "CN|US"])
    locations = st.lists(st.builds(Told, about, codes, _froms, _tos, _sources), max_size=3).map(tuple)
    stakes = st.lists(_stakes(lanes), min_size=2, max_size=most).map(tuple)
    return st.builds(World, seats, stakes, locations)


days = st.sampled_from(
    [
        date(2019, 6, 1),
        date(2020, 1, 1),
        date(2021, 12, 31),
        date(2023, 12, 31),
        date(2024, 2, 29),
        date(2026, 1, 1),
    ]
)
