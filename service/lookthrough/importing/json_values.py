"""JSON read strictly: exact numbers, no key twice, no NaN, bounded in depth."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

import orjson

Json = dict[str, "JsonValue"] | list["JsonValue"] | str | int | Decimal | bool | None
JsonValue = Json
JsonObject = dict[str, Json]

DEEPEST = 64
LONGEST_NUMBER = 400
"""Characters; longer ones state nothing that a register could mean."""


class BadJson(ValueError):
    """Text that is no JSON that can be used; the text is the reason, one sentence."""


def parsed(text: str) -> Json:
    """The value that a text states. Raises BadJson."""
    try:
        value = cast(Json, _DECODER.decode(text))
    except json.JSONDecodeError as error:
        raise BadJson(f"It is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except RecursionError:
        raise BadJson(f"It is nested deeper than {DEEPEST} levels.") from None
    refuse_depth(value)
    try:
        text.encode()
        if "\\u" in text:
            dumped(value)
    except (UnicodeEncodeError, TypeError):
        raise BadJson("It holds half of a character (a lone surrogate).") from None
    return value


def refuse_depth(value: Json) -> None:
    """Raises BadJson where a value is nested too deeply."""
    level: list[Json] = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise BadJson(f"It is nested deeper than {DEEPEST} levels.")


def _inside(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return [inner for inner in value.values() if isinstance(inner, dict | list)]
    return [inner for inner in value if isinstance(inner, dict | list)] if isinstance(value, list) else []


def number(text: str) -> int | Decimal:
    """A number, exactly as written. Raises BadJson for one too long to be meant."""
    if len(text) > LONGEST_NUMBER:
        raise BadJson(f"It holds a number of {len(text)} characters.")
    return Decimal(text) if any(mark in text for mark in ".eE") else int(text)


def _refused(name: str) -> Json:
    raise BadJson(f"It holds {name}, which is no number.")


def object_of(pairs: Sequence[tuple[str, Json]]) -> JsonObject:
    """Raises BadJson where a key stands twice: which of the two is meant nobody can say."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise BadJson(f"It names the key {twice[:100]!r} twice.")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=object_of, parse_float=number, parse_int=number, parse_constant=_refused
)


def dumped(value: object) -> bytes:
    """The value as one line of JSON, numbers as they were."""
    return orjson.dumps(_writable(value), default=_literal)


def _writable(value: object) -> object:
    if isinstance(value, dict):
        return {key: _writable(inner) for key, inner in cast(dict[str, object], value).items()}
    if isinstance(value, list):
        return [_writable(inner) for inner in cast(list[object], value)]
    huge = isinstance(value, int) and not -(2**63) <= value < 2**63
    return orjson.Fragment(str(value).encode()) if huge else value


def _literal(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value).encode())
    raise TypeError(type(value).__name__)
