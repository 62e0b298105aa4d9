"""Health: the process answers, and Neo4j answers with its schema in place."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from lookthrough.graph.errors import SchemaMismatch
from lookthrough.graph.migrations import pending

from .dependencies import PROBLEMS, ServiceDep

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@router.get("/healthz")
def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz", responses={503: PROBLEMS[503]})
def readyz(service: ServiceDep) -> Health:
    """Neo4j answers and has the schema."""
    if pending(service.database):
        raise SchemaMismatch("the schema is not up to date")
    return Health()
