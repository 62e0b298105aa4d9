"""Files to read, written where no other test looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookthrough.importing.files import InputFile

Write = Callable[[bytes | str, str], InputFile]


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Writes content to a file of that name; one of a kind, so that generated examples reuse the place."""
    folder = tmp_path_factory.mktemp("importing")

    def written(content: bytes | str, name: str) -> InputFile:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return InputFile(name, path)

    return written
