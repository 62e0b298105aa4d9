"""Entities that may be one under several ids: suggestions, confirmations, rejections."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.confirming import LONGEST_NAME, LONGEST_WHY, Judgement, confirm, reject
from lookthrough.investigations.match_documents import (
    ConfirmationDocument,
    EntityMatches,
    MatchPage,
    RejectionDocument,
)
from lookthrough.investigations.matching import matches, matches_of

from .dependencies import PROBLEMS, AsOf, EntityId, KnownAt, PageDep, ServiceDep

router = APIRouter(prefix="/v1", tags=["matches"], responses=PROBLEMS)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    entity: str = Field(min_length=1, max_length=200)
    other: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=LONGEST_WHY)


class ConfirmationRequest(_Said):
    """That two ids are one entity, and who says so."""

    by: str = Field(min_length=1, max_length=LONGEST_NAME)


class RejectionRequest(_Said):
    """That two ids are not one entity."""

    by: str = Field(default="", max_length=LONGEST_NAME)


@router.get("/entities/{entity}/matches", response_model=EntityMatches)
def of_entity(
    entity: EntityId, service: ServiceDep, as_of: AsOf = None, known_at: KnownAt = None
) -> Response:
    """Ids that may be the same entity, with reasons; what was confirmed and rejected before."""
    found = matches_of(service.database, entity, parse_as_of(as_of), parse_known_at(known_at))
    return _json(found.to_json())


@router.get("/matches", response_model=MatchPage)
def of_all(service: ServiceDep, page: PageDep) -> Response:
    """Pairs of ids that may be one entity, each once, in order of ids; nothing is merged by itself."""
    found = matches(service.database, page.as_of, page.known_at, page.limit, page.cursor)
    return _json(found.to_json())


@router.post("/matches", response_model=ConfirmationDocument)
def confirm_match(request: ConfirmationRequest, service: ServiceDep) -> Response:
    """The two are one: a claim of the person, known from now on, that can be retracted."""
    said = Judgement(request.entity, request.other, request.why, request.by)
    return _json(confirm(service.database, said).to_json())


@router.post("/matches/rejections", response_model=RejectionDocument)
def reject_match(request: RejectionRequest, service: ServiceDep) -> Response:
    """The two are not one: the pair is not suggested again."""
    said = Judgement(request.entity, request.other, request.why, request.by)
    return _json(reject(service.database, said).to_json())


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
