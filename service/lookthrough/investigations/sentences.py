"""The sentence of a verdict, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from lookthrough.control.decimals import percent
from lookthrough.control.decision import Outcome
from lookthrough.control.facts import Description
from lookthrough.control.predicate import lists_named, located_conditions
from lookthrough.control.results import (
    CascadeResult,
    FullLinksResult,
    HoldingResult,
    LocationResult,
    OwnershipResult,
    ParentResult,
    Result,
)
from lookthrough.control.verdict import Verdict
from lookthrough.policies.fields import Text
from lookthrough.words import LANGUAGES, say

from .documents import Sentence


def sentence(verdict: Verdict, title: Text, subject: Description, as_of: str) -> Sentence:
    """What the tests that make the headline found; `title` is the policy's."""
    titles = {"en": title.en, "zh": title.zh or title.en}
    names = {"en": subject.name, "zh": spaced(subject.name_original or subject.name)}
    told = {
        language: say(
            "sentence",
            language,
            outcome=say(f"outcome.{verdict.outcome}", language),
            policy=titles[language],
            as_of=as_of,
            findings=_findings(verdict, names[language], language),
        )
        for language in LANGUAGES
    }
    return Sentence(en=told["en"], zh=told["zh"])


def trusting(sources: Sequence[str], without: Outcome) -> Sentence:
    """What the outcome would be if all sources were heard alike."""
    words = {
        language: say(
            "sentence.trust",
            language,
            sources=", ".join(sources),
            outcome=say(f"outcome.{without}", language),
        )
        for language in LANGUAGES
    }
    return Sentence(en=words["en"], zh=words["zh"])


def spaced(name: str) -> str:
    """Chinese text sets a name in Latin letters apart."""
    return f" {name} " if name.isascii() else name


def _findings(verdict: Verdict, name: str, language: str) -> str:
    telling = [result for result in verdict.results if result.outcome is verdict.outcome]
    return ("" if language == "zh" else " ").join(_finding(result, name, language) for result in telling)


def _finding(result: Result, name: str, language: str) -> str:
    if isinstance(result, LocationResult):
        asks_for_places = any(located_conditions(result.test.subject))
        kind = "location" if asks_for_places or result.outcome is Outcome.UNDETERMINED else "listed"
        places = _places(result, language) if kind == "location" else ", ".join(_lists(result))
        return say(f"finding.{kind}.{result.outcome}", language, name=name, places=places)
    return _holding(result, name, language)


def _lists(result: LocationResult) -> list[str]:
    """The lists on record that the rule asks for; all of them where it asks for something else."""
    recorded = result.party.lists
    return sorted(recorded & lists_named(result.test.subject) or recorded)


def _holding(result: HoldingResult, name: str, language: str) -> str:
    undetermined = result.outcome is Outcome.UNDETERMINED
    found = result.reason if undetermined else result.outcome
    lane, line = say(f"lane.{result.test.lane}", language), _line(result, language)
    if isinstance(result, ParentResult):
        parent = result.climb.path[0].owner if result.climb.path else result.reach.subject
        title = result.reach.graph.party(parent).name or parent
        return say(f"finding.parent.{result.outcome}", language, name=name, line=line, parent=title)
    bounds = result.bounds
    kind = "cascade" if isinstance(result, CascadeResult) else "ownership"
    return say(
        f"finding.{kind}.{found}",
        language,
        name=name,
        lane=lane,
        line=line,
        lower=_at_least(result, language),
        upper=percent(bounds.upper, up=True),
        unknown=percent(result.unknown, up=True),
    )


def _at_least(result: OwnershipResult | FullLinksResult | CascadeResult, language: str) -> str:
    strict = result.bounds.lower_strict
    return say(f"bound.{'more_than' if strict else 'at_least'}", language, share=percent(result.bounds.lower))


def _line(result: HoldingResult, language: str) -> str:
    line = result.test.line
    return say(f"line.{line.operator}", language, threshold=percent(line.threshold))


def _places(result: LocationResult, language: str) -> str:
    asked = dict.fromkeys(condition.attribute for condition in located_conditions(result.test.subject))
    named = [
        f"{say(f'attribute.{attribute}', language)} {', '.join(sorted(codes))}"
        for attribute in asked
        if (codes := result.party.locations.get(attribute))
    ]
    return "; ".join(named) or say("places.none", language)
