"""Region lists: which countries a provider names, by date.

A version counts from its `from`; where that is empty from `observed`; where that is unknown from the
beginning. Copies of a page that are cut off (`[[partial]]`) are kept beside them and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, cast

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, TypeAdapter

from .complaint import checked
from .fields import Country, Name, Strict, Text, day
from .plain import PlainTable, canonical_text, digest_of, toml_table


class Status(StrEnum):
    COMPLETE = "complete"
    NO_LIST = "no-list"


class Purpose(StrEnum):
    """Whether the list names the places that are supported, or those that are not."""

    ALLOW = "allow"
    DENY = "deny"


def _from(value: object) -> date | None:
    return None if value in ("", None) else day(value)


def _observed(value: object) -> date | None:
    return None if value in ("unknown", None) else day(value)


def _subdivision(text: str) -> str:
    code, dash, part = text.partition("-")
    if not (code.isalpha() and dash and part.isalnum()):
        raise ValueError(f"{text} is not a subdivision such as UA-43")
    return text


class Version(Strict):
    """The list as it stood from one day on; `excludes` are ISO 3166-2 parts of listed countries."""

    start: Annotated[date | None, BeforeValidator(_from)] = Field(alias="from")
    observed: Annotated[date | None, BeforeValidator(_observed)]
    source: str
    codes: tuple[Country, ...]
    excludes: tuple[Annotated[str, AfterValidator(_subdivision)], ...]
    note: str

    @property
    def begins(self) -> date:
        return self.start or self.observed or date.min

    @property
    def partly(self) -> frozenset[str]:
        """The countries of which a part is excepted."""
        return frozenset(part.partition("-")[0] for part in self.excludes)


class RegionList(Strict):
    """A dated list of countries; with status `no-list` nobody publishes one, and membership is unknown."""

    id: Name
    title: Text
    kind: Purpose
    status: Status
    versions: tuple[Version, ...] = Field(min_length=1)
    partial: tuple[dict[str, JsonValue], ...] = ()

    @property
    def is_published(self) -> bool:
        return self.status is Status.COMPLETE

    @property
    def digest(self) -> str:
        """`sha256:…` over all that the file says, comments aside."""
        return digest_of(self._plain)

    @property
    def canonical(self) -> str:
        """What the digest is made of, as `kept_region_list` reads it."""
        return canonical_text(self._plain)

    @property
    def _plain(self) -> PlainTable:
        return cast("PlainTable", self.model_dump(mode="json", by_alias=True))

    @property
    def known_since(self) -> date:
        return min(version.begins for version in self.versions)

    def at(self, as_of: date) -> Version:
        """The version that counts on the day; before the first one, the earliest."""
        reached = [version for version in self.versions if version.begins <= as_of]
        if not reached:
            return min(self.versions, key=lambda version: version.begins)
        # On equal days the later one in the file is the newer one: files run from oldest to newest.
        return max(enumerate(reached), key=lambda numbered: (numbered[1].begins, numbered[0]))[1]


Regions = Mapping[str, RegionList]
_REGION_LIST = TypeAdapter(RegionList)


def region_list(content: bytes, source: str) -> RegionList:
    """Read one list. Raises PolicyError, naming `source` and the key, where it isn't one."""
    return checked(_REGION_LIST, toml_table(content, source), source)


def kept_region_list(canonical: str) -> RegionList:
    """The list whose `canonical` was kept."""
    return _REGION_LIST.validate_json(canonical)


@cache
def shipped_regions() -> Regions:
    """The lists that ship in the package, by id."""
    folder = files("lookthrough.policies").joinpath("regions")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda p: p.name)
    lists = [region_list(path.read_bytes(), path.name) for path in paths]
    return MappingProxyType({entry.id: entry for entry in lists})
