"""Every format there is, and which one a file has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .bods import BodsFormat
from .csv_files import CsvFormat
from .files import InputFile
from .formats import Format, Head
from .ftm import FtmFormat
from .psc import PscFormat
from .rejected_files import RejectedFormat
from .rows import UnusableFile

_OF_REGISTERS: tuple[Format, ...] = (CsvFormat(), BodsFormat(), PscFormat(), FtmFormat())

FORMATS: Mapping[str, Format] = {
    form.name: form for form in (*_OF_REGISTERS, RejectedFormat({form.name: form for form in _OF_REGISTERS}))
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file, the format it is read in, and why."""

    file: InputFile
    format: Format
    why: str


def recognised(file: InputFile, name: str = "auto") -> Recognised:
    """The format of a file, by its content, or the one that is named.

    Raises UnusableFile where it is none or could be several.
    """
    if name != "auto":
        return Recognised(file, FORMATS[name], "it was named")
    head = Head(file)
    found = [Recognised(file, form, why) for form in FORMATS.values() if (why := form.recognises(head))]
    if len(found) == 1:
        return found[0]
    if not found:
        known = ", ".join(FORMATS)
        raise UnusableFile(file.name, f"is {head.shape} in none of the formats {known}.")
    both = ", ".join(f"{one.format.name} ({one.why})" for one in found)
    raise UnusableFile(file.name, f"could be of several formats: {both}; name one with --format.")
