"""Archives come from strangers: what they may hold, and how far they may grow, is bounded here."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from .rows import UnusableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TABLES_END = (".csv", ".json", ".jsonl", ".ndjson", ".xml")
"""How the files are named that are taken from folders and archives."""
MOST_MEMBERS = 1_000
MOST_BYTES = 32 * 2**30
"""Unpacked bytes of one archive."""
MOST_TIMES = 200
"""Times its packed size that an archive may grow to; tables of text grow to 5 to 30 times."""
ALWAYS_ALLOWED = 10 * 2**20
"""Unpacked bytes below which growth is nobody's concern."""

_LONGEST_READ = 2**20
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, ArithmeticError)
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"[A-Za-z]:")


def allowance(packed: int) -> int:
    """Bytes that so many packed ones may unpack to."""
    return min(MOST_BYTES, max(ALWAYS_ALLOWED, packed * MOST_TIMES))


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Meter:
    """Unpacked bytes of a file: how many were read since it was last opened, and all, once that was read."""

    at: int = 0
    size: int = 0


class Guarded(io.RawIOBase):
    """Bytes of a file; fails as UnusableFile when it is damaged or unpacks to more than `most` bytes."""

    def __init__(self, inner: Source, name: str, most: int | None, meter: Meter) -> None:
        self._inner, self._name, self._most, self._meter = inner, name, most, meter
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        with damage_named(self._name):
            data = self._inner.read(len(view))
        self._count += len(data)
        self._meter.at = self._count
        if self._most is not None and self._count > self._most:
            raise UnusableFile(self._name, f"unpacks to more than {self._most} bytes, which no table does.")
        view[: len(data)] = data
        return len(data)


@contextmanager
def damage_named(name: str) -> Generator[None]:
    """Turns what the libraries raise on unreadable or damaged files into UnusableFile."""
    try:
        yield
    except UnusableFile:
        raise
    except OSError as error:
        raise UnusableFile(name, f"cannot be read: {error.strerror or error}.") from error
    except _DAMAGE as error:
        raise UnusableFile(name, "is damaged or cut short.") from error


class _ShortReads(io.BufferedReader):
    """A file that refuses to be read by the gigabyte: a table of contents is read in one go."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LONGEST_READ:
            raise zipfile.BadZipFile("oversized table of contents")
        return super().read(size)


@contextmanager
def opened_zip(path: Path, name: str) -> Generator[zipfile.ZipFile]:
    """The archive, open. Raises UnusableFile where it is none or its table of contents is damaged."""
    with damage_named(name):
        stream = _ShortReads(io.FileIO(path))
    with stream:
        with damage_named(name):
            archive = zipfile.ZipFile(stream)
        with archive:
            yield archive


def tables_in(path: Path, name: str) -> tuple[list[str], list[str]]:
    """Names of the members that are data, and of those ignored; raises UnusableFile for a hostile archive."""
    with opened_zip(path, name) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise UnusableFile(name, f"holds {len(members)} files; {MOST_MEMBERS} are the most.")
    for member in members:
        _refuse_tricks(member, name)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise UnusableFile(name, "holds two files of one name.")
    tables = [member for member in members if is_table(member.filename)]
    if sum(member.file_size for member in tables) > allowance(path.stat().st_size):
        raise UnusableFile(name, "claims to unpack to more bytes than tables do.")
    taken = {member.filename for member in tables}
    return sorted(taken), sorted(set(names) - taken)


def is_table(member: str) -> bool:
    """Whether a file inside an archive is data; what a Mac puts beside it is not."""
    path = PurePosixPath(member)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.casefold() in TABLES_END and not hidden


def _refuse_tricks(member: zipfile.ZipInfo, name: str) -> None:
    wrong = _trick(member)
    if wrong:
        raise UnusableFile(name, f"{wrong}: {member.filename[:200]!r}.")


def _trick(member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(member.filename)
    odd = "\\" in member.filename or _DRIVE.match(member.filename) or not member.filename.isprintable()
    if path.is_absolute() or ".." in path.parts or odd:
        return "holds a file whose name is not a plain path"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "holds a link"
    if member.flag_bits & 0x1:
        return "holds an encrypted file"
    if path.suffix.casefold() in (".zip", ".gz"):
        return "holds an archive inside the archive, which has to be unpacked first"
    if member.compress_type not in _PLAIN:
        return "holds a file that is packed in an unusual way (only deflate is read)"
    return ""
