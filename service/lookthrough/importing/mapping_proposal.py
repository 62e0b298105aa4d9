"""A mapping proposed from the names of columns and from what stands in the first rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from lookthrough.control.facts import Attribute

from .mapping_text import Entry, Value
from .mapping_values import Doubt, date_format, figures, reads_places

_PLAIN = re.compile(r"[\W_]+")
_SIDES = ("owner", "owned")
_ABOUT = ("valid_from", "valid_to", "holding", "ref", "url", "note", "confidence", "source")
_PLACES = tuple(attribute.value for attribute in Attribute)


@cache
def _words(table: str) -> dict[str, list[str]]:
    text = (files("lookthrough.importing") / "mapping_words.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)[table]
    return found


@dataclass(frozen=True, slots=True)
class Sample:
    """The columns of a table and its first rows."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[Sequence[str | None], ...]

    def values(self, column: str) -> list[str]:
        """What the first rows say in a column, empty cells left out."""
        at = self.columns.index(column)
        return [cell for row in self.rows if (cell := row[at])]


@dataclass(slots=True)
class Proposal:
    """Entries of a mapping, what is doubtful about them, and the columns that nothing was proposed for."""

    entries: list[Entry] = field(default_factory=list[Entry])
    doubts: list[Doubt] = field(default_factory=list[Doubt])
    unused: list[str] = field(default_factory=list[str])


def proposed(sample: Sample, origin: str = "") -> Proposal | None:
    """What the table could be; None where no column can be told for an owner and an owned, or for an entity.

    `origin` is the name under which the entries name the table, empty where it is the only one.
    """
    work = _Work(sample, origin, Proposal())
    found = _roles(sample.columns, "stakes")
    sides = [found.get(f"{side}_{what}") for side in _SIDES for what in ("id", "name")]
    if any(sides[:2]) and any(sides[2:]):
        work.stakes(found)
    else:
        found = _roles(sample.columns, "entities")
        if "id" not in found and "name" not in found:
            return None
        work.entities(found)
    used = {column for entry in work.proposal.entries for column in entry.reads}
    work.proposal.unused = [column for column in sample.columns if column and column not in used]
    return work.proposal


def _roles(columns: Iterable[str], table: str) -> dict[str, str]:
    """Which column plays which role; none plays two."""
    plain = {_PLAIN.sub("", column.casefold()): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    for role, names in _words(table).items():
        column = next((plain[name] for name in names if name in plain), None)
        if column is not None and column not in found.values():
            found[role] = column
    return found


@dataclass(slots=True)
class _Work:
    """The proposal that is being put together for one table."""

    sample: Sample
    origin: str
    proposal: Proposal

    def stakes(self, found: Mapping[str, str]) -> None:
        ids = {side: self._id(found.get(f"{side}_id", found.get(f"{side}_name", ""))) for side in _SIDES}
        about = self._about(found)
        votes = self._percent(found, ("votes",), ("votes_min", "votes_max"))
        shares = self._percent(found, ("percent",), ("min", "max"), ("count", "total"))
        if shares or not votes:
            # where rows tell of votes alone, nothing is said of shares
            needs = tuple(_read([shares])[:1]) if votes and shares else ()
            percent = {"percent": shares} if shares else {}
            self._add("stakes", {**ids, **percent, **about}, needs)
        if votes:
            needs = tuple(_read([votes])[:1])
            self._add("stakes", {**ids, "lane": {"value": "votes"}, "percent": votes, **about}, needs)
        for side in _SIDES:
            name = found.get(f"{side}_name")
            if name and f"{side}_id" in found:
                self._add("entities", {"id": ids[side], "name": name}, (found[f"{side}_id"],))
        if "relation" in found:
            kinds = ", ".join(dict.fromkeys(self.sample.values(found["relation"])))[:200]
            self._doubt(found["relation"], f"rows may be of several kinds; `only` can choose among {kinds}")
        if not any(f"{side}_id" in found for side in _SIDES):
            self._doubt("", "names stand for ids: two spellings of a name are two entities")

    def entities(self, found: Mapping[str, str]) -> None:
        cells: dict[str, Value] = {"id": self._id(found.get("id", found.get("name", "")))}
        if "id" not in found:
            self._doubt(found["name"], "names stand for ids: two spellings of a name are two entities")
        for role, column in found.items():
            if role in ("founded", "dissolved"):
                cells[role] = self._date(column)
            elif role in _PLACES:
                cells[role] = self._place(column)
            elif role != "id":
                cells[role] = column
        self._add("entities", cells)

    def _id(self, column: str) -> Value:
        """A number of a register is an id only together with the jurisdiction of the register."""
        beside = re.sub(r"company_?number$", "jurisdiction_code", column, flags=re.IGNORECASE)
        if beside != column and beside in self.sample.columns:
            return {"columns": [beside, column], "between": "/"}
        return column

    def _about(self, found: Mapping[str, str]) -> dict[str, Value]:
        columns = {role: found[role] for role in _ABOUT if role in found}
        return {
            role: self._date(column) if role in ("valid_from", "valid_to") else column
            for role, column in columns.items()
        }

    def _percent(self, found: Mapping[str, str], *ways: tuple[str, ...]) -> Value:
        """The first way to tell a percent for which there are columns."""
        for way in ways:
            columns = [found[role] for role in way if role in found]
            if len(way) == 1 and columns:
                told, doubts = figures(self.sample.values(columns[0]), columns[0])
                self.proposal.doubts += doubts
                return {"column": columns[0], **told} if told else columns[0]
            if len(columns) == len(way):
                names = ("count", "total") if way[0] == "count" else ("min", "max")
                every = [value for column in columns for value in self.sample.values(column)]
                told, doubts = figures(every, columns[0], is_count=way[0] == "count")
                self.proposal.doubts += doubts
                return {**dict(zip(names, columns, strict=True)), **told}
        return ""

    def _date(self, column: str) -> Value:
        written, doubts = date_format(self.sample.values(column), column)
        self.proposal.doubts += doubts
        return {"column": column, "format": written} if written else column

    def _place(self, column: str) -> Value:
        return {"column": column, "as": "place"} if reads_places(self.sample.values(column)) else column

    def _add(self, table: str, cells: Mapping[str, Value], needs: tuple[str, ...] = ()) -> None:
        self.proposal.entries.append(Entry(table, self.origin, needs, cells))

    def _doubt(self, column: str, why: str) -> None:
        self.proposal.doubts.append(Doubt(column, why))


def _read(values: Iterable[Value]) -> list[str]:
    return [column for value in values for column in Entry("", "", (), {"": value}).reads]
