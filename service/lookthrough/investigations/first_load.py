"""A first load by Neo4j's offline importer: the same facts as any load gives, in less time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lookthrough.graph.connecting import database_of
from lookthrough.graph.dumping import occupied
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.embedded.home import Home
from lookthrough.graph.first_import import complete, import_staged
from lookthrough.graph.migrations import migrate
from lookthrough.graph.staging import Staging

from .errors import BadQuestion
from .loading import LoadReport, Progress, load_files


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """What a load is asked for, without what a first one cannot need."""

    paths: Sequence[Path | str]
    source: str = ""
    form: str = "auto"
    rejected: Path | None = None
    mapping: Path | None = None


def load_first(
    server: EmbeddedServer, asked: FirstLoad, progress: Callable[[Progress], None] | None = None
) -> LoadReport:
    """Load into a home that holds nothing, or what an earlier try has left there.

    The facts are staged on disk, imported while the server is stopped, and seen once the load is finished.
    Raises what `load_files` raises, BadQuestion where there is something already, GraphError, EmbeddedError.
    """
    home = Home(server.status().home)
    home.create()
    with home.locked(0, "first-load.lock"):
        if home.has_data() and not home.half_imported.exists():
            _check_empty(server)
        return _load(server, home, asked, progress)


def _check_empty(server: EmbeddedServer) -> None:
    with database_of(server.start()) as database:
        migrate(database)
        if labels := occupied(database):
            raise BadQuestion(f"the database holds {labels[0]} nodes already: load without --bulk")


def _load(
    server: EmbeddedServer, home: Home, asked: FirstLoad, progress: Callable[[Progress], None] | None
) -> LoadReport:
    folder = home.first_load
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in folder.iterdir():
        if file != home.half_imported:
            file.unlink()
    with closing(Staging(folder / "facts.sqlite")) as staging:
        report = load_files(
            staging, asked.paths, asked.source, progress, asked.form, asked.rejected, None, asked.mapping
        )
        server.stop()
        home.half_imported.touch()
        import_staged(staging, home.folder, folder)
        with database_of(server.start(half_imported=True)) as database:
            complete(database, staging)
    shutil.rmtree(folder)
    return report
