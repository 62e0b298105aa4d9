"""The containers of docker-compose.yml as a project of their own: names, ports and volumes of the run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.cli.commands import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0
"""Seconds; a server starts in 7, or in 40 where the machine is busy and images are built."""


@dataclass(frozen=True, slots=True)
class Project:
    """A compose project; `files` is the folder that the service sees as /data."""

    name: str
    files: Path
    environment: dict[str, str]

    @property
    def page(self) -> str:
        return f"http://127.0.0.1:{self.environment['SERVICE_PORT']}"

    def compose(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = ["docker", "compose", "--project-name", self.name, *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=check,
        )

    def up(self) -> None:
        """Return once both containers say that they are well."""
        started = self.compose("up", "--detach", "--build", "--wait", "--wait-timeout", "240", check=False)
        assert started.returncode == 0, started.stderr + self.compose("logs", check=False).stdout

    def lookthrough(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command in the service's container."""
        return self.compose("exec", "-T", "service", "lookthrough", *arguments, check=check)

    def inspected(self, service: str, what: str) -> str:
        """A field of a container, as a template of `docker inspect` names it."""
        container = self.compose("ps", "--all", "--quiet", service).stdout.strip()
        command = ["docker", "inspect", "--format", what, container]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def verdict(self, entity: str) -> bytes:
        question = {"entity": entity, "policy": "anthropic-2025-09", "as_of": "2026-11-23"}
        return httpx.post(f"{self.page}/v1/verdicts", json=question, timeout=60).raise_for_status().content


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The project, up with empty volumes; gone with them at the end."""
    folder = tmp_path_factory.mktemp("compose")
    files, secrets = folder / "files", folder / "secrets"
    files.mkdir()
    subprocess.run(["make", "compose-secrets", f"COMPOSE_SECRETS={secrets}"], cwd=ROOT, check=True)
    environment = {
        "COMPOSE_SECRETS": str(secrets),
        "LOOKTHROUGH_FILES": str(files),
        "NEO4J_HTTP_PORT": str(free_port()),
        "NEO4J_BOLT_PORT": str(free_port()),
        "SERVICE_PORT": str(free_port()),
        "SERVICE_IMAGE": "lookthrough-test",
    }
    project = Project(f"lookthrough-test-{os.getpid()}", files, environment)
    try:
        project.up()
        yield project
    finally:
        project.compose("down", "--volumes", "--remove-orphans", check=False)
