"""Nothing is in the repository that does not belong there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from .pages import HERE

TEXTS = (".py", ".md", ".toml", ".js", ".html", ".cypher", ".css", ".sh")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=HERE, capture_output=True, text=True, check=True).stdout
    return [HERE / name for name in listed.splitlines() if (HERE / name).is_file()]


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
