"""One FollowTheMoney entity as it was read: its properties are lists of texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .cells import key, text
from .json_fields import Fields, Reading
from .json_rows import day, last_day


@dataclass(frozen=True, slots=True)
class Told:
    """`sources` are the datasets that a link comes from; `source` tells what a merged entity is."""

    id: str
    schema: str
    caption: str
    properties: Fields
    sources: tuple[str, ...]
    source: str
    referents: tuple[str, ...] = ()

    @property
    def reading(self) -> Reading:
        return self.properties.reading

    def note(self, kind: str) -> None:
        self.reading.note(kind)

    def texts(self, *names: str) -> list[str]:
        """The texts of several properties, each once, in the order filed."""
        return list(dict.fromkeys(value for name in names for value in self.properties.all(name, text)))

    def ids(self, name: str) -> list[str]:
        """The entities that a link cannot do without."""
        found = list(dict.fromkeys(self.properties.all(name, key)))
        if not found:
            self.properties.fault(name, f"The {name} is empty, and no record can do without.")
        return found

    def url(self, *names: str) -> str:
        return min(self.texts(*names), default="")

    def first_day(self, *names: str) -> date | None:
        """The earliest start of the first of the properties that has any."""
        return self._day(names, day, min)

    def last_day(self, *names: str) -> date | None:
        """The latest end of the first of the properties that has any."""
        return self._day(names, last_day, max)

    def _day(
        self, names: Sequence[str], parse: Callable[[str], date], pick: Callable[[set[date]], date]
    ) -> date | None:
        told = [(name, self.properties.all(name, lambda value: (value, parse(value)))) for name in names]
        for name, values in told:
            # `2015` beside `2015-11-25` is the same day, less precisely
            days = {d for v, d in values if not any(w != v and w.startswith(v) for w, _ in values)}
            if len(days) > 1:
                self.note(f"several values of {name}")
            if days:
                return pick(days)
        return None

    def period(self, *starts: str) -> tuple[date | None, date | None]:
        """Start and end; an end before the start is a fault."""
        begins, ends = self.first_day(*starts), self.last_day("endDate")
        if begins and ends and begins > ends:
            self.properties.fault("endDate", f"It is before the beginning on {begins}.")
        return begins, ends


def joined(label: str, values: Sequence[str]) -> str:
    """A line of a note: `roles: a, b`; empty where there is nothing to say."""
    return f"{label}: {', '.join(values)}" if values else ""
