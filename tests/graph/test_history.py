"""One question over time: the days on which the answer changes, and what changed it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.clocks import parse_known_at
from lookthrough.investigations.comparisons import HistoryDocument, Period
from lookthrough.investigations.errors import BadQuestion, UnknownEntity
from lookthrough.investigations.history import Span, history
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

from .facts import TODAY, load, policy

RULE = Library().pack("anthropic-2025-09")


def party(entity: str, operator: str = ">") -> PolicyDocument:
    """Half owned by this party."""
    test = {"id": "o", "kind": "ownership", "threshold": "50%", "operator": operator}
    document = {"id": "party", "version": "1", "title": {"en": "Party"}, "seeds": {"id": [entity]}}
    return Library().parse({**document, "tests": [test]})


def told(database: Database, entity: str, rule: PolicyDocument, **span: date) -> HistoryDocument:
    return history(database, Question(entity, rule, TODAY), Span(**span))


def lows(document: HistoryDocument) -> list[tuple[str | None, str, str | None]]:
    """From when, the outcome and the lower bound of the first test, where one of them changes."""
    found: list[tuple[str | None, str, str | None]] = []
    for period in document.periods:
        row = (period.from_, period.outcome, period.tests[0].lower_exact)
        if not found or found[-1][1:] != row[1:]:
            found.append(row)
    return found


@pytest.mark.parametrize(
    ("entity", "rule", "expected"),
    [
        (
            "halti",
            party("tencent"),
            [
                (None, "UNDETERMINED", Fraction(0)),
                ("2016-10-27", "UNDETERMINED", Fraction("0.5")),
                ("2019-10-21", "RESTRICTED", Fraction("0.512")),
            ],
        ),
        (
            "enplus",
            party("deripaska"),
            [(None, "RESTRICTED", Fraction("0.66")), ("2019-01-28", "NOT_RESTRICTED", Fraction("0.4495"))],
        ),
        (
            "nis",
            party("gazprom-neft", ">="),
            [
                (None, "RESTRICTED", Fraction("0.5")),
                ("2025-02-26", "UNDETERMINED", Fraction("0.4485")),  # 13.98% undisclosed
                ("2025-09-19", "NOT_RESTRICTED", Fraction("0.4485")),  # that part is dispersed holders'
            ],
        ),
        (
            "gunvor",
            party("tornqvist"),
            [
                (None, "NOT_RESTRICTED", Fraction("0.44")),
                ("2014-03-19", "RESTRICTED", Fraction("0.87")),
                ("2025-12-01", "NOT_RESTRICTED", Fraction(0)),
            ],
        ),
    ],
    ids=["halti", "enplus", "nis", "gunvor"],
)
def test_the_crossings_that_the_set_names_come_on_their_days(
    demo: Database, entity: str, rule: PolicyDocument, expected: list[tuple[str | None, str, Fraction]]
) -> None:
    document = told(demo, entity, rule)
    found = [(start, outcome, Fraction(str(low))) for start, outcome, low in lows(document)]
    assert found == expected
    assert (document.complete, document.told_from) == (True, None)


def test_a_crossing_names_the_stake_that_made_it(demo: Database) -> None:
    period = told(demo, "halti", party("tencent")).periods[-1]
    (turning, *others) = period.because
    assert (turning.effect, turning.kind, turning.owner, turning.entity) == (
        "turns",
        "stake",
        "tencent",
        "halti",
    )
    assert (turning.before, turning.after) == ("50%", "51.2%")
    assert turning.sources_after == ("marketscreener.com",)
    assert "goes from 50% to 51.2%" in turning.sentence.en
    assert all(change.effect != "turns" for change in others)


def test_every_day_looked_at_is_told(demo: Database) -> None:
    document = told(demo, "halti", RULE)
    days = [date.fromisoformat(day) for day in document.days]
    assert days == sorted(set(days))
    assert {date(2016, 10, 27), date(2019, 10, 21)} <= set(days)
    assert {period.from_ for period in document.periods} - {None} <= set(document.days)


def test_a_span_cuts_the_first_and_the_last_period(demo: Database) -> None:
    document = told(demo, "gunvor", party("tornqvist"), start=date(2015, 1, 1), end=date(2016, 1, 1))
    (period,) = document.periods
    assert (period.from_, period.to, period.outcome) == ("2015-01-01", "2016-01-01", "RESTRICTED")
    assert period.because == []


def test_what_cannot_be_asked_is_refused(demo: Database) -> None:
    with pytest.raises(BadQuestion, match="is not before"):
        told(demo, "halti", RULE, start=TODAY, end=TODAY)
    with pytest.raises(UnknownEntity, match="'nobody'"):
        told(demo, "nobody", RULE)


def test_a_search_that_was_cut_off_clears_nothing_and_says_so(demo: Database) -> None:
    document = history(demo, Question("gunvor", party("tornqvist"), TODAY), limits=Limits(entities=1))
    assert not document.complete
    assert "NOT_RESTRICTED" not in {period.outcome for period in document.periods}


def figures(period: Period) -> list[tuple[str, str, str | None, str | None]]:
    return [(test.id, test.outcome, test.lower_exact, test.upper_exact) for test in period.tests]


def assert_verdicts(database: Database, question: Question, days: list[date]) -> None:
    """Every period is what verdicts say on its first day, its last, and the days given."""
    document = history(database, question)
    assert document.periods[0].from_ is None
    assert document.periods[-1].to is None
    for one, other in zip(document.periods, document.periods[1:], strict=False):
        assert one.to == other.from_
        assert (one.outcome, one.reason, figures(one)) != (other.outcome, other.reason, figures(other))
        assert any(change.effect in ("turns", "part") for change in other.because)
    for period in document.periods:
        start = date.fromisoformat(period.from_) if period.from_ else date(1990, 1, 1)
        end = date.fromisoformat(period.to) if period.to else date(2040, 1, 1)
        for day in [start, end - timedelta(days=1), *(day for day in days if start <= day < end)]:
            asked = verdict(database, Question(question.entity, question.policy, day, question.variant))
            told_then = [(test.id, test.outcome, test.lower_exact, test.upper_exact) for test in asked.tests]
            assert (asked.outcome, asked.reason, told_then) == (
                period.outcome,
                period.reason,
                figures(period),
            ), (day, period)


@pytest.mark.parametrize("entity", ["halti", "enplus", "nis", "gunvor", "prosus", "rusal"])
def test_the_answer_on_a_day_is_that_of_a_verdict_as_of_the_day(demo: Database, entity: str) -> None:
    assert_verdicts(demo, Question(entity, RULE, TODAY), [date(2019, 6, 1), date(2022, 6, 1), TODAY])


def test_the_instants_are_those_at_which_something_became_known(database: Database, tmp_path: Path) -> None:
    stakes = "owner,owned,percent,source\n{owner},t,{percent},one"
    load(
        database,
        tmp_path,
        entities="id,headquarters\na,CN\nt,DE\nz,DE",
        stakes=stakes.format(owner="a", percent=40),
    )
    first = verdict(database, Question("t", policy(), TODAY)).known_at
    load(database, tmp_path, stakes=stakes.format(owner="a", percent=60))
    second = verdict(database, Question("t", policy(), TODAY)).known_at
    load(database, tmp_path, stakes="owner,owned,percent,source\na,z,9,one")
    document = history(database, Question("t", policy(), TODAY))
    assert document.instants == [first, second]
    then = history(database, Question("t", policy(), TODAY, known_at=parse_known_at(first)))
    assert [period.outcome for period in then.periods] == ["UNDETERMINED"]
    assert then.instants == document.instants


def test_random_facts_over_time_are_judged_day_by_day_as_verdicts_are(
    database: Database, tmp_path: Path
) -> None:
    chance = random.Random(5)
    companies = [f"c{i}" for i in range(8)]
    ids = [*companies, "p0", "p1", "s0"]

    def day() -> date:
        return date(2020, 1, 1) + timedelta(days=chance.randrange(2000))

    rows = {(chance.choice(ids), chance.choice(companies), day()) for _ in range(40)}
    stakes = [
        f"{owner},{owned},{chance.choice(['shares', 'votes'])},{chance.randrange(5, 60)},{start},"
        f"{start + timedelta(days=chance.randrange(30, 900)) if chance.random() < 0.6 else ''},one"
        for owner, owned, start in sorted(rows)
    ]
    seats = [
        f"{chance.choice(companies)},headquarters,{chance.choice(['CN', 'US'])},{day()},," for _ in range(12)
    ]
    groups = [f"g,{entity},{day()},{date(2026, 6, 1)},one" for entity in ("c1", "p0", "p1")]
    load(
        database,
        tmp_path,
        entities="\n".join(
            [
                "id,kind,headquarters,nationality,source",
                *(f"{c},company,{chance.choice(['CN', 'US', ''])},,one" for c in companies),
                "p0,person,,CN,one\np1,person,,US,one\ns0,state,,,one",
            ]
        ),
        stakes="\n".join(["owner,owned,lane,percent,valid_from,valid_to,source", *stakes]),
        locations="\n".join(["entity,attribute,jurisdiction,valid_from,valid_to,source", *seats]),
        groups="\n".join(["group,member,valid_from,valid_to,source", *groups]),
        same_as="entity,same_as,source\nc2,c5,one",
    )
    each = policy().as_json()
    each["tests"] = [
        {
            "id": "o",
            "kind": "ownership",
            "arithmetic": "cascade",
            "pooling": "each",
            "threshold": "25%",
            "operator": ">=",
        }
    ]
    for rule in (policy("> 25"), policy("> 25", "votes"), Library().parse(each)):
        for entity in ("c0", "c3"):
            assert_verdicts(database, Question(entity, rule, TODAY), [day() for _ in range(6)])
