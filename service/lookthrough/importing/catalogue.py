"""Every format there is, and which one a file has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .bods import BodsFormat
from .companies_house import CompaniesHouseFormat
from .csv_files import CsvFormat
from .files import InputFile
from .formats import Format, Head
from .ftm import FtmFormat
from .gleif import GleifCsv, GleifJson, GleifXml
from .mapped import MappedFormat
from .mapping import Mapping as TableMapping
from .ofac import OfacFormat
from .psc import PscFormat
from .rejected_files import RejectedFormat
from .rows import UnusableFile

_TABLES = CsvFormat()
_OF_REGISTERS: tuple[Format, ...] = (
    _TABLES,
    BodsFormat(),
    PscFormat(),
    FtmFormat(),
    CompaniesHouseFormat(),
    GleifXml(),
    GleifJson(),
    GleifCsv(),
    OfacFormat("ofac-sdn", "ofac-sdn", "sdn"),
    OfacFormat("ofac-consolidated", "ofac-consolidated", "cons"),
)

_BY_NAME: Mapping[str, Format] = {form.name: form for form in _OF_REGISTERS}

FORMATS: Mapping[str, Format] = {
    **_BY_NAME,
    # what was read through a mapping is mended as a row of a table
    RejectedFormat.name: RejectedFormat({**_BY_NAME, MappedFormat.name: _TABLES}),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file, the format it is read in, and why; `by` knows the mapping that it is read through."""

    file: InputFile
    format: Format
    why: str
    by: str = ""


def mapped(files: Sequence[InputFile], mapping: TableMapping) -> list[Recognised]:
    """Files as a mapping reads them. Raises UnusableFile."""
    form = MappedFormat(mapping)
    return [Recognised(file, form, form.recognises(Head(file)), mapping.digest) for file in files]


def recognised(file: InputFile, name: str = "auto") -> Recognised:
    """The format of a file, by its content, or the one that is named.

    Raises UnusableFile where it is none or could be several.
    """
    if name != "auto":
        return Recognised(file, FORMATS[name], "it was named")
    head = Head(file)
    found = [Recognised(file, form, why) for form in FORMATS.values() if (why := form.recognises(head))]
    if len(found) > 1:
        # any file of text may be a table; a format that knows its own marks in it knows better
        found = [one for one in found if one.format is not _TABLES]
    if len(found) == 1:
        return found[0]
    if not found:
        known = ", ".join(FORMATS)
        raise UnusableFile(file.name, f"is {head.shape} in none of the formats {known}.")
    both = ", ".join(f"{one.format.name} ({one.why})" for one in found)
    raise UnusableFile(file.name, f"could be of several formats: {both}; name one with --format.")
