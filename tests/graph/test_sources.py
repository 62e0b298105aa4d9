"""What each source of a verdict says, and what the answer would be with it alone or without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.differing import diff
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.retracting import Wanted, retract
from lookthrough.investigations.sources import MOST, SourceDocument, SourcesDocument, sources
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question, verdict

from .facts import TODAY, ask, load, policy

ENTITIES = """
    id,kind,headquarters,source
    s,company,CN,names
    p,state,US,names
    t,company,US,names
"""
STAKES = """
    owner,owned,percent,valid_from,source
    s,t,60,2024-05-01,press
    s,t,20,2023,register
    p,t,40,,register
"""


def told(database: Database, **options: str | int) -> SourcesDocument:
    limit, cursor = options.get("limit", MOST), options.get("cursor")
    return sources(database, Question("t", policy(), TODAY), int(limit), str(cursor) if cursor else None)


def by_name(document: SourcesDocument) -> dict[str, SourceDocument]:
    return {each.source: each for each in document.items}


def test_the_answer_with_each_source_alone_and_without_it(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    load(database, tmp_path, sources="source,title,retrieved,licence\npress,The Press,2026-11-13,CC0")
    document = told(database)
    assert (document.outcome, document.count, document.complete) == ("UNDETERMINED", 3, True)
    press, register = by_name(document)["press"], by_name(document)["register"]
    assert (press.title, press.licence, press.age_days, press.facts) == ("The Press", "CC0", 10, 1)
    assert press.newest_valid_from == "2024-05-01"
    assert press.only is not None
    assert press.without is not None
    assert register.only is not None
    assert press.only.outcome == "UNDETERMINED"  # nobody else says where s is
    (test,) = press.without.tests  # s has 20%, p 40%, and nobody on record the rest
    assert (press.without.outcome, test.lower_exact, test.upper_exact) == ("UNDETERMINED", "1/5", "3/5")
    assert [(f.owner, f.said, [(w.source, w.said) for w in f.by]) for f in press.disputed] == [
        ("s", "60%", [("register", "20%")])
    ]
    assert [(f.kind, f.owner, f.said) for f in register.alone] == [("stake", "p", "40%")]


def test_ages_and_counts_are_those_of_the_verdict(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    fields = {"source", "facts", "newest_valid_from", "known_from", "retrieved", "age_days"}
    shown = [each.model_dump(include=fields) for each in told(database).items]
    assert shown == [each.model_dump() for each in ask(database, "t").sources]


def test_sources_come_in_pages_of_at_most_fifty(database: Database, tmp_path: Path) -> None:
    rows = [f"o{i:02},t,0.5,source-{i:02}" for i in range(MOST + 5)]
    load(database, tmp_path, stakes="\n".join(["owner,owned,percent,source", *rows]))
    first = told(database)
    assert (len(first.items), first.count) == (MOST, MOST + 5)
    assert first.next is not None
    second = told(database, cursor=first.next)
    assert (len(second.items), second.next) == (5, None)
    assert [each.source for each in (*first.items, *second.items)] == [
        f"source-{i:02}" for i in range(MOST + 5)
    ]
    with pytest.raises(BadQuestion, match="limit: 51 is not between 1 and 50"):
        told(database, limit=MOST + 1)


def test_what_could_not_be_read_is_not_judged(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    document = sources(database, Question("t", policy(), TODAY), limits=Limits(stakes=1))
    assert (document.outcome, document.complete) == ("UNDETERMINED", False)
    assert {(each.only, each.without) for each in document.items} == {(None, None)}
    assert "search_cut_off" in [warning.code for warning in document.warnings]


def test_an_end_that_only_one_source_tells_is_named(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes="owner,owned,percent,source\ns,t,60,register")
    load(
        database,
        tmp_path,
        entities="id,kind,dissolved,source\ns,company,2020-01-01,gazette",
        same_as="entity,same_as,source\nt,t2,matcher",
    )
    alone = {name: each.alone for name, each in by_name(told(database)).items()}
    assert (
        alone["gazette"][0].kind,
        alone["gazette"][0].entity,
        alone["gazette"][0].said,
    ) == ("dissolved", "s", "2020-01-01")
    gazette = by_name(told(database))["gazette"]
    assert gazette.without is not None
    assert (told(database).outcome, gazette.without.outcome) == ("UNDETERMINED", "RESTRICTED")
    assert [(f.kind, f.entity, f.same_as) for f in alone["matcher"]] == [("same_as", "t", "t2")]


def test_the_only_source_of_a_restriction_is_named(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent,source\ns,t,45,one\np,t,45,one\np,t,80,two",
    )
    document = sources(database, Question("t", policy("> 25"), TODAY))
    one = by_name(document)["one"]
    assert one.without is not None
    assert (document.outcome, one.without.outcome) == ("RESTRICTED", "NOT_RESTRICTED")
    assert [(c.effect, c.owner, c.before, c.after) for c in one.without.because] == [
        ("part", "p", "[45%,80%]", "80%"),
        ("part", "s", "45%", None),
    ]
    _names_what_clears(document, one)


SOURCES = ["one", "two", "three"]
FIGURES = st.sampled_from(["10", "30", "45", "60", "[25,50]", "(50,75]", ""])
CLAIMS = st.dictionaries(
    st.tuples(st.sampled_from(["s", "p", "q"]), st.sampled_from(SOURCES)), FIGURES, min_size=2
)
PLACES = st.dictionaries(st.sampled_from(SOURCES), st.sampled_from(["CN", "US"]), max_size=2)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=CLAIMS, places=PLACES)
def test_no_source_hides_a_restriction_without_being_named(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    claims: dict[tuple[str, str], str],
    places: dict[str, str],
) -> None:
    """Where not hearing a source, or nobody else, clears the entity, the facts that do it are named.

    So does the comparison of the verdicts before and after the source is taken back.
    """
    wipe()
    stakes = [f'{owner},t,"{figure}",{source}' for (owner, source), figure in claims.items()]
    load(
        database,
        tmp_path,
        entities=ENTITIES + "q,company,,names",
        stakes="\n".join(["owner,owned,percent,source", *stakes]),
        locations="\n".join(
            ["entity,attribute,jurisdiction,source", *(f"q,headquarters,{c},{s}" for s, c in places.items())]
        ),
    )
    before = give(database, Question("t", policy("> 25"), TODAY))
    document = sources(database, Question("t", policy("> 25"), TODAY))
    assert document.outcome == before.outcome
    for each in document.items:
        _names_what_clears(document, each)
    name = next((s for s in SOURCES if s in by_name(document)), None)
    assert name is not None
    without = by_name(document)[name].without
    retract(database, Wanted(source=name))
    after = give(database, Question("t", policy("> 25"), TODAY))
    assert without is not None
    assert after.outcome == without.outcome
    changes = diff(database, before.verdict_id, after.verdict_id).changes
    if after.outcome != before.outcome:
        making = [change for change in changes if change.effect in ("turns", "part")]
        assert making
        assert all(name in (*c.sources_before, *c.sources_after) for c in making)


def _names_what_clears(document: SourcesDocument, each: SourceDocument) -> None:
    for heard in (each.only, each.without):
        assert heard is not None
        if heard.outcome == document.outcome:
            assert heard.because == []
        else:
            assert [change for change in heard.because if change.effect in ("turns", "part")]
    if document.outcome == "RESTRICTED" and each.without and each.without.outcome == "NOT_RESTRICTED":
        named = set(_facts(each))
        assert {(c.kind, c.owner or c.entity) for c in each.without.because} <= named


def _facts(each: SourceDocument) -> Iterator[tuple[str, str]]:
    for fact in (*each.disputed, *each.alone):
        yield fact.kind, fact.owner or fact.entity


def test_a_source_that_is_trusted_stays_trusted(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    question = Question("t", policy(), TODAY, trust=("press",))
    document = sources(database, question)
    assert (document.outcome, document.trust) == (verdict(database, question).outcome, ["press"])
    without = by_name(document)["press"].without
    assert without is not None
    assert without.tests[0].lower_exact == "1/5"
