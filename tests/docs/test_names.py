"""What pages name is there, and what is there is named: commands, options, variables, routes, targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import openapi
from tools.reference.commands import commands, options

from lookthrough.importing.catalogue import FORMATS
from lookthrough.policies import Library
from lookthrough.settings import Settings

from .pages import DOCS, HERE, PAGES, WRITTEN, blocks, name, read, shell_lines, spans

COMMAND = re.compile(r"(?:^|[ /(])lookthrough ((?:[a-z][a-z0-9-]*)(?: [a-z][a-z0-9-]*)?)(?P<rest>.*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
VARIABLE = re.compile(r"LOOKTHROUGH_[A-Z0-9_]*[A-Z0-9]")
ROUTE = re.compile(r"(?<![\w.])/(?:v1/[a-z]|(?:metrics|healthz|readyz|docs)\b)[^\s?…]*")
OF_OTHERS = {
    "--wait": "docker compose up",
    "--volumes": "docker compose down",
    "--build": "docker compose up",
    "--now": "systemctl enable",
}
"""Options that pages name of other programs."""
EVERY_OPTION = {option for command in commands().values() for option in options(command)} | {
    "--version",
    "--help",
}
OPENAPI_PATHS = list(openapi.openapi()["paths"])


def written_lines(page: Path) -> Iterator[str]:
    """What is written as code: in backquotes, and the lines of blocks; of unit files what they execute."""
    yield from spans(page)
    for block in blocks(page):
        lines = shell_lines(block.text)
        yield from (line for line in lines if block.language != "ini" or line.startswith("Exec"))


def called(line: str) -> tuple[str, str] | None:
    """The command that a line calls, and what follows; None if it calls none. Fails if there is none such."""
    found = COMMAND.search(line)
    if found is None:
        return None
    two, one = found[1], found[1].split(" ")[0]
    command = two if two in commands() else one
    assert command in commands(), f"there is no `lookthrough {one}`"
    return command, found["rest"]


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_commands_and_options_that_a_page_names_are_there(page: Path) -> None:
    for line in written_lines(page):
        if (call := called(line)) is not None:
            command, rest = call
            known = options(commands()[command]) | {"--help"}
            assert set(OPTION.findall(rest.partition(" && ")[0])) - known == set(), line


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_options_that_a_page_names_alone_are_those_of_some_command(page: Path) -> None:
    named = {option for line in written_lines(page) for option in OPTION.findall(line)}
    assert named - EVERY_OPTION - set(OF_OTHERS) == set()


def test_every_command_is_explained_on_the_page_about_them() -> None:
    page = read(DOCS / "cli.md")
    assert [
        name for name in commands() if f"`lookthrough {name}" not in page and f"`{name}`" not in page
    ] == []


def sources(*places: str) -> str:
    """The text of everything in these files and folders."""
    files = [
        file
        for place in places
        for file in ([HERE / place] if (HERE / place).is_file() else (HERE / place).rglob("*.py"))
    ]
    return "\n".join(read(file) for file in files)


def test_variables_that_pages_name_are_read_somewhere() -> None:
    read_there = set(VARIABLE.findall(sources("service", "tests", "bench", "docker-compose.yml")))
    settings = {f"LOOKTHROUGH_{field.upper()}" for field in Settings.model_fields}
    named = {variable for page in PAGES for variable in VARIABLE.findall(read(page))}
    assert named - read_there - settings == set()


def test_every_variable_that_is_read_is_documented() -> None:
    pages = "\n".join(read(page) for page in PAGES)
    settings = {f"LOOKTHROUGH_{field.upper()}" for field in Settings.model_fields}
    used = {*settings, *VARIABLE.findall(sources("service", "docker-compose.yml"))}
    assert [variable for variable in sorted(used) if f"`{variable}`" not in pages] == []
    of_compose = set(re.findall(r"\$\{([A-Z0-9_]+)", read(HERE / "docker-compose.yml")))
    containers = read(DOCS / "containers.md")
    assert [variable for variable in sorted(of_compose) if f"`{variable}`" not in containers] == []


def test_every_route_is_explained() -> None:
    page = read(DOCS / "api.md")
    assert OPENAPI_PATHS
    assert [path for path in OPENAPI_PATHS if f"{path}`" not in page and f"{path}?" not in page] == []


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_routes_that_a_page_names_are_there(page: Path) -> None:
    known = {shape(path) for path in OPENAPI_PATHS} | {"/docs"}
    named = [route for span in written_lines(page) for route in ROUTE.findall(without_host(span))]
    assert [route for route in named if not any(fits(route, path) for path in known)] == []


def without_host(text: str) -> str:
    return re.sub(r"https?://127\.0\.0\.1:\d+", "", text)


def shape(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path)


def fits(route: str, path: str) -> bool:
    """Whether the route is of this shape, with names or values in the places of its parameters."""
    given, wanted = shape(route).rstrip("/'\"),").split("/"), path.split("/")
    return len(given) == len(wanted) and all(b in ("{}", a) for a, b in zip(given, wanted, strict=True))


def test_every_pack_is_documented() -> None:
    page = read(DOCS / "policies.md")
    assert [pack.id for pack in Library().all() if pack.id not in page] == []


def test_every_format_is_documented() -> None:
    page = read(DOCS / "formats" / "README.md")
    assert [form for form in FORMATS if f"`{form}`" not in page] == []


def test_every_make_target_that_pages_name_is_there() -> None:
    makefile = read(HERE / "Makefile")
    lines = [line for page in PAGES for line in written_lines(page)]
    named = {target for line in lines for target in re.findall(r"(?:^|[ (])make ([a-z][a-z-]*)", line)}
    assert {"demo", "test"} <= named
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
