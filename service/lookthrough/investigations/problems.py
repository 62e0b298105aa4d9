"""Errors as problem documents (RFC 9457): which error means which status, in one table."""

from __future__ import annotations

from pydantic import BaseModel

from lookthrough.graph.embedded import EmbeddedError
from lookthrough.graph.errors import (
    FactsMoved,
    GraphError,
    GraphUnavailable,
    LoadRefused,
    QueryCutOff,
    ReadOnly,
    SchemaMismatch,
)
from lookthrough.importing.rows import UnusableFile
from lookthrough.policies.errors import PolicyError, UnknownPolicy, UnknownVariant

from .errors import (
    BackupRefused,
    BadQuestion,
    ChangedMeanwhile,
    EngineDisagreement,
    FactsChanged,
    NotNow,
    QuestionError,
    TooMany,
    UnknownEntity,
    UnknownImport,
    UnknownInvestigation,
    UnknownScreening,
    UnknownVerdict,
)


class Problem(BaseModel):
    """What went wrong, in one sentence (`detail`)."""

    type: str
    title: str
    status: int
    detail: str


STATUS: dict[type[Exception], tuple[int, str, str]] = {
    UnknownEntity: (404, "unknown-entity", "Unknown entity"),
    UnknownVerdict: (404, "unknown-verdict", "Unknown verdict"),
    UnknownScreening: (404, "unknown-screening", "Unknown screening"),
    UnknownInvestigation: (404, "unknown-investigation", "Unknown investigation"),
    ChangedMeanwhile: (409, "changed-meanwhile", "Somebody else changed it meanwhile"),
    NotNow: (409, "not-now", "Not in the state that this needs"),
    UnknownImport: (404, "unknown-import", "Unknown import"),
    TooMany: (429, "too-many", "As much is being worked on as can be"),
    FactsChanged: (409, "facts-changed", "The facts are no longer those of the verdict"),
    UnknownPolicy: (404, "unknown-policy", "Unknown policy"),
    UnknownVariant: (422, "unknown-variant", "Unknown variant"),
    PolicyError: (422, "bad-policy", "The policy cannot be used"),
    BackupRefused: (422, "backup-refused", "The backup cannot be used"),
    BadQuestion: (422, "bad-question", "The question cannot be answered as put"),
    QuestionError: (422, "bad-question", "The question cannot be answered as put"),
    EngineDisagreement: (500, "engine-disagreement", "Two computations disagree"),
    QueryCutOff: (503, "cut-off", "The question ran into a limit"),
    GraphUnavailable: (503, "graph-unavailable", "Neo4j is away"),
    ReadOnly: (503, "read-only", "Neo4j does not let us write"),
    FactsMoved: (409, "facts-moved", "The facts changed meanwhile"),
    LoadRefused: (409, "load-refused", "Another load is running"),
    SchemaMismatch: (500, "schema-mismatch", "The schema does not fit this program"),
    GraphError: (500, "graph-error", "Neo4j refused a query"),
    EmbeddedError: (503, "graph-unavailable", "Neo4j is away"),
    UnusableFile: (422, "unusable-file", "A file cannot be used"),
}
"""The most specific entry counts."""


def problem_of(error: Exception) -> Problem:
    """The problem document of an error; one that is not in the table says nothing of its insides."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            status, slug, title = STATUS[kind]
            return Problem(type=f"urn:lookthrough:{slug}", title=title, status=status, detail=str(error))
    detail = "an error that is ours; see the log"
    return Problem(type="urn:lookthrough:internal", title="Internal error", status=500, detail=detail)
