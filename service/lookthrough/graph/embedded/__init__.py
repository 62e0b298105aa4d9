"""A Neo4j Community server of one's own: no Docker, no Maven, no Java on the machine needed.

`EmbeddedServer(default_home()).start()` fetches the server's jars once, starts it on this machine's own
address with a password of its own, and returns how to reach it. It runs until `stop()`.
"""

from .admin import admin
from .errors import (
    DownloadFailed,
    EmbeddedError,
    EmbeddedExtraMissing,
    JarRefused,
    PasswordRefused,
    ServerCrashed,
    ServerTimeout,
    SettingRefused,
)
from .folders import default_cache, default_home
from .jars import DownloadProgress, JarCache
from .server import Connection, EmbeddedServer, ServerStatus

__all__ = [
    "Connection",
    "DownloadFailed",
    "DownloadProgress",
    "EmbeddedError",
    "EmbeddedExtraMissing",
    "EmbeddedServer",
    "JarCache",
    "JarRefused",
    "PasswordRefused",
    "ServerCrashed",
    "ServerStatus",
    "ServerTimeout",
    "SettingRefused",
    "admin",
    "default_cache",
    "default_home",
]
