"""Suggestions of ids that may be one entity, and what a person says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.graph.canonical import canonical
from tests.graph.facts import TODAY, ask, load, shares

from lookthrough.graph.database import Database
from lookthrough.investigations.confirming import Judgement, confirm, reject
from lookthrough.investigations.entities import entity
from lookthrough.investigations.errors import BadQuestion, UnknownEntity
from lookthrough.investigations.match_documents import MatchDocument
from lookthrough.investigations.matching import matches, matches_of
from lookthrough.investigations.retracting import Wanted, retract

LEI = "635400Z5LQ5F9OLVT688"
ENTITIES = f"""
    id,name,name_original,kind,incorporation,lei,identifiers,source
    g1,Prosus N.V.,,company,NL,{LEI},ra000463:33031431,gleif
    r1,Prosus Naamloze Vennootschap,,company,NL,,nl-kvk:33031431,register
    x1,Totally Other,,company,,,xi-lei:{LEI.lower()},other
    c1,Geely,浙江吉利控股集团有限公司,company,CN,,,gleif
    c2,Zhejiang Jili Konggu Jituan,,company,CN,,,register
    d1,Acme GmbH,,company,DE,,,gleif
    d2,Acme AG,,company,DE,,,register
    d3,ACME GMBH,,company,AT,,,other
    p1,Zhang Yiming,,person,,,,gleif
    p2,,张一鸣,person,,,,register
    f1,Public float of Acme,,public_float,,,,gleif
    f2,Public float of Acme,,public_float,,,,other
"""


@pytest.fixture
def told(database: Database, tmp_path: Path) -> Database:
    load(database, tmp_path, entities=ENTITIES)
    return database


def suggested(database: Database, entity_id: str) -> dict[str, MatchDocument]:
    return {pair.other.id: pair for pair in matches_of(database, entity_id, TODAY).items}


def codes(pair: MatchDocument) -> tuple[list[str], list[str]]:
    return [reason.code for reason in pair.reasons], [reason.code for reason in pair.against]


def test_a_number_of_one_register_is_a_sure_sign(told: Database) -> None:
    found = suggested(told, "g1")
    assert {other: (pair.basis, pair.score) for other, pair in found.items()} == {
        "r1": ("identifier", "1"),
        "x1": ("identifier", "1"),
    }
    assert codes(found["r1"]) == (["same_identifier", "same_name_but_form"], [])
    assert "33031431" in found["r1"].reasons[0].sentence.zh
    assert suggested(told, "r1").keys() == suggested(told, "x1").keys() - {"r1"} | {"g1"} == {"g1"}


def test_names_are_suggested_with_what_speaks_against_them(told: Database) -> None:
    assert codes(suggested(told, "c1")["c2"]) == (["same_sound"], [])
    assert codes(suggested(told, "p2")["p1"]) == (["same_sound"], ["persons_share_names"])
    acme = suggested(told, "d1")
    assert codes(acme["d2"]) == (["same_name_but_form"], ["other_form"])
    assert codes(acme["d3"]) == (["same_name"], ["other_incorporation"])
    assert acme["d3"].score > acme["d2"].score
    assert all(float(pair.score) < 1 for pair in acme.values())
    assert suggested(told, "f1") == {}


def test_each_pair_is_listed_once_and_pages_go_on(told: Database) -> None:
    whole = matches(told, TODAY, None, 500)
    pairs = [(pair.entity.id, pair.other.id) for pair in whole.items]
    assert sorted(pairs) == [
        ("c1", "c2"), ("d1", "d2"), ("d1", "d3"), ("d2", "d3"), ("g1", "r1"), ("g1", "x1"), ("p1", "p2"),
    ]  # fmt: skip
    assert (whole.next, whole.complete, whole.looked_at) == (None, True, 12)
    paged: list[MatchDocument] = []
    cursor: str | None = None
    while True:
        page = matches(told, TODAY, None, 1, cursor)
        paged += page.items
        if page.next is None:
            break
        cursor = page.next
    assert paged == whole.items


def test_suggestions_change_nothing(told: Database) -> None:
    before = canonical(told).lines
    matches(told, TODAY, None, 500)
    assert canonical(told).lines == before


def test_what_a_person_confirms_counts_from_then_on_and_can_be_taken_back(
    database: Database, tmp_path: Path
) -> None:
    load(
        database,
        tmp_path,
        entities="id,name,kind,headquarters\na,Acme Ltd,company,SG\nb,Acme Limited,company,SG"
        "\ns,Seed,company,CN\nt,Target,company,US",
        stakes="owner,owned,percent\ns,b,100\na,t,100",
    )
    assert shares(ask(database, "t")) == ("0", "0", "1")
    then = datetime.now().astimezone()
    said = Judgement("b", "a", "one register number on both letterheads", "J. Doe")
    done = confirm(database, said)
    assert (done.entity, done.same_as, done.source, done.new) == ("a", "b", "confirmed by J. Doe", True)
    assert shares(ask(database, "t")) == ("1", "0", "0")
    assert shares(ask(database, "t", known_at=then)) == ("0", "0", "1")
    known = matches_of(database, "a", TODAY)
    (claim,) = known.confirmed
    assert known.items == []
    assert (claim.other, claim.source, claim.why, claim.known_from) == (
        "b", "confirmed by J. Doe", "one register number on both letterheads", done.known_at,
    )  # fmt: skip
    assert not confirm(database, said).new
    report = retract(database, Wanted(source=done.source, ref=done.ref))
    assert report.closed["same_as"] == 1
    assert shares(ask(database, "t")) == ("0", "0", "1")
    assert suggested(database, "a").keys() == {"b"}
    assert confirm(database, said).new
    assert entity(database, "a", TODAY, None).same_as == ["b"]


def test_what_a_person_rejects_is_not_suggested_again_and_changes_no_verdict(
    told: Database, tmp_path: Path
) -> None:
    before = ask(told, "d1")
    reject(told, Judgement("d3", "d1", "other owners"))
    reject(told, Judgement("d1", "d3", "other owners and other seat", "J. Doe"))
    assert suggested(told, "d1").keys() == suggested(told, "d3").keys() == {"d2"}
    (said,) = matches_of(told, "d3", TODAY).rejected
    assert (said.other, said.by, said.why) == ("d1", "J. Doe", "other owners and other seat")
    assert ask(told, "d1") == before
    confirm(told, Judgement("d1", "d3", "the annual report says so", "J. Doe"))
    assert matches_of(told, "d3", TODAY).rejected == []
    assert [claim.other for claim in matches_of(told, "d3", TODAY).confirmed] == ["d1"]


def test_ids_that_are_one_already_through_a_third_are_not_suggested(told: Database, tmp_path: Path) -> None:
    load(told, tmp_path, same_as="entity,same_as\nd1,z\nz,d3")
    assert suggested(told, "d1").keys() == {"d2"}


def test_more_candidates_than_are_looked_at_are_told(database: Database, tmp_path: Path) -> None:
    rows = "\n".join(f"x{number},Acme Ltd" for number in range(60))
    load(database, tmp_path, entities=f"id,name\n{rows}")
    assert not matches_of(database, "x1", TODAY).complete


@pytest.mark.parametrize(
    ("say", "complaint"),
    [
        (lambda: Judgement("d1", "d1", "why", "me"), "matched with itself"),
        (lambda: Judgement("d1", "d2", "  ", "me"), "why: "),
        (lambda: Judgement("d1", "d2", "why", "a\nb"), "by: "),
        (lambda: Judgement("d1", "d2", "why", " "), "by: a confirmation needs the name"),
    ],
)
def test_a_confirmation_names_who_and_why(
    told: Database, say: Callable[[], Judgement], complaint: str
) -> None:
    before = canonical(told).lines
    with pytest.raises(BadQuestion, match=complaint):
        confirm(told, say())
    assert canonical(told).lines == before


def test_only_entities_on_record_are_matched(told: Database) -> None:
    for judge in (confirm, reject):
        with pytest.raises(UnknownEntity, match="'nobody'"):
            judge(told, Judgement("d1", "nobody", "why", "me"))
    with pytest.raises(UnknownEntity):
        matches_of(told, "nobody", TODAY)
