"""OFAC's lists as advanced XML, where parties, documents, lists and relationships refer to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .files import InputFile
from .json_fields import Reading
from .json_values import Json, JsonObject
from .xml_records import TEXT, XmlRecord, xml_records

PARTY, RELATIONSHIP = "DistinctParty", "ProfileRelationship"
_WORDS = (
    *("PartyType", "FeatureType", "IDRegDocType", "RelationType", "AliasType", "List", "NamePartType"),
    *("Script", "AreaCode", "SanctionsType"),
)
_REFERRED = (*_WORDS, "PartySubType", "Country", "Location", "IDRegDocument", "SanctionsEntry")
_NATIONALITIES = {
    "Nationality Country": "nationality",
    "Nationality": "nationality",
    "Citizenship Country": "citizenship",
    "Citizenship": "citizenship",
}
_KNOWN = {
    "DistinctParty": ("@FixedRef", "@DeltaAction", "Comment", "Profile"),
    "Profile": ("@ID", "@PartySubTypeID", "@DeltaAction", "Comment", "Identity", "Feature"),
    "Identity": (
        *("@ID", "@FixedRef", "@Primary", "@False", "Comment", "Alias", "NamePartGroups"),
        "IDRegDocumentReference",
    ),
    "Alias": ("@FixedRef", "@AliasTypeID", "@Primary", "@LowQuality", "Comment", "DocumentedName"),
}
"""What is understood of the elements that parties are made of; features and dates are chosen from."""


@dataclass(slots=True)
class Index:
    """What the elements of one file refer to; memory grows with them, not with the names of the parties."""

    words: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    subtypes: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    countries: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, str] = field(default_factory=dict[str, str])
    documents: defaultdict[str, list[JsonObject]] = field(default_factory=lambda: defaultdict(list))
    entries: defaultdict[str, list[tuple[str, list[str]]]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[str, str] = field(default_factory=dict[str, str])

    def learn(self, name: str, value: JsonObject) -> None:
        own = _attribute(value, "ID")
        if name in _WORDS:
            self.words[name, own] = _text(value)
        elif name == "PartySubType":
            self.subtypes[own] = (_text(value), _attribute(value, "PartyTypeID"))
        elif name == "Country":
            self.countries[own] = _attribute(value, "ISO2") or _text(value)
        elif name == "Location":
            self._place(own, value)
        elif name == "IDRegDocument":
            self.documents[_attribute(value, "IdentityID")].append(value)
        elif name == "SanctionsEntry":
            listed = self.words.get(("List", _attribute(value, "ListID")), "")
            self.entries[_attribute(value, "ProfileID")].append((listed, self._programmes(value)))
        else:
            for profile in _several(value, "Profile"):
                self.kinds[_attribute(profile, "ID")] = self.kind(profile)

    def kind(self, profile: JsonObject) -> str:
        """Individual, Entity, Vessel, Aircraft."""
        subtype, type_ = self.subtypes.get(_attribute(profile, "PartySubTypeID"), ("", ""))
        return subtype if subtype in ("Vessel", "Aircraft") else self.words.get(("PartyType", type_), "")

    def country(self, location: str) -> str:
        return self.places.get(location, "")

    def _programmes(self, entry: JsonObject) -> list[str]:
        """The tags of the programmes, which stand as comments of measures of that type."""
        found: list[str] = []
        for measure in _several(entry, "SanctionsMeasure"):
            if (
                self.words.get(("SanctionsType", _attribute(measure, "SanctionsTypeID")), "Program")
                == "Program"
            ):
                found += [_text(comment) for comment in _several(measure, "Comment")]
        return [tag for tag in found if tag]

    def _place(self, own: str, value: JsonObject) -> None:
        for one in _several(value, "LocationCountry"):
            self.places[own] = self.countries.get(_attribute(one, "CountryID"), "")
        for one in _several(value, "LocationAreaCode"):
            area = self.words.get(("AreaCode", _attribute(one, "AreaCodeID")), "")
            self.places[own] = self.places.get(own) or area


def index_of(file: InputFile) -> Index:
    """Read once for as long as the file stays what it is. Raises UnusableFile where it is broken."""
    state = file.path.stat()
    return _index(file, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=1)
def _index(file: InputFile, size: int, changed: int) -> Index:
    del size, changed
    found = Index()
    for record in xml_records(file, (*_REFERRED, PARTY)):
        if record.value is not None:
            found.learn(record.name, record.value)
    return found


def told(file: InputFile) -> Iterator[XmlRecord]:
    """The parties and the relationships, in order."""
    return xml_records(file, (PARTY, RELATIONSHIP))


def relationship_of(value: JsonObject, index: Index) -> JsonObject:
    """A relationship with its words in place of references."""
    ends = {end: _attribute(value, f"{end}-ProfileID") for end in ("From", "To")}
    return {
        "relation": index.words.get(("RelationType", _attribute(value, "RelationTypeID")), ""),
        "from": ends["From"],
        "fromType": index.kinds.get(ends["From"], ""),
        "to": ends["To"],
        "toType": index.kinds.get(ends["To"], ""),
        "former": _attribute(value, "Former") == "true",
        "ref": _attribute(value, "ID"),
    }


def entry_of_party(value: JsonObject, index: Index, reading: Reading) -> JsonObject:
    """The party in the shape of the plain XML; fields that are not understood go to the reading."""
    _name_odd(reading, "DistinctParty", value)
    names: list[tuple[bool, JsonObject]] = []
    ids: list[Json] = []
    places: defaultdict[str, list[Json]] = defaultdict(list)
    programmes: dict[str, None] = {}
    lists: dict[str, None] = {}
    kind = ""
    for profile in _several(value, "Profile"):
        _name_odd(reading, "Profile", profile)
        kind = index.kind(profile)
        for identity in _several(profile, "Identity"):
            _name_odd(reading, "Identity", identity)
            names += _names(identity, index, reading)
            ids += [_document(one, index) for one in index.documents.get(_attribute(identity, "ID"), ())]
        for name, country in _features(profile, index):
            places[name].append({"country": country})
        for listed, tags in index.entries.get(_attribute(profile, "ID"), ()):
            lists[listed] = None
            programmes.update(dict.fromkeys(tags))
    ordered = [name for _, name in sorted(names, key=lambda pair: pair[0])]
    first, others = (ordered[0] if ordered else {}), ordered[1:]
    return {
        "uid": _attribute(value, "FixedRef"),
        "sdnType": kind,
        **{part: first[part] for part in ("firstName", "lastName") if part in first},
        "akaList": {"aka": [*others]},
        "idList": {"id": ids},
        **{f"{name}List": {name: told} for name, told in places.items()},
        "programList": {"program": [*programmes]},
        "lists": [name for name in lists if name],
    }


def _names(identity: JsonObject, index: Index, reading: Reading) -> Iterator[tuple[bool, JsonObject]]:
    """The names of an identity, each with whether it comes after the primary one in Latin script."""
    groups = {
        _attribute(group, "ID"): index.words.get(("NamePartType", _attribute(group, "NamePartTypeID")), "")
        for outer in _several(identity, "NamePartGroups")
        for master in _several(outer, "MasterNamePartGroup")
        for group in _several(master, "NamePartGroup")
    }
    for alias in _several(identity, "Alias"):
        _name_odd(reading, "Alias", alias)
        primary = all(_attribute(one, "Primary") == "true" for one in (identity, alias))
        weak = _attribute(alias, "LowQuality") == "true"
        for documented in _several(alias, "DocumentedName"):
            name, script = _name(documented, groups, index)
            is_first = primary and script in ("Latin", "")
            yield not is_first, {"category": "weak" if weak else "strong", **name}


def _name(documented: JsonObject, groups: dict[str, str], index: Index) -> tuple[JsonObject, str]:
    family: list[str] = []
    given: list[str] = []
    script = ""
    for part in _several(documented, "DocumentedNamePart"):
        for value in _several(part, "NamePartValue"):
            kind = groups.get(_attribute(value, "NamePartGroupID"), "")
            (given if kind in ("First Name", "Middle Name") else family).append(_text(value))
            script = index.words.get(("Script", _attribute(value, "ScriptID")), "")
    return {"firstName": " ".join(given), "lastName": " ".join(family)}, script


def _features(profile: JsonObject, index: Index) -> Iterator[tuple[str, str]]:
    """Nationalities and citizenships, by the country of the location that they refer to."""
    for feature in _several(profile, "Feature"):
        name = _NATIONALITIES.get(index.words.get(("FeatureType", _attribute(feature, "FeatureTypeID")), ""))
        if name is not None:
            for version in _several(feature, "FeatureVersion"):
                for location in _several(version, "VersionLocation"):
                    yield name, index.country(_attribute(location, "LocationID"))


def _document(value: JsonObject, index: Index) -> JsonObject:
    numbers = [_text(one) for one in _several(value, "IDRegistrationNo")]
    return {
        "idType": index.words.get(("IDRegDocType", _attribute(value, "IDRegDocTypeID")), ""),
        "idNumber": next(iter(numbers), ""),
        "idCountry": index.countries.get(_attribute(value, "IssuedBy-CountryID"), ""),
    }


def _name_odd(reading: Reading, name: str, value: JsonObject) -> None:
    known: Collection[str] = _KNOWN[name]
    reading.unknown.update(dict.fromkeys(f"{name}.{key}"[:200] for key in value if key not in known))


def _several(value: JsonObject, name: str) -> list[JsonObject]:
    inner = value.get(name)
    return [one for one in (inner if isinstance(inner, list) else [inner]) if isinstance(one, dict)]


def _attribute(value: JsonObject, name: str) -> str:
    told = value.get(f"@{name}")
    return told if isinstance(told, str) else ""


def _text(value: JsonObject) -> str:
    told = value.get(TEXT)
    return told.strip() if isinstance(told, str) else ""
