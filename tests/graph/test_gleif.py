"""GLEIF's files in the graph: what consolidation, branches, exceptions and deltas do to answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lookthrough.graph.database import Database
from lookthrough.investigations.loading import load_files
from lookthrough.policies.library import Library

from .facts import TODAY, ask, files, ownership

DATA = Path(__file__).parents[1] / "data" / "gleif-xml"
GLEIF = "XI-LEI-0000LOOKTHROUGH0"
CONTROLLED = {
    "id": "controlled",
    "version": "1",
    "title": {"en": "Controlled from China"},
    "seeds": {"any": [{"attribute": "headquarters", "in": ["CN"]}]},
    "tests": [
        {"id": "control", "kind": "control"},
        {"id": "location", "kind": "location", "any": [{"attribute": "headquarters", "in": ["CN"]}]},
    ],
}


def outcomes(database: Database, entity: str, as_of: date = TODAY) -> tuple[str, str]:
    """Of the control test and of the location test."""
    document = ask(database, f"{GLEIF}{entity}", Library().parse(CONTROLLED), as_of=as_of)
    control, location = document.tests
    return control.outcome, location.outcome


def test_consolidation_is_control_and_a_branch_is_its_head_office(database: Database) -> None:
    load_files(database, [path for path in DATA.iterdir() if not path.name.startswith("adversarial")])
    assert outcomes(database, "0114") == ("RESTRICTED", "NOT_RESTRICTED")
    assert outcomes(database, "0114", date(2019, 2, 28)) == ("UNDETERMINED", "NOT_RESTRICTED")
    assert outcomes(database, "0211") == ("RESTRICTED", "RESTRICTED")
    assert outcomes(database, "0502") == ("RESTRICTED", "RESTRICTED")  # the branch in London
    assert outcomes(database, "1084") == outcomes(database, "0308")  # the duplicate
    shares = ownership(ask(database, f"{GLEIF}0114"))
    assert (shares.outcome, shares.restricted_exact, shares.clean_exact) == ("UNDETERMINED", "0", "0")


def test_a_party_that_an_exception_does_not_name_keeps_votes_from_deciding(
    database: Database, tmp_path: Path
) -> None:
    held = f"owner,owned,lane,percent\nsolo,{GLEIF}1278,votes,100\n"
    rows = files(tmp_path / "held", entities="id,kind,headquarters\nsolo,foundation,CH", stakes=held)
    load_files(database, [rows])
    assert outcomes(database, "1278")[0] == "NOT_RESTRICTED"
    load_files(database, [DATA / "repex.xml"])
    assert outcomes(database, "1278")[0] == "UNDETERMINED"


def test_a_record_that_a_delta_deletes_ends(database: Database) -> None:
    load_files(database, [DATA / "lei.xml", DATA / "rr.xml", DATA / "repex.xml"])
    assert outcomes(database, "0308")[0] == "RESTRICTED"
    load_files(database, [DATA / "rr-delta.xml"])
    assert outcomes(database, "0308")[0] == "UNDETERMINED"
    assert outcomes(database, "0308", date(2025, 8, 31))[0] == "RESTRICTED"
