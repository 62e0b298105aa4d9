"""Ownership, control and sanctions of FollowTheMoney: stakes and list memberships."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from lookthrough.control.facts import Description, Fact, Lane, ListClaim, SameAsClaim, StakeClaim
from lookthrough.control.interval import UNKNOWN

from .cells import Fault, key
from .figures import share
from .ftm_told import Told, joined
from .ftm_words import (
    BRANCH,
    CONSOLIDATED_AT_THE_TOP,
    CONTROL_TYPES,
    CONTROLLING,
    CURRENT,
    ENDED,
    INDIRECT,
    LISTS,
    OF_VOTES,
    OWNERSHIP,
    TOPIC_LIST,
)
from .percentages import percent
from .psc_codes import Nature
from .psc_phrases import described

_PASSED = (
    *("alephUrl", "description", "indexText", "legalBasis", "modifiedAt", "namesMentioned", "proof"),
    *("publisher", "publisherUrl", "recordId", "retrievedAt", "summary"),
)
_OF_A_LISTING = (
    *("authority", "authorityId", "country", "date", "duration", "program", "programId", "programUrl"),
    *("provisions", "reason", "sourceUrl", "status", "topics", "unscId"),
)
_SHARES = ("sharesCount", "sharesCurrency", "sharesType", "sharesValue")
_CONSOLIDATED = (*CONTROLLING[OWNERSHIP], CONSOLIDATED_AT_THE_TOP)
_IN_CONTROL = Nature(Lane.CONTROL, "", "", None)


@dataclass(frozen=True, slots=True)
class _Link:
    """Between whom, and when; `sure` where each of them holds the whole figure on every day of it."""

    told: Told
    pairs: tuple[tuple[str, str], ...]
    begins: date | None
    ends: date | None
    sure: bool
    note: str


def ownership(told: Told, held: Collection[str]) -> list[Fact]:
    """Stakes by percentage, or as roles say; `held` are things that are no party."""
    if BRANCH in (role.casefold() for role in told.texts("role")):
        return _branches(told, held)
    natures = _natures(told)
    return _claims(told, held, ("owner", "asset"), natures if _is_direct(told) else ())


def _branches(told: Told, held: Collection[str]) -> list[Fact]:
    """Branches and head offices are one; a day has no place in that, so what is over is noted."""
    told.properties.passed("percentage", "ownershipType", *_SHARES)
    _claims(told, held, ("owner", "asset"), ())
    if told.texts("endDate") or not _is_current(told):
        told.note("branch that is over")
        return []
    return [
        SameAsClaim(
            entity=branch, same_as=office, source=source, ref=told.id, note="branch of a legal entity"
        )
        for office, branch in product(told.ids("owner"), told.ids("asset"))
        for source in told.sources
    ]


def directorship(told: Told, held: Collection[str]) -> list[Fact]:
    """A seat is no control: stakes are stated only where the role says so."""
    roles = told.texts("role")
    natures = _by_roles(told, roles)
    told.properties.passed("secretary")
    if natures is None:
        told.note(told.schema)
    return _claims(told, held, ("director", "organization"), natures or ())


def control(told: Told, held: Collection[str]) -> list[Fact]:
    types = [kind.casefold() for kind in told.texts("controlType")]
    lanes = {CONTROL_TYPES.get(kind, Lane.CONTROL) for kind in types} or {Lane.CONTROL}
    stated = [Nature(lane, "", "", None) for lane in sorted(lane for lane in lanes if lane)]
    if not stated:
        told.note("declared indirect control")
    return _claims(told, held, ("controller", "controlled"), stated)


def listing(told: Told, held: Collection[str]) -> list[Fact]:
    """Membership in the lists that the datasets and programmes of a designation are."""
    entities = told.ids("entity")
    begins, ends = told.period("startDate", "listingDate")
    told.properties.passed(*_PASSED, *_OF_A_LISTING)
    if _is_over(told, ends):
        told.note(f"{told.schema} that ended on a day that is not told")
        return []
    if begins and begins == ends:
        told.note("ended on the day it began")
        return []
    lines = [joined(name, told.texts(name)) for name in ("program", "authority", "provisions", "listingDate")]
    return [
        ListClaim(
            list_key=name,
            entity=entity,
            source=source,
            ref=told.id,
            url=told.url("sourceUrl", "programUrl"),
            note="\n".join(line for line in lines if line),
            valid_from=begins,
            valid_to=ends,
        )
        for entity in _parties(told, entities, held)
        for source in told.sources
        for name in _lists(told, source)
    ]


def _lists(told: Told, source: str) -> list[str]:
    named = [source, LISTS.get(source, source), *told.properties.all("programId", key)]
    topics = [f"{TOPIC_LIST}{topic}" for topic in told.properties.all("topics", key)]
    return list(dict.fromkeys([*named, *topics]))


def _natures(told: Told) -> list[Nature]:
    """What an ownership states: by roles that say it in full, else by each of its percentages."""
    figures, shares = told.texts("percentage"), told.texts(*_SHARES)
    by_roles = _by_roles(told, told.texts("role"))
    if shares and not figures:
        told.note("number or value of shares without the total")
    if by_roles is None:
        lane = _lane(told)
        return [_with_figure(told, text, lane) for text in figures] or [Nature(lane, "", "", None)]
    if not figures or any(nature.percent for nature in by_roles):
        return by_roles
    if any(role.casefold() in _CONSOLIDATED for role in told.texts("role")):
        told.note("percentage of a consolidation")
        return by_roles
    return [*by_roles, *(_with_figure(told, text, Lane.SHARES) for text in figures)]


def _lane(told: Told) -> Lane:
    roles = told.texts("role")
    return Lane.VOTES if roles and all(role.casefold() in OF_VOTES for role in roles) else Lane.SHARES


def _with_figure(told: Told, words: str, lane: Lane) -> Nature:
    try:
        text = percent(words)
    except Fault as fault:
        told.properties.fault("percentage", str(fault))
        return Nature(lane, "", "", None)
    if text is None:
        told.note("percentage that is not understood")
    return Nature(lane, text or "", "", None)


def _by_roles(told: Told, roles: Iterable[str]) -> list[Nature] | None:
    """What roles state in the words of a register or as control; None where none of them does."""
    found: list[Nature] = []
    known = False
    for role in roles:
        natures = described(role)
        if role.casefold() in CONTROLLING[told.schema]:
            natures = (_IN_CONTROL,)
        elif role.casefold() == CONSOLIDATED_AT_THE_TOP:
            natures = ()
            told.note("declared indirect interest")
        elif natures == ():
            told.note("holds land as nominee")
        known |= natures is not None
        found += natures or ()
    return list(dict.fromkeys(found)) if known else None


def _is_direct(told: Told) -> bool:
    """Declared indirect interests are check data; the chain that makes them up is told by itself."""
    kinds = [kind.casefold() for kind in told.texts("ownershipType")]
    if "direct" in kinds:
        return True
    if any(kind in INDIRECT for kind in kinds):
        told.note("declared indirect interest")
        return False
    if kinds:
        told.note(f"{kinds[0][:50]} ownership, taken as direct")
    return True


def _claims(told: Told, held: Collection[str], ends: tuple[str, str], stated: Iterable[Nature]) -> list[Fact]:
    owners, owned = told.ids(ends[0]), told.ids(ends[1])
    begins, until = told.period("startDate", "date")
    told.properties.passed(*_PASSED)
    pairs = tuple(product(owners, _parties(told, owned, held)))
    is_current = bool(until) or _is_current(told)
    link = _Link(told, pairs, begins, until, is_current and len(pairs) == 1, _note(told))
    if begins and begins == until:
        told.note("ended on the day it began")
        return []
    if len(pairs) > 1:
        told.note("several owners or assets in one record")
    if not is_current:
        told.note("status other than current without an end")
    return [fact for nature in stated for pair in pairs for fact in _facts(link, nature, *pair)]


def _parties(told: Told, entities: Sequence[str], held: Collection[str]) -> list[str]:
    found = [entity for entity in entities if entity not in held]
    if len(found) < len(entities):
        told.note(f"{told.schema} of a thing that is no party")
    return found


def _is_current(told: Told) -> bool:
    return all(status.casefold() in CURRENT for status in told.texts("status"))


def _note(told: Told) -> str:
    fields = {"role": "role", "type of shares": "sharesType", "status": "status"}
    named = {name: told.texts(field) for name, field in fields.items()}
    if told.schema == OWNERSHIP:
        named["percentage"] = told.texts("percentage")
    return "\n".join(line for name, values in named.items() if (line := joined(name, values)))


def _is_over(told: Told, ends: date | None) -> bool:
    statuses = [status.casefold() for status in told.texts("status")]
    return ends is None and bool(statuses) and all(status in ENDED for status in statuses)


def _facts(link: _Link, nature: Nature, owner: str, owned: str) -> list[Fact]:
    if not nature.lane.has_figure and _is_over(link.told, link.ends):
        return []
    if nature.through is None:
        return _stakes(link, nature, owner, owned)
    between = f"{link.told.id[:180]}-{nature.through}"
    why = f"{nature.through} of a person with significant control"
    unnamed = Description(entity=between, source=link.told.source, kind=nature.through, unspecified=why)
    return [unnamed, *_stakes(link, _IN_CONTROL, owner, between), *_stakes(link, nature, between, owned)]


def _stakes(link: _Link, nature: Nature, owner: str, owned: str) -> list[Fact]:
    """One claim for each source."""
    text = nature.percent if link.sure or not nature.percent else _or_less(nature.percent)
    figure = share(text) if text else UNKNOWN
    return [
        StakeClaim(
            owner=owner,
            owned=owned,
            lane=nature.lane,
            holding=nature.holding,
            percent=text,
            interval=figure if nature.lane.has_figure else None,
            source=source,
            ref=link.told.id,
            url=link.told.url("sourceUrl"),
            note=link.note,
            valid_from=link.begins,
            valid_to=link.ends,
        )
        for source in link.told.sources
    ]


def _or_less(text: str) -> str:
    """From nothing to the upper end of a percent: `(25,50]` is `[0,50]`."""
    return f"[0,{text.rpartition(',')[2]}" if "," in text else f"[0,{text}]"
