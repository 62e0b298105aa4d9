"""Entities: search, one, and its direct stakes on either side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from lookthrough.control.facts import Lane
from lookthrough.investigations import entities
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.documents import EntityDocument, EntityPage, StakePage
from lookthrough.investigations.search import search as find

from .dependencies import PROBLEMS, AsOf, EntityId, KnownAt, PageDep, ServiceDep

router = APIRouter(prefix="/v1", tags=["entities"], responses=PROBLEMS)

LaneDep = Annotated[Lane | None, Query(description="one lane; all lanes if left out")]
Other = Annotated[
    str | None, Query(max_length=2_000, description="only stakes with this party at the other end")
]


@router.get("/entities", response_model=EntityPage)
def search(
    service: ServiceDep, page: PageDep, q: Annotated[str, Query(description="name or identifier")] = ""
) -> Response:
    """Entities whose identifier is `q`, then those with such a name; all, by id, without `q`.

    Names in either Chinese script, in pinyin, by first letters, and slightly misspelt.
    """
    return _json(find(service.database, q, page).to_json())


@router.get("/entities/{entity}/owners", response_model=StakePage)
def owners(
    entity: EntityId, service: ServiceDep, page: PageDep, lane: LaneDep = None, other: Other = None
) -> Response:
    """Who holds it directly, with every source's claim."""
    return _json(direct_stakes(service.database, entity, "owners", lane, page, other).to_json())


@router.get("/entities/{entity}/holdings", response_model=StakePage)
def holdings(
    entity: EntityId, service: ServiceDep, page: PageDep, lane: LaneDep = None, other: Other = None
) -> Response:
    """What it holds directly, with every source's claim."""
    return _json(direct_stakes(service.database, entity, "holdings", lane, page, other).to_json())


@router.get("/entities/{entity}", response_model=EntityDocument)
def one(entity: EntityId, service: ServiceDep, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """One entity with its locations, identifiers and lists."""
    found = entities.entity(service.database, entity, parse_as_of(as_of), parse_known_at(known_at))
    return _json(found.to_json())


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
