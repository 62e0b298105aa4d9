"""The search for names: both scripts, sounds, misspellings, identifiers, at both clocks, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from tests.graph.facts import TODAY, load
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.migrations import migrate
from lookthrough.investigations.entities import Page
from lookthrough.investigations.retracting import Wanted, retract
from lookthrough.investigations.search import search

SYLLABLES = ["ba", "ke", "ti", "mo", "su", "ran", "vel", "dor", "kin", "pa", "lo", "zu"]
CHINESE = "腾讯字节跳动吉利汽车控股科技长城国银行石油化工电力海尔美的格力小米华为中兴联想"


def found(database: Database, text: str, limit: int = 50, known_at: datetime | None = None) -> list[str]:
    page = Page(TODAY, known_at, limit)
    return [item.id for item in search(database, text, page).items]


def in_pages(database: Database, text: str, limit: int) -> Iterator[str]:
    cursor = None
    while True:
        page = search(database, text, Page(TODAY, None, limit, cursor))
        yield from (item.id for item in page.items)
        if page.next is None:
            return
        cursor = page.next


@pytest.fixture
def named(database: Database, tmp_path: Path) -> dict[str, tuple[str, str]]:
    """Two hundred made-up companies: a name in letters and one in Chinese characters, by id."""
    chance = Random(7)
    names = {
        f"e{number}": (
            " ".join("".join(chance.sample(SYLLABLES, 3)).title() for _ in range(2)) + " Ltd",
            "".join(chance.sample(CHINESE, 5)) + "有限公司",
        )
        for number in range(200)
    }
    rows = "\n".join(f"{key},{name},{original}" for key, (name, original) in names.items())
    load(database, tmp_path, entities=f"id,name,name_original\n{rows}")
    return names


def misspelt(word: str, chance: Random) -> str:
    """Two letters inside the word stand the wrong way round."""
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def test_every_generated_name_is_found_however_it_is_typed(
    database: Database, named: dict[str, tuple[str, str]]
) -> None:
    chance = Random(3)
    for key in chance.sample(sorted(named), 25):
        name, original = named[key]
        first, second, _ = name.split()
        for text in (
            name.upper(),
            f"{first} {second}",
            f"{first}{second}",
            f"{second} {first}",
            f"{misspelt(first, chance)} {second}",
            original,
            original.removesuffix("有限公司"),
            original[:4],
        ):
            assert key in found(database, text, 10), (key, text, name, original)


def test_pages_together_are_one_list_without_doubles(
    database: Database, named: dict[str, tuple[str, str]]
) -> None:
    whole = found(database, "ltd", 500)
    assert sorted(whole) == sorted(named)
    assert list(in_pages(database, "ltd", 37)) == whole


def test_a_page_goes_on_behind_its_last_entity_though_others_come_in(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities="id,name\nb,Acme Ltd\nd,Acme Ltd")
    page = search(database, "acme ltd", Page(TODAY, None, 1))
    assert ([item.id for item in page.items], page.complete) == (["b"], True)
    load(database, tmp_path, entities="id,name\na,Acme Ltd\nc,Acme Ltd", same_as="entity,same_as\na,c")
    rest = search(database, "acme ltd", Page(TODAY, None, 5, page.next))
    assert [item.id for item in rest.items] == ["c", "d"]


def test_more_candidates_than_are_looked_at_are_told(database: Database, tmp_path: Path) -> None:
    rows = "\n".join(f"x{number},Holding {number}" for number in range(520))
    load(database, tmp_path, entities=f"id,name\n{rows}")
    assert not search(database, "holding", Page(TODAY)).complete
    assert search(database, "holding 77", Page(TODAY)).items[0].id == "x77"


def test_identifiers_come_first_however_they_are_written(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="""
            id,name,identifiers
            a,CHE 123,ch-fdjp:CHE-123.456.789
            b,CHE-123.456.789 Holding,hr:HRB 12
        """,
    )
    for text in ("CHE-123.456.789", "che123456789", "CH-FDJP: CHE 123 456 789", "ch-fdjp che123456789"):
        assert found(database, text)[0] == "a", text
    assert found(database, "hrb12") == ["b"]
    assert found(database, "other:HRB 12") == []


def test_a_search_at_an_earlier_instant_finds_what_was_told_then(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,name,name_original,source\na,Byte Dance,字节跳动,register")
    before = search(database, "zjtd", Page(TODAY)).items[0]
    then = datetime.now().astimezone()
    load(database, tmp_path, entities="id,name,name_original,source\na,Orchard,果园,register")
    assert (found(database, "zjtd"), found(database, "guoyuan")) == ([], ["a"])
    for text in ("zjtd", "字節跳動", "byetdance", "zijie"):
        assert search(database, text, Page(TODAY, then)).items == [before]
    assert found(database, "guoyuan", known_at=then) == []


def test_a_name_that_was_taken_back_is_not_found_any_more(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,name,aliases,source\na,Acme,吉利,s", stakes="owner,owned\na,b")
    assert found(database, "jili") == ["a"]
    retract(database, Wanted(source="s"))
    assert found(database, "jili") == []
    assert found(database, "a") == ["a"]


OLD = """
MATCH (e:Entity) SET e.words = e.name, e.words_cjk = e.name
WITH e MATCH (e)-[d:DESCRIBED]->() REMOVE d.words
"""
OLD_IDENTIFIERS = "MATCH (i:Identifier) REMOVE i.compact"
OLD_LEDGER = "MATCH (l:Ledger) REMOVE l.words_version"
ALL = """
MATCH (n) WHERE NOT n:Ledger RETURN properties(n) AS p
UNION ALL MATCH ()-[r]->() RETURN properties(r) AS p
"""


def test_what_an_older_program_indexed_is_made_anew(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer
) -> None:
    load(
        database,
        tmp_path,
        entities="id,name,aliases,identifiers,source\na,Geely,吉利,x:1-2,s\nb,Other,,,s",
        stakes="owner,owned\na,implied",
    )
    load(database, tmp_path, entities="id,name,source\nb,Another,s")
    then = datetime.now().astimezone()
    with neo4j_server.session() as session:

        def everything() -> list[object]:
            return sorted((record["p"] for record in session.run(ALL)), key=str)

        before = everything()
        for statement in (OLD, OLD_IDENTIFIERS, OLD_LEDGER):
            session.run(statement).consume()
        assert (found(database, "jili"), found(database, "12")) == ([], [])
        assert migrate(database) == 0
        assert everything() == before
    assert (found(database, "jili"), found(database, "x 12")) == (["a"], ["a"])
    assert found(database, "jili", known_at=then) == ["a"]
