"""How commands end: the numbers of the contract, one sentence, and with `--json` one problem document."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger

from .commands import COMMAND, Desk, free_port, write

POLICY = ("--policy", "anthropic-2025-09")
PROBLEM = {"type", "title", "status", "detail"}


def refused(desk: Desk, *arguments: str | Path, code: int = 2) -> str:
    """The sentence with which a command is refused, on both streams the same."""
    done = desk.run(*arguments, "--json")
    assert done.code == code, done
    assert done.document.keys() == PROBLEM
    assert done.document["detail"] == done.sentence
    return done.sentence


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nothing-of-the-kind"], "nothing-of-the-kind"),
        (["verdict", "bytedance"], "--policy"),
        (["verdict", "bytedance", *POLICY, "--frobnicate"], "--frobnicate"),
        (["verdict", "bytedance", "--policy", "nothing-like-it"], "nothing-like-it"),
        (["verdict", "bytedance", "--policy", "anthropic-2025-09@77"], "anthropic-2025-09"),
        (["verdict", "bytedance", "--policy", "./missing.toml"], "missing.toml"),
        (["verdict", "bytedance", *POLICY, "--as-of", "2026-02-30"], "as_of"),
        (["verdict", "bytedance", *POLICY, "--known-at", "2026-02-03T00:00:00"], "known_at"),
        (["chains", "bytedance", *POLICY, "--limit", "0"], "limit"),
        (["chains", "bytedance", *POLICY, "--min-product", "much"], "min_product"),
        (["load"], "paths"),
        (["load", "a.csv", "--format", "tarot"], "tarot"),
        (["up", "--port", "99999"], "--port"),
    ],
)
def test_bad_usage_ends_with_2_before_any_database_is_asked(
    away: Desk, arguments: list[str], named: str
) -> None:
    assert named in refused(away, *arguments)


def test_without_arguments_the_help_is_shown(away: Desk) -> None:
    done = away.run()
    assert (done.code, done.err) == (2, "")
    assert "verdict" in done.text


def test_an_unknown_entity_ends_with_2(desk: Desk) -> None:
    assert "'nobody'" in refused(desk, "chains", "nobody", *POLICY)


def test_an_unknown_variant_ends_with_2_and_names_those_there_are(demo: Desk) -> None:
    sentence = refused(demo, "verdict", "bytedance", *POLICY, "--variant", "sideways")
    assert "sideways" in sentence
    assert "companies-only" in sentence


def test_a_policy_file_that_cannot_be_used_ends_with_2_and_names_the_key(desk: Desk, tmp_path: Path) -> None:
    policy = write(tmp_path / "odd.toml", 'id = "odd"', 'version = "1"', "colour = 3")
    assert "odd.toml: colour" in refused(desk, "verdict", "bytedance", "--policy", policy)


def test_a_file_that_is_not_there_ends_with_2(desk: Desk, tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    assert str(missing) in refused(desk, "load", missing)


def test_an_argument_that_is_no_text_ends_with_2(desk: Desk) -> None:
    assert "UTF-8" in refused(desk, "verdict", b"\xff".decode(errors="surrogateescape"), *POLICY)


@pytest.mark.parametrize(
    "command",
    [
        ["verdict", "bytedance", *POLICY],
        ["load", "entities.csv"],
        ["serve"],
        ["up"],
    ],
    ids=lambda command: command[0],
)
def test_commands_end_with_3_where_neo4j_is_away(away: Desk, tmp_path: Path, command: list[str]) -> None:
    write(tmp_path / "entities.csv", "id", "a")
    port = ["--port", str(free_port())] if command[0] in ("serve", "up") else []
    sentence = refused(Desk(tmp_path, away.settings, away.secrets), *command, *port, code=3)
    assert away.settings["LOOKTHROUGH_NEO4J_URI"] in sentence


def test_a_refused_password_ends_with_3_and_is_not_shown(desk: Desk) -> None:
    wrong = Desk(desk.folder, desk.but(NEO4J_PASSWORD="not-the-password").settings, ("not-the-password",))
    assert "refuses the user name or password" in refused(wrong, "search", "a", code=3)


def test_an_address_that_the_driver_does_not_take_ends_with_3(desk: Desk) -> None:
    assert "'carrier-pigeon'" in refused(desk.but(NEO4J_URI="carrier-pigeon"), "search", "a", code=3)


def test_what_needs_no_database_works_without(away: Desk) -> None:
    assert away.run("policies", "--json").code == 0
    assert away.run("policies", "show", "openai").code == 0


def test_ctrl_c_ends_with_1_without_a_traceback_and_the_load_goes_on_later(
    empty: Desk, database: Database
) -> None:
    rows = (f"holder-{n},held-{n % 997},{n % 100}" for n in range(8_000))
    stakes = write(empty.folder / "stakes.csv", "owner,owned,percent", *rows)
    with empty.started("load", stakes) as running:
        while not ledger(database).unfinished:
            assert running.process.poll() is None
        ended = running.end(signal.SIGINT)
    assert (ended.code, ended.sentence) == (1, "stopped")

    examined = empty.run("doctor", "--json")
    unfinished = [finding for finding in examined.document["findings"] if not finding["well"]]
    assert (examined.code, examined.err) == (1, "")
    assert [(finding["check"], "load" in finding["advice"]) for finding in unfinished] == [("loads", True)]

    again = empty.run("load", stakes, "--json").document
    assert (again["resumed"], again["read"]) == (True, 8_000)
    assert ledger(database).unfinished == []


@pytest.mark.parametrize("form", [["--json"], []], ids=["document", "table"])
def test_a_reader_who_turns_away_ends_a_command_in_silence(away: Desk, form: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            [COMMAND, "policies", *form],
            env=away.environment(),
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, b"")
