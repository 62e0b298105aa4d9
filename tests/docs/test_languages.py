"""The pages in Chinese say to type the same as those in English, and show the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .pages import HERE, WRITTEN, blocks, name

IN_CHINESE = [page for page in WRITTEN if page.name.endswith(".zh.md")]


def typed(page: Path) -> list[tuple[str, str, str | None]]:
    """The blocks of a page without their comments, which are in its language."""
    return [(each.language, re.sub(r" *# .*", "", each.text), each.reason) for each in blocks(page)]


def test_where_to_begin_is_there_in_chinese() -> None:
    assert {name(page) for page in IN_CHINESE} == {"README.zh.md", "docs/tutorial.zh.md"}


@pytest.mark.parametrize("page", IN_CHINESE, ids=name)
def test_the_same_is_typed_and_shown_in_both_languages(page: Path) -> None:
    english = HERE / name(page).replace(".zh.md", ".md")
    assert typed(page) == typed(english)
    assert typed(page)
