"""The application: routes, limits and headers that hold for every response."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from lookthrough.graph.database import Database
from lookthrough.investigations.imports import Imports
from lookthrough.investigations.screenings import Screenings
from lookthrough.policies.library import Library
from lookthrough.settings import Settings
from lookthrough.web import STATIC

from . import (
    browser,
    charts,
    entities,
    health,
    imports,
    investigations,
    matches,
    metrics,
    ownership,
    pages,
    policies,
    problems,
    screenings,
    stored,
    verdicts,
)
from .bodies import LimitedBodies
from .dependencies import Service
from .description import Application, operation_id
from .headers import WithHeaders
from .hosts import KnownHosts
from .origins import OwnPages
from .paths import EncodedIds
from .requests import WithRequestIds

LARGEST_BODY = 2_000_000
ROOMS = (
    health,
    metrics,
    verdicts,
    stored,
    screenings,
    investigations,
    imports,
    ownership,
    charts,
    entities,
    matches,
    policies,
    pages,
    browser,
)


def create_app(database: Database, settings: Settings, browser_url: str | None = None) -> FastAPI:
    """The service over one database; `browser_url` is where Neo4j Browser answers, if it does."""

    screened, imported = Screenings(database), Imports(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        yield
        screened.close()
        imported.close()
        database.close()

    app = Application(
        title="lookthrough",
        summary="Is this entity owned or controlled by those parties, under this rule, on this date?",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        telemetry={"meter_provider": metrics.meter_provider()},
    )
    app.state.service = Service(
        database, Library(), browser_url, screened, imported, settings.max_fact_age_days
    )
    problems.install(app)
    app.add_middleware(
        LimitedBodies, most=LARGEST_BODY, uploads={"/v1/imports": settings.max_upload_mb * 1_000_000}
    )
    app.add_middleware(OwnPages)
    app.add_middleware(KnownHosts, hosts=settings.allowed_hosts.split(","))
    app.add_middleware(WithHeaders)
    app.add_middleware(EncodedIds)
    app.add_middleware(WithRequestIds)
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
