"""The pages that people open in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lookthrough.investigations.browsing import about_one
from lookthrough.investigations.demo import CASES
from lookthrough.investigations.demo import POLICY as DEMO_POLICY
from lookthrough.investigations.policies import summaries
from lookthrough.web import TEMPLATES
from lookthrough.web.reference import reference
from lookthrough.words import LANGUAGES, catalogue, say

from .dependencies import Service, ServiceDep

router = APIRouter(include_in_schema=False)
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
    return _render("page.html", request, language, room="page", setup=_setup(service, language))


@router.get("/compare")
def compare(request: Request, service: ServiceDep, language: LanguageDep) -> HTMLResponse:
    """One entity under all policies; the same page, asking another thing."""
    return _render("page.html", request, language, room="compare", setup=_setup(service, language))


@router.get("/screen")
@router.get("/screen/{screening}")
def screen(request: Request, service: ServiceDep, language: LanguageDep) -> HTMLResponse:
    """A list to screen, or a screening; the browser fills it in from the API."""
    return _render("screen.html", request, language, setup=_setup(service, language))


@router.get("/investigations")
@router.get("/investigations/{investigation}")
def investigations(request: Request, service: ServiceDep, language: LanguageDep) -> HTMLResponse:
    """All investigations, or one; the browser fills it in from the API."""
    return _render("investigations.html", request, language, setup=_setup(service, language))


@router.get("/docs")
def docs(request: Request, language: LanguageDep) -> HTMLResponse:
    """The API reference, from the OpenAPI document."""
    return _render("docs.html", request, language, reference=reference(request.app.openapi()))


def _render(template: str, request: Request, language: str, **values: object) -> HTMLResponse:
    other = request.url.include_query_params(lang="en" if language == "zh" else "zh")
    html = rendered(template, language, other_address=f"{other.path}?{other.query}", **values)
    return HTMLResponse(html, headers={"Vary": "Accept-Language", "Content-Language": language})


def rendered(template: str, language: str, **values: object) -> str:
    return templates.get_template(template).render(lang=language, say=partial(_say, language), **values)


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
        "browser_queries": about_one() if service.browser_url else [],
    }
