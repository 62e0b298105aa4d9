"""The readings of a policy side by side, and in words what makes them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lookthrough.control.decimals import percent
from lookthrough.control.memo import Memo
from lookthrough.control.readings import (
    Difference,
    JoinCounts,
    OnlyTogether,
    PartyCounts,
    StakeCounts,
    difference,
)
from lookthrough.control.results import LocationResult, ParentResult, Result
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import Verdict
from lookthrough.words import LANGUAGES, say

from .documents import Sentence, VariantOutcome
from .sentences import spaced

BETWEEN = {"en": ", ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One variant of a policy and what it gives."""

    variant: str
    verdict: Verdict


def told(other: Reading, asked: Reading, memo: Memo) -> VariantOutcome:
    """The outcome of a reading, with what makes it differ from the one asked for."""
    found = difference(asked.verdict, other.verdict, memo)
    because = because_of(found, memo.graph) if found is not None else None
    verdict = other.verdict
    return VariantOutcome(
        variant=other.variant, outcome=verdict.outcome.value, reason=verdict.reason, because=because
    )


def because_of(found: Difference, graph: OwnershipGraph) -> Sentence:
    """What makes two readings differ, in words; `there` is the other one, `here` the one asked for."""
    words = {language: _because(found, graph, language) for language in LANGUAGES}
    return Sentence(en=words["en"], zh=words["zh"])


def otherwise(readings: Sequence[VariantOutcome]) -> list[Sentence]:
    """The first reading that gives something else, as a sentence; how many more do."""
    differing = [(reading, reading.because) for reading in readings if reading.because]
    return [_otherwise(*differing[0], len(differing) - 1)] if differing else []


def _otherwise(reading: VariantOutcome, because: Sentence, more: int) -> Sentence:
    key = "sentence.otherwise_more" if more else "sentence.otherwise"
    words = {
        language: say(
            key,
            language,
            variant=reading.variant,
            outcome=say(f"outcome.{reading.outcome}", language),
            because=text,
            more=str(more),
        )
        for language, text in (("en", because.en), ("zh", because.zh))
    }
    return Sentence(en=words["en"], zh=words["zh"])


def _because(found: Difference, graph: OwnershipGraph, language: str) -> str:
    def name(entity: str) -> str:
        title = graph.party(entity).name or entity
        return spaced(title) if language == "zh" else title

    if isinstance(found, PartyCounts):
        truths = {
            "here": say(f"named.{found.here.name}", language),
            "there": say(f"named.{found.there.name}", language),
        }
        return say("because.party", language, party=name(found.entity), **truths)
    if isinstance(found, JoinCounts):
        joins = {"here": say(f"join.{found.here}", language), "there": say(f"join.{found.there}", language)}
        return say("because.join", language, **joins)
    if isinstance(found, StakeCounts):
        figures = {
            "share": percent(found.link.weight),
            "here": percent(found.here, up=found.upper),
            "there": percent(found.there, up=found.upper),
        }
        owner, owned = name(found.link.owner), name(found.link.owned)
        key = "because.stake_at_most" if found.upper else "because.stake"
        return say(key, language, owner=owner, owned=owned, **figures)
    if isinstance(found, OnlyTogether):
        parties = BETWEEN[language].join(map(name, found.parties))
        company, held = name(found.company), percent(found.sum)
        return say("because.together", language, parties=parties, company=company, sum=held)
    here, there = (_bounds(result, side, language) for result, side in _sides(found.here, found.there))
    if here and there:
        return say("because.bounds", language, **here, **there)
    return say("because.test", language, test=found.test)


def _sides(here: Result | None, there: Result | None) -> list[tuple[Result | None, str]]:
    return [(here, "here"), (there, "there")]


def _bounds(result: Result | None, side: str, language: str) -> Mapping[str, str]:
    if result is None or isinstance(result, LocationResult | ParentResult):
        return {}
    line = result.test.line
    return {
        f"{side}_lower": percent(result.bounds.lower),
        f"{side}_upper": percent(result.bounds.upper, up=True),
        f"{side}_line": say(f"line.{line.operator}", language, threshold=percent(line.threshold)),
    }
