"""The application: routes, limits and headers that hold for every response."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware

from lookthrough.graph.database import Database
from lookthrough.policies.library import Library
from lookthrough.settings import Settings
from lookthrough.web import STATIC

from . import entities, health, pages, policies, problems, verdicts
from .dependencies import Service
from .paths import EncodedIds

LARGEST_BODY = 2_000_000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(database: Database, settings: Settings, browser_url: str | None = None) -> FastAPI:
    """The service over one database; `browser_url` is where Neo4j Browser answers, if it does."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        yield
        database.close()

    app = FastAPI(
        title="lookthrough",
        summary="Is this entity owned or controlled by those parties, under this rule, on this date?",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        max_body_size=LARGEST_BODY,
    )
    app.state.service = Service(database, Library(), browser_url)
    problems.install(app)
    hosts = [host.strip() for host in settings.allowed_hosts.split(",")]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    app.middleware("http")(_with_headers)
    app.add_middleware(EncodedIds)
    for room in (health, verdicts, entities, policies, pages):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


async def _with_headers(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
