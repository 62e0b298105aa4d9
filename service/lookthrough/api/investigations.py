"""Investigations: opened, worked on, read, and handed over as a report or with all its evidence."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.investigating import (
    LONGEST_QUESTION,
    LONGEST_TEXT,
    MOST_SUBJECTS,
    Investigating,
    Opening,
    open_investigation,
)
from lookthrough.investigations.investigation_bundle import zipped_investigation
from lookthrough.investigations.investigation_documents import (
    DecisionKind,
    FactState,
    InvestigationDocument,
    InvestigationList,
    NoteVersions,
    Status,
    Timeline,
    investigation_document,
    investigations,
    timeline,
    versions_of_note,
)
from lookthrough.investigations.investigation_report import investigation_report
from lookthrough.investigations.suspecting import suspect, suspected, switch
from lookthrough.investigations.what_if import WhatIfDocument

from .dependencies import PROBLEMS, Cursor, EntityId, Limit, ServiceDep
from .verdicts import policy_of

CHANGED: dict[int | str, dict[str, object]] = {
    409: {
        **PROBLEMS[404],
        "description": "changed meanwhile, or its state does not allow it",
    }
}
router = APIRouter(prefix="/v1/investigations", tags=["investigations"], responses=PROBLEMS)
ZIP: dict[int | str, dict[str, object]] = {
    200: {"description": "a zip file", "content": {"application/zip": {"schema": {"type": "string"}}}}
}
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'"
InvestigationId = Annotated[
    str,
    Path(max_length=200, description="the `id` of an investigation", examples=["0d5f4c0e6f9c3b6a1b2c7d8e"]),
]
Number = Annotated[int, Path(ge=1, le=10_000, examples=[1])]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Language = Annotated[Literal["en", "zh"], Query(description="of the report")]
Version = Annotated[int, Field(ge=1, description="the `version` of the investigation as it was read")]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class OpeningRequest(BaseModel):
    """`policy` as for a verdict; `as_of` default today, `known_at` default whatever is known by then."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "May we serve Nayara Energy?",
                    "subjects": ["nayara"],
                    "policy": "anthropic-2025-09",
                }
            ]
        },
    )

    question: str = Field(max_length=LONGEST_QUESTION)
    subjects: list[Id] = Field(min_length=1, max_length=MOST_SUBJECTS)
    policy: str | dict[str, JsonValue]
    variant: str | None = Field(default=None, max_length=200)
    as_of: str | None = None
    known_at: str | None = None


class Change(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Version


class StateRequest(Change):
    """Either another `question` or another `status`."""

    question: str | None = Field(default=None, max_length=LONGEST_QUESTION)
    status: Status | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> StateRequest:
        if (self.question is None) is (self.status is None):
            raise ValueError("either question or status is changed")
        return self


class SubjectRequest(Change):
    entity: Id


class PinRequest(Change):
    verdict_id: Id


class NoteRequest(Change):
    """Markdown."""

    text: Text


class DecisionRequest(Change):
    """`verdict_id` is one that is pinned; `text` is needed for `other`."""

    kind: DecisionKind
    verdict_id: Id
    text: Text = ""
    supersedes: int | None = Field(default=None, ge=1, description="the number of the decision it replaces")


class FactRequest(Change):
    """`edit` as of `POST /v1/what-if`: a stake or a location, and who says so."""

    edit: dict[str, JsonValue]
    source: Id
    confidence: str = Field(default="", max_length=200)
    url: str = Field(default="", max_length=2_000)
    note: Text = ""


class SwitchRequest(Change):
    state: FactState


@router.post("", status_code=201, response_model=InvestigationDocument)
def begin_investigation(request: OpeningRequest, service: ServiceDep) -> Response:
    """Open an investigation of a question about some entities, under a policy at both clocks."""
    asked = Opening(
        question=request.question,
        subjects=request.subjects,
        policy=policy_of(service, request.policy),
        as_of=parse_as_of(request.as_of),
        variant=request.variant,
        known_at=parse_known_at(request.known_at),
    )
    document = open_investigation(service.database, asked)
    place = {"Location": f"/v1/investigations/{document.id}"}
    return Response(document.to_json(), 201, media_type="application/json", headers=place)


@router.get("", response_model=InvestigationList)
def list_investigations(
    service: ServiceDep,
    status: Annotated[Status | None, Query(description="only those in this state")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Investigations, the last changed first."""
    return _json(investigations(service.database, status, limit, cursor))


@router.get("/{investigation}", response_model=InvestigationDocument)
def one_investigation(investigation: InvestigationId, service: ServiceDep) -> Response:
    """Question, subjects, pinned verdicts, notes as they stand, decisions and suspected facts."""
    return _json(investigation_document(service.database, investigation))


def _at(investigation: str, service: ServiceDep, change: Change) -> Investigating:
    return Investigating(service.database, investigation, change.version)


@router.patch("/{investigation}", response_model=InvestigationDocument, responses=CHANGED)
def change_state(investigation: InvestigationId, request: StateRequest, service: ServiceDep) -> Response:
    """Put the question otherwise, or set the status: `open`, `waiting` or `closed`."""
    at = _at(investigation, service, request)
    if request.question is not None:
        return _json(at.ask(request.question))
    return _json(at.set_status(str(request.status)))


@router.post("/{investigation}/subjects", response_model=InvestigationDocument, responses=CHANGED)
def add_subject(investigation: InvestigationId, request: SubjectRequest, service: ServiceDep) -> Response:
    """One more entity that it is about."""
    return _json(_at(investigation, service, request).add_subject(request.entity))


@router.delete("/{investigation}/subjects/{entity}", response_model=InvestigationDocument, responses=CHANGED)
def remove_subject(
    investigation: InvestigationId,
    entity: EntityId,
    version: Annotated[int, Query(ge=1, description="the `version` as it was read", examples=[3])],
    service: ServiceDep,
) -> Response:
    """It is not about this entity after all; the timeline keeps that it was."""
    return _json(_at(investigation, service, Change(version=version)).remove_subject(entity))


@router.post("/{investigation}/verdicts", response_model=InvestigationDocument, responses=CHANGED)
def pin_verdict(investigation: InvestigationId, request: PinRequest, service: ServiceDep) -> Response:
    """Pin a stored verdict. It never changes, and a pin is never taken out."""
    return _json(_at(investigation, service, request).pin(request.verdict_id))


@router.post("/{investigation}/notes", response_model=InvestigationDocument, responses=CHANGED)
def add_note(investigation: InvestigationId, request: NoteRequest, service: ServiceDep) -> Response:
    """Write a note."""
    return _json(_at(investigation, service, request).add_note(request.text))


@router.get("/{investigation}/notes/{number}", response_model=NoteVersions)
def note_versions(investigation: InvestigationId, number: Number, service: ServiceDep) -> Response:
    """Every version of a note, the first one first."""
    return _json(versions_of_note(service.database, investigation, number))


@router.put("/{investigation}/notes/{number}", response_model=InvestigationDocument, responses=CHANGED)
def revise_note(
    investigation: InvestigationId, number: Number, request: NoteRequest, service: ServiceDep
) -> Response:
    """A new version of a note; those before it stay readable."""
    return _json(_at(investigation, service, request).revise_note(number, request.text))


@router.post("/{investigation}/decisions", response_model=InvestigationDocument, responses=CHANGED)
def decide(investigation: InvestigationId, request: DecisionRequest, service: ServiceDep) -> Response:
    """Write down a decision and the pinned verdict that it cites; a later one may supersede it."""
    at = _at(investigation, service, request)
    return _json(at.decide(request.kind, request.verdict_id, request.text, request.supersedes))


@router.post("/{investigation}/facts", response_model=InvestigationDocument, responses=CHANGED)
def add_fact(investigation: InvestigationId, request: FactRequest, service: ServiceDep) -> Response:
    """Keep a suspected fact; no ordinary verdict ever reads it."""
    at = _at(investigation, service, request)
    told = (request.source, request.confidence, request.url, request.note)
    return _json(suspect(at, request.edit, *told))


@router.patch("/{investigation}/facts/{number}", response_model=InvestigationDocument, responses=CHANGED)
def switch_fact(
    investigation: InvestigationId, number: Number, request: SwitchRequest, service: ServiceDep
) -> Response:
    """Let a suspected fact count in what-if, or not; `withdrawn` is for good."""
    return _json(switch(_at(investigation, service, request), number, request.state))


@router.get("/{investigation}/what-if", response_model=WhatIfDocument)
def ask_with_facts(
    investigation: InvestigationId,
    entity: Annotated[
        str, Query(min_length=1, max_length=200, description="a subject's id", examples=["nayara"])
    ],
    service: ServiceDep,
) -> Response:
    """A subject's verdict on record, and if the suspected facts that are on were so; nothing is stored."""
    return _json(suspected(service.database, investigation, entity))


@router.get("/{investigation}/timeline", response_model=Timeline)
def tell_timeline(
    investigation: InvestigationId, service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Everything that happened, in its order."""
    return _json(timeline(service.database, investigation, limit, cursor))


@router.get("/{investigation}/report", response_class=HTMLResponse)
def report(investigation: InvestigationId, service: ServiceDep, language: Language = "en") -> HTMLResponse:
    """The investigation as one HTML file that needs no network and prints well."""
    html = investigation_report(service.database, investigation, language)
    return HTMLResponse(html, headers={"Content-Security-Policy": REPORT_POLICY})


@router.get("/{investigation}/evidence", responses=ZIP, response_class=Response)
def evidence(investigation: InvestigationId, service: ServiceDep, language: Language = "en") -> Response:
    """A zip: report, notes in all versions, decisions, the evidence behind every pinned verdict."""
    content = zipped_investigation(service.database, investigation, language)
    name = {"Content-Disposition": f'attachment; filename="investigation-{investigation}.zip"'}
    return Response(content, media_type="application/zip", headers=name)


class _Printed(Protocol):
    def to_json(self) -> bytes: ...


def _json(document: _Printed) -> Response:
    return Response(document.to_json(), media_type="application/json")
