"""The evidence of a verdict as a page for people: one file, no network, prints well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from lookthrough.control.claims import Known
from lookthrough.control.decimals import decimal
from lookthrough.control.facts import SourceRecord, StakeClaim
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import Stake
from lookthrough.graph.evidence import StakeClaims
from lookthrough.graph.snapshot import Surroundings
from lookthrough.policies.policy import PolicyDocument
from lookthrough.web import TEMPLATES
from lookthrough.words import catalogue, say

from .documents import VerdictDocument
from .telling import share_text

_PLACES = 6
_templates = Environment(
    loader=FileSystemLoader(TEMPLATES / "evidence"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict with all it rests on: the stakes that count with the claims behind them."""

    verdict: VerdictDocument
    policy: PolicyDocument
    around: Surroundings
    stakes: Mapping[Stake, StakeClaims]
    sources: Sequence[SourceRecord]


def report(evidence: Evidence, language: str) -> str:
    """The page in `en` or `zh`."""
    verdict, policy = evidence.verdict, evidence.policy
    told = evidence.around.entities[verdict.entity.id].description
    title = partial(_title, evidence.around, language)
    name = title(verdict.entity.id)
    zh = language == "zh"
    return template("report.html").render(
        lang=language,
        css=style(),
        say=partial(_say, language),
        percent=percent,
        title=title,
        cite=partial(_cite, language=language),
        warning_name=partial(warning_name, language=language),
        verdict=verdict,
        name=name,
        other_name=next((n for n in (told.name, told.name_original) if n and n != name), ""),
        sentence=verdict.sentence.zh if zh else verdict.sentence.en,
        policy=policy,
        policy_title=policy_title(policy, language),
        notes=_notes(policy, language),
        stakes=list(_stakes(evidence, language)),
        parties=list(_parties(evidence.around, language)),
        sources=evidence.sources,
    )


def _say(language: str, key: str, **values: str) -> str:
    return say(key, language, **values)


def template(name: str) -> Template:
    """One of the templates of reports."""
    return _templates.get_template(name)


def policy_title(policy: PolicyDocument, language: str) -> str:
    return policy.title.chinese if language == "zh" else policy.title.en


def style() -> Markup:
    """The style sheet of reports."""
    return Markup((TEMPLATES / "evidence" / "report.css").read_text(encoding="utf-8"))  # noqa: S704  ours


def _title(around: Surroundings, language: str, entity: str) -> str:
    found = around.entities.get(entity)
    if found is None:
        return entity
    return title_in(found.description.name, found.description.name_original, language)


def title_in(name: str, original: str, language: str) -> str:
    """Chinese readers are shown the name in its own script where that is theirs."""
    return original if language == "zh" and any("\u4e00" <= c <= "\u9fff" for c in original) else name


def percent(figure: str | None) -> str:
    return "" if figure is None else f"{decimal(Fraction(figure) * 100, places=_PLACES)}%"


def _notes(policy: PolicyDocument, language: str) -> str:
    if policy.notes is None:
        return ""
    return policy.notes.chinese if language == "zh" else policy.notes.en


def warning_name(code: str, language: str) -> str:
    key = f"warning_name.{code}"
    return say(key, language) if key in catalogue() else code


@dataclass(frozen=True, slots=True)
class _Stake:
    owner: str
    owned: str
    lane: str
    holding: str
    share: str
    conflict: bool
    claims: tuple[Known[StakeClaim], ...]


def _stakes(evidence: Evidence, language: str) -> Iterator[_Stake]:
    """By what is held and by falling share, the entity's own holders first."""
    subject = evidence.verdict.entity.id

    def order(stake: Stake) -> tuple[object, ...]:
        low = stake.interval.low if stake.interval else Fraction(0)
        return (stake.owned != subject, stake.owned, stake.lane, -low, stake.owner, stake.holding)

    for stake in sorted(evidence.stakes, key=order):
        yield _Stake(
            stake.owner,
            stake.owned,
            stake.lane,
            stake.holding,
            share_text(stake.interval, language) if stake.lane.has_figure else "",
            stake.conflict,
            evidence.stakes[stake],
        )


def _days(start: date | None, end: date | None, language: str) -> str:
    if start and end:
        return say("report.from_to", language, start=str(start), end=str(end))
    if start:
        return say("report.from", language, start=str(start))
    return say("report.until", language, end=str(end)) if end else ""


def _cite(known: Known[StakeClaim], language: str) -> str:
    """Source, reference, figure as filed, days, confidence, note: what there is of them."""
    claim = known.claim
    confidence = f"confidence.{claim.confidence}"
    parts = [
        claim.source,
        claim.ref,
        f"{claim.percent}%" if claim.percent.replace(".", "", 1).isdigit() else claim.percent,
        _days(claim.valid_from, claim.valid_to, language),
        say(confidence, language) if confidence in catalogue() else claim.confidence,
        claim.note,
    ]
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Party:
    id: str
    kind: str
    lines: list[str]


def _parties(around: Surroundings, language: str) -> Iterator[_Party]:
    for entity in sorted(around.entities):
        facts = around.entities[entity]
        yield _Party(entity, facts.description.kind, list(_recorded(facts.party, language)))


def _recorded(party: Party, language: str) -> Iterator[str]:
    for attribute, codes in sorted(party.locations.items()):
        yield f"{say(f'attribute.{attribute}', language)}: {', '.join(sorted(codes))}"
    for key in sorted(party.lists):
        yield f"{say('report.list', language)}: {key}"
