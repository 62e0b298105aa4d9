"""Relationship records and reporting exceptions: who consolidates whom, and why nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lookthrough.control.facts import Description, Fact, Kind, Lane, SameAsClaim, StakeClaim

from .cells import lei
from .gleif_entities import entity_id, noted
from .gleif_words import (
    DIRECT_PARENT,
    NATURAL_PERSONS,
    NOBODY_KNOWN,
    REASONS,
    STANDING,
    Relation,
    activity,
    exception,
    registration,
    relation,
    word,
)
from .json_fields import Fields
from .json_rows import last_day, period

_Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A relationship in force, or over since `over`; each of its periods is a claim of its own."""

    child: str
    parent: str
    source: str
    ref: str
    note: str
    confidence: str
    periods: tuple[_Period, ...]
    over: date | None

    def stakes(self) -> list[StakeClaim]:
        """Control over the time of each period; one that ended before it began is left out."""
        found: list[StakeClaim] = []
        for begins, ends in self.periods:
            last = min(filter(None, (ends, self.over)), default=None)
            if begins is None or last is None or begins < last:
                found.append(self._stake(begins, last))
        return found

    def _stake(self, begins: date | None, ends: date | None) -> StakeClaim:
        return StakeClaim(
            owner=self.parent,
            owned=self.child,
            lane=Lane.CONTROL,
            interval=None,
            confidence=self.confidence,
            source=self.source,
            ref=self.ref,
            note=self.note,
            valid_from=begins,
            valid_to=ends,
        )

    @property
    def is_over(self) -> bool:
        return self.over is not None or all(ends for _, ends in self.periods)


def relationship_facts(record: Fields, source: str) -> tuple[str, list[Fact]]:
    """The relationship's own id, and what it says; faults go to the fields."""
    with record.object("Relationship") as told:
        child, parent = _node(told, "StartNode"), _node(told, "EndNode")
        kind = told.need("RelationshipType", relation, Relation.ULTIMATE)
        active = told.get("RelationshipStatus", activity, "")
        periods = _periods(told)
        said = _qualities(told)
    over, confidence = _registration(record, active)
    ref = f"{child} {kind}"
    stated = _Stated(entity_id(child), entity_id(parent), source, ref, said, confidence, tuple(periods), over)
    return ref, _facts(record, kind, stated)


def _facts(record: Fields, kind: Relation, stated: _Stated) -> list[Fact]:
    if kind is Relation.BRANCH and not stated.is_over:
        return [
            SameAsClaim(
                entity=stated.child,
                same_as=stated.parent,
                source=stated.source,
                ref=stated.ref,
                note="branch of a head office",
            )
        ]
    stakes = stated.stakes() if kind is Relation.DIRECT else []
    if not stakes:
        direct = kind is Relation.DIRECT
        record.reading.note("relationship that ended as it began" if direct else f"relationship {kind}")
    return list(stakes)


def _node(told: Fields, name: str) -> str:
    with told.object(name) as node:
        kind = node.text("NodeIDType")
        if kind != "LEI":
            node.fault("NodeIDType", "It is not LEI, and nothing else is understood.")
        return node.need("NodeID", lei, "")


def _periods(told: Fields) -> list[_Period]:
    """The periods of the relationship; those of accounts and of filings say nothing of its length."""
    found: list[_Period] = []
    with told.object("RelationshipPeriods") as periods:
        for each in periods.objects("RelationshipPeriod"):
            with each:
                if each.get("PeriodType", word, "") == "RELATIONSHIP_PERIOD":
                    found.append(period(each, "StartDate", "EndDate"))
                else:
                    each.passed("StartDate", "EndDate")
    if not found:
        told.reading.note("relationship without a period")
    return found or [(None, None)]


def _qualities(told: Fields) -> str:
    """The accounting standard and how much is consolidated, in words: it is no part of what is owned."""
    found: list[str] = []
    with told.object("RelationshipQualifiers") as outer:
        for each in outer.objects("RelationshipQualifier"):
            with each:
                found.append(f"{each.text('QualifierDimension')} {each.text('QualifierCategory')}")
    with told.object("RelationshipQuantifiers") as outer:
        for each in outer.objects("RelationshipQuantifier"):
            with each:
                names = ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")
                found.append(" ".join(each.text(name) for name in names))
    return noted(told, "RelationshipQualifiers", "; ".join(found))


def _registration(record: Fields, active: str) -> tuple[date | None, str]:
    """The day from which the relationship is over at the latest, if it is, and how well it is founded."""
    deleted = deleted_on(record)
    with record.object("Registration") as told:
        status = told.need("RegistrationStatus", registration, "")
        confidence = told.get("ValidationSources", word, "")
        ended = active == "INACTIVE" or (status and status not in STANDING)
        updated = told.need("LastUpdateDate", last_day, None) if ended else None
        told.passed("InitialRegistrationDate", "LastUpdateDate", "NextRenewalDate", "ManagingLOU")
        told.passed("ValidationDocuments", "ValidationReference")
    for what in (f"registration {status}" if status != "PUBLISHED" else "", _said_of(active)):
        if what:
            record.reading.note(what)
    return min(filter(None, (deleted, updated)), default=None), confidence


def _said_of(active: str) -> str:
    return "" if active == "ACTIVE" else f"relationship status {active or 'not given'}"


def deleted_on(record: Fields) -> date | None:
    """The day on which a record was taken out of the golden copy, as the deltas tell."""
    with record.object("Extension") as extension, extension.object("gleif:Deletion") as told:
        day = told.get("gleif:DeletedAt", last_day, None)
    if day:
        record.reading.note("record deleted")
    return day


def exception_facts(record: Fields, source: str) -> tuple[str, list[Fact]]:
    """The exception's own id, and what it says of an unnamed parent; faults go to the fields."""
    own = record.need("LEI", lei, "")
    kind = record.need("ExceptionCategory", exception, "")
    reasons = _reasons(record)
    references = noted(record, "ExceptionReference", "; ".join(record.texts("ExceptionReference")))
    ref, deleted = f"{own} {kind}", deleted_on(record)
    if kind != DIRECT_PARENT or set(reasons) <= {NOBODY_KNOWN}:
        for reason in reasons:
            record.reading.note(f"{kind} {reason}")
        return ref, []
    party = f"{entity_id(own)}/direct-parent"
    described = Description(
        entity=party,
        source=source,
        kind=Kind.PERSON if set(reasons) == {NATURAL_PERSONS} else Kind.UNKNOWN,
        unspecified=", ".join(reasons),
        note=references,
    )
    period: tuple[_Period, ...] = ((None, None),)
    stated = _Stated(entity_id(own), party, source, ref, "", "", period, deleted)
    return ref, [described, *stated.stakes()]


def _reasons(record: Fields) -> list[str]:
    """Each reason once, in the order of the standard: it says the same in whatever order it is filed."""
    found = record.texts("ExceptionReason")
    unknown = next((reason for reason in found if reason not in REASONS), None)
    if unknown is not None:
        record.fault("ExceptionReason", f"{unknown[:100]!r} is no reason that is known.")
    elif not found:
        record.fault("ExceptionReason", "It names no reason.")
    return [reason for reason in REASONS if reason in found]
