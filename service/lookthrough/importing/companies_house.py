"""The basic company data of Companies House: every company on the register, a row each, monthly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lookthrough.control.facts import Attribute, Description, Fact, Kind, LocationClaim

from .cells import Fault, text
from .companies_house_words import CATEGORIES, GONE, STATUSES
from .csv_records import check_csv, read_csv
from .files import InputFile
from .formats import Head, Place, Register
from .json_fields import Fields, Reading
from .json_rows import row_of
from .json_values import JsonObject
from .places import country
from .rows import Rejection, Row
from .uk_companies import entity_id, kind_of, number

_REQUIRED = ("CompanyName", "CompanyNumber")
_MARKS = (*_REQUIRED, "CompanyCategory", "CompanyStatus")
_PREVIOUS_NAMES = 10
_ADDRESS = ("CareOf", "POBox", "AddressLine1", "AddressLine2", "PostTown", "County", "Country", "PostCode")
_PASSED = (
    *(f"RegAddress.{part}" for part in _ADDRESS),
    *(f"PreviousName_{n}.CONDATE" for n in range(1, _PREVIOUS_NAMES + 1)),
    *(f"SICCode.SicText_{n}" for n in range(1, 5)),
    *(f"Accounts.{part}" for part in ("AccountRefDay", "AccountRefMonth", "NextDueDate", "LastMadeUpDate")),
    *("Accounts.AccountCategory", "Returns.NextDueDate", "Returns.LastMadeUpDate"),
    *(f"Mortgages.NumMort{what}" for what in ("Charges", "Outstanding", "PartSatisfied", "Satisfied")),
    *("LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners"),
    *("ConfStmtNextDueDate", "ConfStmtLastMadeUpDate"),
)
"""Columns that are understood and say nothing that is a fact here."""
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


class CompaniesHouseFormat(Register):
    """One CSV file, or the parts that it is published in."""

    name = "companies-house"
    usual_source = "companies-house"

    def recognises(self, head: Head) -> str | None:
        marked = set(_MARKS) <= set(head.columns)
        return f"its header has {', '.join(_MARKS)}" if marked else None

    def check(self, file: InputFile) -> None:
        check_csv(file, _REQUIRED)

    def states_stakes(self, file: InputFile) -> bool:
        return False

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read_csv(self, file, source)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        reading = Reading()
        with Fields(value, reading) as cells:
            code = cells.need("CompanyNumber", number, "")
            facts = _facts(cells, code, source)
        return row_of(place, reading, facts, id=entity_id(code), type="company", raw=value)


def _facts(cells: Fields, code: str, source: str) -> list[Fact]:
    entity = entity_id(code)
    founded, dissolved = cells.get("IncorporationDate", day, None), cells.get("DissolutionDate", day, None)
    if founded and dissolved and founded > dissolved:
        cells.fault("DissolutionDate", f"It is before the incorporation on {founded}.")
    names = [cells.text(f"PreviousName_{n}.CompanyName") for n in range(1, _PREVIOUS_NAMES + 1)]
    described = Description(
        entity=entity,
        source=source,
        name=cells.need("CompanyName", text, ""),
        aliases=tuple(dict.fromkeys(name for name in names if name)),
        kind=_kind(cells, code),
        identifiers=(("gb-coh", code),),
        founded=founded,
        dissolved=dissolved,
        url=cells.text("URI"),
        note=_status(cells, dissolved),
    )
    if any(cells.has(f"RegAddress.{part}") for part in _ADDRESS):
        cells.reading.note("registered address, which is no headquarters")
    cells.passed(*_PASSED)
    return [described, *_incorporation(cells, entity, source)]


def day(value: str) -> date:
    """A day as Companies House writes it, `31/12/2024`. Raises Fault."""
    found = _DAY.fullmatch(value)
    if found is None:
        raise Fault("A date is DD/MM/YYYY.")
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise Fault("There is no such day in the calendar.") from None


def _kind(cells: Fields, code: str) -> Kind:
    category = cells.text("CompanyCategory")
    kind = CATEGORIES.get(category.casefold())
    if category and kind is None:
        cells.reading.note("category not understood")
    return kind_of(code) if kind is None else kind


def _status(cells: Fields, dissolved: date | None) -> str:
    """What is remarkable about the status; a company that is being wound up is not gone yet."""
    status = cells.text("CompanyStatus")
    plain = status.casefold()
    if plain in GONE and not dissolved:
        cells.reading.note("gone since a day that is not told")
    elif status and plain not in STATUSES and plain not in GONE:
        cells.reading.note("status not understood")
    return "" if plain in ("", "active") else f"Status: {status}"


def _incorporation(cells: Fields, entity: str, source: str) -> list[LocationClaim]:
    """Where the company is from; an entity from abroad that is registered here is not from here."""
    origin = cells.text("CountryOfOrigin")
    code = country(origin)
    if code is None:
        cells.reading.note("country of origin not understood" if origin else "country of origin not given")
        return []
    return [
        LocationClaim(entity=entity, attribute=Attribute.INCORPORATION, jurisdictions=(code,), source=source)
    ]
