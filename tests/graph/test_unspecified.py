"""Parties that a source leaves unnamed: the reason is kept, and is never taken for a figure."""

from __future__ import annotations

from pathlib import Path

from lookthrough.graph.database import Database
from lookthrough.investigations.entities import entity

from .facts import TODAY, ask, load, ownership

NOBODY = "no-beneficial-owners"
SECRET = "super-secure-person"


def test_the_reason_of_an_unnamed_holder_stands_beside_what_is_missing(
    database: Database, tmp_path: Path
) -> None:
    load(
        database,
        tmp_path,
        entities=f"""id,kind,nationality,unspecified
        t,company,,
        clean,person,US,
        someone,,,{SECRET}
        """,
        stakes="owner,owned,percent\nclean,t,40\nsomeone,t,60",
    )
    verdict = ask(database, "t")
    # 60% are held by nobody knows whom, so that they may be anybody's: R = 0, C = .4, U = .6
    assert (verdict.outcome, ownership(verdict).clean_exact) == ("UNDETERMINED", "2/5")
    assert [(m.kind, m.entity, m.reason) for m in verdict.missing] == [
        ("unknown_location", "someone", SECRET)
    ]


def test_the_reason_of_a_holder_with_an_unknown_share_is_told_at_the_company(
    database: Database, tmp_path: Path
) -> None:
    load(
        database,
        tmp_path,
        entities=f"id,kind,unspecified\nt,company,\nsomeone,,{NOBODY}\nother,,{SECRET}",
        stakes="owner,owned,percent\nsomeone,t,\nother,t,",
    )
    (missing,) = ask(database, "t").missing
    assert (missing.kind, missing.entity, missing.reason) == ("unknown_stake", "t", f"{NOBODY}; {SECRET}")


def test_a_place_without_a_reason_has_none(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,kind\nt,company")
    (missing,) = ask(database, "t").missing
    assert missing.reason is None
    assert b'"reason":null' not in missing.to_json()


def test_the_latest_reason_counts_and_a_reload_changes_nothing(database: Database, tmp_path: Path) -> None:
    first = f"id,unspecified,source\nsomeone,{NOBODY},one"
    load(database, tmp_path, entities=first)
    assert load(database, tmp_path, entities=first).duplicate == 1
    load(database, tmp_path, entities=f"id,unspecified,source\nsomeone,{SECRET},two")
    assert entity(database, "someone", TODAY, None).unspecified == SECRET
