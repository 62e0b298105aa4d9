"""The ways into Neo4j Browser: links with a query filled in, and the guide that Browser fetches from us."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from lookthrough.investigations.browsing import BrowserQuery, browser_link, clock_values, steps

from .dependencies import AsOf, KnownAt, Service, ServiceDep
from .pages import LanguageDep, rendered

router = APIRouter(include_in_schema=False)
GUIDE = "/neo4j-browser-guide"
Id = Annotated[str | None, Query(max_length=200)]


@router.get("/neo4j-browser")
def neo4j_browser(
    service: ServiceDep,
    entity: Id = None,
    query: BrowserQuery = BrowserQuery.CHAINS_INTO,
    other: Id = None,
    jurisdiction: Id = None,
    chain: Annotated[list[str] | None, Query(max_length=100)] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> RedirectResponse:
    """On to Neo4j Browser, with one of the queries that ship in its editor."""
    if service.browser_url is None:
        raise HTTPException(404, "The address of Neo4j Browser is not known")
    values = {
        "entity": entity,
        "other": other,
        "jurisdiction": jurisdiction,
        "chain": chain,
        **clock_values(as_of, known_at),
    }
    return RedirectResponse(browser_link(service.browser_url, query, values))


@router.get(GUIDE)
def guide(service: ServiceDep, language: LanguageDep) -> HTMLResponse:
    """Named questions with their queries, as Neo4j Browser shows them beside its editor."""
    return HTMLResponse(rendered("guide.html", language, steps=list(steps())), headers=_shared(service))


@router.options(GUIDE)
def may_fetch(service: ServiceDep, request: Request) -> Response:
    """Neo4j Browser asks before it fetches, since it sends headers of its own."""
    asked = request.headers.get("access-control-request-headers", "")
    return Response(status_code=204, headers=_shared(service) | {"Access-Control-Allow-Headers": asked})


def _shared(service: Service) -> dict[str, str]:
    """Only pages that come from where Neo4j Browser answers may read the guide."""
    if service.browser_url is None:
        return {}
    address = urlsplit(service.browser_url)
    return {
        "Access-Control-Allow-Origin": f"{address.scheme}://{address.netloc}",
        "Access-Control-Allow-Methods": "GET",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
