"""Which Neo4j to talk to: the one that the settings name, or the embedded server."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from lookthrough.settings import Settings

from .database import Database
from .embedded import Connection, DownloadProgress, EmbeddedServer, default_cache, default_home


def embedded_server(settings: Settings) -> EmbeddedServer:
    return EmbeddedServer(settings.home or default_home(), settings.cache or default_cache())


def connect(settings: Settings, progress: Callable[[DownloadProgress], None] | None = None) -> Database:
    """Connect; without an address in the settings the embedded server is started unless it runs.

    Raises EmbeddedError, GraphUnavailable (an address that cannot be used), SettingMissing (no password).
    """
    if settings.neo4j_uri is not None:
        password = settings.password()
        return Database(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
    server = embedded_server(settings).start(progress)
    return Database(server.uri, server.user, server.password, settings.neo4j_database)


@contextmanager
def database_of(server: Connection) -> Generator[Database]:
    """The database of an embedded server, closed at the end."""
    database = Database(server.uri, server.user, server.password)
    try:
        yield database
    finally:
        database.close()


def browser_address(settings: Settings) -> str | None:
    """Where Neo4j Browser answers: known of the embedded server, of another only if the settings say so."""
    return settings.neo4j_browser if settings.neo4j_uri else embedded_server(settings).status().browser_url
