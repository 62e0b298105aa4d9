"""What every route needs: the service behind it, and the shapes of common parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast
from urllib.parse import unquote

from fastapi import Depends, Path, Query, Request
from pydantic import Field

from lookthrough.graph.database import Database
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.entities import Page
from lookthrough.investigations.imports import Imports
from lookthrough.investigations.problems import Problem
from lookthrough.investigations.screenings import Screenings
from lookthrough.policies.library import Library


@dataclass(frozen=True, slots=True)
class Service:
    database: Database
    library: Library
    browser_url: str | None
    screenings: Screenings
    imports: Imports
    max_age_days: int | None = None


def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


ServiceDep = Annotated[Service, Depends(_service)]


def _entity_id(
    entity: Annotated[str, Path(max_length=2_000, description="an entity's id", examples=["bytedance"])],
) -> str:
    return unquote(entity)


EntityId = Annotated[str, Depends(_entity_id)]
AsOf = Annotated[str | None, Query(description="YYYY-MM-DD, default today in UTC", examples=["2026-11-23"])]
KnownAt = Annotated[
    str | None,
    Query(description="RFC 3339 instant with offset, default the last change of the facts"),
]
Limit = Annotated[int, Query(description="1 to 500")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next` of the page before")]

SourceName = Annotated[str, Field(min_length=1, max_length=200)]
Trust = Annotated[
    list[SourceName] | None, Query(max_length=100, description="sources heard before all others, in order")
]


def _page(
    as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page:
    return Page(parse_as_of(as_of), parse_known_at(known_at), limit, cursor)


PageDep = Annotated[Page, Depends(_page)]

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": words, "content": {"application/problem+json": {}}}
    for status, words in {
        404: "no such entity or policy",
        422: "a field that cannot be used",
        503: "Neo4j is away; try again after `Retry-After` seconds",
    }.items()
}
