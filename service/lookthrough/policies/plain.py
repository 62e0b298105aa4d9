"""Policy documents as plain JSON values: one form for TOML and JSON, bounded, and its digest."""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeAlias, cast

from .errors import Location, PolicyError

PlainValue: TypeAlias = "str | int | float | bool | list[PlainValue] | dict[str, PlainValue]"
PlainTable: TypeAlias = "dict[str, PlainValue]"

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_MAX_INTEGER = 2**63
_DEPTH = f"nested deeper than {MAX_DEPTH} levels"

# A key such as a.b.c nests as deep as it has parts, and tomllib needs memory for the square of them.
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MAX_DEPTH}}}")


def toml_table(content: bytes, source: str) -> PlainTable:
    """The TOML file as plain values. Raises PolicyError where it isn't TOML in UTF-8 or is too large."""
    text = _decoded(content, source)
    if _LONG_KEY.search(text):
        raise PolicyError(source, (), _DEPTH)
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise PolicyError(source, (), _DEPTH) from error
    except ValueError as error:
        raise PolicyError(source, (), f"not valid TOML: {error}") from error
    return plain_table(table, source)


def _decoded(content: bytes, source: str) -> str:
    if len(content) > MAX_BYTES:
        raise too_large(source)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PolicyError(source, (), f"byte {error.start} is not UTF-8 text") from error


def plain_table(document: object, source: str) -> PlainTable:
    """A copy with dates as `YYYY-MM-DD` and no value that JSON cannot say.

    Raises PolicyError where it isn't a table, is over a megabyte as JSON, or is nested too deep.
    """
    if not isinstance(document, Mapping):
        raise PolicyError(source, (), "a policy is a table of keys")
    table = _Reader(source).table(cast("Mapping[object, object]", document), ())
    if len(json_text(table).encode()) > MAX_BYTES:
        raise too_large(source)
    return table


def json_text(value: PlainValue) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def canonical_text(value: PlainValue) -> str:
    """Canonical JSON: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def digest_of(value: PlainValue) -> str:
    """`sha256:` over the canonical JSON of the value in UTF-8."""
    return f"sha256:{hashlib.sha256(canonical_text(value).encode()).hexdigest()}"


def too_large(source: str) -> PolicyError:
    return PolicyError(source, (), "larger than a megabyte, which no policy is")


class _Reader:
    """Copies a document; counts what it copies, so that shared parts cannot grow without bound."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._left = MAX_BYTES

    def table(self, value: Mapping[object, object], where: Location) -> PlainTable:
        return {self._key(key, where): self.value(part, (*where, str(key))) for key, part in value.items()}

    def value(self, value: object, where: Location) -> PlainValue:
        self._spend(where)
        if isinstance(value, Mapping):
            return self.table(cast("Mapping[object, object]", value), where)
        if isinstance(value, list | tuple):
            parts = cast("Iterable[object]", value)
            return [self.value(part, (*where, number)) for number, part in enumerate(parts)]
        return self._leaf(value, where)

    def _leaf(self, value: object, where: Location) -> PlainValue:
        match value:
            case str():
                return self._text(value, where)
            case bool():
                return value
            case int() if abs(value) < _MAX_INTEGER:
                return value
            case float() if math.isfinite(value):
                return value
            case date() if not isinstance(value, datetime):
                return value.isoformat()
            case _:
                raise self._error(where, _refusal(value))

    def _key(self, key: object, where: Location) -> str:
        if not isinstance(key, str):
            raise self._error(where, "keys are text")
        return self._text(key, where)

    def _text(self, text: str, where: Location) -> str:
        # Half of a surrogate pair is legal in JSON but cannot be written as UTF-8.
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise self._error(where, "the text has a character that Unicode does not allow")
        return text

    def _spend(self, where: Location) -> None:
        self._left -= 1
        if self._left < 0:
            raise too_large(self._source)
        if len(where) > MAX_DEPTH:
            raise self._error(where, _DEPTH)

    def _error(self, where: Location, reason: str) -> PolicyError:
        return PolicyError(self._source, where, reason)


def _refusal(value: object) -> str:
    if value is None:
        return "null says nothing; leave the key out"
    if isinstance(value, datetime):
        return "a date is written without a time of day"
    if isinstance(value, int | float):
        return "no policy has such a number"
    return f"a value of type {type(value).__name__} has no place in a policy"
