"""Which statement of a BODS file speaks for each record, and what statements of older versions are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .files import InputFile
from .json_records import records
from .json_values import Json, JsonObject

_STATUS = {"new": "0", "updated": "1", "closed": "2"}
Rank = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """The last statement of a record: its place among the others, and whether it closes the record."""

    rank: Rank
    closed: bool
    date: str
    has_interests: bool


@dataclass(slots=True)
class Lineage:
    """Statements of one file that replace others. Memory grows with the replacements, not with the file."""

    last: dict[str, Said] = field(default_factory=dict[str, Said])
    last_telling: dict[str, Said] = field(default_factory=dict[str, Said])
    replaced: dict[str, str] = field(default_factory=dict[str, str])
    first_of: dict[str, str] = field(default_factory=dict[str, str])
    told_before: set[str] = field(default_factory=set[str])
    """Records that are closed without their interests being repeated, which an earlier statement tells."""

    def learn(self, statement: JsonObject) -> None:
        record = statement.get("recordId")
        if isinstance(record, str):
            if statement.get("recordStatus") != "new":
                said = said_by(statement)
                _keep_later(self.last, record, said)
                if said.has_interests:
                    _keep_later(self.last_telling, record, said)
            return
        own, listed = statement.get("statementID"), statement.get("replacesStatements")
        old = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        if isinstance(own, str) and old:
            self.replaced.update(dict.fromkeys(old, own))
            for later in (own, *old[1:]):
                self.first_of.setdefault(later, old[0])

    @property
    def closed_bare(self) -> set[str]:
        """Records whose last statement closes them without a word of their interests."""
        return {record for record, said in self.last.items() if said.closed and not said.has_interests}

    def origin(self, statement: str) -> str:
        """The first statement of what a statement of BODS 0.2 or 0.3 is about: its id is stable."""
        seen: set[str] = set()
        while statement in self.first_of and statement not in seen:
            seen.add(statement)
            statement = self.first_of[statement]
        return statement

    def is_superseded(self, statement: Mapping[str, Json]) -> bool:
        own = statement.get("statementID")
        if isinstance(own, str) and own in self.replaced:
            return True
        last = self.last.get(str(statement.get("recordId")))
        return last is not None and last.rank > said_by(statement).rank

    def closing(self, statement: Mapping[str, Json]) -> str:
        """The day on which a superseded statement ends, because the last one repeats nothing of it."""
        record = str(statement.get("recordId"))
        last, telling = self.last.get(record), self.last_telling.get(record)
        own = said_by(statement)
        ends = last is not None and last.closed and not last.has_interests and own.has_interests
        return last.date if last and ends and (telling is None or telling.rank <= own.rank) else ""


def said_by(statement: Mapping[str, Json]) -> Said:
    details = statement.get("recordDetails")
    interests = details.get("interests") if isinstance(details, dict) else None
    date, status = str(statement.get("statementDate") or ""), str(statement.get("recordStatus"))
    published = statement.get("publicationDetails")
    shown = str(published.get("publicationDate") or "") if isinstance(published, dict) else ""
    rank = (date, shown, _STATUS.get(status, "1"), str(statement.get("statementId")))
    return Said(rank, status == "closed", date, bool(interests))


def _keep_later(kept: dict[str, Said], record: str, said: Said) -> None:
    if record not in kept or kept[record].rank < said.rank:
        kept[record] = said


def lineage(file: InputFile) -> Lineage:
    """Read once for as long as the file stays what it is."""
    state = file.path.stat()
    return _lineage(file, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=2)
def _lineage(file: InputFile, size: int, changed: int) -> Lineage:
    del size, changed
    found = Lineage()
    for record in records(file):
        if record.value is not None:
            found.learn(record.value)
    bare = found.closed_bare
    for record in records(file) if bare else ():
        value = record.value or {}
        if str(value.get("recordId")) in bare and said_by(value).has_interests:
            found.told_before.add(str(value.get("recordId")))
    return found
