"""Where the embedded server keeps what it makes and what it fetches, unless told otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

HOME_VARIABLE = "LOOKTHROUGH_HOME"
CACHE_VARIABLE = "LOOKTHROUGH_CACHE"


def default_home() -> Path:
    """LOOKTHROUGH_HOME, else the user's data folder of lookthrough."""
    return _named(HOME_VARIABLE) or user_data_path("lookthrough", appauthor=False)


def default_cache() -> Path:
    """LOOKTHROUGH_CACHE, else the user's cache folder of lookthrough; jars lie below it, by version."""
    return _named(CACHE_VARIABLE) or user_cache_path("lookthrough", appauthor=False)


def _named(variable: str) -> Path | None:
    folder = os.environ.get(variable)
    return Path(folder).expanduser() if folder else None
