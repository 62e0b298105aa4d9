"""Who says what behind a verdict: claims on its links, the age of its sources, what trust sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Claim, LocationClaim, StakeClaim
from lookthrough.control.results import CascadeResult, ParentResult, Result
from lookthrough.control.stakes import Stake
from lookthrough.control.weights import Link
from lookthrough.graph.database import READ_SECONDS, Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.evidence import read_speaking
from lookthrough.graph.snapshot import Surroundings
from lookthrough.graph.sources import SourceRead, sources_read
from lookthrough.words import say

from .chains import FoundChains
from .clocks import print_instant
from .documents import SourceAge, WarningNote
from .figures import Behind

SECONDS = READ_SECONDS
C = TypeVar("C", bound=Claim)


def claims_behind(
    database: Database,
    around: Surroundings,
    clocks: Clocks,
    results: Iterable[Result],
    chains: Iterable[FoundChains],
) -> Behind:
    """The claims behind the stakes shown of which several sources speak, or one contradicts itself."""
    shown = {s for s in _shown(results, chains) if len(s.sources) > 1 or s.conflict}
    if around.evidence is not None:
        return {stake: around.speaking[stake] for stake in shown if stake in around.speaking}
    read = {stake: around.versions[stake] for stake in shown if stake in around.versions}
    return database.read(lambda tx: read_speaking(tx, read, clocks)) if read else {}


def _shown(results: Iterable[Result], chains: Iterable[FoundChains]) -> Iterator[Stake]:
    for found in chains:
        yield from _stakes(link for chain in found.chains for link in chain.links)
    for result in results:
        if isinstance(result, CascadeResult):
            for join in result.joins():
                yield from join.control
                yield from _stakes(join.links)
        elif isinstance(result, ParentResult):
            yield from _stakes(result.climb.path)


def _stakes(links: Iterable[Link]) -> Iterator[Stake]:
    return (stake for link in links for stake in link.stakes)


def sources_behind(database: Database, around: Surroundings, clocks: Clocks) -> list[SourceAge] | None:
    """None where they could not be read in time; no figure rests on them."""
    try:
        read = database.read(lambda tx: sources_read(tx, around, clocks), seconds=SECONDS)
    except QueryCutOff:
        return None
    return [source_age(each) for each in read]


def source_age(read: SourceRead) -> SourceAge:
    return SourceAge(
        source=read.source,
        facts=read.facts,
        newest_valid_from=_text(read.newest_valid_from),
        known_from=print_instant(read.known_from),
        retrieved=read.retrieved or None,
        age_days=read.age_days,
    )


def too_old(sources: Iterable[SourceAge], most: int | None) -> list[WarningNote]:
    return [
        _note("source_older_than", None, source=each.source, age=str(each.age_days), most=str(most))
        for each in sources
        if most is not None and each.age_days > most
    ]


def set_aside(around: Surroundings) -> list[WarningNote]:
    """What trusted sources are heard over, where it says anything else than they do."""
    stakes = sorted(around.set_aside, key=lambda s: (s.owned, s.owner, s.lane, s.holding))
    of_stakes = [note for stake in stakes for note in _over_stake(stake, around)]
    return of_stakes + [note for entity in sorted(around.entities) for note in _over_place(entity, around)]


def _over_stake(stake: Stake, around: Surroundings) -> Iterator[WarningNote]:
    other = [known for known in around.set_aside[stake] if known.claim.interval != stake.interval]
    if other:
        about = f"{stake.owner} \u2192 {stake.owned} ({stake.lane})"
        heard = _told((k.claim.source, _figure(k)) for k in around.speaking[stake])
        aside = _told((k.claim.source, _figure(k)) for k in other)
        yield _note("trusted_over", stake.owned, about=about, heard=heard, aside=aside)


def _over_place(entity: str, around: Surroundings) -> Iterator[WarningNote]:
    facts = around.entities[entity]
    for attribute in sorted({known.claim.attribute for known in facts.set_aside}):
        heard = [known for known in facts.locations if known.claim.attribute is attribute]
        codes = {code for known in heard for code in known.claim.jurisdictions}
        other = [
            known
            for known in facts.set_aside
            if known.claim.attribute is attribute and set(known.claim.jurisdictions) != codes
        ]
        if other:
            yield _note(
                "trusted_over",
                entity,
                about=f"{entity} ({attribute})",
                heard=_told((k.claim.source, _places(k)) for k in heard),
                aside=_told((k.claim.source, _places(k)) for k in other),
            )


def _figure(known: Known[StakeClaim]) -> str:
    return f"{known.claim.percent}%" if known.claim.percent else "?"


def _places(known: Known[LocationClaim]) -> str:
    return "|".join(known.claim.jurisdictions)


def _told(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{source} {said}" for source, said in sorted(set(pairs)))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _note(code: str, entity: str | None, /, **values: str) -> WarningNote:
    return WarningNote(code=code, entity=entity, detail=say(f"warning.{code}", "en", **values))
