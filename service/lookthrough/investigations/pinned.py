"""What stands behind the pinned verdicts of an investigation, for its report and its bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from lookthrough.graph.database import Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.investigations import KeptInvestigation, Pin, Subject
from lookthrough.policies.errors import PolicyError

from .chart import Charting, chart
from .chart_svg import draw
from .documents import VerdictDocument
from .errors import QuestionError
from .evidence import gathered
from .report import Evidence
from .storing import Kept, kept, shown
from .suspecting import counted, suspected

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned verdict byte for byte; `evidence`, or why it cannot be gathered any more (`problem`)."""

    pin: Pin
    content: bytes
    document: VerdictDocument
    stored: Kept | None
    evidence: Evidence | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Supposed:
    """A subject before and after the suspected facts that are on; or why there is no answer (`problem`)."""

    subject: Subject
    before: VerdictDocument | None
    after: VerdictDocument | None
    problem: str | None


def pinned(database: Database, pin: Pin) -> Pinned:
    """Raises GraphUnavailable."""
    content = shown(database, pin.verdict_id)
    document = VerdictDocument.model_validate_json(content)
    stored, problem = _tried(lambda: kept(database, pin.verdict_id))
    if stored is None:
        return Pinned(pin, content, document, None, None, problem)
    evidence, problem = _tried(lambda: gathered(database, stored))
    return Pinned(pin, content, document, stored, evidence, problem)


def drawing(database: Database, told: Pinned, language: str) -> str | None:
    """The chart of a verdict; None where it would not say what the verdict says (other sources heard)."""
    if told.stored is None or told.evidence is None:
        return None
    asked = told.stored.question
    charting = Charting(asked.entity, asked.as_of, asked.known_at, asked.policy, asked.variant)
    drawn, _ = _tried(lambda: chart(database, charting))
    if drawn is None or drawn.outcome != told.document.outcome:
        return None
    return draw(drawn, language)


def supposed(database: Database, kept: KeptInvestigation) -> list[Supposed]:
    """Every subject with the suspected facts that are on; nobody where none is."""
    if not counted(kept):
        return []
    return [_supposed(database, kept.investigation.id, subject) for subject in kept.subjects]


def _supposed(database: Database, investigation: str, subject: Subject) -> Supposed:
    told, problem = _tried(lambda: suspected(database, investigation, subject.id))
    if told is None:
        return Supposed(subject, None, None, problem)
    return Supposed(subject, told.before, told.after, None)


def _tried(ask: Callable[[], T]) -> tuple[T | None, str | None]:
    """The answer, or the sentence that says why there is none: a report tells it and goes on."""
    try:
        return ask(), None
    except (QuestionError, PolicyError, QueryCutOff) as error:
        return None, str(error)
