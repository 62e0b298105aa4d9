"""The containers as somebody runs them: started, loaded, asked, taken down, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest
from tests.cli.commands import write

from .conftest import PATIENCE, Project

ROWS = 150_000


@pytest.fixture(scope="module")
def loaded(project: Project) -> Project:
    """With the demo set in the database."""
    with as_file(files("lookthrough") / "demo") as demo:
        copytree(demo, project.files / "demo")
    report = json.loads(project.lookthrough("load", "/data/demo", "--json").stdout)
    assert (report["rejected"], report["duplicate"]) == (0, 0)
    return project


def test_a_verdict_after_the_demo_set_was_loaded(loaded: Project) -> None:
    verdict = json.loads(loaded.verdict("lynk"))
    assert (verdict["outcome"], verdict["complete"]) == ("RESTRICTED", True)
    printed = loaded.lookthrough(
        "verdict", "lynk", "--policy", "anthropic-2025-09", "--as-of", "2026-11-23", "--json"
    )
    assert printed.stdout.encode().strip() == loaded.verdict("lynk")


def test_the_facts_are_there_after_down_and_up(loaded: Project) -> None:
    before = loaded.verdict("lynk")
    loaded.compose("down")
    loaded.up()
    assert loaded.verdict("lynk") == before


@pytest.mark.parametrize("place", ["/opt/venv/x", "/usr/x", "/data/x", "/home/x"])
def test_the_service_cannot_write_to_its_image(project: Project, place: str) -> None:
    tried = project.compose("exec", "-T", "--user", "root", "service", "touch", place, check=False)
    assert tried.returncode != 0
    assert "Read-only file system" in tried.stderr


def test_the_service_has_no_powers(project: Project) -> None:
    status = project.compose("exec", "-T", "service", "cat", "/proc/self/status").stdout
    told = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert told["Uid"].split() == ["10001"] * 4
    assert {int(told[powers], 16) for powers in ("CapPrm", "CapEff", "CapBnd")} == {0}
    assert told["NoNewPrivs"] == "1"


@pytest.mark.parametrize("service", ["neo4j", "service"])
def test_everything_listens_on_this_machine_alone(project: Project, service: str) -> None:
    ports: dict[str, list[dict[str, str]] | None]
    ports = json.loads(project.inspected(service, "{{json .NetworkSettings.Ports}}"))
    addresses = {bound["HostIp"] for bindings in ports.values() for bound in bindings or []}
    assert addresses == {"127.0.0.1"}


def test_no_secret_is_in_an_environment_or_a_log(loaded: Project) -> None:
    password = (Path(loaded.environment["COMPOSE_SECRETS"]) / "neo4j_password").read_text().strip()
    seen = [loaded.inspected(service, "{{json .Config}}") for service in ("neo4j", "service")]
    assert all(password not in text for text in [*seen, loaded.compose("logs").stdout])


def test_neo4j_killed_in_a_load_comes_back_and_the_load_goes_on(project: Project) -> None:
    rows = (f"holder-{n},held-{n % 997},{n % 100}" for n in range(ROWS))
    write(project.files / "stakes-many.csv", "owner,owned,percent", *rows)
    command = ["docker", "compose", "--project-name", project.name, "exec", "-T", "service"]
    with subprocess.Popen(
        [*command, "lookthrough", "load", "/data/stakes-many.csv"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **project.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as loading:
        _wait_for_an_unfinished_load(project, loading)
        os.kill(int(project.inspected("neo4j", "{{.State.Pid}}")), signal.SIGKILL)
        assert loading.poll() is None, "the load had ended before its database was killed"
        _, told = loading.communicate(timeout=PATIENCE)
    assert loading.returncode in (0, 3), told  # 0: it waited until the database was back
    _wait_until_well(project)
    assert project.inspected("neo4j", "{{.RestartCount}}") == "1"

    report = json.loads(project.lookthrough("load", "/data/stakes-many.csv", "--json").stdout)
    assert (report["read"], report["rejected"]) == (ROWS, 0)
    assert report["resumed"] is (loading.returncode == 3)
    again = json.loads(project.lookthrough("load", "/data/stakes-many.csv", "--json").stdout)
    assert (again["loaded"], again["duplicate"]) == (0, ROWS)
    held = json.loads(project.lookthrough("verdict", "held-1", "--policy", "openai", "--json").stdout)
    assert held["entity"]["id"] == "held-1"


def _wait_for_an_unfinished_load(project: Project, loading: subprocess.Popen[bytes]) -> None:
    while _loads_are_finished(project):
        assert loading.poll() is None, "the load ended before it could be interrupted"


def _wait_until_well(project: Project) -> None:
    deadline = time.monotonic() + PATIENCE
    while project.inspected("neo4j", "{{.State.Health.Status}}") != "healthy":
        assert time.monotonic() < deadline, project.compose("logs", "neo4j").stdout[-2_000:]
        time.sleep(0.5)


def _loads_are_finished(project: Project) -> bool:
    findings = json.loads(project.lookthrough("doctor", "--json", check=False).stdout)["findings"]
    return bool(next(finding["well"] for finding in findings if finding["check"] == "loads"))
