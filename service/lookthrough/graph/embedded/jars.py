"""The cache of jars: the files of the lock in a folder, fetched once for all homes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from threading import Event

from .errors import SettingRefused
from .lock import Jar, Lock, shipped_lock
from .repository import Repository

THREADS = 8
REPOSITORY_VARIABLE = "LOOKTHROUGH_MAVEN_REPOSITORY"
"""Names the environment variable with the address of a mirror; unset, maven-artifact's default is used."""
_ABANDONED_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Jars and bytes that are in the cache, of all that the lock names."""

    done: int
    total: int
    bytes: int
    bytes_total: int


Progress = Callable[[DownloadProgress], None]


class JarCache:
    """The jars of `lock` below `root`, in a folder named after the version of the server."""

    def __init__(self, root: Path, lock: Lock | None = None, repository: str | None = None) -> None:
        self.lock = lock or shipped_lock()
        self.folder = root.absolute() / f"neo4j-{self.lock.version}"
        self._repository = repository or os.environ.get(REPOSITORY_VARIABLE) or None

    def missing(self) -> list[Jar]:
        """The jars that are not there with their full size: a look at the folder, not at the content."""
        return [jar for jar in self.lock.jars if self._size(jar) != jar.size]

    def verify(self) -> list[Jar]:
        """The jars that are missing or have another SHA-256 sum than the lock; reads all 155 MB."""
        return [jar for jar in self.lock.jars if not self._is_whole(jar)]

    def fetch(self, progress: Progress | None = None) -> None:
        """Fetch what is missing, in parallel; `progress` is called in this thread after each jar.

        Raises EmbeddedExtraMissing, JarRefused, DownloadFailed. Whole jars stay whatever happens, so the
        next call goes on where this one ended.
        """
        missing = self.missing()
        if not missing:
            return
        self._create()
        repository, report = Repository(self._repository), self._reporter(missing, progress)
        with _halting_pool() as (pool, halt):
            jobs: dict[Future[None], Jar] = {
                pool.submit(repository.fetch, jar, self.folder, halt): jar for jar in missing
            }
            for job in as_completed(jobs):
                job.result()
                report(jobs[job])

    def repair(self, progress: Progress | None = None) -> list[Jar]:
        """Delete and fetch again whatever `verify` finds; returns those jars. Raises what `fetch` raises."""
        damaged = self.verify()
        for jar in damaged:
            (self.folder / jar.filename).unlink(missing_ok=True)
        self.fetch(progress)
        return damaged

    def class_path(self) -> str:
        """For Java: exactly the jars of the lock, so that nothing else in the folder is ever loaded."""
        if os.pathsep in str(self.folder):
            raise SettingRefused(f"Java cannot read jars from a folder with {os.pathsep!r}: {self.folder}")
        return os.pathsep.join(str(self.folder / jar.filename) for jar in self.lock.jars)

    def _size(self, jar: Jar) -> int:
        try:
            return (self.folder / jar.filename).stat().st_size
        except FileNotFoundError:
            return -1

    def _is_whole(self, jar: Jar) -> bool:
        if self._size(jar) != jar.size:
            return False
        with (self.folder / jar.filename).open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == jar.sha256

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for part in self.folder.glob(".*.part"):  # of a process that was killed; a young one may be in use
            try:
                if time.time() - part.stat().st_mtime > _ABANDONED_AFTER:
                    part.unlink()
            except FileNotFoundError:
                continue

    def _reporter(self, missing: list[Jar], progress: Progress | None) -> Callable[[Jar], None]:
        total, size = len(self.lock.jars), self.lock.size
        done, had = total - len(missing), size - sum(jar.size for jar in missing)

        def report(jar: Jar) -> None:
            nonlocal done, had
            done, had = done + 1, had + jar.size
            if progress is not None:
                progress(DownloadProgress(done, total, had, size))

        return report


@contextmanager
def _halting_pool() -> Generator[tuple[ThreadPoolExecutor, Event]]:
    """Threads that stop at the first error, also at Ctrl-C, instead of fetching the rest first."""
    halt = Event()
    with ThreadPoolExecutor(THREADS, thread_name_prefix="jar") as pool:
        try:
            yield pool, halt
        except BaseException:
            halt.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
