"""The queries: one statement a file in `cypher/`, with a header that says what it needs and gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import LiteralString, cast


class Access(StrEnum):
    READ = "read"
    WRITE = "write"
    SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class CypherQuery:
    """One statement. `parameters` maps names to Cypher types; `bounds` says what keeps it small."""

    name: str
    title: str
    purpose: str
    parameters: dict[str, str]
    returns: dict[str, str]
    access: Access
    bounds: str
    text: LiteralString


class QueryFileError(ValueError):
    """A query file without a proper header."""


_FIELD = re.compile(r"^// (Purpose|Parameters|Returns|Access|Bounds): (.+)$")


def root() -> Traversable:
    """The folder of queries: inside the package if installed, else beside it in the checkout.

    Raises FileNotFoundError if neither is there.
    """
    packaged = files("lookthrough") / "cypher"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3] / "cypher"
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError("the folder of queries, cypher/, is neither in the package nor beside it")


@cache
def load(name: str) -> CypherQuery:
    """The query in `cypher/<name>.cypher`. Raises QueryFileError, FileNotFoundError."""
    return parse(name, root().joinpath(*f"{name}.cypher".split("/")).read_text(encoding="utf-8"))


def names(room: str) -> list[str]:
    """Names of all queries of a room, in order."""
    folder = root() / room
    return sorted(
        f"{room}/{f.name.removesuffix('.cypher')}" for f in folder.iterdir() if f.name.endswith(".cypher")
    )


def parse(name: str, text: str) -> CypherQuery:
    lines = text.splitlines()
    header = {match[1]: match[2] for line in lines if (match := _FIELD.match(line))}
    body = "\n".join(line for line in lines if not line.startswith("//")).strip()
    if not lines or not lines[0].startswith("// ") or not {"Purpose", "Access"} <= header.keys() or not body:
        raise QueryFileError(f"{name}.cypher needs a title, a purpose, an access mode and a statement")
    return CypherQuery(
        name=name,
        title=lines[0].removeprefix("// "),
        purpose=header["Purpose"],
        parameters=_typed(header.get("Parameters", "")),
        returns=_typed(header.get("Returns", "")),
        access=Access(header["Access"]),
        bounds=header.get("Bounds", ""),
        # The only cast to a literal: what runs is a file that ships, never text from outside.
        text=cast(LiteralString, body),  # type: ignore[redundant-cast] # not to pyright
    )


def _typed(text: str) -> dict[str, str]:
    pairs = (item.strip().split(" ", 1) for item in text.split(",") if item.strip())
    return {pair[0].removeprefix("$"): pair[1] for pair in pairs}
