"""What each page asks for and how heavy it is: `make page-weight` writes docs/page-weight.md anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from .browser import browsing
from .views import VIEWS, View

DOCUMENT = Path(__file__).parent.parent / "docs" / "page-weight.md"
KINDS = {"document": "page", "script": "scripts", "stylesheet": "styles", "fetch": "answers", "other": "icon"}
LEAD = """# Page weight

Requests · kB of what a browser asks for where nothing is cached, on the demo set, as sent (no compression).
`make page-weight` measures it anew; a test fails where a page asks anybody but the service, or is heavier
than 400 kB.

| view | {kinds} | requests | kB |
|---|{columns}---:|---:|
"""


@dataclass(slots=True)
class Weight:
    """Requests and bytes by kind; `hosts` are those that were asked."""

    requests: defaultdict[str, int] = field(default_factory=lambda: defaultdict[str, int](int))
    bytes: defaultdict[str, int] = field(default_factory=lambda: defaultdict[str, int](int))
    hosts: set[str] = field(default_factory=set[str])

    @classmethod
    def of(cls, requests: Iterable[Request]) -> Weight:
        """Addresses that hold their content themselves are no requests."""
        weight = cls()
        for request in requests:
            address = urlsplit(request.url)
            if address.scheme not in ("data", "blob"):
                weight.hosts.add(address.netloc)
                weight._add(request)
        return weight

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    def _add(self, request: Request) -> None:
        kind = KINDS.get(request.resource_type, request.resource_type)
        self.requests[kind] += 1
        if request.response():
            sizes = request.sizes()
            self.bytes[kind] += sizes["responseBodySize"] + sizes["responseHeadersSize"]


def weigh(browser: Browser, address: str, view: View) -> Weight:
    """One view in a browser that has seen nothing before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    page = context.new_page()
    asked = requests_of(page)
    view.open(page, "en")
    weight = Weight.of(asked)
    context.close()
    return weight


def requests_of(page: Page) -> list[Request]:
    """Everything that the page asks for from now on."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))  # noqa: PLW0108  it marks what listens
    return found


def table(weights: Mapping[str, Weight]) -> str:
    kinds = list(KINDS.values())
    text = LEAD.format(kinds=" | ".join(kinds), columns="---:|" * len(kinds))
    for name, weight in weights.items():
        cells = [f"{weight.requests[kind]} · {weight.bytes[kind] / 1000:.0f}" for kind in kinds]
        total = f"{sum(weight.requests.values())} | {weight.total / 1000:.0f}"
        text += f"| {name} | {' | '.join(cells)} | {total} |\n"
    return text


def main() -> None:
    with browsing() as (browser, address):
        weights = {view.name: weigh(browser, address, view) for view in VIEWS}
    DOCUMENT.write_text(table(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
