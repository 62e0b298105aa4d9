"""Stored verdicts: shown again, and computed again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from lookthrough.investigations import storing
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.documents import GivenVerdictPage, ReplayDocument, VerdictDocument
from lookthrough.investigations.replaying import replay

from .dependencies import PROBLEMS, Cursor, EntityId, Limit, ServiceDep

router = APIRouter(prefix="/v1", tags=["stored verdicts"], responses=PROBLEMS)

EXAMPLE = "v1:0d5f4c0e6f9c3b6a1b2c7d8e9f00112233445566778899aabbccddeeff001122"
VerdictId = Annotated[
    str, Path(max_length=200, description="the `verdict_id` of a verdict", examples=[EXAMPLE])
]


@router.get("/verdicts/{verdict_id}", response_model=VerdictDocument)
def stored(verdict_id: VerdictId, service: ServiceDep) -> Response:
    """A verdict as it was given, byte for byte."""
    return _json(storing.shown(service.database, verdict_id))


@router.post("/verdicts/{verdict_id}/replay", response_model=ReplayDocument)
def replayed(verdict_id: VerdictId, service: ServiceDep) -> Response:
    """The verdict computed again at its clocks under its stored policy, and what differs, if anything."""
    return _json(replay(service.database, service.library, verdict_id).to_json())


@router.get("/entities/{entity}/verdicts", response_model=GivenVerdictPage)
def of_entity(
    entity: EntityId, service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Verdicts that were given about an entity, the newest first."""
    return _json(storing.given(service.database, entity, limit, cursor).to_json())


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
