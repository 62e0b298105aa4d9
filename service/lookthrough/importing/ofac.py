"""OFAC's lists of blocked and otherwise sanctioned parties, as CSV files and as XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lookthrough.control.facts import Attribute, Description, Fact, Kind, ListClaim, LocationClaim

from .cells import Fault, identifiers, key, note, text
from .files import InputFile
from .formats import Head, Place, Rejected, check_xml, read_again, read_xml
from .json_fields import Fields, Reading
from .json_records import Shape
from .json_rows import row_of
from .json_values import JsonObject
from .ofac_csv import Part, check_part, part_of, read_part
from .ofac_records import entry_of
from .ofac_words import SCHEMES, UNDER_744_8, nationality, place
from .rows import Rejection, Row
from .uk_companies import number

_KINDS = {"individual": Kind.PERSON, "entity": Kind.UNKNOWN}
_NO_PARTIES = ("vessel", "aircraft")
_PASSED = ("title", "addressList", "dateOfBirthList", "placeOfBirthList", "vesselInfo", "uid")


@dataclass(frozen=True, slots=True)
class OfacFormat:
    """One of OFAC's two publications; which of them a file belongs to only its name says."""

    name: str
    list_key: str
    stem: str
    """What is in the names of its files."""

    @property
    def usual_source(self) -> str:
        return self.list_key

    def recognises(self, head: Head) -> str | None:
        stem = head.file.stem.casefold()
        if head.shape is Shape.XML and head.root.rpartition("}")[2] == "sdnList":
            known = "sdn" in stem or "cons" in stem
            if self.stem in stem or not known:
                return f"it is a sdnList{' and named so' if known else ''}"
        part = part_of(head)
        return (
            f"it is named as one of its files and has {part.cells} columns"
            if part and part.of(self.stem)
            else None
        )

    def check(self, file: InputFile) -> None:
        if self._part(file) is None:
            check_xml(file)
        else:
            check_part(file)

    def turn(self, file: InputFile) -> int:
        return 1

    def states_stakes(self, file: InputFile) -> bool:
        return False

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        part = self._part(file)
        return read_part(self, file, part, source) if part else read_xml(self, file, source, ("sdnEntry",))

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        return read_again(self, raw, rejected, source)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        reading = Reading()
        with Fields(entry_of(value), reading) as entry:
            uid = entry.need("uid", key, "")
            facts = _facts(entry, f"OFAC-{uid}", source, self.list_key)
        return row_of(place, reading, facts, id=f"OFAC-{uid}", type="entry", raw=value)

    @staticmethod
    def _part(file: InputFile) -> Part | None:
        head = Head(file)
        return None if head.shape is Shape.XML else part_of(head)


def _facts(entry: Fields, entity: str, source: str, list_key: str) -> list[Fact]:
    entry.passed(*_PASSED)
    kind = entry.need("sdnType", text, "").casefold()
    if kind in _NO_PARTIES:
        entry.reading.note(f"{kind}, which is no party")
        entry.pass_all()
        return []
    if kind not in _KINDS:
        entry.fault("sdnType", "It is none of Individual, Entity, Vessel, Aircraft.")
    if entry.has("addressList"):
        entry.reading.note("addresses, which are no headquarters")
    described = Description(
        entity=entity,
        source=source,
        name=_name(entry),
        aliases=_aliases(entry),
        kind=_KINDS.get(kind, Kind.UNKNOWN),
        identifiers=_identifiers(entry, is_person=kind == "individual"),
        note=entry.get("remarks", note, ""),
    )
    return [described, *_nationalities(entry, described), *_listed(entry, described, list_key)]


def _name(entry: Fields) -> str:
    """Given name first, as OFAC's XML gives it apart."""
    family = entry.need("lastName", text, "")
    return " ".join(part for part in (entry.text("firstName"), family) if part)


def _aliases(entry: Fields) -> tuple[str, ...]:
    found: list[str] = []
    with entry.object("akaList") as listed:
        for one in listed.objects("aka"):
            with one:
                one.passed("uid", "type")
                if one.text("category").casefold() == "weak":
                    entry.reading.note("weak alias, kept as one")
                found.append(_name(one))
    return tuple(dict.fromkeys(name for name in found if name))


def _identifiers(entry: Fields, *, is_person: bool) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    with entry.object("idList") as listed:
        for one in listed.objects("id"):
            with one:
                one.passed("uid", "issueDate", "expirationDate")
                kind, value = one.text("idType").casefold(), one.text("idNumber")
                scheme = SCHEMES.get(kind)
                where = place(one.text("idCountry"))
            if is_person or scheme is None:
                entry.reading.note("document or feature that companies are not known by")
            elif value:
                found += _identifier(entry, scheme, value, where)
    return tuple(dict.fromkeys(found))


def _identifier(entry: Fields, scheme: str, value: str, where: str | None) -> tuple[tuple[str, str], ...]:
    """The identifier under its scheme; numbers of registers and tax offices have the country before it."""
    national = scheme in ("registration", "tax")
    try:
        if scheme == "registration" and where == "GB":
            return (("gb-coh", number(value)),)
        prefix = f"{where.casefold()}-" if national and where else ""
        return identifiers(f"{prefix}{scheme}:{value}".replace("|", "/"))
    except Fault:
        entry.reading.note("identifier that is not understood")
        return ()


def _nationalities(entry: Fields, described: Description) -> list[LocationClaim]:
    codes: list[str] = []
    for outer, inner in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        with entry.object(outer) as listed:
            for one in listed.objects(inner):
                with one:
                    one.passed("uid", "mainEntry")
                    words = one.text("country")
                known = nationality(words)
                codes += known
                if words and not known:
                    entry.reading.note("nationality not understood")
    if not codes:
        return []
    if described.kind is not Kind.PERSON:
        entry.reading.note("nationality of what is no person")
        return []
    return [
        LocationClaim(
            entity=described.entity,
            attribute=Attribute.NATIONALITY,
            jurisdictions=tuple(dict.fromkeys(codes)),
            source=described.source,
        )
    ]


def _listed(entry: Fields, described: Description, list_key: str) -> list[ListClaim]:
    """Membership of the list, and of the part of it that export controls refer to."""
    with entry.object("programList") as listed:
        programmes = listed.texts("program")
    keys = [list_key]
    if list_key == "ofac-sdn" and UNDER_744_8 & set(programmes):
        keys.append("ofac-sdn-744-8")
    told = f"Programmes: {', '.join(programmes)}" if programmes else ""
    return [
        ListClaim(list_key=one, entity=described.entity, source=described.source, note=told) for one in keys
    ]
