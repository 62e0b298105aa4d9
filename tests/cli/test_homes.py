"""Embedded servers behind commands: `up`, `neo4j`, `doctor`, from a fresh home to a killed server."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from lookthrough.graph.embedded import EmbeddedServer

from .commands import Desk, Done, Json, free_port

POLICY = ("--policy", "anthropic-2025-09")
PAGES = ("/", "/docs", "/healthz", "/readyz")
STATUS = {"running", "pid", "bolt_uri", "http_url", "browser_url", "home", "version", "reason"}


@dataclass(frozen=True, slots=True)
class Evening:
    """One `up`: where it listened, what answered, how it ended, and the server afterwards."""

    address: str
    answered: dict[str, int]
    ended: Done
    after: Json


def up(desk: Desk, *options: str, end: signal.Signals = signal.SIGINT) -> Evening:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with desk.started("up", "--port", str(port), *options) as running:
        running.ready(address)
        answered = {page: httpx.get(f"{address}{page}").status_code for page in PAGES}
        ended = running.end(end)
    return Evening(address, answered, ended, status(desk))


def status(desk: Desk) -> Json:
    done = desk.run("neo4j", "status", "--json")
    assert (done.code, done.err) == (0, "")
    assert done.document.keys() == STATUS
    return done.document


def desk_of(folder: Path) -> Desk:
    return Desk(folder, {"LOOKTHROUGH_HOME": str(folder / "a home, 股权穿透")})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home that nobody has used, on its first day."""
    desk = desk_of(tmp_path_factory.mktemp("one"))
    yield desk
    EmbeddedServer(desk.home).stop()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A second home, in which only a server was started."""
    desk = desk_of(tmp_path_factory.mktemp("two"))
    assert desk.run("neo4j", "start").code == 0
    yield desk
    EmbeddedServer(desk.home).stop()


@pytest.fixture(scope="module")
def first(home: Desk) -> Evening:
    return up(home, "--demo")


@pytest.fixture(scope="module")
def started(home: Desk, first: Evening) -> Json:
    """The server of the home, started again after the first evening."""
    assert not first.after["running"]
    done = home.run("neo4j", "start", "--json")
    assert (done.code, done.err) == (0, "")
    return done.document


@pytest.fixture(scope="module")
def known_at(home: Desk, started: Json) -> str:
    """The last change of the facts before the second evening."""
    assert started["running"]
    return last_change(home)


@pytest.fixture(scope="module")
def second(home: Desk, known_at: str) -> Evening:
    """Another `up`, while the server runs already."""
    assert known_at
    return up(home, "--demo", "--json", end=signal.SIGTERM)


def last_change(desk: Desk) -> str:
    told = desk.run("verdict", "bytedance", *POLICY, "--json").document
    return str(told["known_at"])


def password(desk: Desk) -> str:
    return (desk.home / "password").read_text().strip()


def test_up_shows_verdicts_and_where_to_look(first: Evening) -> None:
    shown = first.ended.text
    for words in ("bytedance", "grand-opus", "■", "□", "◧", "Restricted", "Undetermined"):
        assert words in shown
    assert f"{first.address}/\n" in shown
    assert f"{first.address}/docs\n" in shown
    found = re.search(r"^Neo4j Browser +(http://127\.0\.0\.1:\d+/browser/\?cmd=edit&arg=(\S+))$", shown, re.M)
    assert found is not None
    assert unquote(found[2]).startswith('CYPHER 25\nMATCH p = ACYCLIC (t:Entity {id: "bytedance"})')


def test_up_answers_and_ends_with_what_it_started(first: Evening) -> None:
    assert first.answered == dict.fromkeys(PAGES, 200)
    assert (first.ended.code, first.ended.sentence) == (0, "Neo4j stopped")
    assert (first.after["running"], first.after["reason"]) == (False, None)


def test_up_leaves_a_server_running_that_it_found_running(second: Evening, started: Json) -> None:
    assert second.answered == dict.fromkeys(PAGES, 200)
    assert (second.ended.code, second.ended.err) == (0, "")
    assert second.after == started


def test_up_loads_the_demo_set_once(home: Desk, second: Evening, known_at: str) -> None:
    assert second.ended.code == 0
    assert last_change(home) == known_at


def test_up_gives_its_addresses_as_one_document(second: Evening, home: Desk) -> None:
    told = second.ended.document
    assert (told["page"], told["api"]) == (f"{second.address}/", f"{second.address}/docs")
    assert told["neo4j_browser"].startswith(second.after["browser_url"])
    assert told["password_file"] == str(home.home / "password")


@pytest.mark.parametrize("command", ["up", "serve"])
def test_a_port_in_use_is_named_and_no_server_is_started(tmp_path: Path, command: str) -> None:
    desk = desk_of(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = desk.run(command, "--port", port, "--json")
    assert (done.code, done.document["detail"]) == (2, done.sentence)
    assert port in done.sentence
    assert not desk.home.exists()


def test_a_home_nobody_has_used_is_told_without_making_it(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    assert status(desk)["bolt_uri"] is None
    assert desk.run("neo4j", "path", "--json").document == {"home": str(desk.home)}
    assert desk.run("neo4j", "path").text == f"{desk.home}\n"
    assert desk.run("neo4j", "stop", "--json").document["running"] is False
    assert not desk.home.exists()


def test_a_second_start_attaches_and_status_says_the_same(home: Desk, started: Json) -> None:
    assert home.run("neo4j", "start", "--json").document == started == status(home)
    assert (started["running"], started["home"]) == (True, str(home.home))


def test_two_homes_run_side_by_side_and_know_nothing_of_each_other(
    home: Desk, other: Desk, started: Json
) -> None:
    beside = status(other)
    assert beside["running"]
    assert not {beside["pid"], beside["bolt_uri"], beside["http_url"]} & set(started.values())
    assert home.run("search", "bytedance", "--json").document["items"]
    assert other.run("search", "bytedance", "--json").document["items"] == []


def test_a_well_home_is_found_well(home: Desk, started: Json) -> None:
    assert started["running"]
    done = home.run("doctor", "--json")
    assert (done.code, done.err) == (0, "")
    checks = {finding["check"]: finding["well"] for finding in done.document["findings"]}
    assert checks.keys() >= {"jars", "server", "neo4j", "schema", "loads"}
    assert all(checks.values())


def test_a_killed_server_is_named_with_its_log_and_the_next_command_starts_it(other: Desk) -> None:
    pid = status(other)["pid"]
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (told := status(other))["running"] and time.monotonic() < deadline:
        pass  # asking takes long enough
    assert f"pid {pid}" in told["reason"]

    done = other.run("doctor")
    unwell = [line for line in done.text.splitlines() if line.startswith("✗")]
    assert (done.code, [line.partition(":")[0] for line in unwell]) == (1, ["✗ server"])
    assert "Started." in done.text

    assert other.run("search", "nobody", "--json").code == 0
    assert (status(other)["running"], status(other)["bolt_uri"]) == (True, told["bolt_uri"])


def test_the_password_is_in_no_output_and_no_log(home: Desk, first: Evening, second: Evening) -> None:
    said = [first.ended.out, first.ended.err.encode(), second.ended.out, second.ended.err.encode()]
    for command in (["neo4j", "status"], ["neo4j", "start"], ["doctor"], ["neo4j", "path", "--json"]):
        done = home.run(*command)
        said += [done.out, done.err.encode()]
    kept = [file for folder in ("logs", "conf") for file in (home.home / "server" / folder).iterdir()]
    assert kept
    said += [file.read_bytes() for file in kept if file.is_file()]
    assert password(home).encode() not in b"".join(said)


def test_stop_says_whether_there_was_anything_to_stop(other: Desk) -> None:
    assert other.run("neo4j", "stop").err == "stopped\n"
    done = other.run("neo4j", "stop")
    assert (done.code, done.err) == (0, "it was not running\n")
    assert status(other)["running"] is False
