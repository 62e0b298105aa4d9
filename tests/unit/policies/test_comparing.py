"""What two policies say differently, and what the commands for one's own files answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lookthrough.cli.main import run
from lookthrough.policies.comparing import Difference, differences
from lookthrough.policies.schema import policy_schema

from .samples import LIBRARY, Document, document, ownership

MINE = """
id = "mine"
version = "1"
title = { en = "Mine" }
seeds = { id = ["acme"] }
tests = [{ id = "owned", kind = "ownership", threshold = "50%", operator = ">" }]
"""


def between(left: Document, right: Document) -> list[Difference]:
    return differences(LIBRARY.parse(left), LIBRARY.parse(right))


def test_two_versions_of_the_european_rule() -> None:
    found = differences(LIBRARY.pack("eu-ownership@1"), LIBRARY.pack("eu-ownership@2"))
    assert [(each.field, each.left, each.right) for each in found if each.decides] == [
        ("in_force_to", "2024-07-03", None),
        ("tests.ownership.operator", ">", ">="),
        ("in_force_from", None, "2024-07-03"),
    ]
    assert {each.field for each in found if not each.decides} == {
        *("title.en", "title.zh", "notes.en", "notes.zh"),
    }


def test_what_means_the_same_does_not_differ() -> None:
    short = document(tests=[ownership(threshold="50%")])
    long = document(
        version="2",
        join="any",
        tests=[ownership(threshold="1/2", lane="shares", arithmetic="multiplicative")],
    )
    assert between(short, long) == []


def test_tests_are_matched_by_id_not_by_place() -> None:
    place = {"id": "place", "kind": "location", "list": ["a"]}
    left = document(tests=[ownership(), place])
    right = document(tests=[{**place, "list": ["b"]}, ownership(threshold="25%")])
    assert [(each.field, each.left, each.right) for each in between(left, right)] == [
        ("tests.owned.threshold", "50%", "25%"),
        ("tests.place.list", ["a"], ["b"]),
    ]


def test_a_test_and_a_variant_that_one_side_lacks() -> None:
    left = document(tests=[ownership(), ownership(id="votes", lane="votes")])
    right = document(variants={"quarter": {"owned": {"threshold": "25%"}}})
    found = {each.field: (each.left, each.right) for each in between(left, right)}
    assert set(found) == {"tests.votes", "variants.quarter"}
    assert found["tests.votes"][1] is None
    assert found["variants.quarter"] == (None, {"owned": {"threshold": "25%"}})


def test_every_pack_is_like_itself_and_unlike_the_others() -> None:
    packs = LIBRARY.all()
    for number, pack in enumerate(packs):
        assert differences(pack, pack) == []
        assert all(differences(pack, other) for other in packs[number + 1 :])


def told(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, Any]:
    code = run(list(arguments))
    return code, json.loads(capfdbinary.readouterr().out)


def test_diff_in_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, answer = told(capfdbinary, "policies", "diff", "eu-ownership@1", "eu-ownership@2", "--json")
    assert code == 0
    assert (answer["left"]["version"], answer["right"]["version"]) == ("1", "2")
    operator = {"field": "tests.ownership.operator", "left": ">", "right": ">=", "decides": True}
    assert operator in answer["differences"]


def test_diff_of_a_pack_and_a_file_in_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    assert run(["policies", "diff", "ofac-50-percent", str(path)]) == 0
    shown = capfd.readouterr().out
    assert "ofac-50-percent@1" in shown
    assert "mine@1" in shown
    assert "Texts that differ: title.en, title.zh" in shown
    assert run(["policies", "diff", str(path), str(path)]) == 0
    assert "They decide alike." in capfd.readouterr().out


def test_a_file_that_is_a_policy(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    assert run(["policies", "check", str(path)]) == 0
    assert capfd.readouterr().out == f"{path}: mine@1 is a valid policy with tests owned and readings base\n"


def test_a_file_that_is_none(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE.replace("50%", "140%"), encoding="utf-8")
    assert run(["policies", "check", str(path)]) == 2
    complaint = f'{path}: tests[0].threshold: "140%" is not between 0% and 100%'
    assert capfd.readouterr().err == f"{complaint}\n"
    assert run(["policies", "check", str(path), "--json"]) == 2
    assert json.loads(capfd.readouterr().out)["detail"] == complaint


def test_checked_in_json(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    code, answer = told(capfdbinary, "policies", "check", str(path), "--json")
    assert (code, answer["policy"]["id"], answer["tests"]) == (0, "mine", ["owned"])


@pytest.mark.parametrize("file", ["no-such.toml", "ofac-50-percent"])
def test_only_files_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["policies", "check", file]) == 2


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_schema_on_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], form: tuple[str, ...]
) -> None:
    assert told(capfdbinary, "policies", "schema", *form) == (0, policy_schema())


def test_ids_are_shown_whole(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["policies"]) == 0
    shown = capfd.readouterr().out
    assert [pack.id for pack in LIBRARY.all() if f"{pack.id}@{pack.version}" not in shown] == []
