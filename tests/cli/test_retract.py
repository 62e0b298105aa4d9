"""`lookthrough retract` and `load --complete`: what they report, and what they refuse."""

from __future__ import annotations

import pytest

from .commands import Desk, write

HEAD = "owner,owned,percent,source,ref"
NOTHING = {"descriptions": 0, "locations": 0, "lists": 0, "groups": 0, "same_as": 0, "stakes": 0}


def owners(desk: Desk, entity: str) -> list[str]:
    items = desk.run("owners", entity, "--json").document["items"]
    return [item["owner"]["id"] for item in items]


def test_a_source_is_taken_back_with_a_report(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", HEAD, "a,t,60,s,r1", "b,t,30,s,r2", "c,t,10,other,")
    assert empty.run("load", "stakes.csv").code == 0
    wanted = ("retract", "--source", "s", "--ref", "r1", "--json")
    counted = empty.run(*wanted, "--dry-run").document
    assert (counted["closed"], counted["total"], counted["dry_run"]) == ({**NOTHING, "stakes": 1}, 1, True)
    assert owners(empty, "t") == ["a", "b", "c"]
    done = empty.run(*wanted)
    assert (done.code, done.document["total"], done.document["dry_run"]) == (0, 1, False)
    assert done.document["known_at"].endswith("Z")
    assert owners(empty, "t") == ["b", "c"]
    told = empty.run("retract", "--source", "s")
    assert (told.code, told.err) == (0, "")
    assert "stakes" in told.text
    assert owners(empty, "t") == ["c"]


def test_the_rows_of_a_file_are_taken_back(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", "owner,owned,percent", "a,t,60", "b,t,140")
    empty.run("load", "stakes.csv", "--source", "s")
    done = empty.run("retract", "--file", "stakes.csv", "--source", "s", "--json").document
    assert (done["total"], done["read"], done["rejected"]) == (1, 2, 1)
    assert done["rejections"][0]["line"] == 3
    assert owners(empty, "t") == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "source"),
        (("--source", "nobody"), "'nobody'"),
        (("--ref", "r"), "ref"),
        (("--file", "absent.csv"), "absent.csv"),
    ],
)
def test_a_retraction_that_does_not_say_what_is_bad_usage(
    empty: Desk, arguments: tuple[str, ...], named: str
) -> None:
    done = empty.run("retract", *arguments)
    assert done.code == 2
    assert named in done.err


def test_a_complete_load_closes_what_is_not_said_any_more(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", HEAD, "a,t,60,s,", "b,t,30,s,")
    empty.run("load", "stakes.csv")
    write(empty.folder / "stakes.csv", HEAD, "b,t,30,s,")
    report = empty.run("load", "stakes.csv", "--complete", "--json").document
    assert (report["closed"], report["not_closed"]) == ({**NOTHING, "stakes": 1}, [])
    assert owners(empty, "t") == ["b"]
    write(empty.folder / "stakes.csv", HEAD)
    kept = empty.run("load", "stakes.csv", "--complete", "--source", "s")
    assert "nothing closed of 's'" in kept.text
    assert owners(empty, "t") == ["b"]
    empty.run("load", "stakes.csv", "--complete", "--source", "s", "--allow-empty")
    assert owners(empty, "t") == []


def test_to_allow_what_is_not_asked_for_is_bad_usage(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", HEAD)
    done = empty.run("load", "stakes.csv", "--allow-empty")
    assert done.code == 2
    assert "--complete" in done.err
