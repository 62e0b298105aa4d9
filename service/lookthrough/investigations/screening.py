"""Screening: the verdict on each of many entities, the same as if each were asked for by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from lookthrough.control.results import FullLinksResult, OwnershipResult
from lookthrough.graph.database import Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.shared import SharedFacts
from lookthrough.graph.snapshot import Limits, Surroundings
from lookthrough.policies.policy import PolicyDocument

from .chains import FoundChains, explain, explain_few
from .clocks import clocks_of, print_instant
from .documents import Outcome, PolicyRef, SourceAge, TestResult, VerdictDocument, WithNulls
from .errors import QuestionError, UnknownEntity
from .problems import problem_of
from .search import everything
from .testimony import source_age
from .verdicts import Answer, Beside, Question, answer_on, answered, document_of, lanes_of

AT_ONCE = 200
"""Entities whose facts are read together."""
NO_ID = ("no_id", "the row names no entity: its cell is empty")


@dataclass(frozen=True, slots=True)
class ScreeningQuestion:
    """What is asked of every entity; fields as those of `Question`."""

    policy: PolicyDocument
    as_of: date
    variant: str | None = None
    known_at: datetime | None = None
    max_age_days: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: the id in it, or why there is none; `given` is its text where that is not the id."""

    entity: str
    wrong: tuple[str, str] | None = None
    given: str = ""


class ScreeningRow(WithNulls):
    """One entity of a list. Without a verdict `outcome` is null, `reason` a code and `problem` a sentence.

    `entity` of a line that nobody found an entity for is its text; `given` is the text of any line that had
    one. The figures are those of the test that gives the reason, or else of the first that has any.
    """

    row: int
    entity: str
    given: str | None = None
    name: str | None = None
    outcome: Outcome | None = None
    reason: str
    lower: str | None = None
    upper: str | None = None
    unknown: str | None = None
    verdict_id: str | None = None
    problem: str | None = None


class ScreeningCounts(WithNulls):
    """How many rows had which outcome, and which reason; `problems` had none."""

    total: int
    outcomes: dict[str, int]
    undetermined: dict[str, int]
    problems: int


@dataclass(slots=True)
class Tally:
    """Counts rows as they come."""

    total: int = 0
    outcomes: Counter[str] = field(default_factory=Counter[str])
    undetermined: Counter[str] = field(default_factory=Counter[str])

    def add(self, outcome: str | None, reason: str, count: int = 1) -> None:
        self.total += count
        if outcome:
            self.outcomes[outcome] += count
        if outcome == "UNDETERMINED":
            self.undetermined[reason] += count

    def counts(self) -> ScreeningCounts:
        outcomes = {name: self.outcomes[name] for name in ("RESTRICTED", "UNDETERMINED", "NOT_RESTRICTED")}
        return ScreeningCounts(
            total=self.total,
            outcomes=outcomes,
            undetermined=dict(sorted(self.undetermined.items())),
            problems=self.total - sum(outcomes.values()),
        )


@dataclass(frozen=True, slots=True)
class Screened:
    """A row, and the verdict behind it if there is one."""

    row: ScreeningRow
    verdict: tuple[Answer, VerdictDocument] | None = None

    @property
    def document(self) -> bytes | None:
        """The verdict document as it goes out."""
        return self.verdict[1].to_json() if self.verdict else None


class Screening:
    """The question put to many entities at clocks that are fixed once.

    Raises UnknownVariant, GraphUnavailable.
    """

    def __init__(self, database: Database, asked: ScreeningQuestion, limits: Limits | None = None) -> None:
        self.asked = asked
        self._database = database
        self._limits = limits
        resolved = asked.policy.resolve(asked.variant, asked.as_of)
        self.clocks = database.read(lambda tx: clocks_of(tx, asked.as_of, asked.known_at))
        self.policy = PolicyRef(
            id=asked.policy.id,
            version=asked.policy.version,
            variant=resolved.variant,
            digest=asked.policy.digest,
        )
        lanes = lanes_of(self._question(""))
        self._shared = SharedFacts(database, lanes, self.clocks, limits)
        self._beside = _BesideMany(database, self.clocks, self._shared)

    @property
    def known_at(self) -> str:
        return print_instant(self.clocks.known_at)

    def everything(self) -> Iterator[Entry]:
        """All entities that were known, by id."""
        return map(Entry, everything(self._database, self.clocks))

    def rows(self, entries: Iterable[Entry], first: int = 1) -> Iterator[Screened]:
        """A row for each entry, in their order, numbered from `first`.

        What goes wrong with one entity is told in its row. Raises GraphUnavailable, GraphError.
        """
        waiting = iter(entries)
        number = first
        while some := list(islice(waiting, AT_ONCE)):
            ids = {entry.entity for entry in some if entry.entity and not entry.wrong}
            if self._question("").hearing.is_everybody:
                self._shared.read(ids)
            again = Counter(some)
            given: dict[Entry, Screened] = {}  # only what comes again: an answer holds all facts above it
            for entry in some:
                found = given.get(entry) or self._screened(entry)
                if again[entry] > 1:
                    given[entry] = found
                placed = found.row.model_copy(update={"row": number, "given": entry.given or None})
                yield Screened(placed, found.verdict)
                number += 1

    def _screened(self, entry: Entry) -> Screened:
        if entry.wrong or not entry.entity:
            return _without_verdict(entry.entity or entry.given, *(entry.wrong or NO_ID))
        try:
            answer = self._answered(self._question(entry.entity))
            document = document_of(answer)
        except UnknownEntity:
            error = UnknownEntity(entry.entity, self.asked.known_at)
            return _without_verdict(entry.entity, "unknown_entity", str(error))
        except (QuestionError, QueryCutOff) as error:
            problem = problem_of(error)
            code = problem.type.rpartition(":")[2].replace("-", "_")
            return _without_verdict(entry.entity, code, problem.detail)
        shown = _shown(document.tests, document.reason)
        row = ScreeningRow(
            row=0,
            entity=entry.entity,
            name=document.entity.name,
            outcome=document.outcome,
            reason=document.reason,
            lower=shown.lower if shown else None,
            upper=shown.upper if shown else None,
            unknown=shown.unknown if shown else None,
            verdict_id=document.verdict_id,
        )
        return Screened(row, (answer, document))

    def _question(self, entity: str) -> Question:
        asked = self.asked
        return Question(
            entity=entity,
            policy=asked.policy,
            as_of=asked.as_of,
            variant=asked.variant,
            known_at=self.clocks.known_at,
            max_age_days=asked.max_age_days,
        )

    def _answered(self, question: Question) -> Answer:
        """From the facts that the questions share; from a reading of its own where these don't answer it."""
        around = self._shared.above(question.entity) if question.hearing.is_everybody else None
        if around is None:
            return answered(self._database, question, self._limits)
        if question.entity not in around.entities:
            raise UnknownEntity(question.entity)

        def chains_of(result: OwnershipResult | FullLinksResult) -> FoundChains:
            few = explain_few(result, question.chains)
            return few or explain(self._database, result, around.versions, self.clocks, question.chains)

        return answer_on(self._database, question, self.clocks, around, chains_of, self._beside)


@dataclass(frozen=True)
class _BesideMany(Beside):
    """What answers tell beside their figures, from what they share."""

    shared: SharedFacts
    lists: dict[tuple[str, ...], list[str]] = field(default_factory=dict[tuple[str, ...], list[str]])

    def sources(self, around: Surroundings) -> list[SourceAge] | None:
        try:
            return [source_age(each) for each in self.shared.sources(around)]
        except QueryCutOff:
            return None

    def lists_without_members(self, keys: Sequence[str]) -> list[str]:
        asked = tuple(keys)
        if asked not in self.lists:
            self.lists[asked] = super().lists_without_members(keys)
        return self.lists[asked]


def _without_verdict(entity: str, reason: str, problem: str) -> Screened:
    return Screened(ScreeningRow(row=0, entity=entity, reason=reason, problem=problem))


def _shown(tests: Sequence[TestResult], reason: str) -> TestResult | None:
    """The test whose figures a row shows."""
    with_figures = [test for test in tests if test.lower is not None]
    return next((test for test in with_figures if test.reason == reason), next(iter(with_figures), None))
