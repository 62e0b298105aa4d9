"""The CSV tables, as `lookthrough load` reads them.

What was told of one thing one after the other cannot stand in one load: a later telling goes to a later part,
and the parts are loaded in order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, Told
from lookthrough.control.facts import Description, EntityClaim, Fact, StakeClaim
from lookthrough.importing.tables import TABLES

from .canonical import ranks, thing_of
from .formats import Account, Export
from .rows import NAMES, row_of

F = TypeVar("F", Description, EntityClaim, StakeClaim)


class CsvFormat:
    """A folder with a file for each table, and one more folder for each further load."""

    name = "csv"
    is_folder = True

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        tables = _Tables(export)
        try:
            for part, fact in in_parts(facts, export.account):
                row = row_of(fact, export.account.left_out)
                if row is not None:
                    tables.add(part, NAMES[type(fact)], row)
        finally:
            tables.end()


def in_parts(facts: Iterable[Facts], account: Account) -> Iterator[tuple[int, Fact]]:
    """Each fact with the load that it belongs in, from 1: what a source said first comes first.

    Stakes in an entity come no sooner than its last description, which may be what allows them.
    """
    described = 1
    for each in facts:
        if isinstance(each, SourceFacts):
            if earlier := len(each.retrieved) - 1:
                account.left_out["sources: earlier days of retrieval"] += earlier
            yield 1, each.told.fact
        elif isinstance(each, EntityFacts):
            descriptions = parted(each.descriptions)
            described = max((part for part, _ in descriptions), default=1)
            yield from ((part, told.fact) for part, told in descriptions)
            yield from ((part, told.fact) for part, told in parted(each.claims))
        else:
            yield from ((described - 1 + part, told.fact) for part, told in parted(each.claims))


def parted(told: Sequence[Told[F]]) -> list[tuple[int, Told[F]]]:
    """Each with the load that it belongs in, counted from 1."""
    order = ranks(told, _superseded_by)
    return [(order[_superseded_by(each.fact)][each.known_from] + 1, each) for each in told]


def _superseded_by(fact: Description | EntityClaim | StakeClaim) -> Hashable:
    """One load takes one description of an entity, whoever gives it."""
    return "" if isinstance(fact, Description) else thing_of(fact)


class _Tables:
    """The files of all parts, each with its header."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._texts: list[io.TextIOWrapper] = []
        self._rows: dict[tuple[int, str], csv.DictWriter[str]] = {}
        self._begin(1)

    def add(self, part: int, table: str, row: dict[str, str]) -> None:
        while part > self._export.account.parts:
            self._begin(self._export.account.parts + 1)
        self._rows[part, table].writerow(row)
        self._export.account.written[table] += 1

    def end(self) -> None:
        for text in self._texts:
            text.detach()

    def _begin(self, part: int) -> None:
        """All tables are there, so that none of an older export stays beside them."""
        for table in TABLES:
            file = self._export.files.open(f"{table.name}.csv", part)
            text = io.TextIOWrapper(file, "utf-8", newline="")
            # both characters, so that a cell with either is quoted
            rows = csv.DictWriter(text, table.columns, restval="", lineterminator="\r\n")
            rows.writeheader()
            self._texts.append(text)
            self._rows[part, table.name] = rows
        self._export.account.parts = part
