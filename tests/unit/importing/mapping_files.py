"""Short ways to read a table through a mapping."""

from __future__ import annotations

from lookthrough.control.facts import StakeClaim
from lookthrough.importing.catalogue import mapped
from lookthrough.importing.files import InputFile
from lookthrough.importing.mapping import mapping_in
from lookthrough.importing.rows import Rejection, Row

STAKES = '[[tables]]\ntable = "stakes"\n[tables.columns]\nowner = "o"\nowned = "c"\n'


def through(mapping: str, *files: InputFile, source: str = "s") -> list[Row | Rejection]:
    """Every row of the files through the mapping, checked as in a load."""
    found = mapped(files, mapping_in(mapping.encode(), "m.toml"))
    for one in found:
        one.format.check(one.file)
    return [row for one in found for row in one.format.read(one.file, source)]


def percents(mapping: str, *files: InputFile) -> list[str]:
    """The percents of the stakes as filed, or why there is none and in which column."""
    return [
        f"{row.field}: {row.reason}"
        if isinstance(row, Rejection)
        else next(fact.percent for fact in row.facts if isinstance(fact, StakeClaim))
        for row in through(mapping, *files)
    ]
