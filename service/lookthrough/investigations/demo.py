"""The demo set: publicly reported ownership, and the cases in it that show what the product is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files

from lookthrough.graph.database import Database
from lookthrough.policies.library import Library

from .clocks import parse_as_of
from .documents import VerdictDocument
from .loading import LoadReport, load_files, was_loaded
from .verdicts import Question, verdict

POLICY = "anthropic-2025-09"


@dataclass(frozen=True, slots=True)
class Case:
    """An entity worth a look; `words` is the key of what it shows, no `on` means today."""

    entity: str
    words: str
    on: date | None = None


CASES = (
    Case("bytedance", "demo.founding"),
    Case("spring-sg", "demo.unknown_holder"),
    Case("lynk", "demo.several_paths"),
    Case("grand-opus", "demo.exactly_half"),
    Case("prosus", "demo.cross_holding", date(2022, 6, 1)),
    Case("pdd", "demo.disputed_seat"),
    Case("nayara", "demo.missing_decides"),
    Case("halti", "demo.before_crossing", date(2019, 10, 20)),
    Case("halti", "demo.after_crossing", date(2019, 10, 22)),
)


def load_once(database: Database) -> LoadReport | None:
    """Load the demo set unless it was loaded before; None then."""
    with as_file(files("lookthrough") / "demo") as folder:
        return None if was_loaded(database, [folder]) else load_files(database, [folder])


def verdicts(database: Database) -> list[tuple[Case, VerdictDocument]]:
    policy = Library().pack(POLICY)
    return [
        (case, verdict(database, Question(case.entity, policy, case.on or parse_as_of(None))))
        for case in CASES
    ]
