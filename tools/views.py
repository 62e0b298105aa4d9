"""Every page as a person meets it: the same views are checked, weighed and photographed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute, iter_route_contexts
from playwright.sync_api import Page

RULE = "policy=anthropic-2025-09&as_of=2026-11-01"
LIST = (
    "ByteDance",
    "腾讯控股有限公司",
    "polestar",
    "nayara",
    "pdd",
    "volvo cars",
    "No Such Company Anywhere",
)
CASE = {"policy": "anthropic-2025-09", "as_of": "2026-11-01"}
TRIAL = [{"op": "set_location", "entity": "pdd", "attribute": "headquarters", "jurisdiction": "IE"}]
FRAGMENTS = {"/neo4j-browser-guide"}
"""Shown inside Neo4j Browser, which has the page around them."""


def _nothing(_: Page, __: str) -> None:
    """The page as it comes."""


@dataclass(frozen=True, slots=True)
class View:
    """`route` is the path in the application that it shows; `steps` are taken once it is there.

    `start` is where the steps begin, if elsewhere; `part` selects what a picture shows of a long page,
    `repeats` what one template makes again and again.
    """

    name: str
    route: str
    query: str = ""
    steps: Callable[[Page, str], None] = _nothing
    start: str | None = None
    part: str | None = None
    repeats: str | None = None

    def open(self, page: Page, language: str) -> None:
        """Goes there, and waits until nothing more is asked for."""
        page.goto(f"{self.start or self.route}?{self.query}&lang={language}".replace("?&", "?"))
        page.wait_for_load_state("networkidle")
        self.steps(page, language)


def _typed(page: Page, _: str) -> None:
    page.locator("#q").press_sequentially("tengxun")
    page.locator("#suggestions li").last.locator(".outcome").wait_for()
    page.wait_for_load_state("networkidle")


def _opened(page: Page, _: str) -> None:
    """The details of a stake, and the table of them all."""
    page.locator(".chart-under summary").click()
    page.locator(".stake .hit").nth(2).dispatch_event("click")
    page.locator(".chart-panel .claims").wait_for()
    page.locator(".chart-stage").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


def _matched(page: Page, _: str) -> None:
    page.locator("#lines").fill("\n".join(LIST))
    page.locator("#list button.primary").click()
    page.locator(".choices button.primary").wait_for()
    page.wait_for_load_state("networkidle")


def _screened(page: Page, language: str) -> None:
    _matched(page, language)
    page.locator(".choices button.primary").click()
    page.locator("table.results tbody tr").nth(len(LIST) - 1).wait_for()
    page.wait_for_load_state("networkidle")


def _kept(page: Page) -> str:
    """The id of an investigation with something of everything, made over HTTP."""

    def made(path: str, **told: object) -> dict[str, Any]:
        found: dict[str, Any] = page.request.post(path, data=told, fail_on_status_code=True).json()
        return found

    verdict = made("/v1/verdicts", **CASE, entity="nayara")["verdict_id"]
    kept = made("/v1/investigations", **CASE, question="May we serve Nayara Energy?", subjects=["nayara"])
    where = f"/v1/investigations/{kept['id']}"
    stake = {"op": "set_stake", "owner": "rosneft", "owned": "nayara", "percent": "51"}
    made(f"{where}/verdicts", version=1, verdict_id=verdict)
    made(f"{where}/notes", version=2, text="Holders of **Mareterra** were asked for.")
    made(f"{where}/facts", version=3, edit=stake, source="a newspaper")
    made(f"{where}/decisions", version=4, kind="documents_requested", verdict_id=verdict)
    return str(kept["id"])


def _investigated(page: Page, language: str) -> None:
    page.goto(f"/investigations/{_kept(page)}?lang={language}")
    page.locator("#facts .what-if .outcome").first.wait_for()
    page.wait_for_load_state("networkidle")


def _reported(page: Page, language: str) -> None:
    page.goto(f"/v1/investigations/{_kept(page)}/report?language={language}")


VIEWS = (
    View("start", "/"),
    View("search", "/", steps=_typed),
    View("undetermined", "/", f"entity=nayara&{RULE}"),
    View("restricted", "/", f"entity=bytedance&{RULE}"),
    View("what-if", "/", f"entity=pdd&{RULE}&edits={quote(json.dumps(TRIAL))}"),
    View("chart", "/", f"entity=polestar&direction=both&{RULE}", _opened, part=".chart"),
    View("problem", "/", f"entity=no-such-entity&{RULE}"),
    View("compare", "/compare", f"entity=grand-opus&{RULE}"),
    View("screen", "/screen"),
    View("screen-matches", "/screen", steps=_matched),
    View("screening", "/screen/{screening}", start="/screen", steps=_screened),
    View("investigations", "/investigations"),
    View("investigation", "/investigations/{investigation}", start="/healthz", steps=_investigated),
    View("report", "/v1/investigations/{investigation}/report", start="/healthz", steps=_reported),
    View("docs", "/docs", repeats="main > section"),
)


def pages(app: FastAPI) -> set[str]:
    """The paths of the application that answer with a page."""
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    return {
        route.path
        for route in routes
        if isinstance(route, APIRoute) and get_type_hints(route.endpoint).get("return") is HTMLResponse
    } - FRAGMENTS
