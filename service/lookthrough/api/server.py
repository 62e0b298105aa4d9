"""The application as an ASGI server makes it: `uvicorn --factory lookthrough.api.server:create`."""

from __future__ import annotations

from fastapi import FastAPI

from lookthrough.graph.connecting import browser_address, connect
from lookthrough.logs import set_up
from lookthrough.settings import Settings

from .app import create_app


def create() -> FastAPI:
    """The service over the database that the settings name."""
    settings = Settings()
    set_up(settings.log_level)
    return create_app(connect(settings), settings, browser_address(settings))
