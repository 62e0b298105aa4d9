"""References to policies: ids, versions, paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookthrough.policies import Library, UnknownPolicy

from .samples import LIBRARY

MINE = """
id = "mine"
version = "1"
title = { en = "Mine" }
seeds = { id = ["acme"] }
tests = [{ id = "owned", kind = "ownership", threshold = "50%", operator = ">" }]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_packs_are_sorted() -> None:
    ids = [pack.id for pack in LIBRARY.all()]
    assert ids == sorted(ids)
    assert len({(pack.id, pack.version) for pack in LIBRARY.all()}) == len(ids)


@pytest.mark.parametrize("reference", ["openai", "openai@1"])
def test_a_pack_by_id_and_version(reference: str) -> None:
    assert LIBRARY.find(reference) is LIBRARY.pack(reference)
    assert LIBRARY.find(reference).id == "openai"


@pytest.mark.parametrize("name", ["mine.toml", "./mine.toml", "mine"])
def test_a_file_by_its_path(folder: Path, name: str) -> None:
    (folder / name).write_text(MINE, encoding="utf-8")
    assert LIBRARY.find(name).id == "mine"


def test_a_file_does_not_hide_a_pack(folder: Path) -> None:
    (folder / "openai").write_text(MINE, encoding="utf-8")
    assert LIBRARY.find("openai").id == "openai"
    assert LIBRARY.find("./openai").id == "mine"


def test_a_pack_is_never_a_file(folder: Path) -> None:
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    with pytest.raises(UnknownPolicy):
        LIBRARY.pack("mine.toml")


def test_a_sentence_names_the_nearest_ids() -> None:
    with pytest.raises(UnknownPolicy, match='there is no policy "anthropic"; the nearest are anthropic-20'):
        Library().find("anthropic")
    with pytest.raises(UnknownPolicy) as error:
        LIBRARY.find("openai@7")
    assert error.value.nearest[0] == "openai"


@pytest.mark.parametrize("reference", ["", "zzzz", "\0", "x" * 5000, "no/such/file", "none.toml", "/"])
def test_what_is_nowhere_is_unknown(reference: str) -> None:
    with pytest.raises(UnknownPolicy, match="there is no policy"):
        LIBRARY.find(reference)


def test_a_missing_file_is_called_a_file() -> None:
    with pytest.raises(UnknownPolicy, match=r'there is no policy file "no/such/file"$'):
        LIBRARY.find("no/such/file")
