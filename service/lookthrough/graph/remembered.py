"""What a load has met, kept in a temporary file: the memory it takes does not grow with the rows."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator


class Remembered:
    """Keys, each with what was told of it first. Its file goes with it, or with the process."""

    def __init__(self) -> None:
        # without a name it is a temporary file, written to when its cache of 16 MB is full
        rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA cache_size = -16000")
        rows.execute("CREATE TABLE met (key BLOB PRIMARY KEY, told BLOB NOT NULL) WITHOUT ROWID")
        rows.execute("BEGIN")
        weakref.finalize(self, rows.close)
        self._rows = rows

    def first(self, key: bytes, told: bytes) -> bytes:
        """What was told of the key first: this, if nothing was before."""
        self._rows.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (key, told))
        return bytes(self._rows.execute("SELECT told FROM met WHERE key = ?", (key,)).fetchone()[0])

    def add(self, keys: Iterable[bytes]) -> int:
        """Remember keys; gives how many of them are new."""
        insert = "INSERT OR IGNORE INTO met VALUES (?, x'')"
        return sum(self._rows.execute(insert, (key,)).rowcount for key in keys)

    def __contains__(self, key: bytes) -> bool:
        return self._rows.execute("SELECT 1 FROM met WHERE key = ?", (key,)).fetchone() is not None

    def __iter__(self) -> Iterator[bytes]:
        return (bytes(row[0]) for row in self._rows.execute("SELECT key FROM met"))
