"""The policy packs."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Response
from pydantic import JsonValue

from lookthrough.investigations.documents import PolicyPage
from lookthrough.investigations.policies import summaries

from .dependencies import PROBLEMS, ServiceDep

router = APIRouter(prefix="/v1/policies", tags=["policies"], responses={404: PROBLEMS[404]})


@router.get("", response_model=PolicyPage)
def every(service: ServiceDep) -> Response:
    """The packs that ship."""
    return Response(summaries(service.library).to_json(), media_type="application/json")


@router.get("/{policy}", response_model=dict[str, JsonValue])
def one(
    policy: Annotated[str, Path(description="`id` or `id@version`", examples=["anthropic-2025-09"])],
    service: ServiceDep,
) -> Response:
    """One pack as a document, just as `POST /v1/verdicts` takes it; its digest is the ETag."""
    found = service.library.pack(policy)
    headers = {"ETag": f'"{found.digest}"'}
    return Response(orjson.dumps(found.as_json()), media_type="application/json", headers=headers)
