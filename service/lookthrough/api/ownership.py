"""Totals without a policy: who ultimately owns an entity, and what a party reaches."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from lookthrough.control.facts import Lane
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.reach import ReachDocument, Reaching, reach
from lookthrough.investigations.ultimate import Holding, UltimateOwnersDocument, ultimate_owners

from .dependencies import PROBLEMS, AsOf, Cursor, EntityId, KnownAt, Limit, ServiceDep

router = APIRouter(prefix="/v1", tags=["ownership"], responses=PROBLEMS)

FigureLane = Annotated[Lane, Query(description="shares or votes")]


@router.get("/entities/{entity}/ultimate-owners", response_model=UltimateOwnersDocument)
def owners_at_the_end(
    entity: EntityId,
    service: ServiceDep,
    lane: FigureLane = Lane.SHARES,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """Every end (person, state, float, undisclosed part …) with its totals and chains; all add up to 1."""
    asked = Holding(entity, lane, parse_as_of(as_of), parse_known_at(known_at), limit)
    return Response(ultimate_owners(service.database, asked).to_json(), media_type="application/json")


@router.get("/entities/{entity}/reach", response_model=ReachDocument)
def companies_below(
    entity: EntityId,
    service: ServiceDep,
    lane: FigureLane = Lane.SHARES,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Every company below the party, with what the party holds of it in total, the largest first."""
    asked = Reaching(entity, lane, parse_as_of(as_of), parse_known_at(known_at), limit, cursor)
    return Response(reach(service.database, asked).to_json(), media_type="application/json")
