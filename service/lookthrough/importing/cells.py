"""What the cells of a row may hold. Every parser takes text without surrounding blanks, never empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from stdnum import lei as lei_digits
from stdnum.exceptions import ValidationError

from lookthrough.control.jurisdictions import JURISDICTIONS

LONGEST_KEY = 200
LONGEST_TEXT = 2_000
LONGEST_NOTE = 10_000

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROLS_OF_NOTES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LEI = re.compile(r"[0-9A-Za-z]{18}[0-9]{2}")
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._+-]{0,49}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OFTEN_MEANT = {"UK": "GB", "EL": "GR"}


class Fault(ValueError):
    """A cell that cannot be used; the text is the reason, one sentence."""


class Cells:
    """The cells of one row. Faults are gathered, so that a report can name all of them at once."""

    __slots__ = ("_default_source", "faults", "values")

    def __init__(self, values: Mapping[str, str], default_source: str) -> None:
        self.values = values
        self.faults: dict[str, str] = {}
        self._default_source = default_source

    def get(self, column: str, parse: Callable[[str], T], default: T) -> T:
        """The parsed cell; the default where it is empty or faulty."""
        value = self.values.get(column)
        if not value:
            return default
        try:
            return parse(value)
        except Fault as fault:
            self.fault(column, str(fault))
            return default

    def need(self, column: str, parse: Callable[[str], T], default: T) -> T:
        """The parsed cell of a column that no row may leave empty."""
        if not self.values.get(column):
            self.fault(column, f"The {column} is empty, and no row can do without.")
        return self.get(column, parse, default)

    def source(self) -> str:
        return self.get("source", text, self._default_source)

    def fault(self, column: str, reason: str) -> None:
        self.faults.setdefault(column, reason)


def key(value: str) -> str:
    """An id, or a name that is used as one: 1 to 200 printable characters."""
    if len(value) > LONGEST_KEY:
        raise Fault(f"It has {len(value)} characters; {LONGEST_KEY} are the most.")
    if not value.isprintable():
        odd = next(character for character in value if not character.isprintable())
        raise _odd(odd, "a character that cannot be printed")
    return value


def text(value: str) -> str:
    """One line of text: names, titles, addresses."""
    return _bounded(value, LONGEST_TEXT, _CONTROLS)


def note(value: str) -> str:
    """Text that may run over several lines."""
    return _bounded(value, LONGEST_NOTE, _CONTROLS_OF_NOTES)


def _bounded(value: str, longest: int, forbidden: re.Pattern[str]) -> str:
    if len(value) > longest:
        raise Fault(f"It has {len(value)} characters; {longest} are the most.")
    # str.isprintable alone would refuse the wide blank of Chinese and the joiners of Indian names
    if not value.isprintable() and (odd := forbidden.search(value)):
        raise _odd(odd[0], "a control character")
    return value


def _odd(character: str, what: str) -> Fault:
    if character in "\r\n":
        return Fault("It runs over more than one line; a quote may have been left open.")
    return Fault(f"It holds {what}, U+{ord(character):04X}.")


def texts(value: str) -> tuple[str, ...]:
    """Texts separated by `|`, each once; nothing between two of them is no text."""
    return tuple(dict.fromkeys(text(part) for part in _parts(value) if part))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split("|")]


def one_of(choices: type[E]) -> Callable[[str], E]:
    """A parser of one of the words of a vocabulary."""
    words = {choice.value: choice for choice in choices}

    def parse(value: str) -> E:
        if value not in words:
            raise Fault(f"It is none of {', '.join(words)}.")
        return words[value]

    return parse


@lru_cache(maxsize=16_384)
def start(value: str) -> date:
    """The first day of a year, a month or a day. Raises Fault where there is no such day."""
    return _day(*_date_parts(value))


@lru_cache(maxsize=16_384)
def end(value: str) -> date:
    """The day itself, or the first day after a year or month. Raises Fault where there is none."""
    year, month, day = _date_parts(value)
    _day(year, month, day)
    if day is not None:
        return _day(year, month, day)
    months = year * 12 + (month or 12)
    if months > date.max.year * 12 + 11:
        raise Fault("No day follows the year 9999; leave the end empty if it is open.")
    return date(months // 12, months % 12 + 1, 1)


def _date_parts(value: str) -> tuple[int, int | None, int | None]:
    found = _DATE.fullmatch(value)
    if found is None:
        raise Fault("A date is YYYY, YYYY-MM or YYYY-MM-DD.")
    year, month, day = found.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _day(year: int, month: int | None, day: int | None) -> date:
    try:
        return date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Fault("There is no such day in the calendar.") from None


def moment(value: str) -> str:
    """When something was retrieved, as filed: a date, or an instant with its hour."""
    if "T" not in value:
        start(value)
        return value
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise Fault("A moment is a date or an instant such as 2026-11-23T08:30:00Z.") from None
    return value


@lru_cache(maxsize=4_096)
def jurisdictions(value: str) -> tuple[str, ...]:
    """Codes separated by `|`, each once, in the order filed."""
    return tuple(dict.fromkeys(_jurisdiction(part) for part in _parts(value)))


def of_country(code: str) -> tuple[str, ...]:
    """The country in which a part of it (`US-DE`) lies. Raises Fault."""
    return jurisdictions(code.partition("-")[0])


def _jurisdiction(code: str) -> str:
    if code in JURISDICTIONS:
        return code
    if code.upper() in JURISDICTIONS:
        raise Fault(f"Country codes are upper-case: write {code.upper()}.")
    if code.upper() in _OFTEN_MEANT:
        raise Fault(f"{code} is not an ISO 3166 code: write {_OFTEN_MEANT[code.upper()]}.")
    if not code:
        raise Fault("A code is missing beside a |.")
    raise Fault(f"{code[:20]!r} is not an ISO 3166 alpha-2 code.")


def lei(value: str) -> str:
    """A legal entity identifier in upper case. Raises Fault where form or check digits are wrong."""
    if _LEI.fullmatch(value) is None:
        raise Fault("An LEI has 18 letters or digits and 2 check digits.")
    try:
        return lei_digits.validate(value)
    except ValidationError:
        raise Fault("The check digits of the LEI are wrong.") from None


def identifiers(value: str) -> tuple[tuple[str, str], ...]:
    """Pairs of scheme (lower-case) and value, from `scheme:value` separated by `|`."""
    return tuple(_identifier(part) for part in _parts(value))


def _identifier(pair: str) -> tuple[str, str]:
    scheme, colon, value = (part.strip() for part in pair.partition(":"))
    scheme = scheme.lower()
    if not colon or not value or _SCHEME.fullmatch(scheme) is None:
        raise Fault("Identifiers are written scheme:value, with | between them.")
    return scheme, lei(value) if scheme == "lei" else key(value)


def sha256(value: str) -> str:
    if _SHA256.fullmatch(value.lower()) is None:
        raise Fault("A SHA-256 sum has 64 hexadecimal digits.")
    return value.lower()
