"""What the index of names holds, made anew where an older program wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from lookthrough.naming.folding import compact
from lookthrough.naming.index import VERSION, indexed

from .database import Database, Transaction

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class _Told:
    key: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    names: list[str]
    told: list[_Told]
    identifiers: list[str]

    def row(self) -> Mapping[str, object]:
        return {
            "id": self.id,
            "words": indexed(self.names),
            "told": {told.key: indexed(told.names) for told in self.told},
            "identifiers": {key: compact(key.partition(":")[2]) for key in self.identifiers},
        }


def index_names(database: Database) -> None:
    """Go through all entities; where this is interrupted, the next start begins again."""
    after: str | None = ""
    while after is not None:
        after = database.write(partial(_page, after=after))
    database.write(lambda tx: tx.run("schema/words_are", version=VERSION))


def _page(tx: Transaction, after: str) -> str | None:
    """The last id of a page that was written; None after the last page."""
    named = tx.rows(_Named, "schema/named", after=after, limit=PAGE)
    tx.run("schema/name", rows=[one.row() for one in named])
    return named[-1].id if named else None
