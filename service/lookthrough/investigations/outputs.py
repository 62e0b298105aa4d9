"""Files that appear whole or not at all, under the name that was asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from .errors import BadQuestion


@dataclass(slots=True)
class Outputs:
    """Files that are gathered beside `path` and moved there at the end.

    Part 1 is `path`, part 2 stands beside it as `name-2`. What is there already is replaced only if that is
    wished, a folder only if it holds nothing but files of the same names.
    """

    path: Path
    is_folder: bool
    replace: bool
    _beside: Path
    _open: dict[Path, BinaryIO] = field(default_factory=dict[Path, BinaryIO])

    def open(self, name: str = "", part: int = 1) -> BinaryIO:
        place = self._beside / str(part) / (name if self.is_folder else self.path.name)
        place.parent.mkdir(exist_ok=True)
        self._open[place] = place.open("xb")
        return self._open[place]

    def place_of(self, part: int) -> Path:
        """Where a part will stand."""
        if part == 1:
            return self.path
        stem, ending = (self.path.name, "") if self.is_folder else (self.path.stem, self.path.suffix)
        return self.path.with_name(f"{stem}-{part}{ending}")

    def written(self, name: str) -> Path:
        """Where a file of the folder is gathered."""
        return self._beside / "1" / name

    def names(self) -> list[str]:
        """The files of the folder, by name."""
        return sorted({place.name for place in self._open})

    def close(self) -> None:
        for file in self._open.values():
            file.close()

    def publish(self) -> list[Path]:
        """Move all parts to where they belong. Raises BadQuestion before the first if one cannot be moved."""
        parts = len(list(self._beside.iterdir()))
        places = [self.place_of(part) for part in range(1, parts + 1)]
        for place in (*places, self.place_of(parts + 1)):
            self._admit(place, expected=place in places)
        for part, place in enumerate(places, start=1):
            self._move(part, place)
        return places

    def _admit(self, place: Path, *, expected: bool) -> None:
        if not place.exists():
            return
        if not expected:  # of an older export in more parts
            raise BadQuestion(f"{place} would be taken for a part of this export: move it away")
        if not self.replace:
            raise BadQuestion(f"{place} is there already; --force replaces it")
        if place.is_dir() is not self.is_folder:
            raise BadQuestion(f"{place} is there and is {'no' if self.is_folder else 'a'} folder")
        strange = {file.name for file in place.iterdir()} - set(self.names()) if self.is_folder else ()
        if strange:
            raise BadQuestion(f"{place} holds {min(strange)}, which is not of an export: it is not replaced")

    def _move(self, part: int, place: Path) -> None:
        new = self._beside / str(part)
        if not self.is_folder:
            (new / self.path.name).replace(place)
            return
        if place.exists():
            place.replace(self._beside / f"old-{part}")
        new.replace(place)


@contextmanager
def outputs(path: Path, *, is_folder: bool, replace: bool) -> Generator[Outputs]:
    """Files to be written for `path`; nothing is left of them unless `publish` is called.

    Raises BadQuestion at once where the path is taken, OSError.
    """
    whole = path.absolute()
    if not whole.parent.is_dir():
        raise BadQuestion(f"{path} cannot be written: {whole.parent} is no folder")
    with tempfile.TemporaryDirectory(prefix=f".{whole.name}.", dir=whole.parent) as beside:
        files = Outputs(whole, is_folder, replace, Path(beside))
        if whole.exists() and not replace:
            raise BadQuestion(f"{path} is there already; --force replaces it")
        try:
            yield files
        finally:
            files.close()
