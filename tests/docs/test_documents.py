"""The documents say what is there, and nothing that does not belong in them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from lookthrough.cli.main import app
from lookthrough.policies import Library
from lookthrough.settings import Settings

HERE = Path(__file__).resolve().parents[2]
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
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    assert [name for name in group.commands if f"lookthrough {name}" not in page] == []


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


def test_nothing_names_a_path_of_one_machine() -> None:
    paths = re.compile(r"(?<![\w.])/(?:work|root)/[\w.]")
    found = [
        file.name
        for file in tracked()
        if file.suffix in {".py", ".md", ".toml", ".js", ".html", ".cypher", ".css", ".sh"}
        and paths.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
