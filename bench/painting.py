"""How soon one sees the verdict: from the request to its headline on the screen, beside an empty page.

`python -m bench.painting` (needs Chromium); both pages alternate in one browser.
"""

from __future__ import annotations

import statistics

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, sync_playwright
from tools.browser import chromium, demo_database

from lookthrough.api.pages import rendered
from lookthrough.investigations.demo import POLICY

from .serving import serving

ROUNDS, WARM = 30, 5
VERDICT = f"/?entity=bytedance&policy={POLICY}&as_of=2026-11-01&lang=en"
SEEN = """(what) => new Promise((resolve) => {
  const look = () => document.querySelector(what)
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    : requestAnimationFrame(look);
  look();
})"""
"""Milliseconds from the start of the navigation until the frame that has the element was painted."""

empty = APIRouter()


@empty.get("/empty")
def page() -> HTMLResponse:
    """The page without content: header, footer and their style."""
    return HTMLResponse(rendered("base.html", "en", other_address="/empty?lang=zh"))


def main() -> None:
    with demo_database() as database, serving(database, empty) as client, sync_playwright() as playwright:
        browser = chromium(playwright)
        if browser is None:
            raise RuntimeError("no Chromium on this machine")
        address = str(client.base_url)
        pairs = [
            (_seen(browser, address + VERDICT, "#headline"), _seen(browser, f"{address}/empty", ".mark"))
            for _ in range(WARM + ROUNDS)
        ][WARM:]
        browser.close()
    ours, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"verdict painted in {ours:.0f} ms against {other:.0f} ms of an empty page, ratio {ratio:.1f}")


def _seen(browser: Browser, address: str, what: str) -> float:
    """In a context of its own, so that nothing is cached."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    found = float(page.evaluate(SEEN, what))
    context.close()
    return found


if __name__ == "__main__":
    main()
