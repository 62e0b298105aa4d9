"""An ownership chart: what is drawn of the holders and holdings around one entity, with every figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.folding import Around, Folding, Side, chosen
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.results import HoldingResult, LocationResult
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import Verdict, judge
from lookthrough.graph.below import Below, read_below
from lookthrough.graph.database import Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.parties import EntityFacts
from lookthrough.graph.snapshot import Limits, Surroundings
from lookthrough.policies.policy import PolicyDocument

from . import notes
from .chart_boxes import Boxes
from .chart_documents import ChartDocument
from .clocks import print_instant
from .documents import PolicyRef, Sentence, WarningNote
from .figures import test_document
from .reach import FEWER
from .reading import read_above
from .scene import Scene, merged
from .ultimate import with_figures
from .verdicts import Question, lanes_of


@dataclass(frozen=True, slots=True)
class Charting:
    """Whose chart; without a policy the totals are those of the lane, and nobody is restricted or clean."""

    entity: str
    as_of: date
    known_at: datetime | None = None
    policy: PolicyDocument | None = None
    variant: str | None = None
    lane: Lane = Lane.SHARES
    folding: Folding = field(default_factory=Folding)


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """`around` is what a verdict reads and is judged on; `graph` and `entities` are all that is drawn.

    `below` is there where the chart goes there. `whole`: nothing of what is drawn was cut off.
    """

    clocks: Clocks
    around: Surroundings
    below: Below | None
    graph: OwnershipGraph
    entities: dict[str, EntityFacts]
    whole: bool = True


def chart(database: Database, asked: Charting, limits: Limits | None = None) -> ChartDocument:
    """What is drawn: the parties that could matter most, all stakes between them, and the rest folded.

    Raises UnknownEntity, BadQuestion (lane), UnknownVariant, GraphUnavailable.
    """
    with_figures(asked.lane)
    return chart_of(asked, _read(database, asked, limits or Limits()))


def chart_of(asked: Charting, read: ChartFacts) -> ChartDocument:
    """The same on facts that were read. Raises UnknownVariant."""
    judged, policy = _judged(asked, read.around)
    result = _drawn_test(judged)
    lane = result.test.lane if result else asked.lane
    below = read.below.entities if read.below else ()
    scene = Scene(read.graph, asked.entity, lane, result, below)
    drawn = chosen(asked.entity, Around(scene.near, scene.stops, scene.open_part), asked.folding)
    boxes = Boxes(scene, drawn, read.entities, asked.folding.sides)
    boxes.draw(judged.outcome if judged else None)
    return ChartDocument(
        entity=boxes.reference(asked.entity),
        policy=policy,
        policy_title=_title(asked.policy),
        outcome=judged.outcome.value if judged else None,
        reason=judged.reason if judged else None,
        test=test_document(result) if result else None,
        lane=lane,
        direction="both" if len(asked.folding.sides) > 1 else "".join(asked.folding.sides),
        as_of=asked.as_of.isoformat(),
        known_at=print_instant(read.clocks.known_at),
        boxes=boxes.boxes,
        arrows=boxes.arrows,
        folded=len(boxes.folded),
        warnings=[*_warnings(read, judged, asked.entity), *_not_worked_out(scene)],
        complete=read.around.complete and read.whole,
    )


def _read(database: Database, asked: Charting, limits: Limits) -> ChartFacts:
    """All lanes are drawn: who controls without a figure is shown whether or not the test looks at it."""
    hearing = Hearing(tuple(dict.fromkeys(asked.policy.trust))) if asked.policy else EVERYBODY

    def above(lanes: set[Lane], known_at: datetime | None) -> tuple[Clocks, Surroundings]:
        return read_above(database, asked.entity, lanes, asked.as_of, known_at, limits, hearing)

    clocks, around = above(_judged_lanes(asked), asked.known_at)
    _, drawn = above(set(Lane), clocks.known_at)
    if Side.DOWN not in asked.folding.sides:
        return ChartFacts(clocks, around, None, drawn.graph, drawn.entities, drawn.complete)

    def below(most: Limits) -> Below:
        return database.read(
            lambda tx: read_below(tx, asked.entity, set(Lane), clocks, most, hearing), seconds=most.seconds
        )

    try:
        found = below(limits)
    except QueryCutOff:
        found = below(FEWER)
    graph = merged(drawn.graph, found.around.graph)
    entities = {**found.around.entities, **drawn.entities}
    return ChartFacts(clocks, around, found, graph, entities, drawn.complete and found.around.complete)


def _judged_lanes(asked: Charting) -> set[Lane]:
    """What a verdict on the same question reads, so that its figures are the same."""
    if asked.policy is None:
        return set(Lane)
    return lanes_of(Question(asked.entity, asked.policy, asked.as_of, asked.variant))


def _judged(asked: Charting, around: Surroundings) -> tuple[Verdict | None, PolicyRef | None]:
    told = asked.policy
    if told is None:
        return None, None
    resolved = told.resolve(asked.variant, asked.as_of)
    policy = PolicyRef(id=told.id, version=told.version, variant=resolved.variant, digest=told.digest)
    return judge(resolved.policy, around.graph, asked.entity), policy


def _drawn_test(judged: Verdict | None) -> HoldingResult | None:
    """The first test about holdings that gives the headline, else the first about holdings."""
    found = [r for r in judged.results if not isinstance(r, LocationResult)] if judged else []
    deciding = [result for result in found if judged and result.outcome is judged.outcome]
    return next(iter(deciding + found), None)


def _not_worked_out(scene: Scene) -> list[WarningNote]:
    count = scene.not_worked_out
    return [notes.totals_not_worked_out(scene.subject, count)] if count else []


def _title(policy: PolicyDocument | None) -> Sentence | None:
    return Sentence(en=policy.title.en, zh=policy.title.chinese) if policy else None


def _warnings(read: ChartFacts, judged: Verdict | None, entity: str) -> list[WarningNote]:
    found = notes.warnings(judged, read.around, entity) if judged else notes.of_reading(read.around, entity)
    if read.below and not read.below.around.complete:
        found.append(notes.reach_cut_off(read.below.around, entity))
    return found
