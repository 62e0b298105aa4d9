"""What a question can be refused for.

QuestionError
├── UnknownEntity     no such id in the graph
├── UnknownVerdict    no such verdict is stored
├── UnknownScreening  no such screening is kept
├── UnknownInvestigation  no such investigation is kept
├── UnknownImport     no such import is kept
├── NotNow            a screening, investigation or import is not in the state that is asked for
├── ChangedMeanwhile  somebody else changed an investigation since it was read
├── TooMany           as much is being worked on as one process takes
├── FactsChanged      the facts on record are no longer those of a stored verdict
├── BackupRefused     a backup that is damaged, or no place to restore it to
├── BadQuestion       a field that cannot be used, named in the sentence
└── EngineDisagreement   two ways of computing the same thing differ; no answer is given
"""

from __future__ import annotations

from datetime import datetime


class QuestionError(Exception):
    """Base of everything raised here; the message is one sentence."""


class UnknownEntity(QuestionError):
    """No such id, or nothing was known of it yet at the instant asked about (with offset)."""

    def __init__(self, entity: str, known_at: datetime | None = None) -> None:
        if known_at is None:
            super().__init__(f"there is no entity with the id {entity!r}")
        else:
            then = known_at.isoformat().replace("+00:00", "Z")
            super().__init__(f"nothing was known at {then} of an entity with the id {entity!r}")


class UnknownVerdict(QuestionError):
    def __init__(self, verdict: str) -> None:
        super().__init__(f"there is no stored verdict with the id {verdict[:200]!r}")


class UnknownScreening(QuestionError):
    def __init__(self, screening: str) -> None:
        super().__init__(f"there is no screening with the id {screening[:200]!r}")


class UnknownInvestigation(QuestionError):
    def __init__(self, investigation: str) -> None:
        super().__init__(f"there is no investigation with the id {investigation[:200]!r}")


class UnknownImport(QuestionError):
    def __init__(self, import_id: str) -> None:
        super().__init__(f"there is no import with the id {import_id[:200]!r}")


class NotNow(QuestionError):
    """What is asked for needs a screening, investigation or import in another state."""


class ChangedMeanwhile(QuestionError):
    def __init__(self, version: int, now: int) -> None:
        super().__init__(
            f"version: the change was made on version {version} of the investigation, which is at {now} now; "
            "read it again, and make the change on what it is by now"
        )


class TooMany(QuestionError):
    """As much is being worked on as one process takes; later there is room again."""


class FactsChanged(QuestionError):
    def __init__(self, verdict: str) -> None:
        super().__init__(f"the facts on record at the clocks of {verdict} are no longer those it rests on")


class BackupRefused(QuestionError):
    """A backup is damaged or not of this kind, or the database is not empty."""


class BadQuestion(QuestionError):
    """A field of the question cannot be used."""


class EngineDisagreement(QuestionError):
    """The chains and the exact total contradict each other: an error, not an answer."""
