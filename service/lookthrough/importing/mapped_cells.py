"""How one cell of ours is made from the cells of a row of somebody's table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lookthrough.control.facts import Attribute
from lookthrough.control.jurisdictions import JURISDICTIONS

from .cells import Fault
from .places import country, nationalities
from .toml_keys import Keys

Conditions = Mapping[str, frozenset[str]]
_SEVERAL = ("aliases", "identifiers")
"""Columns of ours that gather what all their cells say; of the others the first that says anything counts."""
_LISTS = ("aliases", *Attribute)
"""Columns of ours whose cell may hold several values."""
_DATES = ("valid_from", "valid_to", "founded", "dissolved", "retrieved")
_TOKENS = re.compile(r"%(.)")
_OF_DAYS = "YmdbB"
_OF_HOURS = "HMSfIpzZ"
_ISO = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ][0-9:.,+Zz-]*)?")
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._+-]{0,49}")


class CellFault(Fault):
    """A cell that cannot be used; `column` is that of the table as it stands."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


class Cell(Protocol):
    """One way to make a cell."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at, the one to name in a rejection first."""
        ...

    def made(self, row: Mapping[str, str]) -> str:
        """The cell in the words of docs/csv.md, empty where the row says nothing. Raises CellFault."""
        ...


def made(name: str, cells: tuple[Cell, ...], row: Mapping[str, str]) -> str:
    """The cell of our column `name`. Raises CellFault."""
    found = (text for cell in cells if (text := cell.made(row)))
    return "|".join(found) if name in _SEVERAL else next(found, "")


def holds(conditions: Conditions, row: Mapping[str, str]) -> bool:
    """Whether each of the columns has one of its values; case does not matter."""
    return all(row.get(column, "").casefold() in values for column, values in conditions.items())


@dataclass(frozen=True, slots=True)
class Recipe:
    """A cell from one column, from several put together, or always the same `value`."""

    sources: tuple[str, ...]
    between: str
    value: str
    prefix: str
    separator: str
    words: Mapping[str, str]
    read: Callable[[str], str]
    when: Conditions

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.sources, *self.when)

    @classmethod
    def of(cls, keys: Keys, name: str, when: Conditions) -> Recipe:
        """The recipe that a mapping states for our column `name`. Raises UnusableFile."""
        sources = keys.texts("columns") or keys.texts("column")
        value = keys.text("value")
        if not sources and not value:
            raise keys.wrong("column", "is missing: a cell comes from a column, from columns, or is a value")
        if sources and value:
            raise keys.wrong("value", "cannot stand beside a column")
        given = keys.table("words")
        words = {word.casefold(): given.text(word) for word in given}
        separator = keys.text("separator") if name in _LISTS else ""
        between, prefix = keys.text("between"), _prefix(keys, name)
        return cls(sources, between, value, prefix, separator, words, _reading(keys, name), when)

    def made(self, row: Mapping[str, str]) -> str:
        if not holds(self.when, row):
            return ""
        if self.value:
            return self.prefix + self.value
        parts = [row.get(column, "") for column in self.sources]
        if not all(parts):
            return ""
        try:
            return self._told(self.between.join(parts))
        except Fault as fault:
            raise CellFault(self.sources[0], str(fault)) from None

    def _told(self, text: str) -> str:
        values = text.split(self.separator) if self.separator else [text]
        told = [self._one(value.strip()) for value in values if value.strip()]
        return "|".join(dict.fromkeys(told))

    def _one(self, value: str) -> str:
        if self.words:
            known = self.words.get(value.casefold())
            if known is None:
                raise Fault("It is none of the words of the mapping.")
            return self.prefix + known
        return self.prefix + self.read(value)


def _prefix(keys: Keys, name: str) -> str:
    """What stands before each value; an identifier has its scheme there."""
    if name != "identifiers":
        return keys.text("prefix")
    scheme = keys.text("scheme")
    if _SCHEME.fullmatch(scheme) is None:
        raise keys.wrong("scheme", "must be a word in lower case: an identifier is of a scheme")
    return f"{scheme}:{keys.text('prefix')}"


def _reading(keys: Keys, name: str) -> Callable[[str], str]:
    """How a value of that column of ours is read."""
    if name in _DATES:
        formats = keys.texts("format")
        for written in formats:
            _refuse_format(keys, written)
        return lambda value: day(value, formats)
    if name in (*Attribute, "jurisdiction"):
        readers = {"code": _as_it_stands, "place": place, "nationality": nationality}
        return readers[keys.one_of("as", tuple(readers), "code")]
    if name == "identifiers":
        return _identifier
    return _as_it_stands


def _as_it_stands(value: str) -> str:
    return value


def _identifier(value: str) -> str:
    if "|" in value:
        raise Fault("An identifier has no | in it.")
    return value


def _refuse_format(keys: Keys, written: str) -> None:
    tokens = _TOKENS.findall(written)
    odd = next((token for token in tokens if token not in _OF_DAYS + _OF_HOURS), None)
    if odd is not None:
        raise keys.wrong("format", f"has %{odd}; days are written with %Y, %m or %b or %B, and %d")
    month = any(token in tokens for token in "mbB")
    if "Y" not in tokens or ("d" in tokens and not month):
        raise keys.wrong("format", "must have the year (%Y), and with a day (%d) the month (%m)")


def day(value: str, formats: tuple[str, ...] = ()) -> str:
    """A date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, to the day that the format gives; the hour is left out.

    Raises Fault where no format fits; without formats the value is one of these, or an instant.
    """
    if not formats:
        found = _ISO.fullmatch(value)
        if found is None:
            raise Fault("A date is YYYY, YYYY-MM or YYYY-MM-DD, unless the mapping names a format.")
        return found[1]
    for written in formats:
        try:
            at = datetime.strptime(value, written)
        except ValueError:
            continue
        tokens = _TOKENS.findall(written)
        shown = "%Y-%m-%d" if "d" in tokens else "%Y-%m" if set(tokens) & set("mbB") else "%Y"
        return f"{at.year:04}" + at.strftime(shown).removeprefix(at.strftime("%Y"))
    raise Fault(f"A date is written {' or '.join(formats)}, says the mapping.")


def place(value: str) -> str:
    """The code of a country, from that in any case, from that of a part of it, or from its English name.

    Raises Fault.
    """
    whole = re.split(r"[-_]", value)[0].upper()
    if whole in JURISDICTIONS and (len(value) == len(whole) or value[len(whole)] in "-_"):
        return whole
    found = country(value)
    if found is None:
        raise Fault("It is no country that is known by code or name; words of the mapping can name it.")
    return found


def nationality(value: str) -> str:
    """The codes of a nationality in English words, or as `place` reads it. Raises Fault."""
    found = nationalities(value)
    return "|".join(found) if found else place(value)
