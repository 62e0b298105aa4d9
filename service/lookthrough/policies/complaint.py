"""A validation error of pydantic as one sentence of ours."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .errors import KeyProblem, Location, PolicyError, quoted
from .plain import PlainValue, json_text

Model = TypeVar("Model")

_REASONS = {
    "missing": "required, but not there",
    "extra_forbidden": "unknown key",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "too_short": "at least one entry is required",
    "too_long": "more entries than there may be",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "union_tag_not_found": "required, but not there",
}
_ALTERNATIVES = {"enum": "expected", "literal_error": "expected", "union_tag_invalid": "expected_tags"}
_AT_KIND = ("union_tag_not_found", "union_tag_invalid")
_QUOTED = re.compile(r"'([^']*)'")


def checked(
    adapter: TypeAdapter[Model],
    value: PlainValue,
    source: str,
    *,
    at: Location = (),
    regions: Collection[str] = (),
) -> Model:
    """The value as a model; `at` is where it stands in the document, `regions` the ids it may refer to.

    Raises PolicyError for the first thing that is wrong, an unknown key before anything else: a key
    that is misspelt is also one that is missing.
    """
    try:
        return adapter.validate_json(json_text(value), context=regions)
    except ValidationError as error:
        details = error.errors(include_url=False)
        first = min(details, key=lambda detail: detail["type"] != "extra_forbidden")
        raise PolicyError(source, (*at, *_location(first, value)), _reason(first)) from error


def _reason(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind in _ALTERNATIVES:
        given = context.get("tag", detail["input"])
        return f"{quoted(given)} is not one of {', '.join(_QUOTED.findall(context[_ALTERNATIVES[kind]]))}"
    if kind == "value_error":
        return str(context["error"])
    return _REASONS.get(kind, detail["msg"])


def _location(detail: ErrorDetails, value: PlainValue) -> Location:
    """The path of the keys as written: without the tag that names which model was chosen."""
    path: list[str | int] = []
    here: PlainValue | None = value
    for step in detail["loc"]:
        inside = _inside(here, step)
        if inside is not None:
            path.append(step)
            here = inside
    return (*path, *_key(detail))


def _key(detail: ErrorDetails) -> Location:
    """The key that is meant, where the error stands at the table that it belongs to."""
    if detail["type"] == "missing":
        return detail["loc"][-1:]
    if detail["type"] in _AT_KIND:
        return ("kind",)
    problem = detail.get("ctx", {}).get("error")
    return (problem.key,) if isinstance(problem, KeyProblem) else ()


def _inside(here: PlainValue | None, step: str | int) -> PlainValue | None:
    if isinstance(here, dict) and isinstance(step, str):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None
