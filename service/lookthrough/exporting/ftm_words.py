"""How facts are told in FollowTheMoney: schemata, properties, ids and percentages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from lookthrough.control.facts import Kind
from lookthrough.control.interval import Interval
from lookthrough.importing.ftm_words import IDENTIFIERS, LISTS

Entity = dict[str, object]
"""One line: `id`, `caption`, `schema`, `properties` (lists of texts), `datasets`, `referents`."""

SCHEMATA = {
    Kind.COMPANY: "Company",
    Kind.FUND: "Company",
    Kind.TRUST: "Company",
    Kind.PARTNERSHIP: "Company",
    Kind.PERSON: "Person",
    Kind.STATE: "PublicBody",
    Kind.FOUNDATION: "Organization",
    Kind.GROUP: "LegalEntity",
    Kind.PUBLIC_FLOAT: "LegalEntity",
    Kind.UNKNOWN: "LegalEntity",
}
LEGAL_FORMS = {Kind.FUND: "Fund", Kind.TRUST: "Trust", Kind.PARTNERSHIP: "Partnership"}
"""Kinds that a reader of this program knows again by the legal form; others without a schema are lost."""

_SANCTIONS = frozenset({*LISTS, *LISTS.values(), "bis-entity-list", "bis-meu-list", "ofac-sdn-744-8"})

_PROPERTIES = {scheme: name for name, scheme in IDENTIFIERS.items()}
_OF_ORGANIZATIONS = ("cage", "giin", "imo", "permid")
_OF_COMPANIES = (
    "bik",
    "cik",
    "fns",
    "ipo",
    "irs",
    "isin",
    "jib",
    "kpp",
    "mbs",
    "pfr",
    "ric",
    "ticker",
    "voen",
)
_OF_A_REGISTER = re.compile(r"[a-z]{2}-[a-z0-9-]+")
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def is_of_sanctions(list_key: str) -> bool:
    """Whether a list is one of sanctions, by its name; all others are told as risks, which bind nobody."""
    return list_key in _SANCTIONS or "sanction" in list_key.casefold()


def identifier(scheme: str, schema: str) -> str:
    """The property of a schema that an identifier is told in; empty where it has none."""
    if scheme in _OF_COMPANIES and schema != "Company":
        return ""
    if scheme in _OF_ORGANIZATIONS and schema not in ("Company", "Organization", "PublicBody"):
        return ""
    return _PROPERTIES.get(scheme, "registrationNumber" if _OF_A_REGISTER.fullmatch(scheme) else "")


def keeps_scheme(scheme: str) -> bool:
    return scheme in _PROPERTIES


def id_of(entity: str) -> str:
    """The id itself, or a digest of one that the model does not allow."""
    return entity if _ID.fullmatch(entity) else digest(entity)


def digest(*parts: object) -> str:
    """An id for something that has none, the same for the same parts."""
    return f"lt-{hashlib.sha256(repr(parts).encode()).hexdigest()[:40]}"


def entity(
    id_: str, schema: str, properties: Iterable[tuple[str, Iterable[str]]], told: Sequence[str]
) -> Entity:
    """One line, without what is empty; `told` are the datasets."""
    found: dict[str, list[str]] = {}
    for name, values in properties:
        if some := [value for value in values if value]:
            found[name] = list(dict.fromkeys([*found.get(name, []), *some]))
    caption = next(iter(found.get("name", [])), schema)
    return {
        "id": id_,
        "caption": caption,
        "schema": schema,
        "properties": found,
        "datasets": sorted(set(told)),
        "referents": [],
    }


def percentage(interval: Interval) -> str:
    """The interval in exact percent: `38.37`, `100/3%`, `25 - 50`, `>25 - <50`."""
    low, high = _figure(interval.low * 100), _figure(interval.high * 100)
    if interval.is_exact:
        return low
    return f"{'>' * interval.low_open}{low} - {'<' * interval.high_open}{high}"


def _figure(figure: Fraction) -> str:
    """As a decimal where it has an end, else as a fraction, which needs the sign to be read as a percent."""
    rest, places = figure.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1:
        return f"{figure}%"
    units, digits = divmod(figure.numerator * 10**places // figure.denominator, 10**places)
    return f"{units}.{digits:0{places}d}".rstrip("0").rstrip(".") if places else str(units)
