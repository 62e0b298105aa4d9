"""Neo4j's admin commands (import, dump, load) on the data of a home whose server is stopped."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .configuration import ADMIN_HEAP, java_environment, java_flags
from .extra import java
from .folders import default_cache
from .home import Home
from .jars import JarCache

_WAIT = 60.0


def admin(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an admin command such as `admin(home, "database", "dump", "neo4j", "--to-path=…")`.

    Give paths in full: the commands don't take a bare file name. Output and exit code are the command's own;
    it refuses a database that is in use. The home is held meanwhile, so that no server starts under it.
    Raises EmbeddedExtraMissing, DownloadFailed, JarRefused, ServerTimeout.
    """
    place, jars = Home(home), JarCache(default_cache())
    jars.fetch()
    place.create()
    # The class that Neo4jAdminCommand starts in a second Java, which would not get these flags.
    command: list[str | Path] = [java(), *java_flags(ADMIN_HEAP), "org.neo4j.cli.AdminTool", *arguments]
    with place.locked(_WAIT):
        return subprocess.run(  # noqa: S603  no shell; the arguments are the caller's
            command,
            env=java_environment(place, jars.class_path()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
