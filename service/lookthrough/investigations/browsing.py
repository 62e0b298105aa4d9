"""Links that open Neo4j Browser with a query of `cypher/investigate/` filled in, and the guide to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

from lookthrough.graph.database import Database
from lookthrough.graph.queries import CypherQuery, load

from .clocks import parse_as_of, parse_known_at, print_instant
from .errors import BadQuestion, UnknownEntity


class BrowserQuery(StrEnum):
    """The queries that ship for Neo4j Browser, in the order of the guide."""

    OWNERS = "owners"
    CHAINS_BY_PRODUCT = "chains_by_product"
    CHAINS_INTO = "chains_into"
    ONE_CHAIN = "one_chain"
    LOOPS = "loops"
    HIDDEN_LINKS = "hidden_links"
    EXPOSURE = "exposure"
    UNDISCLOSED = "undisclosed"
    CONFLICTS = "conflicts"
    WORK_ON = "work_on"

    def load(self) -> CypherQuery:
        return load(f"investigate/{self.value}")


Values = Mapping[str, str | Sequence[str] | None]

EXAMPLES: Mapping[BrowserQuery, Values] = {
    BrowserQuery.OWNERS: {"entity": "polestar"},
    BrowserQuery.CHAINS_BY_PRODUCT: {"entity": "polestar"},
    BrowserQuery.CHAINS_INTO: {"entity": "bytedance"},
    BrowserQuery.ONE_CHAIN: {
        "chain": ["tencent", "halti", "supercell"],
        "as_of": "2026-11-23",
        "known_at": "2100-01-01T00:00:00Z",
    },
    BrowserQuery.LOOPS: {"entity": "tme"},
    BrowserQuery.HIDDEN_LINKS: {"entity": "polestar", "other": "lynk"},
    BrowserQuery.EXPOSURE: {"jurisdiction": "CN"},
    BrowserQuery.UNDISCLOSED: {"entity": "bytedance"},
    BrowserQuery.CONFLICTS: {"entity": "pdd"},
    BrowserQuery.WORK_ON: {"entity": "bytedance"},
}
"""Values of the parameters with which each query finds something in the demo set."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the guide: commands that set its parameters, and the statement as it ships."""

    name: str
    parameters: list[str]
    statement: str


def steps() -> Iterator[Step]:
    for query, values in EXAMPLES.items():
        commands = [f":param {name} => {json.dumps(value)}" for name, value in values.items()]
        yield Step(query.value, commands, query.load().text)


@dataclass(frozen=True, slots=True)
class _Found:
    id: str


def about_one() -> list[str]:
    """The queries that need no more than one entity."""
    return [query.value for query in BrowserQuery if query.load().parameters.keys() == {"entity"}]


def check_known(database: Database, entities: Iterable[str]) -> None:
    """Raises UnknownEntity for the first that the graph does not have; GraphUnavailable."""
    for entity in entities:
        if not database.read_rows(_Found, "read/exists", entity=entity):
            raise UnknownEntity(entity)


def clock_values(as_of: str | None, known_at: str | None) -> dict[str, str]:
    """The clocks of a query that has any; today and now where they are not named. Raises BadQuestion."""
    instant = parse_known_at(known_at) or datetime.now(UTC)
    return {"as_of": parse_as_of(as_of).isoformat(), "known_at": print_instant(instant)}


def browser_link(browser_url: str, query: BrowserQuery, values: Values) -> str:
    """The address of Neo4j Browser with the query in its editor, ready to be run by whoever opened it.

    Ids stand in it as literals: where commands that set parameters come before a statement, Browser shows
    ticks and no result. Raises BadQuestion where a parameter of the query has no value.
    """
    shipped = query.load()
    lacking = sorted(name for name in shipped.parameters if not values.get(name))
    if lacking:
        raise BadQuestion(f"the query {query.value!r} needs {' and '.join(lacking)}")
    text = re.sub(r"\$([a-z_]+)", lambda name: json.dumps(values[name[1]]), shipped.text)
    return f"{browser_url}?cmd=edit&arg={quote(text)}"
