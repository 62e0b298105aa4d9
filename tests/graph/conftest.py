"""What tests of the graph begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from lookthrough.graph.database import Database
from lookthrough.investigations.demo import load_once


@pytest.fixture(scope="module")
def demo(migrated_database: Database, wipe: Callable[[], None]) -> Iterator[Database]:
    """The demo set, for a whole module; a test that asks for `database` takes it away from those after it."""
    wipe()
    load_once(migrated_database)
    yield migrated_database
    wipe()
