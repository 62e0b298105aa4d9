"""A real browser on the real service over the demo set."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests import service
from tools.browser import chromium

from lookthrough.graph.database import Database

NO_BROWSER = "LOOKTHROUGH_TEST_NO_BROWSER"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if os.environ.get(NO_BROWSER):
        pytest.skip(f"{NO_BROWSER} is set")
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            pytest.fail(
                f"no browser: install Chromium (apt-get install chromium), or set {NO_BROWSER}=1 to skip"
            )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def address(browser: Browser, migrated_database: Database, wipe: Callable[[], None]) -> Iterator[str]:
    wipe()
    service.load_demo(migrated_database)
    with service.listening(service.application(migrated_database)) as address:
        yield address


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    """Opens pages that must not complain: no error on the console, nothing refused by the policy."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if told.type in TROUBLE else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


TROUBLE = ("error", "warning")
