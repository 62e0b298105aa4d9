"""The code lists of GLEIF: LEI-CDF 3.1, RR-CDF 2.1, reporting exceptions 2.1."""

from __future__ import annotations

import re
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from lookthrough.control.facts import Kind

from .cells import Fault, key
from .uk_companies import number

CATEGORIES = {
    "GENERAL": Kind.COMPANY,
    "FUND": Kind.FUND,
    "BRANCH": Kind.UNKNOWN,
    "SOLE_PROPRIETOR": Kind.PERSON,
    "RESIDENT_GOVERNMENT_ENTITY": Kind.STATE,
    "INTERNATIONAL_ORGANIZATION": Kind.UNKNOWN,
}
"""A branch is its head office; an international organisation may have states as shareholders."""

STANDING = ("ISSUED", "PUBLISHED", "LAPSED", "PENDING_TRANSFER", "PENDING_ARCHIVAL")
ENDED = ("RETIRED", "MERGED")
WITHDRAWN = ("ANNULLED", "DUPLICATE", "CANCELLED", "TRANSFERRED", "PENDING_VALIDATION")
"""Statuses of a registration; under one that is withdrawn nothing holds that was said of the entity."""

ENDINGS = ("DISSOLUTION", "LIQUIDATION", "ABSORPTION", "MERGERS_AND_ACQUISITIONS")
"""Events that end an entity, where its status says that it has ended."""


class Relation(StrEnum):
    """What the start of a relationship is to its end."""

    DIRECT = "IS_DIRECTLY_CONSOLIDATED_BY"
    ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"
    BRANCH = "IS_INTERNATIONAL_BRANCH_OF"
    MANAGED = "IS_FUND-MANAGED_BY"
    SUBFUND = "IS_SUBFUND_OF"
    FEEDER = "IS_FEEDER_TO"


DIRECT_PARENT = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"
EXCEPTIONS = (DIRECT_PARENT, "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT")

NATURAL_PERSONS = "NATURAL_PERSONS"
NOBODY_KNOWN = "NO_KNOWN_PERSON"
REASONS = (
    NATURAL_PERSONS,
    NOBODY_KNOWN,
    "NON_CONSOLIDATING",
    "NO_LEI",
    "NON_PUBLIC",
    "BINDING_LEGAL_COMMITMENTS",
    "LEGAL_OBSTACLES",
    "DISCLOSURE_DETRIMENTAL",
    "DETRIMENT_NOT_EXCLUDED",
    "CONSENT_NOT_OBTAINED",
)
"""Why no parent is named. All but one say that somebody controls the entity."""

_UNITED_KINGDOM = ("RA000585", "RA000586", "RA000587")
_CHINA = "RA000092"
_NO_REGISTER = ("RA777777", "RA888888", "RA999999")
_REGISTER = re.compile(r"RA[0-9]{6}")
_WORD = re.compile(r"[A-Z][A-Z0-9_-]{0,59}")


def word(code: str) -> str:
    """A code of a list that is not read further. Raises Fault."""
    if _WORD.fullmatch(code) is None:
        raise Fault(f"{code[:100]!r} is no code.")
    return code


def category(code: str) -> Kind:
    """Raises Fault."""
    if code not in CATEGORIES:
        raise Fault(f"{code[:100]!r} is no category of entity that is known.")
    return CATEGORIES[code]


def registration(status: str) -> str:
    """Raises Fault."""
    if status not in (*STANDING, *ENDED, *WITHDRAWN):
        raise Fault(f"{status[:100]!r} is no status of a registration that is known.")
    return status


def activity(status: str) -> str:
    """`NULL` stands for no status. Raises Fault."""
    if status not in ("ACTIVE", "INACTIVE", "NULL"):
        raise Fault("It is none of ACTIVE, INACTIVE, NULL.")
    return status


def relation(code: str) -> Relation:
    """Raises Fault."""
    try:
        return Relation(code)
    except ValueError:
        raise Fault(f"{code[:100]!r} is no type of relationship that is known.") from None


def exception(code: str) -> str:
    """Raises Fault."""
    if code not in EXCEPTIONS:
        raise Fault(f"{code[:100]!r} is no category of exception that is known.")
    return code


def in_register(code: str, value: str) -> tuple[tuple[str, str], ...]:
    """The identifiers that a number in a register is; none where the register is not named.

    The scheme is the code of the register, and beside it that which other formats use. Raises Fault.
    """
    if code in _NO_REGISTER:
        return ()
    if _REGISTER.fullmatch(code) is None:
        raise Fault(f"{code[:100]!r} is no code of a register.")
    return ((code.lower(), key(value)), *_elsewhere(code, value))


def _elsewhere(code: str, value: str) -> tuple[tuple[str, str], ...]:
    try:
        if code in _UNITED_KINGDOM:
            return (("gb-coh", number(value)),)
        return (("uscc", uscc.validate(value)),) if code == _CHINA else ()
    except (Fault, ValidationError):
        return ()
