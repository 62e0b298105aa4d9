"""The files behind the paths a user gives: single files, folders, and what is packed in archives."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from .archives import TABLES_END, Guarded, Meter, allowance, damage_named, opened_zip, tables_in
from .rows import UnusableFile

CHUNK = 2**16
_TAKEN_IN_FOLDERS = (*TABLES_END, *(f"{ending}.gz" for ending in TABLES_END), ".zip")
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, as often as needed; `member` is the one meant inside a zip archive.

    `name` is for reports: inside a folder relative to it, inside an archive `a.zip/b.csv`.
    """

    name: str
    path: Path
    member: str = ""
    meter: Meter = field(default_factory=Meter, compare=False, repr=False)

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        last = PurePosixPath(self.name).name
        return PurePosixPath(last[:-3] if last.casefold().endswith(".gz") else last).stem

    def has_ending(self, ending: str) -> bool:
        """Whether the file is named so, packed or not."""
        return self.name.casefold().removesuffix(".gz").endswith(ending)

    @contextmanager
    def open(self) -> Generator[io.BufferedReader]:
        """The unpacked bytes. Opening and reading raise UnusableFile where they can't be had."""
        with ExitStack() as stack:
            guarded = self._member(stack) if self.member else self._file(stack)
            stream: io.BufferedReader = io.BufferedReader(guarded, CHUNK)
            yield stack.enter_context(stream)

    def sha256(self) -> str:
        """Of the unpacked bytes, in hexadecimal: packing a file leaves it the same file."""
        with self.open() as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self.meter.size, self.meter.at = self.meter.at, 0
        return digest

    def _member(self, stack: ExitStack) -> Guarded:
        archive = stack.enter_context(opened_zip(self.path, self.name))
        with damage_named(self.name):
            inner = stack.enter_context(archive.open(self.member))
        return Guarded(inner, self.name, archive.getinfo(self.member).file_size, self.meter)

    def _file(self, stack: ExitStack) -> Guarded:
        with damage_named(self.name):
            raw = stack.enter_context(self.path.open("rb"))
            if not _ends(self.path, ".gz"):
                return Guarded(raw, self.name, None, self.meter)
            packed = self.path.stat().st_size
        return Guarded(gzip.GzipFile(fileobj=raw), self.name, allowance(packed), self.meter)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, and the names of those beside them that are not read."""

    files: tuple[InputFile, ...]
    ignored: tuple[str, ...]


def expand(paths: Iterable[Path | str]) -> Inputs:
    """The files behind paths: a file is read whatever its name, a folder gives its tables and archives.

    Raises UnusableFile for a path that leads to nothing usable, and for archives and links with tricks.
    """
    files: list[InputFile] = []
    ignored: list[str] = []
    for path in map(Path, paths):
        with damage_named(_shown(str(path))):
            is_folder = path.is_dir()
        found = _in_folder(path) if is_folder else _given(path, _shown(path.name))
        files += found.files
        ignored += found.ignored
    return Inputs(tuple(_told_apart(files)), tuple(ignored))


def _given(path: Path, name: str) -> Inputs:
    if not path.exists():
        raise UnusableFile(_shown(str(path)), "there is no such file or folder.")
    if not path.is_file():
        raise UnusableFile(name, "is neither a file nor a folder.")
    if not _ends(path, ".zip"):
        return Inputs((InputFile(name, path),), ())
    tables, others = tables_in(path, name)
    if not tables:
        raise UnusableFile(name, "holds no CSV, JSON or XML file.")
    files = (InputFile(f"{name}/{member}", path, member) for member in tables)
    return Inputs(tuple(files), tuple(f"{name}/{member}" for member in others))


def _in_folder(folder: Path) -> Inputs:
    files: list[InputFile] = []
    ignored: list[str] = []
    seen: set[Path] = set()
    for path in _walk(folder):
        name = _shown(path.relative_to(folder).as_posix())
        real = _inside(path, folder, name)
        if not path.is_file() or real in seen or not _ends(path, *_TAKEN_IN_FOLDERS):
            ignored.append(name)
            continue
        seen.add(real)
        found = _given(path, name)
        files += found.files
        ignored += found.ignored
    if not files:
        raise UnusableFile(_shown(str(folder)), "holds no CSV, JSON or XML file.")
    return Inputs(tuple(files), tuple(ignored))


def _walk(folder: Path) -> Iterator[Path]:
    """Everything in the folder that isn't hidden, in order of name; links to folders are not followed."""

    def refuse(error: OSError) -> None:
        raise UnusableFile(_shown(str(error.filename)), f"cannot be read: {error.strerror}.")

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield Path(place) / name


def _inside(path: Path, folder: Path, name: str) -> Path:
    """Where the path really is. A link that leads out would load what nobody meant to give."""
    try:
        real = path.resolve(strict=path.is_symlink())
    except (OSError, RuntimeError) as error:
        raise UnusableFile(name, "is a link that leads nowhere.") from error
    if not real.is_relative_to(folder.resolve()):
        raise UnusableFile(name, "is a link that leads out of the folder.")
    return real


def _told_apart(files: list[InputFile]) -> Iterator[InputFile]:
    """Files that share a name get their whole path, so that a report says which is meant."""
    count = Counter(file.name for file in files)
    for file in files:
        whole = f"{file.path}/{file.member}" if file.member else str(file.path)
        yield replace(file, name=_shown(whole)) if count[file.name] > 1 else file


def _ends(path: Path, *endings: str) -> bool:
    return path.name.casefold().endswith(endings)


def _shown(name: str) -> str:
    """The name as it can be printed and stored: file systems allow bytes that are no text."""
    return _UNSHOWABLE.sub("\ufffd", name)
