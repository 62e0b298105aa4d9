"""The lock of jars: every file of the server's class path by Maven coordinate, size and SHA-256 sum.

`jars.lock` was written by `tools/lock_jars.py`, which lets Maven resolve the runtime dependencies of
`org.neo4j:neo4j` and `org.neo4j.client:neo4j-browser` once and hashes what came. At run time Maven is
not used: a line of the lock says all that is needed to fetch and to check one jar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64}) +(?P<size>[1-9][0-9]*) +(?P<coordinate>\S+)")
_COORDINATE = re.compile(r"(?:[\w.-]+:){2}(?:jar:[\w.-]+:)?[\w.-]+", re.ASCII)
_SERVER = "org.neo4j:neo4j:"


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the class path: group:artifact[:jar:classifier]:version, size in bytes, hexadecimal sum."""

    coordinate: str
    size: int
    sha256: str

    @property
    def filename(self) -> str:
        """artifact-version[-classifier].jar, the name that Maven gives it."""
        _, artifact, *packaging, version = self.coordinate.split(":")
        return "-".join([artifact, version, *packaging[1:]]) + ".jar"


@dataclass(frozen=True)
class Lock:
    """The jars of one version of the server, in the order of the class path."""

    jars: tuple[Jar, ...]

    @cached_property
    def version(self) -> str:
        """The version of Neo4j."""
        return next(j.coordinate for j in self.jars if j.coordinate.startswith(_SERVER))[len(_SERVER) :]

    @cached_property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(jar.size for jar in self.jars)


def parse_lock(text: str) -> Lock:
    """The lock written in `text`.

    Raises ValueError naming the line that is not one, a file name used twice, or a lock without the server.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line and line[0] != "#"]
    jars = tuple(_jar(number, line) for number, line in lines)
    names = [jar.filename for jar in jars]
    if len(set(names)) != len(names):
        raise ValueError(f"the lock names a file twice: {next(n for n in names if names.count(n) > 1)}")
    if not any(jar.coordinate.startswith(_SERVER) for jar in jars):
        raise ValueError(f"the lock has no {_SERVER}…")
    return Lock(jars)


def shipped_lock() -> Lock:
    """The lock that ships with this package."""
    return parse_lock(files("lookthrough.graph.embedded").joinpath("jars.lock").read_text(encoding="ascii"))


def _jar(number: int, line: str) -> Jar:
    match = _LINE.fullmatch(line)
    if match is None or _COORDINATE.fullmatch(match["coordinate"]) is None:
        raise ValueError(f"line {number} of the lock is not 'sha256 size coordinate': {line!r}")
    return Jar(match["coordinate"], int(match["size"]), match["sha256"])
