"""Hearing one source before the others, and how old the sources of a verdict are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.graph.facts import TODAY, ask, links, load, policy, shares

from lookthrough.graph.database import Database
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.replaying import replay
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.errors import PolicyError
from lookthrough.policies.library import Library

ENTITIES = "id,kind,headquarters,source\ns,company,CN,names\np,state,US,names\nt,company,US,names"
STAKES = """
    owner,owned,percent,valid_from,source,confidence
    s,t,60,2024-05-01,press,rumour
    s,t,20,2023,register,
    p,t,40,,register,
"""


def trusting(database: Database, *sources: str) -> VerdictDocument:
    return verdict(database, Question("t", policy(), TODAY, trust=sources))


def codes(document: VerdictDocument) -> list[str]:
    return [warning.code for warning in document.warnings]


def test_only_the_first_trusted_source_that_speaks_is_heard(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    assert shares(trusting(database)) == ("1/5", "2/5", "2/5")
    assert shares(trusting(database, "register")) == ("1/5", "2/5", "2/5")
    assert shares(trusting(database, "press")) == ("3/5", "2/5", "0")
    assert shares(trusting(database, "nobody", "press", "register")) == ("3/5", "2/5", "0")


def test_what_is_set_aside_is_named(database: Database, tmp_path: Path) -> None:
    rows = "owner,owned,percent,source\ns,t,60,one\ns,t,60,two\ns,t,10,three\np,t,40,one"
    load(database, tmp_path, entities=ENTITIES, stakes=rows)
    document = trusting(database, "three")
    assert document.trust == ["three"]
    assert (document.outcome, document.without_trust) == ("UNDETERMINED", "UNDETERMINED")
    (note,) = [warning for warning in document.warnings if warning.code == "trusted_over"]
    assert note.entity == "t"
    assert "three 10%" in note.detail
    assert "one 60%; two 60%" in note.detail
    assert "three" in document.sentence.en
    assert "three" in document.sentence.zh


def test_a_restriction_that_trust_takes_away_stays_visible(database: Database, tmp_path: Path) -> None:
    rows = 'owner,owned,percent,source\ns,t,"[60,90]",one\np,t,5,one\ns,t,30,two'
    load(database, tmp_path, entities=ENTITIES, stakes=rows.replace("s,t,30,two", 's,t,"[10,90]",two'))
    plain = trusting(database)
    document = trusting(database, "two")
    assert plain.outcome == "RESTRICTED"
    assert (document.without_trust, "trusted_over" in codes(document)) == ("RESTRICTED", True)


def test_a_trusted_place_settles_a_disputed_one(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,kind\ns,company\nt,company",
        stakes="owner,owned,percent\ns,t,100",
        locations="entity,attribute,jurisdiction,source\ns,headquarters,CN,one\ns,headquarters,SG,two",
    )
    assert shares(trusting(database)) == ("0", "0", "1")
    assert shares(trusting(database, "one")) == ("1", "0", "0")
    assert "trusted_over" in codes(trusting(database, "two"))


def test_the_policy_may_name_whom_it_trusts(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    rule = Library().parse(policy().as_json() | {"trust": ["press"]})
    document = ask(database, "t", rule)
    assert document.trust == ["press"]
    assert (document.outcome, document.without_trust) == ("RESTRICTED", "UNDETERMINED")
    asked = verdict(database, Question("t", rule, TODAY, trust=("register",)))
    assert asked.trust == ["register"]


def test_a_link_that_is_disputed_says_who_says_what(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    (chain,) = ask(database, "t").chains
    told = links(chain)[0].claims
    assert told is not None
    assert [(c.source, c.percent, c.valid_from, c.confidence) for c in told] == [
        ("press", "60", "2024-05-01", "rumour"),
        ("register", "20", "2023-01-01", None),
    ]


def test_how_old_the_sources_are(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    load(database, tmp_path, sources="source,retrieved\nregister,2026-11-13\npress,2024-05-02T08:00:00Z")
    document = verdict(database, Question("t", policy(), TODAY, max_age_days=30))
    told = {each.source: each for each in document.sources}
    assert (told["register"].facts, told["register"].newest_valid_from) == (2, "2023-01-01")
    assert told["register"].age_days == 10
    assert told["press"].age_days == (TODAY - date(2024, 5, 2)).days
    assert document.max_age_days == 30
    assert ["press" in w.detail for w in document.warnings if w.code == "source_older_than"] == [True]
    assert {s.age_days for s in verdict(database, Question("t", policy(), date(2020, 1, 1))).sources} == {0}


def test_a_later_day_of_retrieval_changes_no_earlier_verdict(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES, sources="source,retrieved\npress,2024")
    question = Question("t", policy(), TODAY, trust=("press",), max_age_days=5)
    then = give(database, question)
    load(database, tmp_path, sources="source,retrieved\npress,2026-11-20")
    again = replay(database, Library(), then.verdict_id)
    assert (again.same, again.differences) == (True, [])
    now = verdict(database, question)
    ages = [{s.source: s.age_days for s in d.sources}["press"] for d in (then, now)]
    assert ages == [(TODAY - date(2024, 1, 1)).days, 3]


FIGURES = st.sampled_from(["10", "30", "45", "55", "60", "[25,50]", "(50,75]", ""])
CLAIMS = st.dictionaries(
    st.tuples(st.sampled_from(["s", "p"]), st.sampled_from(["one", "two", "three"])), FIGURES, min_size=2
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=CLAIMS, trusted=st.sampled_from(["one", "two", "three"]))
def test_trust_changes_no_outcome_without_saying_so(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    claims: dict[tuple[str, str], str],
    trusted: str,
) -> None:
    """The figures are those of a graph without the claims that are set aside."""
    wipe()
    load(database, tmp_path, entities=ENTITIES, stakes=_rows(claims))
    plain, document = trusting(database), trusting(database, trusted)
    assert document.without_trust == plain.outcome
    if document.outcome != plain.outcome:
        assert "trusted_over" in codes(document)
        assert trusted in document.sentence.en
    wipe()
    spoken = {owner for owner, source in claims if source == trusted}
    heard = {key: figure for key, figure in claims.items() if key[0] not in spoken or key[1] == trusted}
    load(database, tmp_path, entities=ENTITIES, stakes=_rows(heard))
    assert shares(document) == shares(trusting(database))


def _rows(claims: dict[tuple[str, str], str]) -> str:
    rows = [f'{owner},t,"{figure}",{source}' for (owner, source), figure in claims.items()]
    return "\n".join(["owner,owned,percent,source", *rows])


@pytest.mark.parametrize("key", [{"trust": [""]}, {"trust": "one"}, {"max_age_days": -1}])
def test_keys_of_the_policy_are_checked(key: dict[str, object]) -> None:
    with pytest.raises(PolicyError, match=next(iter(key))):
        Library().parse(policy().as_json() | key)


def test_the_setting_and_the_policy_both_count() -> None:
    rule = Library().parse(policy().as_json() | {"max_age_days": 90})
    question = Question("t", rule, TODAY)
    assert [replace(question, max_age_days=n).oldest for n in (None, 30, 400)] == [90, 30, 90]
