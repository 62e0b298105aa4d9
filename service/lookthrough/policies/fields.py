"""The kinds of text that policies and region lists are made of, each with its own check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from lookthrough.control.jurisdictions import JURISDICTIONS

from .errors import quoted

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHARE = re.compile(r"(-?[0-9]{1,20}(?:\.[0-9]{1,20})?)(?:/([0-9]{1,20}))?(%?)")
_LONGEST_NAME = 200


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("this text must not be empty")
    return text


class Strict(BaseModel):
    """A table whose unknown keys are errors and whose values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Text(Strict):
    """A text in English and, where there is one, in Chinese."""

    en: Annotated[str, AfterValidator(_written)]
    zh: str | None = None

    @property
    def chinese(self) -> str:
        """The Chinese text, or the English one where there is none."""
        return self.zh or self.en


@dataclass(frozen=True, slots=True)
class Places:
    """What stands after `in` or `not_in`: codes as written, or the id of a region list."""

    codes: frozenset[str] = frozenset()
    region: str | None = None


def _name(text: str) -> str:
    if not (0 < len(text) <= _LONGEST_NAME and text.isprintable()):
        raise ValueError(f"{quoted(text)} is not 1 to {_LONGEST_NAME} printable characters")
    return text


def _handle(text: str) -> str:
    if any(character in "@/\\" for character in _name(text)):
        raise ValueError(f"{quoted(text)} has a character that marks a version or a path: @ / \\")
    return text


def day(value: object) -> date:
    """A date as `YYYY-MM-DD`. Raises ValueError for anything else."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"{quoted(value)} is not a date such as 2025-09-05")


def share(value: object) -> Fraction:
    """An exact fraction from `"50%"`, `"100/3%"`, `"1/2"` or `"0.5"`.

    Raises ValueError outside 0% to 100%, for a number without quotes (it need not be exact) and for a
    whole number without a percent sign (1 may be meant as 1% or as all).
    """
    match = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not match or match[0].isdecimal() or not int(match[2] or 1):
        raise ValueError(f'{quoted(value)} is neither a percentage in quotes ("50%") nor a fraction ("1/2")')
    figure = Fraction(match[1]) / int(match[2] or 1) / (100 if match[3] else 1)
    if not 0 <= figure <= 1:
        raise ValueError(f"{quoted(value)} is not between 0% and 100%")
    return figure


def country(value: object) -> str:
    """An ISO 3166-1 alpha-2 code or XK. Raises ValueError for anything else."""
    if isinstance(value, str) and value in JURISDICTIONS:
        return value
    raise ValueError(f"{quoted(value)} is not a country code of ISO 3166-1 alpha-2")


def places(value: object, info: ValidationInfo) -> Places:
    """A list of country codes, or `regions:NAME` where NAME is a region list of the validation context."""
    if isinstance(value, list):
        return Places(codes=frozenset(country(code) for code in cast("list[object]", value)))
    if not isinstance(value, str) or not value.startswith("regions:"):
        raise ValueError(f'{quoted(value)} is neither a list of codes nor "regions:NAME"')
    name = value.removeprefix("regions:")
    known = cast("Iterable[str]", info.context or ())
    if name not in known:
        raise ValueError(f"there is no region list {quoted(name)}; there are {', '.join(sorted(known))}")
    return Places(region=name)


def share_text(figure: Fraction) -> str:
    """The figure as a percentage: `50%`, `100/3%`."""
    return f"{figure * 100}%"


def places_text(places: Places) -> str | list[str]:
    return f"regions:{places.region}" if places.region else sorted(places.codes)


_CODES = {"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2, or XK"}
_DATE = {"type": "string", "format": "date", "description": "2025-09-05; in TOML without quotes"}
_PORTION = {
    "type": "string",
    "pattern": r"^(?![0-9]+$)[0-9]{1,20}(\.[0-9]{1,20})?(/[0-9]{1,20})?%?$",
    "description": "a share of the whole, exact: 50%, 100/3%, 1/2, 0.5",
}
_PLACES = {
    "anyOf": [
        {"type": "array", "items": _CODES},
        {"type": "string", "pattern": "^regions:.+$", "description": "a region list by its id"},
    ]
}

Name = Annotated[
    str, AfterValidator(_name), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})
]
Handle = Annotated[
    str,
    AfterValidator(_handle),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^@/\\]+$"}),
]
Day = Annotated[date, PlainValidator(day), PlainSerializer(date.isoformat), WithJsonSchema(_DATE)]
Share = Annotated[Fraction, PlainValidator(share), PlainSerializer(share_text), WithJsonSchema(_PORTION)]
Country = Annotated[str, PlainValidator(country), WithJsonSchema(_CODES)]
WrittenPlaces = Annotated[
    Places, PlainValidator(places), PlainSerializer(places_text), WithJsonSchema(_PLACES)
]
