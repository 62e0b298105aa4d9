"""An investigation in the browser: from a question to a decision and its report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from lookthrough.words import say

Opened = Callable[..., Page]
POLICY = "anthropic-2025-09"
PATIENCE = 20_000
"""Milliseconds: the first search and the first verdict after the start may take their time."""


def pressed(page: Page, lang: str, key: str, within: str = "#content") -> None:
    page.locator(within).get_by_role("button", name=say(key, lang), exact=True).first.click()


def begun(page: Page, lang: str, entity: str, question: str) -> None:
    page.get_by_label(say("investigation.question", lang), exact=True).fill(question)
    page.get_by_label(say("investigation.subject", lang), exact=True).fill(entity)
    page.get_by_label(say("page.as_of", lang), exact=True).fill("2026-11-01")
    pressed(page, lang, "investigation.open_new")
    expect(page.get_by_role("heading", level=2)).to_have_text(question, timeout=PATIENCE)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_investigation_is_kept_from_question_to_decision_and_report(opened: Opened, lang: str) -> None:
    page = opened(f"/?lang={lang}")
    page.get_by_role("link", name=say("investigation.title", lang), exact=True).click()
    begun(page, lang, "拼多多控股", "能否服务拼多多?")
    pressed(page, lang, "investigation.pin_now")
    expect(page.locator("#pinned tbody .outcome")).to_contain_text(say("outcome.UNDETERMINED", lang))
    page.locator("#facts summary").click()
    page.locator("#edit-op").select_option("set_location")
    page.locator("#edit-code").fill("IE")
    page.locator("#fact-source").fill("a visit")
    pressed(page, lang, "investigation.add_fact", "#facts")
    expect(page.locator("#facts .what-if .outcome").nth(0)).to_contain_text(say("outcome.UNDETERMINED", lang))
    expect(page.locator("#facts .what-if .outcome").nth(1)).to_contain_text(
        say("outcome.NOT_RESTRICTED", lang)
    )
    page.locator("#notes textarea").fill("**bold** <img src=x> [site](https://example.org)")
    pressed(page, lang, "investigation.add_note", "#notes")
    expect(page.locator("#notes .written strong")).to_have_text("bold")
    expect(page.locator("#notes img")).to_have_count(0)
    pressed(page, lang, "investigation.revise", "#notes")
    page.locator("#note-1").fill("better")
    pressed(page, lang, "investigation.keep_revision", "#notes")
    expect(page.locator("#notes .written")).to_have_text("better")
    page.locator("#notes summary").click()
    expect(page.locator("#notes .old strong")).to_have_text("bold")
    page.locator("#decision-kind").select_option("documents_requested")
    pressed(page, lang, "investigation.decide", "#decisions")
    expect(page.locator("#decisions .records > li")).to_have_count(1)
    page.locator("#decision-kind").select_option("service_refused")
    page.locator("#decision-before").select_option("1")
    pressed(page, lang, "investigation.decide", "#decisions")
    superseded = say("investigation.superseded", lang, number="2")
    expect(page.locator("#decisions .superseded")).to_contain_text(superseded)
    expect(page.locator("#timeline li").last).to_contain_text(
        say("investigation.decision.service_refused", lang)
    )
    pressed(page, lang, "investigation.close")
    expect(page.locator("#notes form")).to_have_count(0)
    report = str(page.locator(f"a[href$='/report?language={lang}']").get_attribute("href"))
    page.goto(report)
    expect(page.locator("body")).to_contain_text(say("investigation.decision.service_refused", lang))
    expect(page.locator("body")).to_contain_text(say("outcome.UNDETERMINED", lang))
    expect(page.locator("figure.chart svg")).to_be_visible()
    assert "system-ui" in page.evaluate("getComputedStyle(document.body).fontFamily")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_verdict_is_pinned_from_its_page(opened: Opened, lang: str) -> None:
    page = opened(f"/?entity=lynk&policy={POLICY}&as_of=2026-11-01&lang={lang}")
    page.locator(".pinning summary").click()
    page.locator("#pin-to").select_option("")
    pressed(page, lang, "investigation.pin_it", ".pinning")
    page.get_by_role("link", name=say("investigation.pin_open", lang)).click()
    expect(page.locator("#pinned tbody tr")).to_have_count(1)
    page.locator("#pinned tbody a").first.click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(say("outcome.RESTRICTED", lang))


def test_what_somebody_else_changed_is_shown_and_what_was_written_is_kept(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address)  # of its own: the browser reports a 409 on its console
    page = context.new_page()
    page.goto("/investigations?lang=en")
    begun(page, "en", "lynk", "Who was faster?")
    path = page.url.split("?")[0].replace("/investigations", "/v1/investigations")
    answer = page.request.post(f"{path}/notes", data={"version": 1, "text": "the other one"})
    assert answer.status == 200
    page.locator("#notes textarea").fill("mine")
    with page.expect_response(lambda told: told.status == 409):
        pressed(page, "en", "investigation.add_note", "#notes")
    expect(page.locator("#notes [role=alert]")).to_have_text(say("investigation.moved", "en"))
    expect(page.locator("#notes textarea")).to_have_value("mine")
    pressed(page, "en", "investigation.add_note", "#notes")
    expect(page.locator("#notes .written")).to_have_text(["the other one", "mine"])
    context.close()


def test_the_list_is_narrowed_by_status(opened: Opened) -> None:
    page = opened("/investigations?lang=en", width=390)
    begun(page, "en", "lynk", "To be put aside")
    pressed(page, "en", "investigation.wait")
    expect(page.locator(".dossier-head dl")).to_contain_text("waiting")
    page.get_by_role("link", name=say("investigation.back", "en")).click()
    page.locator("#state").select_option("waiting")
    expect(page.locator(".dossiers tbody tr").first).to_contain_text("To be put aside")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
