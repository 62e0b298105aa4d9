"""The sentence of a verdict, in English and Chinese."""

from __future__ import annotations

from lookthrough.control.decimals import percent
from lookthrough.control.decision import Outcome
from lookthrough.control.predicate import located_conditions
from lookthrough.control.verdict import LocationResult, OwnershipResult, Result, Verdict
from lookthrough.policies.fields import Text
from lookthrough.words import LANGUAGES, say

from .documents import Sentence


def sentence(verdict: Verdict, title: Text, name: str, as_of: str) -> Sentence:
    """What the tests that make the headline found; `title` is the policy's."""
    titles = {"en": title.en, "zh": title.zh or title.en}
    told = {
        language: say(
            "sentence",
            language,
            outcome=say(f"outcome.{verdict.outcome}", language),
            policy=titles[language],
            as_of=as_of,
            findings=_findings(verdict, name, language),
        )
        for language in LANGUAGES
    }
    return Sentence(en=told["en"], zh=told["zh"])


def _findings(verdict: Verdict, name: str, language: str) -> str:
    telling = [result for result in verdict.results if result.outcome is verdict.outcome]
    return ("" if language == "zh" else " ").join(_finding(result, name, language) for result in telling)


def _finding(result: Result, name: str, language: str) -> str:
    if isinstance(result, LocationResult):
        places = _places(result, language)
        return say(f"finding.location.{result.outcome}", language, name=name, places=places)
    return _ownership(result, name, language)


def _ownership(result: OwnershipResult, name: str, language: str) -> str:
    undetermined = result.outcome is Outcome.UNDETERMINED
    line = result.test.line
    return say(
        f"finding.ownership.{result.reason if undetermined else result.outcome}",
        language,
        name=name,
        lane=say(f"lane.{result.test.lane}", language),
        line=say(f"line.{line.operator}", language, threshold=percent(line.threshold)),
        lower=percent(result.bounds.lower),
        upper=percent(result.bounds.upper, up=True),
        unknown=percent(result.unknown, up=True),
    )


def _places(result: LocationResult, language: str) -> str:
    asked = dict.fromkeys(condition.attribute for condition in located_conditions(result.test.subject))
    named = [
        f"{say(f'attribute.{attribute}', language)} {', '.join(sorted(codes))}"
        for attribute in asked
        if (codes := result.party.locations.get(attribute))
    ]
    return "; ".join(named) or say("places.none", language)
