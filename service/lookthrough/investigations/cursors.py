"""Cursors: where the next page of a list begins, as text that says nothing to its bearer."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from .errors import BadQuestion

M = TypeVar("M", bound=BaseModel)

DEFAULT_LIMIT = 50
MOST = 500


def encode(place: BaseModel) -> str:
    return base64.urlsafe_b64encode(place.model_dump_json().encode()).decode().rstrip("=")


def decode(cursor: str, place: type[M]) -> M:
    """Raises BadQuestion for a cursor that this program did not give."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        return place.model_validate(json.loads(text))
    except (binascii.Error, ValueError, ValidationError, RecursionError):
        raise BadQuestion(f"cursor: {cursor[:80]!r} is not one that a list gave") from None


def check_limit(limit: int, most: int = MOST) -> int:
    """Raises BadQuestion outside 1 to `most`."""
    if not 1 <= limit <= most:
        raise BadQuestion(f"limit: {limit} is not between 1 and {most}")
    return limit
