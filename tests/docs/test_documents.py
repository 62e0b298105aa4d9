"""The documents say what is there, and nothing that does not belong in them."""

from __future__ import annotations

import re
import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest
import typer
from tools import openapi
from typer.core import TyperGroup

from lookthrough.cli.main import app
from lookthrough.policies import Library
from lookthrough.settings import Settings

HERE = Path(__file__).resolve().parents[2]
TEXTS = (".py", ".md", ".toml", ".js", ".html", ".cypher", ".css", ".sh")
PAGES = [HERE / "README.md", *sorted((HERE / "docs").rglob("*.md")), HERE / "bench" / "README.md"]


def text_of(page: str) -> str:
    return (HERE / page).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=HERE, capture_output=True, text=True, check=True).stdout
    return [HERE / name for name in listed.splitlines() if (HERE / name).is_file()]


def test_every_setting_is_documented() -> None:
    page = text_of("docs/settings.md")
    assert [name for name in Settings.model_fields if f"`LOOKTHROUGH_{name.upper()}`" not in page] == []


def test_every_command_is_documented() -> None:
    page = text_of("docs/cli.md")
    assert [
        name for name in commands() if f"`lookthrough {name}" not in page and f"`{name}`" not in page
    ] == []


def commands() -> set[str]:
    """Every command, those of groups as `neo4j start`."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    rooms = {name: room for name, room in group.commands.items() if isinstance(room, TyperGroup)}
    inner = {f"{name} {command}" for name, room in rooms.items() for command in room.commands}
    return {*group.commands, *inner}


@pytest.mark.parametrize("page", ["README.md", "docs/cli.md", "docs/policies.md", "docs/csv.md"])
def test_every_command_that_a_page_names_is_there(page: str) -> None:
    named = set(re.findall(r"(?:`|bin/)lookthrough ([a-z][a-z0-9-]*)", text_of(page)))
    assert named - commands() == set()


def test_every_route_is_documented() -> None:
    page = text_of("docs/api.md")
    paths = openapi.openapi()["paths"]
    assert paths
    assert [path for path in paths if f"{path}`" not in page and f"{path}?" not in page] == []


def test_the_description_of_the_api_is_current() -> None:
    kept, now = openapi.DOCUMENT.read_text(encoding="utf-8"), openapi.text()
    changed = unified_diff(
        kept.splitlines(), now.splitlines(), "docs/openapi.json", "the application", lineterm=""
    )
    assert kept == now, "make openapi writes it anew; the difference:\n" + "\n".join(changed)


def test_every_pack_is_documented() -> None:
    page = text_of("docs/policies.md")
    assert [pack.id for pack in Library().all() if pack.id not in page] == []


def test_every_make_target_that_the_readme_names_is_there() -> None:
    makefile = text_of("Makefile")
    named = set(re.findall(r"\bmake (\w+)", text_of("README.md")))
    assert {"demo", "test"} <= named
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_other_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def holding(pattern: str, *endings: str) -> list[str]:
    """The tracked files, but this one, in which the pattern is found."""
    found = re.compile(pattern)
    files = (file for file in tracked() if file.suffix in endings and file != Path(__file__))
    return [file.name for file in files if found.search(file.read_text(encoding="utf-8"))]


def test_nothing_names_a_path_of_one_machine() -> None:
    assert holding(r"(?<![\w.])/(?:work|root)/[\w.]", *TEXTS) == []


def test_nothing_names_where_packages_are_fetched_from() -> None:
    hosts = r"pypi\.org|pythonhosted\.org|maven\.org|repo\.maven|npmjs\.(?:com|org)"
    assert holding(hosts, *TEXTS, ".txt", ".lock") == []


def test_nothing_is_left_for_later() -> None:
    assert holding(r"\b(?:TODO|FIXME|XXX|(?i:sub-?agents?|agents?|lorem ipsum))\b", *TEXTS) == []
    assert holding(r"(?i)\b(?:sessions?|placeholders?)\b", ".md") == []
