"""The life of embedded servers, with real ones: start, attach, crash, stop, two side by side."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import neo4j
import pytest

from lookthrough.graph.embedded import (
    Connection,
    EmbeddedServer,
    PasswordRefused,
    ServerCrashed,
    ServerStatus,
    ServerTimeout,
    SettingRefused,
    admin,
)
from lookthrough.graph.embedded.errors import NewerHome

START = """
import sys
from pathlib import Path
from lookthrough.graph.embedded import EmbeddedServer
print(EmbeddedServer(Path(sys.argv[1])).start().uri)
"""


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOOKTHROUGH_NEO4J_HEAP", "256m")
        patch.setenv("LOOKTHROUGH_NEO4J_PAGECACHE", "64m")
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("one") / "a home, 股权穿透"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(home)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A second server, started by two processes at once which have both ended since."""
    home = tmp_path_factory.mktemp("other") / "home"
    command = [sys.executable, "-c", START, str(home)]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = {start.communicate(timeout=120)[0] for start in starts}
    assert [start.returncode for start in starts] == [0, 0]
    assert len(answers) == 1
    server = EmbeddedServer(home)
    yield server
    server.stop()


def pid(server: EmbeddedServer) -> int:
    number = server.status().pid
    assert number is not None
    return number


def names(connection: Connection) -> list[str]:
    with driver(connection) as session:
        records = session.execute_query("MATCH (n:Mark) RETURN n.name ORDER BY n.name").records
    return [str(record[0]) for record in records]


def driver(connection: Connection) -> neo4j.Driver:
    return logged_in(connection.uri, connection.user, connection.password)


def logged_in(uri: str, user: str, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  its options are untyped
        uri, auth=(user, password), max_transaction_retry_time=5.0
    )


def killed(server: EmbeddedServer) -> ServerStatus:
    os.kill(pid(server), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (status := server.status()).running and time.monotonic() < deadline:
        time.sleep(0.02)
    return status


def test_a_new_home_has_no_server_and_asking_makes_nothing(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "none")
    assert server.connection() is None
    assert server.stop() is False
    status = server.status()
    assert (status.running, status.pid, status.bolt_uri, status.reason) == (False, None, None, None)
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_attaches(server: EmbeddedServer) -> None:
    before = pid(server)
    assert server.start() == server.connection() == EmbeddedServer(server.status().home).start()
    assert pid(server) == before


def test_status_names_what_runs(server: EmbeddedServer, home: Path) -> None:
    status, connection = server.status(), server.connection()
    assert connection is not None
    assert status.running
    assert status.reason is None
    assert (status.home, status.version) == (home, "2026.09.0")
    assert (status.bolt_uri, status.browser_url) == (connection.uri, connection.browser_url)


def test_it_is_the_community_server_of_the_lock(server: EmbeddedServer) -> None:
    with driver(server.start()) as session:
        row = session.execute_query("CALL dbms.components() YIELD versions, edition").records[0]
    assert (row["versions"], row["edition"]) == (["2026.09.0"], "community")


def test_the_password_is_for_the_user_alone(server: EmbeddedServer, home: Path) -> None:
    connection = server.start()
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "server").stat().st_mode) == 0o700
    assert len(connection.password) >= 40
    assert connection.password not in repr(connection)
    assert connection.password not in (home / "server/conf/neo4j.conf").read_text()


def test_the_password_is_not_among_the_arguments_of_a_process(server: EmbeddedServer) -> None:
    arguments = Path(f"/proc/{pid(server)}/cmdline").read_bytes() if sys.platform == "linux" else b""
    assert server.start().password.encode() not in arguments


def test_another_password_is_not_let_in(server: EmbeddedServer) -> None:
    uri = server.start().uri
    with logged_in(uri, "neo4j", "neo4j") as session, pytest.raises(neo4j.exceptions.AuthError):
        session.execute_query("RETURN 1")


def test_neo4j_browser_answers_and_finds_bolt(server: EmbeddedServer) -> None:
    connection, status = server.start(), server.status()
    assert connection.browser_url is not None
    assert status.http_url is not None
    page = httpx.get(connection.browser_url, follow_redirects=True)
    assert page.status_code == 200
    assert "<title>Neo4j Browser</title>" in page.text
    assert httpx.get(status.http_url).json()["bolt_direct"] == connection.uri


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_listens_on_the_machines_own_address_only(server: EmbeddedServer) -> None:
    addresses = set(listening(pid(server)))
    assert len(addresses) == 2
    # 127.0.0.1 as the kernel writes it, alone or inside an IPv6 address
    assert {address.rpartition(":")[0][-8:] for address in addresses} == {"0100007F"}


def socket_inode(handle: Path) -> str | None:
    try:
        link = str(handle.readlink())
    except FileNotFoundError:  # closed since it was listed
        return None
    return link[len("socket:[") : -1] if link.startswith("socket:[") else None


def listening(number: int) -> Iterator[str]:
    sockets = {inode for handle in Path(f"/proc/{number}/fd").iterdir() if (inode := socket_inode(handle))}
    for table, states in (("tcp", ["0A"]), ("tcp6", ["0A"]), ("udp", ["07"]), ("udp6", ["07"])):
        rows = Path(f"/proc/{number}/net/{table}").read_text().splitlines()[1:]
        for fields in (row.split() for row in rows):
            if fields[3] in states and fields[9] in sockets:
                yield fields[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dbms.usage_report.enabled", "false"),
        ("client.allow_telemetry", "false"),
        ("server.fleet_discovery.enabled", "false"),
        ("dbms.fleet_manager.enabled", "false"),
        ("server.https.enabled", "false"),
        ("db.transaction.timeout", "1m"),
        ("db.transaction.monitor.check.interval", "100ms"),
        ("db.memory.transaction.max", "128.00MiB"),
        ("server.memory.pagecache.size", "64.00MiB"),
    ],
)
def test_the_server_runs_with_our_settings(server: EmbeddedServer, name: str, value: str) -> None:
    with driver(server.start()) as session:
        records = session.execute_query("SHOW SETTINGS $name YIELD value", name=name).records
    assert [record["value"] for record in records] == [value]


@pytest.mark.parametrize("address", ["file:///etc/hosts", "http://127.0.0.1/a.csv"])
def test_queries_read_no_file_and_no_address(server: EmbeddedServer, address: str) -> None:
    with driver(server.start()) as session, pytest.raises(neo4j.exceptions.ClientError, match="Cannot load"):
        session.execute_query("LOAD CSV FROM $address AS row RETURN row", address=address)


def test_two_homes_run_side_by_side(server: EmbeddedServer, other: EmbeddedServer) -> None:
    one, two = server.start(), other.start()
    assert one.uri != two.uri
    assert one.password != two.password
    for connection, name in ((one, "one"), (two, "two")):
        with driver(connection) as session:
            session.execute_query("CREATE (:Mark {name: $name})", name=name)
    assert (names(one), names(two)) == (["one"], ["two"])


def test_a_killed_server_is_named_and_started_again(other: EmbeddedServer) -> None:
    uri, gone = other.start().uri, pid(other)
    status = killed(other)
    assert (status.running, status.pid) == (False, None)
    assert status.reason is not None
    assert f"pid {gone}" in status.reason
    assert "Started." in status.reason
    assert other.connection() is None
    again = other.start()
    assert (again.uri, other.status().reason) == (uri, None)
    assert names(again) == ["two"]


def test_stop_is_quick_and_is_remembered(other: EmbeddedServer) -> None:
    other.start()
    begun = time.monotonic()
    assert other.stop() is True
    assert time.monotonic() - begun < 5
    assert other.stop() is False
    status = other.status()
    assert (status.running, status.pid, status.reason) == (False, None, None)


def test_admin_commands_dump_and_load_a_stopped_home(other: EmbeddedServer, tmp_path: Path) -> None:
    other.stop()
    home = other.status().home
    dumped = admin(home, "database", "dump", "neo4j", f"--to-path={tmp_path}")
    assert dumped.returncode == 0, dumped.stderr
    loaded = admin(
        home, "database", "load", "neo4j", f"--from-path={tmp_path}", "--overwrite-destination=true"
    )
    assert loaded.returncode == 0, loaded.stderr


def test_admin_imports_into_a_new_home(tmp_path: Path) -> None:
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("id:ID,:LABEL\na,Mark\nb,Mark\n")
    imported = admin(tmp_path / "home", "database", "import", "full", "neo4j", f"--nodes={nodes}")
    assert imported.returncode == 0, imported.stderr
    assert "2 nodes" in imported.stdout


def test_a_running_database_is_not_dumped(server: EmbeddedServer, home: Path, tmp_path: Path) -> None:
    server.start()
    dumped = admin(home, "database", "dump", "neo4j", f"--to-path={tmp_path}")
    assert dumped.returncode != 0
    assert "The database is in use" in dumped.stderr


def test_a_taken_port_is_chosen_anew_and_the_other_is_kept(other: EmbeddedServer) -> None:
    other.stop()
    before = other.status()
    assert before.bolt_uri is not None
    port = int(before.bolt_uri.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        connection = other.start()
    assert connection.uri != before.bolt_uri
    assert connection.browser_url == before.browser_url
    assert names(connection) == ["two"]


def test_a_lost_password_is_named_and_nothing_is_started(other: EmbeddedServer) -> None:
    other.stop()
    file = other.status().home / "password"
    password = file.read_text()
    file.unlink()
    with pytest.raises(PasswordRefused, match=str(file)):
        other.start()
    assert not other.status().running
    file.write_text(password)


def test_data_that_a_newer_server_has_opened_are_left_alone(other: EmbeddedServer) -> None:
    other.stop()
    kept = other.status().home / "server.json"
    record = kept.read_text()
    kept.write_text(record.replace("2026.09.0", "2026.10.1"))
    with pytest.raises(NewerHome, match=r"opened by Neo4j 2026\.10\.1.* brings 2026\.09\.0"):
        other.start()
    assert "2026.10.1" in kept.read_text()
    kept.write_text(record.replace("2026.09.0", "2025.12.1"))
    assert other.start()
    assert other.status().version == "2026.09.0"


def test_a_server_that_dies_at_its_start_is_named_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_HEAP", "1k")
    server = EmbeddedServer(tmp_path / "home")
    with pytest.raises(ServerCrashed, match="Too small maximum heap") as crash:
        server.start()
    assert crash.value.log_tail
    assert server.status().reason == str(crash.value)


def test_a_heap_that_is_no_size_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_HEAP", "much")
    with pytest.raises(SettingRefused, match="LOOKTHROUGH_NEO4J_HEAP"):
        EmbeddedServer(tmp_path / "home").start()


def test_a_pid_given_to_another_process_is_never_ended(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text(
        f'{{"version": "1", "bolt_port": 1, "http_port": 2, "pid": {os.getpid()}, "started": "long ago"}}'
    )
    server = EmbeddedServer(tmp_path)
    assert not server.status().running
    assert server.stop() is False


def test_a_server_too_slow_to_answer_is_left_starting(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "home")
    with pytest.raises(ServerTimeout, match="goes on starting"):
        server.start(wait=0.0)
    assert server.stop() is True
