"""Companies on the registers of the United Kingdom: their numbers, ids and kinds."""

from __future__ import annotations

import re

from lookthrough.control.facts import Kind

from .cells import Fault

_NUMBER = re.compile(r"[0-9]{1,8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]|R[0-9]{7}")
_PARTNERSHIPS = ("OC", "SO", "NC", "LP", "SL", "NL")


def number(value: str) -> str:
    """A company number, eight characters. Raises Fault."""
    plain = value.replace(" ", "").upper()
    if _NUMBER.fullmatch(plain) is None:
        raise Fault("It is no number of a company in the United Kingdom.")
    return plain.zfill(8)


def entity_id(code: str) -> str:
    """The id of the company of a number."""
    return f"GB-COH-{code}"


def kind_of(code: str) -> Kind:
    """What the letters of a number say of the entity."""
    return Kind.PARTNERSHIP if code.startswith(_PARTNERSHIPS) else Kind.COMPANY
