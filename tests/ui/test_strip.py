"""The answer over time: the strip, its slider, its table, and what was known when."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]


def headline(page: Page, outcome: str, lang: str) -> None:
    expect(page.get_by_role("heading", level=2)).to_contain_text(say(f"outcome.{outcome}", lang))


def halti(lang: str, **more: str) -> str:
    asked = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/?entity=halti&policy={POLICY}&lang={lang}{asked}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_halti_crosses_the_line_on_the_strip(opened: Opened, lang: str) -> None:
    page = opened(halti(lang, as_of="2019-10-20"))
    headline(page, "UNDETERMINED", lang)
    slider = page.get_by_role("slider", name=say("strip.day", lang))
    expect(slider).to_have_attribute("aria-valuetext", re.compile(say("outcome.UNDETERMINED", lang)))
    slider.focus()
    page.keyboard.press("ArrowRight")
    headline(page, "RESTRICTED", lang)
    expect(page).to_have_url(re.compile("as_of=2019-10-21"))
    expect(slider).to_be_focused()
    expect(page.locator(".strip-picture .strip-band.RESTRICTED")).to_have_count(1)
    page.get_by_role("button", name=say("strip.earlier", lang)).click()
    headline(page, "UNDETERMINED", lang)
    row = page.get_by_role("table", name=say("strip.table", lang)).get_by_role("row").last
    expect(row).to_contain_text("51.2%")
    row.get_by_role("link", name="2019-10-21").click()
    headline(page, "RESTRICTED", lang)


def test_before_the_first_change_is_a_step_too(opened: Opened) -> None:
    page = opened(halti("en", as_of="2016-10-27"))
    page.get_by_role("button", name=say("strip.earlier", "en")).click()
    expect(page).to_have_url(re.compile("as_of=2016-10-26"))
    expect(page.get_by_role("button", name=say("strip.earlier", "en"))).to_be_disabled()


def test_where_nothing_changes_there_is_no_slider(opened: Opened) -> None:
    page = opened("/?entity=t%3Aclean&policy=company-control&as_of=2026-11-01&lang=en")
    expect(page.get_by_text(say("strip.nothing_changes", "en"))).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_known_then_can_be_asked_and_is_kept_in_the_address(opened: Opened, lang: str) -> None:
    page = opened(halti(lang, as_of="2019-10-22"))
    known = page.get_by_label(say("strip.known", lang), exact=True)
    instant = known.locator("option").nth(1).get_attribute("value")
    assert instant is not None
    known.select_option(instant)
    expect(page).to_have_url(re.compile("as_of=2019-10-22&known_at=" + instant[:10]))
    expect(page.locator(".headline")).to_contain_text(instant[:10])
    page.get_by_role("button", name=say("strip.earlier", lang)).click()
    expect(page).to_have_url(re.compile(r"as_of=2019-09-\d\d&known_at=" + instant[:10]))
    expect(page.locator("#strip-known")).to_have_value(instant)
