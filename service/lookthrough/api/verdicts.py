"""Verdicts and chains."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from lookthrough.control.facts import Lane
from lookthrough.investigations import verdicts
from lookthrough.investigations.chains import DEFAULT_LIMIT, asked, sought
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.documents import ChainsDocument, VerdictDocument
from lookthrough.investigations.edits import parse_edits
from lookthrough.investigations.outcomes import OutcomeDocument, outcome
from lookthrough.investigations.policies_compared import PoliciesComparedDocument, compare_policies
from lookthrough.investigations.sources import MOST as MOST_SOURCES
from lookthrough.investigations.sources import SourcesDocument, sources
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question
from lookthrough.investigations.what_if import WhatIfDocument, what_if
from lookthrough.policies.policy import PolicyDocument

from .dependencies import PROBLEMS, AsOf, Cursor, EntityId, KnownAt, Service, ServiceDep, SourceName, Trust

router = APIRouter(prefix="/v1", tags=["verdicts"], responses=PROBLEMS)


class VerdictRequest(BaseModel):
    """`policy` is the id of a pack, `id@version`, or a policy document."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"entity": "bytedance", "policy": "anthropic-2025-09"}]},
    )

    entity: str = Field(min_length=1, max_length=200)
    policy: str | dict[str, JsonValue]
    variant: str | None = Field(default=None, max_length=200)
    as_of: str | None = None
    known_at: str | None = None
    trust: list[SourceName] = Field(default=[], max_length=100)


def policy_of(service: Service, policy: str | dict[str, JsonValue]) -> PolicyDocument:
    if isinstance(policy, str):
        return service.library.pack(policy)
    return service.library.parse(policy)


class WhatIfRequest(VerdictRequest):
    """A verdict request, and edits to the facts: objects with `op`, made in their order."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "entity": "nayara",
                    "policy": "anthropic-2025-09",
                    "edits": [{"op": "set_stake", "owner": "rosneft", "owned": "nayara", "percent": "25"}],
                }
            ]
        },
    )

    edits: list[JsonValue] = Field(
        description=(
            "`set_stake`, `add_stake` (`owner`, `owned`, `lane`, `percent`, `holding`, `owner_kind`, "
            "`owned_kind`), "
            "`remove_stake` (`owner`, `owned`, `lane`, `holding`), "
            "`set_location` (`entity`, `attribute`, `jurisdiction`, `kind`)"
        )
    )


@router.post("/verdicts", response_model=VerdictDocument)
def give_verdict(request: VerdictRequest, service: ServiceDep) -> Response:
    """One verdict, with the chains, what is missing and what would change it; it is stored."""
    document = give(service.database, _question(service, request))
    return Response(document.to_json(), media_type="application/json")


@router.post("/what-if", response_model=WhatIfDocument)
def ask_what_if(request: WhatIfRequest, service: ServiceDep) -> Response:
    """The verdict before and after edits to the facts; nothing is stored."""
    document = what_if(service.database, _question(service, request), parse_edits(request.edits))
    return Response(document.to_json(), media_type="application/json")


def _question(service: Service, request: VerdictRequest) -> Question:
    return Question(
        entity=request.entity,
        policy=policy_of(service, request.policy),
        variant=request.variant,
        as_of=parse_as_of(request.as_of),
        known_at=parse_known_at(request.known_at),
        trust=tuple(request.trust),
        max_age_days=service.max_age_days,
    )


def _of_pack(
    entity: EntityId,
    policy: Annotated[str, Query(description="the id of a pack", examples=["anthropic-2025-09"])],
    service: ServiceDep,
    variant: str | None = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
) -> Question:
    return Question(
        entity=entity,
        policy=service.library.pack(policy),
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        trust=tuple(trust or ()),
    )


QuestionDep = Annotated[Question, Depends(_of_pack)]


@router.get("/entities/{entity}/outcome", response_model=OutcomeDocument)
def give_outcome(question: QuestionDep, service: ServiceDep) -> Response:
    """The outcome of a verdict alone, for a row of a list; nothing is stored."""
    return Response(outcome(service.database, question).to_json(), media_type="application/json")


@router.get("/entities/{entity}/chains", response_model=ChainsDocument)
def chains(
    entity: EntityId,
    service: ServiceDep,
    policy: Annotated[
        str | None, Query(description="the id of a pack", examples=["anthropic-2025-09"])
    ] = None,
    owners: Annotated[
        list[str] | None,
        Query(
            description="instead of a policy: a class of owners; of several, any",
            examples=["headquarters=CN"],
        ),
    ] = None,
    lane: Annotated[Lane, Query(description="with owners: shares or votes")] = Lane.SHARES,
    variant: str | None = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Annotated[int, Query(description="1 to 500")] = DEFAULT_LIMIT,
    min_product: Annotated[str, Query(description="a decimal fraction")] = "0.0001",
    trust: Trust = None,
) -> Response:
    """The chains into the entity by falling product, their total, and the rest."""
    question = Question(
        entity=entity,
        policy=sought(service.library, service.library.pack, policy, owners or [], lane),
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        chains=asked(limit, min_product),
        trust=tuple(trust or ()),
    )
    document = verdicts.chains(service.database, question, owners=owners or [])
    return Response(document.to_json(), media_type="application/json")


@router.get("/entities/{entity}/comparison", response_model=PoliciesComparedDocument)
def under_all_policies(
    entity: EntityId,
    service: ServiceDep,
    policy: Annotated[
        str | None, Query(description="the pack to compare with, default the first", examples=["openai"])
    ] = None,
    variant: str | None = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
) -> Response:
    """The entity under every reading of every pack, and where they part from the first, what does it."""
    packs = service.library.all()
    question = Question(
        entity=entity,
        policy=service.library.pack(policy) if policy else packs[0],
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        trust=tuple(trust or ()),
    )
    document = compare_policies(service.database, question, packs)
    return Response(document.to_json(), media_type="application/json")


@router.get("/entities/{entity}/sources", response_model=SourcesDocument)
def what_sources_say(
    question: QuestionDep,
    service: ServiceDep,
    limit: Annotated[int, Query(description="1 to 50")] = MOST_SOURCES,
    cursor: Cursor = None,
) -> Response:
    """Every source of the facts behind a verdict, with the answer if it alone, or not it, were heard."""
    document = sources(service.database, question, limit, cursor)
    return Response(document.to_json(), media_type="application/json")
