"""What the page says when there is no answer. The browser itself reports such answers on its console."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (f"entity=no-such&policy={POLICY}", 404),
        ("entity=nayara&policy=no-such", 404),
        (f"entity=nayara&policy={POLICY}&variant=no-such", 422),
        (f"entity=nayara&policy={POLICY}&known_at=yesterday", 422),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_without_answer_gets_one_clear_sentence(
    page: Page, question: str, status: int, lang: str
) -> None:
    page.goto(f"/?{question}&lang={lang}")
    expect(page.get_by_role("alert")).to_contain_text(say(f"page.error.{status}", lang))
    expect(page.get_by_role("heading", level=2)).to_have_count(0)


def test_when_the_database_comes_back_the_page_answers_on_retry(page: Page) -> None:
    def away(route: Route) -> None:
        problem = '{"type":"x","title":"Neo4j is away","status":503,"detail":"x"}'
        route.fulfill(status=503, headers={"Retry-After": "5"}, body=problem)

    page.route("**/v1/verdicts", away)
    page.goto(f"/?entity=nayara&policy={POLICY}&lang=en")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(say("page.error.503", "en"))
    expect(alert).to_contain_text(say("page.retry_after", "en", seconds="5"))
    page.unroute("**/v1/verdicts")
    alert.get_by_role("button", name=say("page.retry", "en")).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(say("outcome.UNDETERMINED", "en"))


def test_a_service_that_does_not_answer_is_named(page: Page) -> None:
    page.route("**/v1/verdicts", lambda route: route.abort())
    page.goto(f"/?entity=nayara&policy={POLICY}&lang=en")
    expect(page.get_by_role("alert")).to_contain_text(say("page.error.0", "en"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_screening_that_is_not_there_is_said_to_be_missing(page: Page, lang: str) -> None:
    page.goto(f"/screen/none?lang={lang}")
    expect(page.get_by_role("alert")).to_contain_text(say("screen.error.404", lang))


def test_a_change_that_cannot_be_made_is_refused_where_it_was_written(page: Page) -> None:
    page.goto(f"/?entity=halti&policy={POLICY}&as_of=2026-11-01&lang=en")
    page.get_by_label(say("what_if.owner", "en"), exact=True).fill("tencent")
    page.get_by_label(say("what_if.percent", "en"), exact=True).fill("140")
    page.get_by_role("button", name=say("what_if.ask", "en")).click()
    expect(page.locator("form.desk").get_by_role("alert")).to_contain_text("percent")
    expect(page.get_by_label(say("what_if.percent", "en"), exact=True)).to_have_value("140")


@pytest.mark.parametrize("written", ["nonsense", "[]]", "5", "null"])
def test_changes_in_the_address_that_are_none_are_one_clear_sentence(page: Page, written: str) -> None:
    page.goto(f"/?entity=halti&policy={POLICY}&edits={written}&lang=en")
    expect(page.get_by_role("alert").first).to_contain_text(say("page.error.422", "en"))
