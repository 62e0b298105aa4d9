"""A database of its own for what is measured, on an embedded server that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from lookthrough.graph.database import Database
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.migrations import migrate


@contextmanager
def empty_database() -> Generator[Database]:
    """With the schema, and without facts."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "home")
        try:
            connection = server.start()
            database = Database(connection.uri, connection.user, connection.password)
            migrate(database)
            yield database
            database.close()
        finally:
            server.stop()
