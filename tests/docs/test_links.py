"""Links between pages lead to pages and headings that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from .pages import FENCE, PAGES, name, read

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


@cache
def anchors(page: Path) -> set[str]:
    """What its headings are called in addresses, the second of a name with `-1`."""
    found: list[str] = []
    for heading in HEADING.findall(FENCE.sub("", read(page))):
        slug = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(
            " ", "-"
        )
        found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
    return set(found)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(FENCE.sub("", read(page))):
        led = (page.parent / target).resolve() if target else page
        assert led.exists(), target
        if anchor:
            assert anchor in anchors(led), f"{target}#{anchor}"
