"""Short ways to screen, and the comparison with single verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.screening import Entry, Screened, Screening, ScreeningQuestion
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.policy import PolicyDocument

from .facts import TODAY, policy


def screened(
    database: Database,
    ids: Iterable[str],
    rule: PolicyDocument,
    as_of: date = TODAY,
    limits: Limits | None = None,
) -> list[Screened]:
    asked = ScreeningQuestion(rule, as_of)
    return list(Screening(database, asked, limits).rows(map(Entry, ids)))


def assert_same_bytes(
    database: Database,
    ids: Iterable[str],
    rule: PolicyDocument,
    as_of: date = TODAY,
    limits: Limits | None = None,
) -> None:
    for found in screened(database, ids, rule, as_of, limits):
        alone = verdict(database, Question(found.row.entity, rule, as_of), limits)
        assert found.document == alone.to_json(), found.row.entity
        assert (found.row.verdict_id, found.row.outcome, found.row.reason, found.row.name) == (
            alone.verdict_id,
            alone.outcome,
            alone.reason,
            alone.entity.name,
        )


def everybody(database: Database) -> list[str]:
    return [entry.entity for entry in Screening(database, ScreeningQuestion(policy(), TODAY)).everything()]
