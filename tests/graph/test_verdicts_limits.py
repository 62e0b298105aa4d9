"""What could not be read counts as unknown."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations import testimony
from lookthrough.investigations.chains import Asked

from .facts import ask, load, shares

LONG = "\n".join(["owner,owned,percent", *(f"c{i + 1},c{i},100" for i in range(6)), "s,c6,100"])
ENTITIES = "\n".join(["id,kind,headquarters", *(f"c{i},company,US" for i in range(7)), "s,company,CN"])


def test_a_search_cut_off_by_the_number_of_entities_leaves_the_rest_unknown(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=LONG)
    document = ask(database, "c0", limits=Limits(entities=3))
    assert (document.outcome, document.complete) == ("UNDETERMINED", False)
    assert [missing.kind for missing in document.missing] == ["unexplored"]
    assert shares(document) == ("0", "0", "1")
    assert "search_cut_off" in [warning.code for warning in document.warnings]


def test_a_search_cut_off_by_the_number_of_stakes_leaves_everything_unknown(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=LONG)
    document = ask(database, "c0", limits=Limits(stakes=3))
    assert (document.outcome, document.complete, shares(document)) == ("UNDETERMINED", False, ("0", "0", "1"))
    assert [(missing.kind, missing.entity) for missing in document.missing] == [("unexplored", "c0")]


def test_a_search_that_met_its_limit_with_nothing_left_is_complete(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=LONG)
    assert ask(database, "c0", limits=Limits(entities=8, stakes=7)).complete
    assert ask(database, "c0", limits=Limits(entities=7)).complete
    assert not ask(database, "c0", limits=Limits(entities=6)).complete
    assert not ask(database, "c0", limits=Limits(stakes=6)).complete


def test_what_was_read_before_the_limit_still_restricts(database: Database, tmp_path: Path) -> None:
    entities = "id,kind,headquarters\nt,company,US\ns,company,CN\na,company,US"
    stakes = "owner,owned,percent\ns,t,60\na,t,40\nb,a,100\nc,b,100\nd,c,100"
    load(database, tmp_path, entities=entities, stakes=stakes)
    document = ask(database, "t", limits=Limits(entities=3))
    assert (document.outcome, document.complete) == ("RESTRICTED", False)


def test_chains_over_companies_that_were_not_explored_are_not_shown(
    database: Database, tmp_path: Path
) -> None:
    entities = "id,kind,headquarters\nt,company,US\ns,company,CN\na,company,US\nb,company,US"
    stakes = "owner,owned,percent\ns,t,20\na,t,80\nb,a,100\ns,b,100"
    load(database, tmp_path, entities=entities, stakes=stakes)
    for most in range(4):
        document = ask(database, "t", limits=Limits(entities=most), chains=Asked(floor=Fraction(0)))
        restricted = Fraction(str(shares(document)[0]))
        assert Fraction(str(document.chains_total_exact)) + Fraction(str(document.rest_exact)) == restricted
        assert restricted in (Fraction(0), Fraction(1, 5), Fraction(1))
        assert document.complete is (restricted == 1)


def test_sources_that_are_not_read_in_time_are_said_to_be_missing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = [f"o{i},t,0.01" for i in range(8_000)]
    load(database, tmp_path, stakes="\n".join(["owner,owned,percent", *owners]))
    whole = ask(database, "t", limits=Limits(seconds=120))
    monkeypatch.setattr(testimony, "SECONDS", 0.001)
    document = ask(database, "t", limits=Limits(seconds=120))
    assert (document.complete, document.sources) == (False, [])
    assert "sources_cut_off" in [warning.code for warning in document.warnings]
    assert (document.outcome, document.tests, document.facts) == (whole.outcome, whole.tests, whole.facts)
    assert (whole.complete, len(whole.sources)) == (True, 1)


def test_a_search_cut_off_by_time_leaves_everything_unknown(database: Database, tmp_path: Path) -> None:
    owners = [f"o{i},t,0.001" for i in range(8_000)]
    load(database, tmp_path, stakes="\n".join(["owner,owned,percent", *owners]))
    document = ask(database, "t", limits=Limits(seconds=0.001))
    assert (document.outcome, document.complete, shares(document)) == ("UNDETERMINED", False, ("0", "0", "1"))
    assert [(missing.kind, missing.entity) for missing in document.missing] == [("unexplored", "t")]
    assert ask(database, "t", limits=Limits(seconds=120)).complete
