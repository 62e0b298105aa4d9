"""What a person does who has never seen the page, in both languages: the founding case, and a loop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]


def headline(page: Page, outcome: str, lang: str) -> None:
    expect(page.get_by_role("heading", level=2).first).to_contain_text(say(f"outcome.{outcome}", lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_founding_case_is_found_by_its_chinese_name_and_read(opened: Opened, lang: str) -> None:
    page = opened(f"/?lang={lang}")
    page.get_by_role("combobox", name=say("page.entity", lang), exact=True).press_sequentially("字节跳动")
    page.locator("#suggestions").get_by_role("option").filter(has_text="ByteDance Ltd.").first.click()
    headline(page, "RESTRICTED", lang)
    expect(page.locator(".reason").first).to_have_text(say("reason.location_restricted", lang))
    legend = page.locator(".headline .legend").first
    for part in ("restricted", "unknown", "clean"):
        expect(legend).to_contain_text(say(f"page.part.{part}", lang))
    expect(page.locator(".strip")).to_contain_text(say("strip.always", lang))
    expect(page.locator("ul.variants li")).to_have_count(6)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_loop_is_followed_round(opened: Opened, lang: str) -> None:
    page = opened(f"/?entity=prosus&policy={POLICY}&as_of=2022-06-01&lang={lang}")
    headline(page, "UNDETERMINED", lang)
    owners = page.get_by_role("table", name=say("page.owners_note", lang))
    owners.get_by_role("link", name=re.compile("Naspers")).first.click()
    expect(page).to_have_url(re.compile("entity=naspers.*as_of=2022-06-01"))
    expect(page.locator(".subject").first).to_contain_text("Naspers")
    owners.get_by_role("link", name=re.compile("Prosus")).first.click()
    expect(page).to_have_url(re.compile("entity=prosus.*as_of=2022-06-01"))
    page.locator(".strip").get_by_role("link", name="2023-09-18", exact=True).click()
    headline(page, "NOT_RESTRICTED", lang)
