"""`lookthrough match`, and `search` as people type."""

from __future__ import annotations

from .commands import Desk, write

ENTITIES = [
    "id,name,kind,headquarters",
    "a,Acme Ltd,company,SG",
    "b,Acme Limited,company,SG",
    "c,腾讯,company,CN",
]


def loaded(empty: Desk) -> Desk:
    write(empty.folder / "entities.csv", *ENTITIES)
    assert empty.run("load", "entities.csv").code == 0
    return empty


def test_a_pair_is_suggested_confirmed_and_taken_back(empty: Desk) -> None:
    desk = loaded(empty)
    (pair,) = desk.run("match", "--all", "--json").document["items"]
    assert (pair["entity"]["id"], pair["other"]["id"], pair["basis"]) == ("a", "b", "name")
    assert "Acme Limited" in desk.run("match").text
    said = ("--why", "one number", "--by", "J. Doe")
    told = desk.run("match", "confirm", "b", "a", *said)
    assert "lookthrough retract --source 'confirmed by J. Doe' --ref 'a = b'" in told.text
    assert not desk.run("match", "confirm", "a", "b", *said, "--json").document["new"]
    mine = desk.run("match", "--entity", "a", "--json").document
    assert (mine["items"], mine["confirmed"][0]["why"]) == ([], "one number")
    assert desk.run("retract", "--source", "confirmed by J. Doe", "--ref", "a = b").code == 0
    assert desk.run("match", "reject", "a", "b", "--why", "two firms").code == 0
    assert desk.run("match", "--all", "--json").document["items"] == []
    assert "two firms" in desk.run("match", "--entity", "b").text


def test_what_cannot_be_matched_ends_with_2_and_one_sentence(empty: Desk) -> None:
    desk = loaded(empty)
    for arguments, named in (
        (("match", "--all", "--entity", "a"), "match"),
        (("match", "confirm", "a", "b", "--why", "w"), "--by"),
        (("match", "confirm", "a", "nobody", "--why", "w", "--by", "me"), "nobody"),
        (("match", "reject", "a", "a", "--why", "w"), "itself"),
    ):
        done = desk.run(*arguments)
        assert done.code == 2
        assert named in done.sentence


def test_search_pages_and_tells_where_entities_are(empty: Desk) -> None:
    desk = loaded(empty)
    assert [item["id"] for item in desk.run("search", "騰迅", "--json").document["items"]] == ["c"]
    first = desk.run("search", "acme", "--limit", "1", "--json").document
    second = desk.run("search", "acme", "--cursor", first["next"], "--json").document
    assert [page["items"][0]["id"] for page in (first, second)] == ["a", "b"]
    assert second["next"] is None
    assert "SG" in desk.run("search", "acme ltd").text
