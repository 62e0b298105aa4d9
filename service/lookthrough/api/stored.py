"""Stored verdicts: shown again, computed again, compared; and one question over time."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from lookthrough.investigations import storing
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.comparisons import DiffDocument, HistoryDocument
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.differing import diff
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.evidence import zipped
from lookthrough.investigations.history import history, span
from lookthrough.investigations.replaying import replay
from lookthrough.investigations.stored_documents import GivenVerdictPage, ReplayDocument
from lookthrough.investigations.verdicts import Question

from .dependencies import PROBLEMS, Cursor, EntityId, KnownAt, Limit, ServiceDep, Trust

router = APIRouter(prefix="/v1", tags=["stored verdicts"], responses=PROBLEMS)

ZIP: dict[int | str, dict[str, object]] = {
    200: {"description": "a zip file", "content": {"application/zip": {"schema": {"type": "string"}}}},
    409: {"description": "the facts on record are no longer those of the verdict"},
}
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


@router.get("/verdicts/{verdict_id}/diff/{other}", response_model=DiffDocument)
def compared(verdict_id: VerdictId, other: VerdictId, service: ServiceDep) -> Response:
    """What the other verdict has otherwise than this one, and which fact, policy or clock made it so."""
    return _json(diff(service.database, verdict_id, other).to_json())


@router.get("/verdicts/{verdict_id}/evidence", responses=ZIP, response_class=Response)
def evidence(
    verdict_id: VerdictId,
    service: ServiceDep,
    language: Annotated[Literal["en", "zh"], Query(description="of the report")] = "en",
) -> Response:
    """The evidence behind a verdict as a zip: verdict, facts, policy, sources, a report, and `verify.py`."""
    return Response(zipped(service.database, verdict_id, language), media_type="application/zip")


@router.get("/entities/{entity}/history", response_model=HistoryDocument)
def over_time(
    entity: EntityId,
    policy: Annotated[str, Query(description="the id of a pack", examples=["anthropic-2025-09"])],
    service: ServiceDep,
    variant: str | None = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    since: Annotated[str | None, Query(alias="from", description="the first day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, Query(alias="to", description="the day after the last, YYYY-MM-DD")] = None,
) -> Response:
    """The answer over time: every day on which it changed, and what changed it."""
    question = Question(
        entity=entity,
        policy=service.library.pack(policy),
        variant=variant,
        as_of=parse_as_of(None),
        known_at=parse_known_at(known_at),
        trust=tuple(trust or ()),
    )
    return _json(history(service.database, question, span(since, until)).to_json())


@router.get("/entities/{entity}/verdicts", response_model=GivenVerdictPage)
def of_entity(
    entity: EntityId, service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Verdicts that were given about an entity, the newest first."""
    return _json(storing.given(service.database, entity, limit, cursor).to_json())


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
