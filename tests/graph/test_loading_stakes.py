"""Claims about one stake brought together: within a load, across loads, across sources, over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger, loading
from lookthrough.importing.figures import share

from .canonical import canonical
from .facts import ask, figures, load, shares

COMPANIES = "id,kind,headquarters\nt,company,US\ns,company,CN"


def stakes(*rows: str) -> str:
    return "\n".join(["owner,owned,percent,valid_from,valid_to,source", *rows])


@dataclass(frozen=True)
class Version:
    """A relationship of a stake; instants are numbered in their order."""

    min: float
    max: float
    conflict: bool
    sources: list[str]
    claim_percents: list[str]
    claim_known_from: list[int]
    claims_speaking: int
    known_from: int
    known_to: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def days(self) -> tuple[str, str]:
        return str(self.valid_from or ""), str(self.valid_to or "")


@dataclass(frozen=True)
class _Line:
    properties: Version


def versions(database: Database) -> list[Version]:
    """Versions of stakes in the lane shares, the oldest knowledge first."""
    lines = canonical(database).mentioning('"type":"OWNS"')
    read = [TypeAdapter(_Line).validate_json(line).properties for line in lines]
    return sorted(read, key=lambda v: (v.known_from, v.days))


def current(database: Database) -> list[Version]:
    """Those that are known now, in the order of their days."""
    return sorted((v for v in versions(database) if v.known_to is None), key=lambda v: v.days)


def test_a_later_load_supersedes_and_the_old_version_is_kept(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=COMPANIES, stakes=stakes("s,t,60,,,register"))
    then = ledger(database).last_change
    before = ask(database, "t", known_at=then)
    report = load(database, tmp_path, stakes=stakes("s,t,40,,,register"))
    assert (figures(report), report.stakes_new) == ((1, 1, 0, 0), 1)
    old, new = versions(database)
    assert (old.min, old.known_from, old.known_to, old.claim_percents) == (0.6, 0, 1, ["60"])
    assert (new.min, new.known_from, new.known_to, new.claim_percents) == (0.4, 1, None, ["40", "60"])
    assert shares(ask(database, "t")) == ("2/5", "0", "3/5")
    assert before.outcome == "RESTRICTED"
    assert ask(database, "t", known_at=then).to_json() == before.to_json()


def test_the_old_figure_loaded_again_supersedes_the_newer_one(database: Database, tmp_path: Path) -> None:
    for percent, figure in (("60", "3/5"), ("40", "2/5"), ("60", "3/5")):
        load(database, tmp_path, entities=COMPANIES, stakes=stakes(f"s,t,{percent},,,register"))
        assert shares(ask(database, "t"))[0] == figure
    assert len(versions(database)) == 3
    assert len(current(database)) == 1


def test_two_figures_of_one_source_in_one_load_stand_as_their_hull(
    database: Database, tmp_path: Path
) -> None:
    rows = stakes("s,t,40,,,register", "s,t,55,,,register")
    report = load(database, tmp_path, entities=COMPANIES, stakes=rows)
    assert report.stakes_new == 2
    (version,) = versions(database)
    assert (version.min, version.max, version.conflict, version.claims_speaking) == (0.4, 0.55, True, 2)
    assert "conflict" in [warning.code for warning in ask(database, "t").warnings]
    assert figures(load(database, tmp_path, entities=COMPANIES, stakes=rows)) == (4, 0, 4, 0)


def claim(percent: str) -> StakeClaim:
    return StakeClaim(
        owner="s", owned="t", lane=Lane.SHARES, percent=percent, interval=share(percent), source="register"
    )


@pytest.mark.parametrize("order", [("40", "55"), ("55", "40")])
@pytest.mark.parametrize("batches", [1, 2])
def test_of_two_figures_in_a_later_load_the_one_known_before_is_a_duplicate(
    database: Database, tmp_path: Path, order: tuple[str, str], batches: int
) -> None:
    load(database, tmp_path, stakes=stakes("s,t,40,,,register"))
    rows = [(claim(percent),) for percent in order]
    with loading(database, "two figures", ["stakes.csv"]) as under_way:
        for batch in [rows] if batches == 1 else [[row] for row in rows]:
            under_way.writer.write(batch)
        under_way.changed = True
    assert [(v.min, v.max, v.claims_speaking) for v in current(database)] == [(0.55, 0.55, 1)]


@pytest.mark.parametrize(
    ("percents", "low", "high", "conflict"),
    [
        (("[25,50]", "48"), 0.48, 0.48, False),
        (("40", "55"), 0.4, 0.55, True),
        (("[25,50]", "(40,75]"), 0.4, 0.5, False),
        (("(25,50]", "25"), 0.25, 0.5, True),
        (("", "30"), 0.3, 0.3, False),
    ],
)
def test_two_sources_agree_in_their_intersection_or_differ_in_their_hull(
    database: Database, tmp_path: Path, percents: tuple[str, str], low: float, high: float, conflict: bool
) -> None:
    one, two = percents
    load(database, tmp_path, stakes=stakes(f's,t,"{one}",,,one', f's,t,"{two}",,,two'))
    (version,) = versions(database)
    assert (version.min, version.max, version.conflict) == (low, high, conflict)
    assert version.sources == ["one", "two"]


def test_a_claim_that_has_ended_leaves_no_stake_of_that_source(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=stakes("s,t,60,2020,2022,register", "s,t,40,2023,,register"))
    assert [(v.min, v.days) for v in current(database)] == [
        (0.6, ("2020-01-01", "2023-01-01")),
        (0.4, ("2023-01-01", "")),
    ]
    load(database, tmp_path, stakes=stakes("s,t,40,2023,2024,register"))
    assert [(v.min, v.days) for v in current(database)] == [
        (0.6, ("2020-01-01", "2023-01-01")),
        (0.4, ("2023-01-01", "2025-01-01")),
    ]


def test_a_stake_runs_in_segments_over_time(database: Database, tmp_path: Path) -> None:
    rows = stakes("s,t,40,2020,,register", 's,t,"[30,50]",2021,2022,report', "s,t,45,2024-07,,register")
    load(database, tmp_path, stakes=rows)
    assert [(v.min, v.days, v.sources) for v in current(database)] == [
        (0.4, ("2020-01-01", "2021-01-01"), ["register"]),
        (0.4, ("2021-01-01", "2023-01-01"), ["register", "report"]),
        (0.4, ("2023-01-01", "2024-07-01"), ["register"]),
        (0.45, ("2024-07-01", ""), ["register"]),
    ]


def test_a_claim_that_speaks_in_several_segments_is_carried_on_once(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, stakes=stakes("s,t,40,2020,,register", 's,t,"[30,50]",2021,2022,report'))
    load(database, tmp_path, stakes=stakes("s,t,45,2024,,register"))
    assert [v.claim_percents for v in current(database)] == [["40"], ["40", "[30,50]"], ["40"], ["45"]]


def test_versions_that_a_later_load_does_not_touch_stay_as_they_are(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, stakes=stakes("s,t,40,2020,2021,register", "s,t,45,2024,,register"))
    load(database, tmp_path, stakes=stakes("s,t,50,2025,,register"))
    assert [(v.min, v.known_from, v.known_to) for v in versions(database)] == [
        (0.4, 0, None),
        (0.45, 0, 1),
        (0.45, 1, None),
        (0.5, 1, None),
    ]


def test_claims_that_nobody_hears_are_kept_with_the_stake(database: Database, tmp_path: Path) -> None:
    for percent in ("60", "40", "30"):
        load(database, tmp_path, stakes=stakes(f"s,t,{percent},,,register"))
    (version,) = current(database)
    assert (version.claim_percents, version.claims_speaking) == (["30", "60", "40"], 1)
    assert version.claim_known_from == [2, 0, 1]


def test_a_claim_of_older_days_speaks_for_those_days(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=stakes("s,t,60,2021,,register"))
    load(database, tmp_path, stakes=stakes("s,t,40,2020,,register"))
    assert [(v.min, v.days) for v in current(database)] == [
        (0.4, ("2020-01-01", "2021-01-01")),
        (0.6, ("2021-01-01", "")),
    ]


def test_a_stake_known_to_have_ended_before_it_began_to_speak_is_not_lost(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, stakes=stakes("s,t,60,2021,,register"))
    load(database, tmp_path, stakes=stakes("s,t,60,2021,2022,register"))
    (version,) = current(database)
    assert (version.days, version.claims_speaking) == (("2021-01-01", "2023-01-01"), 1)
    assert version.claim_known_from == [1, 0]


def test_holdings_of_one_owner_are_stakes_of_their_own(database: Database, tmp_path: Path) -> None:
    rows = "owner,owned,percent,holding\ns,t,30,\ns,t,25,class B\ns,t,25,class B"
    report = load(database, tmp_path, entities=COMPANIES, stakes=rows)
    assert (figures(report), report.stakes_new) == ((5, 4, 1, 0), 2)
    assert len(versions(database)) == 2
    assert shares(ask(database, "t"))[0] == "11/20"


def test_lanes_are_relationships_of_their_own(database: Database, tmp_path: Path) -> None:
    rows = "owner,owned,lane,percent\ns,t,shares,30\ns,t,votes,60\ns,t,board,\ns,t,control,"
    load(database, tmp_path, entities=COMPANIES, stakes=rows)
    graph = canonical(database)
    assert [len(graph.mentioning(f'"{kind}"')) for kind in ("OWNS", "VOTES", "APPOINTS", "CONTROLS")] == [
        1
    ] * 4
    assert '"min"' not in graph.mentioning('"APPOINTS"')[0]


@pytest.mark.parametrize("percent", ["100/3", "33.3333333333333333333", "0.1", "0.0000000000001", "99.99999"])
def test_a_figure_is_read_back_exactly(database: Database, tmp_path: Path, percent: str) -> None:
    load(database, tmp_path, entities=COMPANIES, stakes=stakes(f"s,t,{percent},,,register"))
    assert shares(ask(database, "t"))[0] == str(Fraction(percent) / 100)
