"""The pages as a site: built without a warning, whole, and fetching nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .pages import DOCS, HERE

ZENSICAL = Path(sys.executable).parent / "zensical"
FETCHED = re.compile(
    r"<(?:script|link|img|iframe|source|object|use)\b[^>]*(?:src|href|data)=\"(?:https?:)?//[^\"]*"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DOCS, folder / "docs")
    shutil.copy(HERE / "zensical.toml", folder)
    built = subprocess.run(
        [ZENSICAL, "build", "--strict"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "build" / "site"


def test_every_page_is_in_the_contents(site: Path) -> None:
    listed = re.findall(r'"([^"]+\.md)"', (HERE / "zensical.toml").read_text(encoding="utf-8"))
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    decisions = {page for page in pages if re.match(r"decisions/\d", page)}  # listed on a page of their own
    assert sorted(pages - decisions) == sorted(listed), "zensical.toml lists every page once under `nav`"
    assert {page.removesuffix(".md").removesuffix("README") for page in pages} <= {
        page.relative_to(site).as_posix().removesuffix(".html").removesuffix("index")
        for page in site.rglob("*.html")
    } | {"index"}


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert {page.name: FETCHED.findall(text) for page, text in pages.items() if FETCHED.search(text)} == {}
    assert [
        page.name for page, text in pages.items() if 'class="mermaid"' in text
    ] == []  # would fetch its library
    assert [
        css
        for css in site.rglob("*.css")
        if re.search(r"url\((?:https?:)?//", css.read_text(encoding="utf-8"))
    ] == []
