"""Everything out of the graph again: the order, the texts, the clocks, and one hash for one set of facts."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import lookthrough
from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, StakeFacts
from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.errors import FactsMoved
from lookthrough.graph.everything import all_facts
from lookthrough.investigations.exporting import Wanted, canonical_hash, export
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.retracting import Wanted as Retraction
from lookthrough.investigations.retracting import retract

from .canonical import canonical
from .facts import load

STAKES = """owner,owned,lane,percent,holding,valid_from,valid_to,source,ref,url,confidence,note
b,a,shares,100/3,,2020,,register,r1,https://example.org/1,high,"one, two"
b,a,shares,"[25,50)",A,,,register,,,,
c,a,votes,,,2019-02,2021,report,,,,
b,a,board,,,,,report,,,,
c,b,shares,12.50,,,,register,,,,
"""


def stakes(facts: list[Facts]) -> list[StakeFacts]:
    return [each for each in facts if isinstance(each, StakeFacts)]


def texts(facts: list[Facts]) -> list[tuple[str, str]]:
    """What each of the facts is about, in order."""
    found: list[tuple[str, str]] = []
    for each in facts:
        if isinstance(each, SourceFacts):
            found.append(("", each.told.fact.source))
        elif isinstance(each, EntityFacts):
            found.append((each.entity, ""))
        else:
            found.append((each.owned, f"{each.owner} {each.lane} {each.holding}".strip()))
    return found


def test_facts_come_in_order_with_their_texts_as_filed(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        stakes=STAKES,
        entities="id,name,kind,source\na,A,company,register\n",
        sources="source,title\nreport,Annual report\n",
    )
    facts = list(all_facts(database))
    assert texts(facts) == [
        ("", "report"),
        ("a", ""),
        ("a", "b board"),
        ("a", "b shares"),
        ("a", "b shares A"),
        ("a", "c votes"),
        ("b", ""),
        ("b", "c shares"),
        ("c", ""),
    ]
    claim = stakes(facts)[1].claims[0].fact
    assert (claim.percent, claim.ref, claim.url) == ("100/3", "r1", "https://example.org/1")
    assert (claim.confidence, claim.note, claim.valid_from) == ("high", "one, two", date(2020, 1, 1))


@pytest.mark.parametrize("page", [1, 2, 3, 5])
def test_pages_of_any_size_give_the_same_facts(database: Database, tmp_path: Path, page: int) -> None:
    people = "".join(f"p{i:02},a,{i}.5\np{i:02},b,1/{i + 1}\n" for i in range(9))
    load(database, tmp_path, stakes=f"owner,owned,percent\n{people}𠀀,豈,5\n豈,a,7\n")
    facts = list(all_facts(database, page))
    assert facts == list(all_facts(database))
    assert len(stakes(facts)) == 20
    names = [name for name, _ in texts(facts)]
    assert names == sorted(names)


def test_every_version_keeps_the_instants_between_which_it_was_known(
    database: Database, tmp_path: Path
) -> None:
    for percent in ("10", "20", "10"):
        load(database, tmp_path, stakes=f"owner,owned,percent,source\nb,a,{percent},s\n")
    retract(database, Retraction("s"))
    (stake,) = stakes(list(all_facts(database)))
    told = sorted(stake.claims, key=lambda each: each.known_from)
    assert [each.fact.percent for each in told] == ["10", "20", "10"]
    assert len({each.known_from for each in told}) == 3
    assert len({each.known_to for each in told}) == 1
    assert told[0].known_to is not None
    assert told[0].known_to > told[2].known_from


def test_a_change_in_between_is_said(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes="owner,owned,percent\nb,a,10\nc,b,10\nd,c,5\n")
    facts = all_facts(database, page=1)
    next(facts)
    load(database, tmp_path, stakes="owner,owned,percent\nz,y,10\n")
    with pytest.raises(FactsMoved, match="the facts changed while they were read"):
        list(facts)


def test_the_hash_depends_neither_on_instants_nor_on_how_files_were_split(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    header, *rows = STAKES.splitlines()
    entities = "id,name,kind,source\na,A,company,register\nc,C,fund,register\n"
    load(database, tmp_path, stakes=STAKES, entities=entities)
    whole, hashed = canonical(database), canonical_hash(database)
    wipe()
    assert canonical_hash(database).hash != hashed.hash
    for row in random.Random(1).sample(rows, len(rows)):
        load(database, tmp_path, stakes=f"{header}\n{row}\n")
    load(database, tmp_path, entities=entities)
    assert canonical_hash(database) == hashed
    assert canonical(database).instants > whole.instants


@pytest.mark.parametrize(
    "changed",
    [
        "b,a,shares,10,,2020,,s,,,,n",
        "b,a,shares,11,,2020,,s,,,,",
        "b,a,votes,10,,2020,,s,,,,",
        "b,a,shares,10,x,2020,,s,,,,",
        "b,a,shares,10,,2021,,s,,,,",
        "b,a,shares,10,,2020,2021,s,,,,",
        "b,a,shares,10,,2020,,t,,,,",
        "b,a,shares,10,,2020,,s,r,,,",
        "b,a,shares,10,,2020,,s,,u,,",
        "b,a,shares,10,,2020,,s,,,low,",
        "b,a,shares,10.0,,2020,,s,,,,",
        "d,a,shares,10,,2020,,s,,,,",
    ],
)
def test_anything_that_is_said_otherwise_changes_the_hash(
    database: Database, wipe: Callable[[], None], tmp_path: Path, changed: str
) -> None:
    header = STAKES.splitlines()[0]
    load(database, tmp_path, stakes=f"{header}\nb,a,shares,10,,2020,,s,,,,\n")
    before = canonical_hash(database).hash
    wipe()
    load(database, tmp_path, stakes=f"{header}\n{changed}\n")
    assert canonical_hash(database).hash != before


def test_the_order_of_versions_changes_the_hash(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    hashes: list[str] = []
    for percents in (("10", "20"), ("20", "10")):
        wipe()
        for percent in percents:
            load(database, tmp_path, stakes=f"owner,owned,percent,source\nb,a,{percent},s\n")
        hashes.append(canonical_hash(database).hash)
    assert len(set(hashes)) == 2
    retract(database, Retraction("s"))
    assert canonical_hash(database).hash not in hashes


def test_the_canonical_export_is_what_is_hashed(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=STAKES)
    report = export(database, Wanted(tmp_path / "all.ndjson", "canonical"))
    content = (tmp_path / "all.ndjson").read_bytes()
    assert (
        f"sha256:{hashlib.sha256(content).hexdigest()}" == report.hashed.hash == canonical_hash(database).hash
    )
    assert len(stakes(list(all_facts(database)))) == content.count(b"\n") == 5
    assert Lane.SHARES in content.decode()


def test_the_hash_is_the_same_after_the_demo_is_loaded_again(database: Database) -> None:
    demo = Path(lookthrough.__file__).parent / "demo"
    load_files(database, [demo])
    before = canonical_hash(database)
    load_files(database, [demo])
    assert canonical_hash(database) == before
