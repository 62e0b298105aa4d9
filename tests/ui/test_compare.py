"""One entity under all rules, side by side, and what makes them part."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_policies_are_compared_where_they_part(opened: Opened, lang: str) -> None:
    page = opened(f"/?entity=grand-opus&policy={POLICY}&as_of=2026-11-01&lang={lang}")
    page.get_by_role("link", name=say("compare.all", lang)).click()
    expect(page).to_have_url(re.compile("/compare.*entity=grand-opus"))
    table = page.get_by_role("table", name=say("compare.note", lang))
    rows = table.locator("tbody tr")
    expect(rows.first).to_contain_text(say("outcome.NOT_RESTRICTED", lang))
    expect(rows.first).to_contain_text(say("compare.chosen", lang))
    parting = rows.filter(has_text=say("outcome.RESTRICTED", lang)).filter(has_text="fcc-310b-equity")
    expect(parting.first.locator(".parting")).to_contain_text("Apollo Korea")
    parting.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(say("outcome.RESTRICTED", lang))
    expect(page).to_have_url(re.compile(r"/\?entity=grand-opus&policy=fcc-310b-equity"))


def test_the_table_says_what_the_api_says(opened: Opened) -> None:
    page = opened(f"/compare?entity=halti&policy={POLICY}&as_of=2026-11-01&lang=en")
    expect(page.locator("article.compare")).to_be_visible()
    expect(page.get_by_role("button", name=say("compare.ask", "en"), exact=True)).to_be_visible()
    told = page.request.get(f"/v1/entities/halti/comparison?policy={POLICY}&as_of=2026-11-01").json()
    outcomes = page.locator("article.compare tbody tr .outcome").all_inner_texts()
    assert {text.partition(" ")[2] for text in outcomes} == {
        say(f"outcome.{reading['outcome']}", "en") for reading in told["readings"]
    }
    names = page.locator("article.compare tbody").inner_text()
    assert all(reading["policy"]["variant"] in names for reading in told["readings"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_comparison_fits_a_narrow_screen_and_follows_another_entity(opened: Opened, lang: str) -> None:
    page = opened(f"/compare?entity=halti&policy={POLICY}&lang={lang}", width=360)
    expect(page.locator("article.compare")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name=re.compile("Tencent|腾讯")).first.click()
    expect(page).to_have_url(re.compile("/compare.*entity=tencent"))
