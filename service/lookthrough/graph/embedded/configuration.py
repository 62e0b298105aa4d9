"""How the server is set up: `neo4j.conf`, the flags of Java, the first password."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256

from .errors import SettingRefused
from .home import Home, Record, write_private
from .ports import ADDRESS

HEAP_VARIABLE, DEFAULT_HEAP = "LOOKTHROUGH_NEO4J_HEAP", "512m"
PAGECACHE_VARIABLE, DEFAULT_PAGECACHE = "LOOKTHROUGH_NEO4J_PAGECACHE", "256m"
ADMIN_HEAP = "1g"
USER = "neo4j"

_SIZE = re.compile(r"([1-9][0-9]*)([kmg])", re.IGNORECASE)
_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_SMALL_HEAP = 1 << 30
_HASHES = 1024
# What Neo4j's own start script opens for it; without the first, import ends in an error half-way.
_OPENINGS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
# Would change the flags of Java, or the folders of Neo4j, from outside.
_NOT_INHERITED = re.compile(r"JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|NEO4J_.*")

_SETTINGS = """\
# Written anew at every start of the server.
server.default_listen_address={address}
server.bolt.listen_address={address}:{bolt}
server.bolt.advertised_address={address}:{bolt}
server.http.listen_address={address}:{http}
server.http.advertised_address={address}:{http}
server.https.enabled=false

# Nothing is sent anywhere, nothing is fetched from anywhere.
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.fleet_discovery.enabled=false
dbms.fleet_manager.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.security.procedures.allowlist=db.*,dbms.*,tx.*
# Except Neo4j Browser, and only from this machine: the guide that the service gives it.
browser.remote_content_hostname_whitelist=127.0.0.1,localhost

# A runaway query ends by itself and leaves the server standing.
db.transaction.timeout=60s
db.transaction.monitor.check.interval=100ms
db.memory.transaction.max={transaction}
server.memory.heap.initial_size={heap}
server.memory.heap.max_size={heap}
server.memory.pagecache.size={pagecache}

# 2 MB for an empty home instead of 500, and no 10 s of waiting for idle threads at the end.
db.tx_log.preallocate=false
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


def write_configuration(home: Home, record: Record) -> None:
    """Write `neo4j.conf` for the ports of `record`. Raises SettingRefused for a size that is none."""
    heap = size_of(HEAP_VARIABLE, DEFAULT_HEAP)
    text = _SETTINGS.format(
        address=ADDRESS,
        bolt=record.bolt_port,
        http=record.http_port,
        heap=heap,
        pagecache=size_of(PAGECACHE_VARIABLE, DEFAULT_PAGECACHE),
        transaction=f"{_bytes(heap) // 2 >> 10}k",
    )
    write_private(home.configuration / "neo4j.conf", text)


def write_credentials(home: Home, password: str) -> None:
    """Give a new server its password. A server that has one takes no notice of it.

    What the admin command set-initial-password writes, without a start of Java, and without the password
    among the arguments of a process, where every user of the machine could read it.
    """
    salt = secrets.token_bytes(32)
    digest = sha256(salt + password.encode()).digest()
    for _ in range(_HASHES - 1):
        digest = sha256(digest).digest()
    folder = home.data / "dbms"
    folder.mkdir(mode=0o700, exist_ok=True)
    write_private(folder / "auth.ini", f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{_HASHES}:\n")


def java_flags(heap: str) -> list[str]:
    """Flags for a heap such as "512m".

    Up to 1 GB, the one-threaded collector and the quick compiler: half the processor time of a start and
    0.6 s less to wait. A larger heap is given for large graphs, where the better compiler pays.
    """
    small = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"] if _bytes(heap) <= _SMALL_HEAP else []
    return [f"-Xmx{heap}", "-XX:+ExitOnOutOfMemoryError", *small, *_OPENINGS]


def java_environment(home: Home, class_path: str) -> Mapping[str, str]:
    """The environment for Java: ours, without what would change its flags, with UTF-8 names of files."""
    kept = {name: value for name, value in os.environ.items() if not _NOT_INHERITED.fullmatch(name)}
    own = {"NEO4J_HOME": str(home.server), "NEO4J_CONF": str(home.configuration), "CLASSPATH": class_path}
    return kept | own | {"LC_ALL": "C.UTF-8"}


def size_of(variable: str, default: str) -> str:
    """The size in an environment variable, such as 512m or 2g. Raises SettingRefused where it is none."""
    size = os.environ.get(variable) or default
    if _SIZE.fullmatch(size) is None:
        raise SettingRefused(f"{variable} must be a number with k, m or g, such as {default}, not {size!r}")
    return size


def _bytes(size: str) -> int:
    number, unit = size[:-1], size[-1].lower()
    return int(number) * _UNITS[unit]
