"""Where an entity is, on which lists, and what it is called, from all claims at one date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from lookthrough.control.claims import Known
from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.facts import Attribute, Description, Kind, ListClaim, LocationClaim
from lookthrough.control.locations import recorded, speaking_lists, speaking_locations

DAY = date(2026, 6, 1)
FIRST_KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
HEADQUARTERS, NATIONALITY = Attribute.HEADQUARTERS, Attribute.NATIONALITY


def located(
    codes: str,
    source: str = "a",
    *,
    attribute: Attribute = HEADQUARTERS,
    begins: date | None = None,
    ends: date | None = None,
    known: int = 0,
) -> Known[LocationClaim]:
    claim = LocationClaim(
        source=source,
        entity="x",
        attribute=attribute,
        jurisdictions=tuple(codes.split("|")),
        valid_from=begins,
        valid_to=ends,
    )
    return Known(claim, FIRST_KNOWN + timedelta(days=known))


def on_record(*claims: Known[LocationClaim], day: date = DAY) -> dict[Attribute, set[str]]:
    return {a: set(codes) for a, codes in recorded(speaking_locations(claims, day)).items()}


def test_of_one_source_the_latest_place_speaks() -> None:
    moved = located("US", begins=date(2025, 1, 1)), located("SG", begins=date(2026, 1, 1))
    assert on_record(*moved) == {HEADQUARTERS: {"SG"}}
    assert on_record(*moved, day=date(2025, 12, 31)) == {HEADQUARTERS: {"US"}}


def test_two_sources_that_disagree_are_both_on_record() -> None:
    assert on_record(located("CN", "a"), located("SG", "b")) == {HEADQUARTERS: {"CN", "SG"}}


def test_alternatives_that_a_source_leaves_open_are_all_on_record() -> None:
    assert on_record(located("CN|HK")) == {HEADQUARTERS: {"CN", "HK"}}


def test_a_place_that_has_ended_is_not_on_record() -> None:
    assert on_record(located("CN", ends=DAY)) == {}
    assert on_record(located("CN", ends=DAY + timedelta(days=1))) == {HEADQUARTERS: {"CN"}}


def test_an_earlier_place_does_not_come_back_when_a_later_one_ends() -> None:
    earlier, later = located("US"), located("SG", begins=date(2025, 1, 1), ends=date(2026, 1, 1))
    assert on_record(earlier, later) == {}


def test_a_correction_of_a_place_takes_its_place() -> None:
    assert on_record(located("CN"), located("HK", known=1)) == {HEADQUARTERS: {"HK"}}


def test_attributes_are_told_apart() -> None:
    both = located("CN"), located("KY", attribute=Attribute.INCORPORATION, begins=date(2026, 1, 1))
    assert on_record(*both) == {HEADQUARTERS: {"CN"}, Attribute.INCORPORATION: {"KY"}}


def test_nationalities_hold_side_by_side() -> None:
    born = located("CN", attribute=NATIONALITY)
    naturalised = located("US", attribute=NATIONALITY, begins=date(2020, 1, 1))
    given_up = located("US", attribute=NATIONALITY, begins=date(2020, 1, 1), ends=date(2025, 1, 1))
    assert on_record(born, naturalised) == {NATIONALITY: {"CN", "US"}}
    assert on_record(born, given_up) == {NATIONALITY: {"CN"}}


def listed(key: str, source: str = "a", *, ends: date | None = None) -> Known[ListClaim]:
    return Known(ListClaim(source=source, list_key=key, entity="x", valid_to=ends), FIRST_KNOWN)


def test_one_source_is_enough_to_be_on_a_list() -> None:
    claims = [listed("sdn", "a", ends=DAY), listed("sdn", "b"), listed("eu", "a", ends=DAY)]
    assert [known.claim.list_key for known in speaking_lists(claims, DAY)] == ["sdn"]


def described(source: str, known: int, **said: str) -> KnownDescription:
    kind = Kind(said.pop("kind", "unknown"))
    name, original = said.get("name", ""), said.get("name_original", "")
    description = Description(entity="x", source=source, name=name, name_original=original, kind=kind)
    return KnownDescription(description, FIRST_KNOWN + timedelta(days=known))


def test_the_latest_word_on_each_field_counts_and_older_names_are_kept() -> None:
    told = together(
        "x",
        [
            described("b", 2, name="New Ltd"),
            described("a", 1, name="Old Ltd", name_original="旧", kind="company"),
        ],
    )
    assert (told.name, told.name_original, told.kind, told.source) == ("New Ltd", "旧", Kind.COMPANY, "b")
    assert told.aliases == ("Old Ltd",)


def test_an_entity_without_a_name_is_called_by_its_id() -> None:
    told = together("x", [described("a", 0)])
    assert (told.name, told.kind) == ("x", Kind.UNKNOWN)
