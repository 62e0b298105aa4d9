"""The chains as a sum that ends at the proven share, loops and the rest as steps of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]


def fall(page: Page, lang: str = "en") -> Locator:
    return page.get_by_role("table", name=say("waterfall.note", lang)).locator("tbody tr")


def figures(row: Locator) -> list[Fraction]:
    """What it adds, if anything, and what is reached."""
    told = (re.match(r"(-?[\d.]+)%", text.strip()) for text in row.locator("td.number").all_inner_texts())
    return [Fraction(found[1]) for found in told if found]


def width(row: Locator) -> tuple[float, float]:
    """Where its bar begins and ends, in percent of the picture."""
    box = row.locator("rect")
    left, wide = (float((box.get_attribute(name) or "").rstrip("%")) for name in ("x", "width"))
    return left, left + wide


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("entity", ["smart", "polestar", "lynk"])
def test_every_bar_begins_where_the_last_ended_and_the_end_is_the_proven_share(
    opened: Opened, entity: str, lang: str
) -> None:
    page = opened(f"/?entity={entity}&policy={POLICY}&as_of=2026-11-01&lang={lang}")
    rows = fall(page, lang)
    expect(rows.last).to_be_visible()
    page.wait_for_load_state("networkidle")
    steps = rows.all()[:-1]
    sums = [figures(row) for row in steps]
    reached = Fraction(0)
    for adds, total in sums:
        reached += adds
        assert abs(reached - total) < Fraction(1, 10**9)
    (proven,) = figures(rows.last)
    assert abs(reached - proven) < Fraction(1, 10**9)
    bars = [width(row) for row in steps]
    assert bars[0][0] == 0
    assert all(abs(one[1] - other[0]) < 0.001 for one, other in pairwise(bars))
    assert abs(bars[-1][1] - width(rows.last)[1]) < 0.001


def test_a_loop_is_a_step_of_its_own(opened: Opened) -> None:
    page = opened(f"/?entity=t%3Aloop-a&policy={POLICY}&as_of=2026-11-01&lang=en")
    loops = fall(page).filter(has_text=say("waterfall.loops", "en"))
    expect(loops).to_have_count(1)
    assert figures(loops)[0] > 0


def test_each_chain_opens_in_neo4j_browser_with_its_ids(opened: Opened) -> None:
    page = opened(f"/?entity=smart&policy={POLICY}&as_of=2026-11-01&lang=en")
    chain = page.locator("li.chain").nth(1)
    href = chain.get_by_role("link", name=say("chain.in_browser", "en")).get_attribute("href")
    assert href is not None
    told = page.request.get(href, max_redirects=0)
    assert told.status == 307
    for part in ("smart", "baic", "date%28%222026-11-01%22%29"):
        assert part in told.headers["location"]
