"""FollowTheMoney out and in again: stakes, parties, places and lists come back, the rest is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from lookthrough.control.everything import EntityFacts, StakeFacts
from lookthrough.control.facts import Attribute, ListClaim, LocationClaim
from lookthrough.graph.database import Database
from lookthrough.graph.everything import all_facts
from lookthrough.investigations.exporting import ExportReport, Wanted, export
from lookthrough.investigations.loading import load_files

from .facts import ask, load, ownership, policy

DATA = Path(__file__).parents[1] / "data"
SAMPLES = {
    "ftm": [DATA / "ftm" / "entities.ftm.json", DATA / "ftm" / "register.ftm.json"],
    "psc": [DATA / "psc" / "snapshot.jsonl", DATA / "psc" / "more.jsonl"],
}


SAID = (Attribute.INCORPORATION, Attribute.NATIONALITY)


def stakes(database: Database) -> set[tuple[object, ...]]:
    return {
        (c.owner, c.owned, c.lane, c.interval, c.source, c.valid_from, c.valid_to)
        for each in all_facts(database)
        if isinstance(each, StakeFacts)
        for c in (told.fact for told in each.claims)
    }


def parties(database: Database) -> Iterable[EntityFacts]:
    return (each for each in all_facts(database) if isinstance(each, EntityFacts))


def described(database: Database) -> set[tuple[object, ...]]:
    return {
        (d.entity, d.name, d.kind, d.founded, d.dissolved)
        for each in parties(database)
        for d in (told.fact for told in each.descriptions)
    }


def claimed(database: Database) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Places that the model has a property for, and lists."""
    told = [told.fact for each in parties(database) for told in each.claims]
    places: set[tuple[object, ...]] = {
        (c.entity, c.attribute, c.jurisdictions)
        for c in told
        if isinstance(c, LocationClaim) and c.attribute in SAID
    }
    lists: set[tuple[object, ...]] = {
        (c.list_key, c.entity, c.valid_from, c.valid_to) for c in told if isinstance(c, ListClaim)
    }
    return places, lists


def written(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def out(database: Database, folder: Path) -> ExportReport:
    return export(database, Wanted(folder / "all.ftm.json", "ftm"))


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_loaded_comes_back(
    database: Database, wipe: Callable[[], None], tmp_path: Path, name: str
) -> None:
    load_files(database, SAMPLES[name], source="sample")
    before = (stakes(database), described(database), *claimed(database))
    report = out(database, tmp_path)
    assert sum(report.account.written.values()) == len(written(tmp_path / "all.ftm.json"))
    wipe()
    assert load_files(database, [tmp_path / "all.ftm.json"], source="sample").rejections == []
    back = (stakes(database), described(database), *claimed(database))
    assert back[0] == before[0]
    assert before[1] <= back[1]
    assert before[2] <= back[2]
    assert before[3] <= back[3]


def test_what_cannot_be_said_is_counted_and_the_rest_is_written(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="""id,name,kind,headquarters,residence,lei,identifiers,unspecified,source
            c,Company,company,HK,,529900EXAMPLE0000170,gb-coh:01234567|odd:1,,one
            t,Trust,trust,,,,,,one
            f,Float,public_float,,,,,dispersed,one
            p,Person,person,,CN,,,,one
            一 家,一家,unknown,,,,,,one""",
        stakes="""owner,owned,lane,percent,holding,source,confidence
            p,c,shares,100/3,A,one,low
            f,c,shares,"(25,50]",,one,
            p,c,votes,60,,one,
            t,c,board,,,one,
            一 家,t,control,,,one,""",
        lists="list,entity,valid_from,source\nofac-sdn,p,2020-01-01,one\nwatch,p,,one\nftm-poi,p,,one",
        groups="group,member,source\ng,p,one",
        same_as="entity,same_as,source\nc,t,one",
        locations="entity,attribute,jurisdiction,valid_from,valid_to,source\nc,incorporation,KY,2000,2010,one",
        sources="source,title\none,Source one",
    )
    report = out(database, tmp_path)
    assert dict(report.account.left_out) == {
        "sources": 1,
        "groups": 1,
        "same_as: told as a likeness": 1,
        "entities: id, told in a note": 1,
        "entities: kind public_float": 1,
        "entities: unspecified, told in a note": 1,
        "identifiers: scheme gb-coh": 1,
        "identifiers: value and scheme odd": 1,
        "lists: told as a risk": 1,
        "locations: ended, or ending on a day": 1,
        "locations: headquarters, told as an association": 1,
        "locations: residence, told as an association": 1,
        "stakes: confidence": 1,
        "stakes: holding": 1,
    }
    assert dict(report.account.written) == {
        "Company": 2,
        "LegalEntity": 2,
        "Person": 1,
        "Ownership": 3,
        "Control": 2,
        "Sanction": 1,
        "Risk": 1,
        "Similar": 1,
    }
    lines = written(tmp_path / "all.ftm.json")
    told = [each["properties"].get("percentage") for each in lines if each["schema"] == "Ownership"]
    assert sorted(told) == [["100/3%"], ["60"], [">25 - 50"]]


def test_an_export_of_one_day_has_what_speaks_on_it(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    """The verdict over what comes back is the one that was given."""
    load_files(database, SAMPLES["ftm"], source="sample")
    asked = ownership(ask(database, "NK-works", policy(">= 25"), as_of=date(2020, 1, 1)))
    wanted = Wanted(tmp_path / "day.ftm.json", "ftm", as_of=date(2020, 1, 1))
    assert export(database, wanted).account.left_out["not speaking on the day"] > 0
    wipe()
    load_files(database, [tmp_path / "day.ftm.json"], source="sample")
    again = ownership(ask(database, "NK-works", policy(">= 25"), as_of=date(2020, 1, 1)))
    assert again == asked
