"""Neo4j Browser as the embedded server ships it: it connects, our queries and our guide work in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests import service

from lookthrough.api.app import create_app
from lookthrough.graph.connecting import connect, embedded_server
from lookthrough.graph.migrations import migrate
from lookthrough.graph.queries import names
from lookthrough.investigations.browsing import EXAMPLES, BrowserQuery
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library
from lookthrough.settings import Settings

SLOW = 20_000
"""Milliseconds that Neo4j Browser gets for each step."""


@dataclass(frozen=True, slots=True)
class Running:
    """The service beside an embedded server of its own."""

    address: str
    password: str


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(home=tmp_path_factory.mktemp("browser-home"))
    server = embedded_server(settings)
    database = connect(settings)
    try:
        migrate(database)
        service.load_demo(database)
        give(database, Question("bytedance", Library().pack("anthropic-2025-09"), date(2026, 11, 23)))
        application = create_app(database, settings, server.status().browser_url)
        with service.listening(application) as address:
            yield Running(address, server.password_file.read_text().strip())
    finally:
        database.close()
        server.stop()


@pytest.fixture(scope="module")
def connected(browser: Browser, running: Running) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1500, "height": 1000})
    # Browser asks hosts of its makers for fonts and scripts, whatever its settings say; none is needed.
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(f"{running.address}/neo4j-browser?entity=polestar")
    page.get_by_test_id("username").fill("neo4j")
    page.get_by_test_id("password").fill(running.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("You are connected as user")).to_be_visible(timeout=SLOW)
    yield page
    context.close()


def test_every_query_that_ships_can_be_opened_and_is_in_the_guide() -> None:
    assert sorted(f"investigate/{query.value}" for query in BrowserQuery) == names("investigate")
    assert list(EXAMPLES) == list(BrowserQuery)


def test_a_link_puts_its_query_into_the_editor(connected: Page, running: Running) -> None:
    filled = connected.locator(".monaco-editor").first
    expect(filled).to_contain_text("polestar")
    expect(filled).to_contain_text("RETURN p")


@pytest.mark.parametrize("query", BrowserQuery)
def test_the_query_of_a_link_finds_something(connected: Page, running: Running, query: BrowserQuery) -> None:
    asked = {"query": query.value, **EXAMPLES[query]}
    link = httpx.get(f"{running.address}/neo4j-browser", params=asked).headers["location"]
    _run(connected, parse_qs(urlsplit(link).query)["arg"][0])
    answer = connected.get_by_test_id("frame").first
    expect(answer.get_by_test_id("rerunFrameButton")).to_be_visible(timeout=SLOW)
    if query.load().returns.get("p") == "PATH":
        expect(answer.get_by_test_id("vizInspector")).to_contain_text("Overview", timeout=SLOW)
    else:
        expect(answer.get_by_test_id("frameStatusbar")).to_contain_text("Started streaming", timeout=SLOW)
    expect(answer).not_to_contain_text("no changes, no records")


@pytest.mark.parametrize(("language", "question"), [("en", "Who owns it?"), ("zh", "谁持有它？")])
def test_the_guide_opens_beside_the_editor_and_its_blocks_fill_it(
    connected: Page, running: Running, language: str, question: str
) -> None:
    _run(connected, f":guide {running.address}/neo4j-browser-guide?lang={language}")
    guide = connected.get_by_test_id("guidesDrawer")
    expect(guide.get_by_text(question)).to_be_visible(timeout=SLOW)
    connected.get_by_test_id("guideNextSlide").click()
    expect(guide.get_by_role("heading", name=question)).to_be_visible()
    guide.locator("pre.runnable").first.click()
    expect(connected.locator(".monaco-editor").first).to_contain_text("param")
    guide.locator("pre.runnable").last.click()
    expect(connected.locator(".monaco-editor").first).to_contain_text("RETURN")


def _run(page: Page, command: str) -> None:
    page.locator(".monaco-editor").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(command)
    page.get_by_test_id("editor-Run").click()
