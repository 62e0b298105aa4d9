"""The pages that people open in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lookthrough.investigations.browsing import browser_link
from lookthrough.investigations.demo import CASES
from lookthrough.investigations.demo import POLICY as DEMO_POLICY
from lookthrough.investigations.policies import summaries
from lookthrough.web import TEMPLATES
from lookthrough.web.reference import reference
from lookthrough.words import LANGUAGES, catalogue, say

from .dependencies import Service, ServiceDep

router = APIRouter(include_in_schema=False)
QUERY = "chains_into"
templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


def _language(request: Request, lang: Annotated[str | None, Query(description="en or zh")] = None) -> str:
    """The language that the address names, else the one that the browser asks for first."""
    if lang in LANGUAGES:
        return lang
    preferred = request.headers.get("accept-language", "").strip().lower()
    return "zh" if preferred.startswith("zh") else "en"


LanguageDep = Annotated[str, Depends(_language)]


@router.get("/")
def page(request: Request, service: ServiceDep, language: LanguageDep) -> HTMLResponse:
    """Question and verdict; the browser fills it in from the API."""
    return _render("page.html", request, language, setup=_setup(service, language))


@router.get("/docs")
def docs(request: Request, language: LanguageDep) -> HTMLResponse:
    """The API reference, from the OpenAPI document."""
    return _render("docs.html", request, language, reference=reference(request.app.openapi()))


@router.get("/neo4j-browser")
def neo4j_browser(service: ServiceDep, entity: Annotated[str, Query(max_length=200)]) -> RedirectResponse:
    """On to Neo4j Browser, with the query for this entity in its editor."""
    if service.browser_url is None:
        raise HTTPException(404, "The address of Neo4j Browser is not known")
    return RedirectResponse(browser_link(service.browser_url, QUERY, entity))


def _render(template: str, request: Request, language: str, **values: object) -> HTMLResponse:
    other = request.url.include_query_params(lang="en" if language == "zh" else "zh")
    html = templates.get_template(template).render(
        lang=language,
        say=partial(_say, language),
        other_address=f"{other.path}?{other.query}",
        **values,
    )
    return HTMLResponse(html, headers={"Vary": "Accept-Language", "Content-Language": language})


def _say(language: str, key: str) -> str:
    return say(key, language)


def _setup(service: Service, language: str) -> Mapping[str, object]:
    """What the page's modules need to know before they ask anything."""
    return {
        "lang": language,
        "words": {key: texts[language] for key, texts in catalogue().items()},
        "policies": [policy.model_dump() for policy in summaries(service.library).items],
        "cases": [
            {
                "entity": case.entity,
                "policy": DEMO_POLICY,
                "as_of": case.on.isoformat() if case.on else "",
                "words": case.words,
            }
            for case in CASES
        ],
        "browser": service.browser_url is not None,
    }
