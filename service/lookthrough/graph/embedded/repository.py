"""Fetching one jar from a Maven repository, checked while it is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any, cast

from .errors import DownloadFailed, JarRefused
from .extra import maven_artifact
from .lock import Jar

ATTEMPTS = 5
FIRST_PAUSE = 0.5
"""Seconds before the second attempt; each further pause is twice as long."""
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two pieces of an answer."""
_PIECE = 1 << 16
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


class Repository:
    """A Maven repository: the one that maven-artifact knows, or the mirror at the address `base`.

    Raises EmbeddedExtraMissing where maven-artifact is not installed.
    """

    def __init__(self, base: str | None = None) -> None:
        # The package carries no types, so what is used of it is spelt out here and nowhere else.
        self._package: Any = maven_artifact()
        self._downloader: Any = self._package.Downloader(base) if base else self._package.Downloader()
        self._fault = cast("type[OSError]", import_module("requests").RequestException)

    def fetch(self, jar: Jar, folder: Path, halt: Event) -> None:
        """Put `jar` into `folder`, whole and verified, or not at all; gives up soon after `halt` is set.

        Raises JarRefused where the sum differs, DownloadFailed after the last attempt or when halted.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._fetch_once(jar, folder, halt)
            except OSError as error:  # of the network, or of a full or read-only disk
                if not self._passing(error) or attempt == ATTEMPTS:
                    raise DownloadFailed(f"{jar.coordinate} could not be fetched: {error}") from error
            if halt.wait(FIRST_PAUSE * 2 ** (attempt - 1)):
                break
        raise _halted(jar)

    def _fetch_once(self, jar: Jar, folder: Path, halt: Event) -> None:
        # Not Downloader.download: it prints, writes in place, and trusts a sum from where the jar came from.
        address = self._downloader.resolver.uri_for_artifact(self._package.Artifact.parse(jar.coordinate))
        response: Any = self._downloader.requestor.request(address, None, stream=True, timeout=TIMEOUT)
        with closing(response):
            _write(jar, folder, response.iter_content(_PIECE), halt)

    def _passing(self, error: OSError) -> bool:
        response: Any = getattr(error, "response", None)
        if response is None:
            return isinstance(error, self._fault)
        response.close()  # an answer that is an error is still open
        return response.status_code in _PASSING


def _write(jar: Jar, folder: Path, pieces: Iterable[bytes], halt: Event) -> None:
    # A name of its own for each writer: two processes may fetch the same jar, and the last one wins whole.
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{jar.filename}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            found = _copy(jar, pieces, file.write, halt)
        if found != jar.sha256:
            raise JarRefused(jar.coordinate, jar.sha256, found)
        part.replace(folder / jar.filename)
    finally:
        part.unlink(missing_ok=True)


def _copy(jar: Jar, pieces: Iterable[bytes], write: Callable[[bytes], object], halt: Event) -> str:
    digest, size = sha256(), 0
    for piece in pieces:
        if halt.is_set():
            raise _halted(jar)
        digest.update(piece)
        write(piece)
        size += len(piece)
        if size > jar.size:  # already another file than the one locked: its end need not be awaited
            break
    return digest.hexdigest()


def _halted(jar: Jar) -> DownloadFailed:
    return DownloadFailed(f"{jar.coordinate} was not fetched to the end: the download was halted")
