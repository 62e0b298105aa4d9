"""What if, on the page: before and after side by side, nothing stored, the changes in the address."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]


def sides(page: Page, before: str, after: str, lang: str = "en") -> None:
    both = page.locator(".sides .headline")
    expect(both).to_have_count(2)
    expect(both.first).to_contain_text(say("what_if.before", lang))
    expect(both.first.locator(".side-outcome")).to_contain_text(say(f"outcome.{before}", lang))
    expect(both.last).to_contain_text(say("what_if.after", lang))
    expect(both.last.get_by_role("heading", level=2)).to_contain_text(say(f"outcome.{after}", lang))


def edits(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(parse_qs(urlsplit(page.url).query)["edits"][0])
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_disputed_headquarters_is_settled_on_trial(opened: Opened, lang: str) -> None:
    page = opened(f"/?entity=pdd&policy={POLICY}&as_of=2026-11-01&lang={lang}")
    place = say("attribute.headquarters", lang)
    page.get_by_role("button", name=say("what_if.place", lang, place=place, code="CN")).click()
    sides(page, "UNDETERMINED", "RESTRICTED", lang)
    expect(page.locator("#what-if")).to_be_focused()
    expect(page.locator("#what-if")).to_contain_text(say("what_if.note", lang))
    page.get_by_role("link", name=say("what_if.undo", lang)).click()
    expect(page.locator(".sides")).to_have_count(0)
    page.get_by_role("button", name=say("what_if.place", lang, place=place, code="IE")).click()
    sides(page, "UNDETERMINED", "NOT_RESTRICTED", lang)
    table = page.get_by_role("table", name=say("what_if.changes", lang))
    expect(table.get_by_role("row").nth(1)).to_contain_text(say("outcome.NOT_RESTRICTED", lang))
    shared = opened(page.url.partition("/?")[2].join(["/?", ""]))
    sides(shared, "UNDETERMINED", "NOT_RESTRICTED", lang)
    page.get_by_role("link", name=say("what_if.back", lang)).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(say("outcome.UNDETERMINED", lang))


def test_what_is_tried_leaves_no_verdict_behind(opened: Opened) -> None:
    change = json.dumps([{"op": "set_stake", "owner": "tencent", "owned": "t:shared", "percent": "60"}])
    page = opened(f"/?entity=t%3Ashared&policy={POLICY}&as_of=2026-01-02&edits={change}&lang=en")
    expect(page.locator(".sides")).to_be_visible()
    given = page.request.get("/v1/entities/t%3Ashared/verdicts?limit=500").json()["items"]
    assert "2026-01-02" not in [item["as_of"] for item in given]


def test_what_would_change_it_is_tried_by_one_click(opened: Opened) -> None:
    page = opened(f"/?entity=halti&policy={POLICY}&as_of=2026-11-01&lang=en")
    page.get_by_role("button", name=say("what_if.try", "en")).click()
    sides(page, "RESTRICTED", "UNDETERMINED")
    assert edits(page) == [
        {"op": "set_stake", "owner": "tencent", "owned": "halti", "lane": "shares", "percent": "50"}
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_stake_is_added_and_a_place_set_by_the_form(opened: Opened, lang: str) -> None:
    page = opened(f"/?entity=t%3Afour&policy={POLICY}&as_of=2026-11-01&lang={lang}")
    form = page.locator("form.desk")
    form.get_by_label(say("what_if.change", lang), exact=True).select_option("remove_stake")
    expect(form.get_by_label(say("what_if.percent", lang), exact=True)).to_be_hidden()
    owner = form.get_by_label(say("what_if.owner", lang), exact=True)
    owner.press_sequentially("Second Seed")
    form.locator("#edit-owner-found").get_by_role("option").first.click()
    form.get_by_role("button", name=say("what_if.ask", lang)).click()
    expect(page.locator(".edits li")).to_have_count(1)
    form.get_by_label(say("what_if.change", lang), exact=True).select_option("set_location")
    form.get_by_label(say("what_if.code", lang), exact=True).fill("cn")
    form.get_by_role("button", name=say("what_if.ask", lang)).click()
    expect(page.locator(".edits li")).to_have_count(2)
    assert [edit["op"] for edit in edits(page)] == ["remove_stake", "set_location"]
    assert edits(page)[0]["owner"] == "t:seed-2"
    expect(page.get_by_role("heading", level=2)).to_contain_text(say("outcome.RESTRICTED", lang))


def test_a_stake_with_its_evidence_goes_into_the_form(opened: Opened) -> None:
    page = opened(f"/?entity=halti&policy={POLICY}&as_of=2026-11-01&lang=en")
    owners = page.get_by_role("table", name=say("page.owners_note", "en"))
    owners.get_by_role("button", name=say("what_if.propose", "en")).first.click()
    percent = page.get_by_label(say("what_if.percent", "en"), exact=True)
    expect(percent).to_have_value("51.2")
    expect(page.locator("#edit-owner")).to_have_value("tencent")
