"""The service over the demo set and the facts of `tests/data/service`, loaded once for this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from httpx import Client
from tests import service

from lookthrough.graph.database import Database


@pytest.fixture(scope="package")
def demo(migrated_database: Database, wipe: Callable[[], None]) -> Database:
    wipe()
    service.load_demo(migrated_database)
    return migrated_database


@pytest.fixture(scope="package")
def address(demo: Database) -> Iterator[str]:
    """Where the application listens."""
    with service.listening(service.application(demo)) as address:
        yield address


@pytest.fixture(scope="package")
def client(address: str) -> Iterator[Client]:
    with Client(base_url=address, timeout=60) as client:
        yield client
