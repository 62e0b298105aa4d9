"""Settings from the environment, from `.env` and from files; a secret is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commands import Desk, write


@pytest.fixture
def here(desk: Desk, tmp_path: Path) -> Desk:
    """A folder of one's own in which nothing is set."""
    return Desk(tmp_path, {}, desk.secrets)


def test_a_file_named_env_sets_what_the_environment_does_not(desk: Desk, here: Desk) -> None:
    write(here.folder / ".env", *(f"{name}={value}" for name, value in desk.settings.items()))
    assert here.run("search", "nobody", "--json").code == 0
    assert here.run("neo4j", "path").text == f"{desk.home}\n"
    other = here.but(HOME=str(here.folder / "other"))
    assert other.run("neo4j", "path", "--json").document == {"home": f"{here.folder}/other"}


def test_the_password_may_stand_in_a_file(desk: Desk, here: Desk) -> None:
    file = write(here.folder / "secret", desk.secrets[0])
    told = desk.but(NEO4J_PASSWORD="", NEO4J_PASSWORD_FILE=str(file))
    assert told.run("search", "nobody", "--json").code == 0


@pytest.mark.parametrize(
    ("content", "named"),
    [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "is not UTF-8 text")],
    ids=["missing", "empty", "not text"],
)
def test_a_password_file_that_cannot_be_used_is_named(
    desk: Desk, here: Desk, content: bytes | None, named: str
) -> None:
    file = here.folder / "secret"
    if content is not None:
        file.write_bytes(content)
    done = desk.but(NEO4J_PASSWORD="", NEO4J_PASSWORD_FILE=str(file)).run("search", "nobody", "--json")
    assert (done.code, done.document["status"]) == (2, 422)
    assert done.sentence.startswith(f"LOOKTHROUGH_NEO4J_PASSWORD_FILE: {file} {named}")


def test_a_missing_password_is_asked_for_in_one_sentence(desk: Desk) -> None:
    done = desk.but(NEO4J_PASSWORD="").run("verdict", "a", "--policy", "openai", "--json")
    assert (done.code, done.document["detail"]) == (2, done.sentence)
    assert "LOOKTHROUGH_NEO4J_PASSWORD" in done.sentence


def test_an_empty_setting_counts_as_none(here: Desk) -> None:
    nothing = {"LOOKTHROUGH_HOME": "", "LOOKTHROUGH_NEO4J_URI": "", "HOME": str(here.folder)}
    emptied = Desk(here.folder, nothing)
    assert emptied.run("neo4j", "path").text.startswith(str(here.folder))


def test_a_tilde_is_the_users_folder(here: Desk) -> None:
    write(here.folder / ".env", "LOOKTHROUGH_HOME=~/kept")
    told = Desk(here.folder, {"HOME": str(here.folder)})
    assert told.run("neo4j", "path").text == f"{here.folder}/kept\n"


def test_a_home_that_cannot_be_one_is_named(here: Desk) -> None:
    file = write(here.folder / "file", "not a folder")
    done = here.but(HOME=str(file)).run("search", "a", "--json")
    assert (done.code, done.document["status"]) == (2, 422)
    assert str(file) in done.sentence


def test_a_heap_that_is_no_size_is_named(here: Desk) -> None:
    done = here.but(HOME=str(here.folder / "home"), NEO4J_HEAP="plenty").run("neo4j", "start", "--json")
    assert (done.code, done.document["status"]) == (2, 422)
    assert "LOOKTHROUGH_NEO4J_HEAP" in done.sentence
