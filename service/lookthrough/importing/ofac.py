"""OFAC's lists of blocked and otherwise sanctioned parties, as CSV files and as XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lookthrough.control.facts import Attribute, Description, Fact, Kind, ListClaim, LocationClaim

from .cells import Fault, identifiers, key, note, text
from .files import InputFile
from .formats import Head, Place, Register, check_xml, read_xml
from .json_fields import Fields, Reading
from .json_records import Shape
from .json_rows import row_of
from .json_values import JsonObject
from .ofac_advanced import RELATIONSHIP, entry_of_party, index_of, relationship_of, told
from .ofac_csv import Part, check_part, part_of, read_part
from .ofac_records import entry_of
from .ofac_relationships import stakes
from .ofac_words import SCHEMES, UNDER_744_8, nationality, place
from .rows import Rejection, Row
from .uk_companies import number

_KINDS = {"individual": Kind.PERSON, "entity": Kind.UNKNOWN}
_NO_PARTIES = ("vessel", "aircraft")
_PLAIN, _ADVANCED = "sdnList", "Sanctions"
_SDN = "SDN List"
_PASSED = ("title", "addressList", "dateOfBirthList", "placeOfBirthList", "vesselInfo", "uid")


@dataclass(frozen=True, slots=True)
class OfacFormat(Register):
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
        root = head.root.rpartition("}")[2]
        if root in (_PLAIN, _ADVANCED):
            known = "sdn" in stem or "cons" in stem
            if self.stem in stem or not known:
                return f"it is XML with the root {root}{' and named so' if known else ''}"
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

    def states_stakes(self, file: InputFile) -> bool | None:
        return None if _is_advanced(file) else False

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        part = self._part(file)
        if part:
            return read_part(self, file, part, source)
        if _is_advanced(file):
            return self._advanced(file, source)
        return read_xml(self, file, source, ("sdnEntry",))

    def _advanced(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        index = index_of(file)
        for record in told(file):
            place, reading = Place(file.name, 0, record.item), Reading()
            if record.value is None:
                yield place.rejection("", record.wrong)
            elif record.name == RELATIONSHIP:
                yield self._row(relationship_of(record.value, index), place, source, reading)
            else:
                yield self._row(entry_of_party(record.value, index, reading), place, source, reading)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        return self._row(value, place, source, Reading())

    def _row(self, value: JsonObject, place: Place, source: str, reading: Reading) -> Row | Rejection:
        with Fields(entry_of(value), reading) as entry:
            if entry.has("relation"):
                kind, id_ = "relationship", entry.text("ref")
                facts: Sequence[Fact] = stakes(entry, source)
            else:
                kind, id_ = "entry", f"OFAC-{entry.need('uid', key, '')}"
                facts = _facts(entry, id_, source, self.list_key)
        return row_of(place, reading, facts, id=id_, type=kind, raw=value)

    @staticmethod
    def _part(file: InputFile) -> Part | None:
        head = Head(file)
        return None if head.shape is Shape.XML else part_of(head)


def _is_advanced(file: InputFile) -> bool:
    return Head(file).root.rpartition("}")[2] == _ADVANCED


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
    names = entry.texts("lists")
    # only advanced XML names the lists that a party is on
    keys = dict.fromkeys("ofac-sdn" if name == _SDN else "ofac-consolidated" for name in names) or {
        list_key: None
    }
    if "ofac-sdn" in keys and UNDER_744_8 & set(programmes):
        keys["ofac-sdn-744-8"] = None
    lists = f"Lists: {', '.join(names)}. " if names else ""
    told = f"{lists}Programmes: {', '.join(programmes)}" if programmes else lists.strip()
    return [
        ListClaim(list_key=one, entity=described.entity, source=described.source, note=told) for one in keys
    ]
