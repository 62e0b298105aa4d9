"""An investigation as a page for people: one file, no network, prints well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from lookthrough.control.facts import SourceRecord
from lookthrough.graph.database import Database
from lookthrough.graph.investigations import KeptInvestigation
from lookthrough.words import catalogue, say

from .cursors import MOST
from .documents import VerdictDocument
from .edits import AddStake, AnyEdit, SetLocation, SetStake, parse_edits
from .investigating import MOST_CHANGES
from .investigation_documents import EventDocument, SubjectDocument, document_of, of_id
from .investigation_documents import timeline as events_of
from .pinned import Pinned, Supposed, drawing, pinned, supposed
from .report import percent, policy_title, style, template, title_in, warning_name


@dataclass(frozen=True, slots=True)
class Gathered:
    """An investigation with all that its report shows."""

    kept: KeptInvestigation
    pins: Sequence[Pinned]
    supposed: Sequence[Supposed]
    events: Sequence[EventDocument]


@dataclass(frozen=True, slots=True)
class _Told:
    """A pinned verdict in one language."""

    verdict: VerdictDocument
    pinned_at: str
    name: str
    sentence: str
    policy_title: str
    title: Callable[[str], str]
    chart: Markup | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """A subject with suspected facts: the verdict before and after."""

    name: str
    before: VerdictDocument | None
    after: VerdictDocument | None
    sentence: str
    problem: str | None


def investigation_report(database: Database, investigation: str, language: str) -> str:
    """The page in `en` or `zh`. Raises UnknownInvestigation, GraphUnavailable."""
    return report_of(database, gather(database, investigation), language)


def gather(database: Database, investigation: str) -> Gathered:
    """Raises UnknownInvestigation, GraphUnavailable."""
    kept = of_id(database, investigation)
    return Gathered(
        kept,
        [pinned(database, pin) for pin in kept.pins],
        supposed(database, kept),
        everything_that_happened(database, investigation),
    )


def everything_that_happened(database: Database, investigation: str) -> list[EventDocument]:
    """All pages of the timeline."""
    found: list[EventDocument] = []
    cursor: str | None = None
    for _ in range(0, MOST_CHANGES + MOST, MOST):
        page = events_of(database, investigation, MOST, cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            break
    return found


def report_of(database: Database, gathered: Gathered, language: str) -> str:
    document = document_of(gathered.kept)
    return template("investigation.html").render(
        lang=language,
        css=style(),
        say=partial(_say, language),
        percent=percent,
        warning_name=partial(warning_name, language=language),
        investigation=document,
        subject_name=partial(_name, language=language),
        told=[_told(database, each, language) for each in gathered.pins],
        facts=[(fact, edit_words(parse_edits([fact.edit])[0], language)) for fact in document.facts],
        supposed=[_outcomes(each, language) for each in gathered.supposed],
        notes=[(note, Markup(note.html)) for note in document.notes],  # noqa: S704  without foreign markup
        events=[(event, event_words(event, language)) for event in gathered.events],
        sources=_sources(gathered.pins),
        outcomes={each.verdict_id: each.outcome for each in document.verdicts},
    )


def edit_words(edit: AnyEdit, language: str) -> str:
    """What a suspected fact says, in a sentence."""
    told: dict[str, str] = {}
    if isinstance(edit, SetLocation):
        told = {"entity": edit.entity, "attribute": say(f"attribute.{edit.attribute}", language)}
        told["jurisdiction"] = edit.jurisdiction or say("places.none", language)
    else:
        told = {"owner": edit.owner, "owned": edit.owned, "lane": say(f"lane.{edit.lane}", language)}
        told["holding"] = f" ({edit.holding})" if edit.holding else ""
    if isinstance(edit, SetStake | AddStake):
        told["share"] = _share(edit, language)
    return say(f"investigation.edit.{edit.op}", language, **told)


def event_words(event: EventDocument, language: str) -> str:
    """What happened, in a sentence; codes within it by their words."""
    told = {key: _word(key, str(value), language) for key, value in event.details.items()}
    return say(f"investigation.event.{event.what}", language, **told)


_ROOMS = {"kind": ("decision",), "from": ("status", "fact"), "to": ("status", "fact")}


def _word(key: str, value: str, language: str) -> str:
    words = [f"investigation.{room}.{value}" for room in _ROOMS.get(key, ())]
    return next((say(word, language) for word in words if word in catalogue()), value)


def _share(edit: SetStake | AddStake, language: str) -> str:
    if not edit.lane.has_figure:
        return ""
    if not edit.percent:
        return say("investigation.unknown_share", language)
    return f"{edit.percent}%"


def _say(language: str, key: str, **values: str) -> str:
    return say(key, language, **values)


def _name(subject: SubjectDocument, language: str) -> str:
    return title_in(subject.name, subject.name_original, language)


def _told(database: Database, told: Pinned, language: str) -> _Told:
    verdict = told.document
    evidence = told.evidence
    names = partial(_title_of, told, language)
    svg = drawing(database, told, language)
    return _Told(
        verdict=verdict,
        pinned_at=told.pin.pinned_at.strftime("%Y-%m-%d %H:%M UTC"),
        name=names(verdict.entity.id),
        sentence=verdict.sentence.zh if language == "zh" else verdict.sentence.en,
        policy_title=policy_title(evidence.policy, language) if evidence else verdict.policy.id,
        title=names,
        chart=Markup(svg) if svg else None,  # noqa: S704  drawn by us, every name in it escaped
        problem=told.problem,
    )


def _title_of(told: Pinned, language: str, entity: str) -> str:
    if told.evidence and (found := told.evidence.around.entities.get(entity)):
        return title_in(found.description.name, found.description.name_original, language)
    own = told.document.entity
    return own.name if entity == own.id else entity


def _outcomes(each: Supposed, language: str) -> _Outcomes:
    name = title_in(each.subject.name, each.subject.name_original, language)
    after = each.after
    sentence = (after.sentence.zh if language == "zh" else after.sentence.en) if after else ""
    return _Outcomes(name, each.before, after, sentence, each.problem)


def _sources(pins: Sequence[Pinned]) -> list[SourceRecord]:
    """What is recorded of the sources behind all of them, each once."""
    found = {record.source: record for each in pins if each.evidence for record in each.evidence.sources}
    return [found[key] for key in sorted(found)]
