"""What holds for every page: nothing serious stands in the way of anybody, and it is light."""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from tools.page_weight import Weight, requests_of
from tools.views import VIEWS, View, pages

from lookthrough.api.app import create_app
from lookthrough.graph.database import Database
from lookthrough.settings import Settings

HEAVIEST = 400_000
"""Bytes of a view and all that it asks for, nothing being cached."""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
CHECK = """(rules) => axe.run({resultTypes: ['violations'], ...(rules && {runOnly: rules})})
  .then(({violations}) => violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) => nodes.map((node) => [id, node.html, node.failureSummary].join(' '))))"""
SHORTENED = """(parts) => [...document.querySelectorAll(parts)].slice(6).forEach((part) => part.remove())"""
CONTRAST = ["color-contrast"]
MOST_SHIFT = 0.02
"""As browsers measure it (cumulative layout shift): a tenth is called good."""
WATCH = """new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted = (window.shifted ?? 0) + entry.value;
})).observe({type: 'layout-shift', buffered: true})"""


def test_every_page_of_the_application_has_a_view_that_is_checked() -> None:
    database = Database("bolt://127.0.0.1:1", "neo4j", "unused")
    try:
        found = pages(create_app(database, Settings.model_construct()))
    finally:
        database.close()
    assert {"/", "/docs"} <= found
    assert found == {view.route for view in VIEWS}, "tools/views.py lists the views of each page"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_is_light_and_still_asks_nobody_else_and_has_no_serious_fault(
    browser: Browser, address: str, view: View, language: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.add_init_script(WATCH)
    page = context.new_page()
    asked = requests_of(page)
    view.open(page, language)
    weight = Weight.of(asked)
    assert weight.hosts == {address.removeprefix("http://")}
    assert weight.total < HEAVIEST
    assert page.evaluate("window.shifted ?? 0") < MOST_SHIFT
    if view.repeats:
        page.evaluate(SHORTENED, view.repeats)
    page.evaluate(AXE)
    assert faults(page, "light", 1280) == []
    assert faults(page, "dark", 1280, CONTRAST) == []  # colours are all that changes
    assert faults(page, "light", 390) == []
    context.close()


def faults(
    page: Page, scheme: Literal["light", "dark"], width: int, rules: list[str] | None = None
) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(CHECK, rules)
    return found
