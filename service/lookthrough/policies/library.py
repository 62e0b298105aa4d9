"""The policies one can name: the packs that ship, and files of one's own."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from .errors import PolicyError, UnknownPolicy
from .plain import MAX_BYTES, toml_table, too_large
from .policy import PolicyDocument
from .regions import Regions, shipped_regions
from .territories import shipped_territories

_NEAREST = 3
_ALIKE = 0.4


class Library:
    """Policies by id, by path or as a document; `regions` and `territories` are what they refer to."""

    def __init__(self, regions: Regions | None = None, territories: Mapping[str, str] | None = None) -> None:
        self._regions = shipped_regions() if regions is None else regions
        self._territories = shipped_territories() if territories is None else territories

    def all(self) -> list[PolicyDocument]:
        """The packs that ship, by id and version."""
        return list(self._packs)

    def pack(self, reference: str) -> PolicyDocument:
        """The shipped pack with this `id` (its newest version) or `id@version`; looks at no file.

        Raises UnknownPolicy.
        """
        for pack in reversed(self._packs):
            if reference in (pack.id, f"{pack.id}@{pack.version}"):
                return pack
        ids = {pack.id for pack in self._packs}
        asked = reference.partition("@")[0]
        raise UnknownPolicy(reference, difflib.get_close_matches(asked, ids, _NEAREST, _ALIKE))

    def find(self, reference: str) -> PolicyDocument:
        """The pack or the file that `reference` names: a path has a separator or ends in `.toml`, or is
        a file while no pack has that id.

        Reads files: not for references that come from a network. Raises UnknownPolicy and PolicyError.
        """
        if not _looks_like_path(reference):
            try:
                return self.pack(reference)
            except UnknownPolicy:
                if not _is_file(reference):
                    raise
        return self.read(Path(reference))

    def read(self, path: Path) -> PolicyDocument:
        """The policy in a TOML file. Raises UnknownPolicy (no such file) and PolicyError."""
        source = str(path)
        if not _is_file(source):
            raise UnknownPolicy(source, is_path=True)
        return self._from_toml(_content(path, source), source)

    def parse(self, document: object, source: str = "the policy document") -> PolicyDocument:
        """The policy in a JSON document (dates as text). Raises PolicyError, which names `source`."""
        return PolicyDocument(document, source, self._regions, self._territories)

    def _from_toml(self, content: bytes, source: str) -> PolicyDocument:
        return self.parse(toml_table(content, source), source)

    @cached_property
    def _packs(self) -> tuple[PolicyDocument, ...]:
        folder = files("lookthrough.policies").joinpath("packs")
        paths = [path for path in folder.iterdir() if path.name.endswith(".toml")]
        packs = [self._from_toml(path.read_bytes(), path.name) for path in paths]
        return tuple(sorted(packs, key=lambda pack: (pack.id, _natural(pack.version))))


def _looks_like_path(reference: str) -> bool:
    return "/" in reference or "\\" in reference or reference.endswith(".toml")


def _is_file(reference: str) -> bool:
    try:
        return Path(reference).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _content(path: Path, source: str) -> bytes:
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise PolicyError(source, (), f"cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise too_large(source)
    return content


def _natural(version: str) -> list[tuple[int, str]]:
    """Sorts 2 before 10: runs of digits by their value, everything else as text."""
    parts = re.split(r"([0-9]+)", version)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
