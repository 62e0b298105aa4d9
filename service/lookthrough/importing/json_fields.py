"""The fields of a JSON record, read strictly: a wrong type is a fault, a field nobody asks for is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from .cells import Fault, text
from .json_values import Json

T = TypeVar("T")
LONGEST_EXPONENT = 100


@dataclass(slots=True)
class Reading:
    """What reading one record brought to light: faults and values by path, notes, fields not understood."""

    faults: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, str] = field(default_factory=dict[str, str])
    noted: list[str] = field(default_factory=list[str])
    unknown: dict[str, None] = field(default_factory=dict[str, None])

    def fault(self, path: str, value: object, reason: str) -> None:
        self.faults.setdefault(path, reason)
        self.values.setdefault(path, str(value))

    def note(self, kind: str) -> None:
        self.noted.append(kind)


class Fields:
    """One object of a record. `path` leads to it: `interests[].share`.

    Close it (or use it in a `with`) when everything that is understood was asked for: what is left over is
    noted as unknown.
    """

    __slots__ = ("_asked", "_values", "path", "reading")

    def __init__(self, values: Mapping[str, Json], reading: Reading, path: str = "") -> None:
        self._values = values
        self._asked: set[str] = set()
        self.reading = reading
        self.path = path

    def __enter__(self) -> Fields:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._values:
            if name not in self._asked:
                self.reading.unknown[self.at(name)[:200]] = None

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def value(self, name: str) -> Json:
        """The value as it stands; None where there is none."""
        self._asked.add(name)
        return self._values.get(name)

    def passed(self, *names: str) -> None:
        """Fields that are understood and say nothing that is a fact here."""
        self._asked.update(names)

    def pass_all(self) -> None:
        self._asked.update(self._values)

    def fault(self, name: str, reason: str) -> None:
        self.reading.fault(self.at(name), self._values.get(name), reason)

    def text(self, name: str) -> str:
        return self.get(name, text, "")

    def get(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """The parsed text; the default where it is empty, null or faulty."""
        value = self.value(name)
        if value is None:
            return default
        if not isinstance(value, str):
            self.fault(name, "It is no text.")
            return default
        try:
            self.reading.values.setdefault(self.at(name), value)
            return parse(value.strip()) if value.strip() else default
        except Fault as fault:
            self.fault(name, str(fault))
            return default

    def need(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """The parsed text of a field that no record can do without."""
        found = self.get(name, parse, default)
        if not self._values.get(name):
            self.fault(name, f"The {name} is empty, and no record can do without.")
        return found

    def flag(self, name: str) -> bool:
        value = self.value(name)
        if value is not None and not isinstance(value, bool):
            self.fault(name, "It is neither true nor false.")
        return value is True

    def figure(self, name: str) -> str:
        """A number as decimal text, exactly as filed; empty where there is none."""
        value = self.value(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(name, "It is no number.")
            return ""
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        if not isinstance(exponent, int) or abs(exponent) > LONGEST_EXPONENT:
            self.fault(name, "It is a number of no reasonable size.")
            return ""
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    def object(self, name: str) -> Fields:
        """An object; empty where there is none."""
        value = self.value(name)
        if value is not None and not isinstance(value, dict):
            self.fault(name, "It is no object.")
        return Fields(value if isinstance(value, dict) else {}, self.reading, self.at(name))

    def objects(self, name: str) -> list[Fields]:
        """The objects of a list; nothing where there is none."""
        value = self._list(name)
        if not all(isinstance(inner, dict) for inner in value):
            self.fault(name, "It is no list of objects.")
        path = f"{self.at(name)}[]"
        return [Fields(inner, self.reading, path) for inner in value if isinstance(inner, dict)]

    def texts(self, name: str) -> list[str]:
        """The texts of a list."""
        value = self._list(name)
        if not all(isinstance(inner, str) for inner in value):
            self.fault(name, "It is no list of texts.")
        return [inner.strip() for inner in value if isinstance(inner, str) and inner.strip()]

    def all(self, name: str, parse: Callable[[str], T]) -> list[T]:
        """The parsed texts of a list; nothing where one of them is faulty."""
        try:
            return [parse(inner) for inner in self.texts(name)]
        except Fault as fault:
            self.fault(name, str(fault))
            return []

    def _list(self, name: str) -> list[Json]:
        value = self.value(name)
        if value is not None and not isinstance(value, list):
            self.fault(name, "It is no list.")
        return value if isinstance(value, list) else []
