"""FollowTheMoney: entities a line, as OpenSanctions publishes them and Aleph exports them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lookthrough.control.facts import Fact, ListClaim, StakeClaim

from .cells import key, text
from .files import InputFile
from .formats import Head, JsonRegister, Place, read_json
from .ftm_links import control, directorship, listing, ownership
from .ftm_parties import party_facts
from .ftm_told import Told
from .ftm_words import CONTROL, DIRECTORSHIP, OWNERSHIP, PARTIES, RISK, SANCTION, THINGS_HELD, schema
from .json_fields import Fields, Reading
from .json_records import records
from .json_rows import row_of
from .json_values import JsonObject
from .overlaps import Overlaps, overlaps
from .rows import Rejection, Row

_LINKS: Mapping[str, Callable[[Told, Collection[str]], list[Fact]]] = {
    OWNERSHIP: ownership,
    DIRECTORSHIP: directorship,
    CONTROL: control,
    SANCTION: listing,
    RISK: listing,
}
_OF_THE_RECORD = ("first_seen", "last_seen", "last_change", "origin", "target")
_NESTED = "It holds entities in place of their ids, as nested files do: load the flat file of the same data."


@dataclass(frozen=True, slots=True)
class _File:
    """What a whole file says of its links: things held that are no party, and records that overlap."""

    held: Collection[str] = ()
    overlaps: Overlaps = field(default_factory=Overlaps)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        reading = Reading()
        told, facts = _read(value, reading, source, self.held)
        said: list[Fact] = []
        for fact in facts:
            said += self.overlaps.parts(fact) if isinstance(fact, StakeClaim | ListClaim) else [fact]
        return row_of(place, reading, said, id=told.id, type=told.schema, raw=value)


class FtmFormat(JsonRegister):
    """An entity a line, with `id`, `schema` and `properties`."""

    name = "ftm"
    usual_source = "ftm"

    def recognises(self, head: Head) -> str | None:
        return head.known_by(("id", "schema", "properties"))

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read_json(_whole(file, source), file, source)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        return _File().statement(value, place, source)


def _read(
    value: JsonObject, reading: Reading, source: str, held: Collection[str] = ()
) -> tuple[Told, list[Fact]]:
    with Fields(value, reading) as record, record.object("properties") as properties:
        _check_properties(record, properties, value)
        datasets = tuple(dict.fromkeys(record.all("datasets", text)))
        told = Told(
            id=record.need("id", key, ""),
            schema=record.need("schema", schema, ""),
            caption=record.text("caption"),
            properties=properties,
            sources=datasets or (source,),
            source=datasets[0] if len(datasets) == 1 else source,
            referents=tuple(record.all("referents", key)),
        )
        record.passed(*_OF_THE_RECORD)
        return told, _facts(told, held)


def _facts(told: Told, held: Collection[str]) -> list[Fact]:
    if told.schema in PARTIES:
        return party_facts(told)
    if told.schema in _LINKS:
        return _LINKS[told.schema](told, held)
    told.note(told.schema)
    told.properties.pass_all()
    return []


def _check_properties(record: Fields, properties: Fields, value: JsonObject) -> None:
    inner = value.get("properties")
    if inner is None:
        record.fault("properties", "It has no properties.")
    for name, values in inner.items() if isinstance(inner, dict) else ():
        if isinstance(values, list) and any(isinstance(one, dict) for one in values):
            properties.fault(name, _NESTED)


def _whole(file: InputFile, source: str) -> _File:
    """Read once for as long as the file stays what it is."""
    state = file.path.stat()
    return _scanned(file, source, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=2)
def _scanned(file: InputFile, source: str, size: int, changed: int) -> _File:
    del size, changed
    held: set[str] = set()

    def claims() -> Iterator[StakeClaim | ListClaim]:
        for value in _values(file):
            if value.get("schema") in THINGS_HELD:
                held.add(str(value.get("id")))
            elif value.get("schema") in _LINKS or _has_parent(value):
                yield from _claims(value, source)

    return _File(held, overlaps(claims))


def _claims(value: JsonObject, source: str) -> list[StakeClaim | ListClaim]:
    """What a record that is not rejected says of stakes and lists."""
    reading = Reading()
    _, facts = _read(value, reading, source)
    return [fact for fact in facts if isinstance(fact, StakeClaim | ListClaim)] if not reading.faults else []


def _values(file: InputFile) -> Iterator[JsonObject]:
    return (record.value for record in records(file) if record.value is not None)


def _has_parent(value: JsonObject) -> bool:
    properties = value.get("properties")
    return isinstance(properties, dict) and "parent" in properties
