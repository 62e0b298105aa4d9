"""Screenings: begun, watched, stopped, gone on with, and their rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from lookthrough.investigations.candidates import LONGEST_LINE, MOST_LINES, CandidatesDocument, candidates
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.screening import Entry, ScreeningQuestion
from lookthrough.investigations.screening_results import (
    Asking,
    Form,
    ScreeningDocument,
    ScreeningList,
    ScreeningPage,
    exported,
    page,
    screening_document,
    screenings,
)
from lookthrough.investigations.screenings import MOST_ROWS, entry

from .dependencies import PROBLEMS, Cursor, Limit, ServiceDep
from .events import EVENTS, told
from .verdicts import policy_of

router = APIRouter(prefix="/v1/screenings", tags=["screenings"], responses=PROBLEMS)

TYPES: dict[Form, str] = {
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
FORMS: dict[str, Form] = {media: form for form, media in TYPES.items()}
RESULTS: dict[int | str, dict[str, object]] = {
    200: {"content": {media: {"schema": {"type": "string"}} for media in FORMS}},
}
NOT_NOW: dict[int | str, dict[str, object]] = {
    409: {**PROBLEMS[404], "description": "not in the state that this needs"}
}
FULL: dict[int | str, dict[str, object]] = {
    429: {**PROBLEMS[404], "description": "as much is being worked on as can be"}
}
ScreeningId = Annotated[
    str, Path(max_length=200, description="the `id` of a screening", examples=["0d5f4c0e6f9c3b6a1b2c7d8e"])
]
Id = Annotated[str, Field(max_length=200)]
Line = Annotated[str, Field(max_length=LONGEST_LINE)]


class GivenLine(BaseModel):
    """A line of somebody's list, and the id of the entity that a person says it means, if anybody does."""

    model_config = ConfigDict(extra="forbid")

    given: Line
    entity: Id | None = None


class ScreeningRequest(BaseModel):
    """Either `entities`, ids or lines in their order, or `all`; `policy` as for a verdict."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "entities": ["bytedance", {"given": "Nayara Energy Ltd", "entity": "nayara"}],
                    "policy": "anthropic-2025-09",
                }
            ]
        },
    )

    entities: list[Id | GivenLine] | None = Field(default=None, min_length=1, max_length=MOST_ROWS)
    all: Literal[True] | None = None
    policy: str | dict[str, JsonValue]
    variant: str | None = Field(default=None, max_length=200)
    as_of: str | None = None
    known_at: str | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> ScreeningRequest:
        if (self.entities is None) is (self.all is None):
            raise ValueError("either entities or all says whom to screen")
        return self


class CandidatesRequest(BaseModel):
    """Lines of somebody's list."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"lines": ["Tencent Holdings", "字节跳动"]}]}
    )

    lines: list[Line] = Field(min_length=1, max_length=MOST_LINES)
    as_of: str | None = None
    known_at: str | None = None


@router.post("", status_code=202, response_model=ScreeningDocument, responses=FULL)
def begin_screening(request: ScreeningRequest, service: ServiceDep) -> Response:
    """Begin a screening, which goes on by itself; its verdicts are stored.

    A line with text but without an entity is a row without a verdict, never left out.
    """
    asked = ScreeningQuestion(
        policy=policy_of(service, request.policy),
        variant=request.variant,
        as_of=parse_as_of(request.as_of),
        known_at=parse_known_at(request.known_at),
        max_age_days=service.max_age_days,
    )
    listed = None if request.entities is None else [_entry(each) for each in request.entities]
    return _accepted(service.screenings.begin(asked, listed))


def _entry(given: str | GivenLine) -> Entry:
    return Entry(given.strip()) if isinstance(given, str) else entry(given.given.strip(), given.entity)


@router.get("", response_model=ScreeningList)
def list_screenings(service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """What was screened, the newest first."""
    return _json(screenings(service.database, limit, cursor).to_json())


@router.post("/candidates", response_model=CandidatesDocument)
def find_candidates(request: CandidatesRequest, service: ServiceDep) -> Response:
    """The entity that each line names by its id, identifier or exact name, or those it may mean."""
    clocks = parse_as_of(request.as_of), parse_known_at(request.known_at)
    return _json(candidates(service.database, request.lines, *clocks).to_json())


@router.get("/{screening}", response_model=ScreeningDocument)
def one_screening(screening: ScreeningId, service: ServiceDep) -> Response:
    """How far a screening is, and how its rows came out so far."""
    return _json(screening_document(service.database, screening).to_json())


@router.post(
    "/{screening}/resume", status_code=202, response_model=ScreeningDocument, responses={**NOT_NOW, **FULL}
)
def resume_screening(screening: ScreeningId, service: ServiceDep) -> Response:
    """Go on with a screening that ended before its end, where it stands."""
    return _accepted(service.screenings.resume(screening))


@router.post("/{screening}/cancel", response_model=ScreeningDocument, responses=NOT_NOW)
def cancel_screening(screening: ScreeningId, service: ServiceDep) -> Response:
    """Stop a screening, whichever copy of the service works on it; its rows stay."""
    return _json(service.screenings.cancel(screening).to_json())


@router.get("/{screening}/results", response_model=ScreeningPage, responses={**RESULTS, **NOT_NOW})
def screening_results(
    screening: ScreeningId,
    service: ServiceDep,
    request: Request,
    outcome: Annotated[
        Literal["RESTRICTED", "NOT_RESTRICTED", "UNDETERMINED", "none"] | None,
        Query(description="only rows with this outcome; `none`: without a verdict"),
    ] = None,
    reason: Annotated[str | None, Query(max_length=100, description="only rows with this reason")] = None,
    form: Annotated[
        Literal["json", "csv", "ndjson", "parquet"] | None,
        Query(alias="format", description="a file of all rows instead of a page; also by `Accept`"),
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """The rows by now, page by page; once it is done, all as a file, `ndjson` of whole verdicts."""
    asking = Asking(outcome, reason)
    wanted = form or FORMS.get(request.headers.get("accept", "").partition(";")[0].strip())
    if wanted is None or wanted == "json":
        return _json(page(service.database, screening, asking, limit, cursor).to_json())
    chunks = exported(service.database, screening, asking, wanted)
    name = {"Content-Disposition": f'attachment; filename="screening-{screening}.{wanted}"'}
    return StreamingResponse(chunks, media_type=TYPES[wanted], headers=name)


def _known(screening: ScreeningId, service: ServiceDep) -> str:
    """Refused before the stream begins."""
    return screening_document(service.database, screening).id


@router.get("/{screening}/events", response_class=EventSourceResponse, response_description=EVENTS)
async def screening_events(
    known: Annotated[str, Depends(_known)], service: ServiceDep
) -> AsyncIterator[ServerSentEvent]:
    """A screening while it changes, and its end."""
    async for event in told(lambda: screening_document(service.database, known)):
        yield event


def _accepted(document: ScreeningDocument) -> Response:
    place = {"Location": f"/v1/screenings/{document.id}"}
    return Response(document.to_json(), 202, media_type="application/json", headers=place)


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
