"""The system's own Chromium, and the service on the demo set for it to look at."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager

from bench.databases import empty_database
from bench.serving import serving
from playwright.sync_api import Browser, Playwright, sync_playwright

from lookthrough.graph.database import Database
from lookthrough.investigations.demo import load_once

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium(playwright: Playwright) -> Browser | None:
    """None where there is no such browser on the machine; none is downloaded."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=QUIET) if found else None


@contextmanager
def demo_database() -> Generator[Database]:
    """The demo set on an embedded server of its own, which is gone afterwards."""
    with empty_database() as database:
        load_once(database)
        yield database


@contextmanager
def browsing() -> Generator[tuple[Browser, str]]:
    """A browser, and the address of the service on the demo set. Raises RuntimeError without a browser."""
    with demo_database() as database, serving(database) as client, sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            raise RuntimeError(f"no browser: install Chromium (one of {', '.join(NAMES)})")
        yield browser, str(client.base_url)
        browser.close()
