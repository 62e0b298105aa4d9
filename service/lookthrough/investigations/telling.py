"""Changes of facts in words and as parts of documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lookthrough.control.decimals import decimal
from lookthrough.control.differing import (
    DissolutionChange,
    FactChange,
    GroupChange,
    KindChange,
    ListChange,
    LocationChange,
    SameAsChange,
    StakeChange,
)
from lookthrough.control.interval import UNKNOWN, Interval
from lookthrough.control.stakes import Stake
from lookthrough.control.turning import RuleChange, Turned, Unit
from lookthrough.graph.snapshot import Surroundings
from lookthrough.words import LANGUAGES, say

from .comparisons import ChangeDocument, Effect
from .documents import Sentence

Clock = Callable[[FactChange], str | None]


@dataclass(frozen=True, slots=True)
class Sides:
    """The facts before and after, to name parties and sources."""

    before: Surroundings
    after: Surroundings

    def name(self, entity: str, language: str) -> str:
        found = self.after.entities.get(entity) or self.before.entities.get(entity)
        if found is None:
            return entity
        told = found.description
        return (told.name_original or told.name) if language == "zh" else told.name


def tell(
    sides: Sides, units: Sequence[Unit], turned: Turned, clock: Clock = lambda _: None
) -> list[ChangeDocument]:
    """Every change, those that made the difference first."""
    told = [
        _told(sides, unit, _effect(turned, place)).model_copy(
            update={"clock": None if isinstance(unit, RuleChange) else clock(unit)}
        )
        for place, unit in enumerate(units)
    ]
    order = ("turns", "part", "moves", "untried", "none")
    return sorted(told, key=lambda change: order.index(change.effect))


def _effect(turned: Turned, place: int) -> Effect:
    if not turned.tried:
        return "untried"
    if place in turned.alone:
        return "turns"
    if place in turned.together:
        return "part"
    return "moves" if place in turned.moving else "none"


def _told(sides: Sides, unit: Unit, effect: Effect) -> ChangeDocument:
    match unit:
        case RuleChange():
            return ChangeDocument(kind=unit.value, effect=effect, sentence=_say(f"change.{unit}", sides))
        case StakeChange():
            return _stake(sides, unit, effect)
        case LocationChange():
            return _location(sides, unit, effect)
        case ListChange():
            return _list(sides, unit, effect)
        case KindChange() | DissolutionChange() | SameAsChange():
            return _party(sides, unit, effect)
        case GroupChange():
            return _group(sides, unit, effect)


def _stake(sides: Sides, change: StakeChange, effect: Effect) -> ChangeDocument:
    stake, before, after = change.stake, change.before, change.after
    key = "changed" if before and after else "added" if after else "removed"
    same = before is not None and after is not None and before.interval == after.interval
    return ChangeDocument(
        kind="stake",
        entity=stake.owned,
        owner=stake.owner,
        lane=stake.lane,
        holding=stake.holding or None,
        before=share_text(before.interval, "en") if before else None,
        after=share_text(after.interval, "en") if after else None,
        sources_before=before.sources if before else (),
        sources_after=after.sources if after else (),
        effect=effect,
        sentence=Sentence.model_validate(
            {
                language: say(
                    f"change.stake.{'sources' if same else key}",
                    language,
                    owner=sides.name(stake.owner, language),
                    entity=sides.name(stake.owned, language),
                    lane=say(f"lane.{stake.lane}", language),
                    before=_share(before, language),
                    after=_share(after, language),
                )
                for language in LANGUAGES
            }
        ),
    )


def _location(sides: Sides, change: LocationChange, effect: Effect) -> ChangeDocument:
    codes = {"before": "|".join(sorted(change.before)), "after": "|".join(sorted(change.after))}
    return ChangeDocument(
        kind="location",
        entity=change.entity,
        attribute=change.attribute,
        before=codes["before"] or None,
        after=codes["after"] or None,
        sources_before=_location_sources(sides.before, change),
        sources_after=_location_sources(sides.after, change),
        effect=effect,
        sentence=Sentence.model_validate(
            {
                language: say(
                    "change.location",
                    language,
                    entity=sides.name(change.entity, language),
                    attribute=say(f"attribute.{change.attribute}", language),
                    before=codes["before"] or say("change.nothing", language),
                    after=codes["after"] or say("change.nothing", language),
                )
                for language in LANGUAGES
            }
        ),
    )


def _list(sides: Sides, change: ListChange, effect: Effect) -> ChangeDocument:
    key = "change.list.added" if change.listed else "change.list.removed"
    told = sides.after if change.listed else sides.before
    found = told.entities.get(change.entity)
    claims = (
        [known.claim for known in found.lists if known.claim.list_key == change.list_key] if found else []
    )
    sources = tuple(sorted({claim.source for claim in claims}))
    return ChangeDocument(
        kind="list",
        entity=change.entity,
        list=change.list_key,
        sources_before=() if change.listed else sources,
        sources_after=sources if change.listed else (),
        before=None if change.listed else change.list_key,
        after=change.list_key if change.listed else None,
        effect=effect,
        sentence=_say(key, sides, entity=change.entity, list=change.list_key),
    )


def _party(
    sides: Sides, change: KindChange | DissolutionChange | SameAsChange, effect: Effect
) -> ChangeDocument:
    match change:
        case KindChange():
            return _kind(sides, change, effect)
        case DissolutionChange():
            return _dissolution(sides, change, effect)
        case SameAsChange():
            return _same_as(sides, change, effect)


def _kind(sides: Sides, change: KindChange, effect: Effect) -> ChangeDocument:
    values = {"before": change.before.value, "after": change.after.value}
    return ChangeDocument(
        kind="kind",
        entity=change.entity,
        before=change.before,
        after=change.after,
        effect=effect,
        sentence=_say("change.kind", sides, entity=change.entity, **values),
    )


def _dissolution(sides: Sides, change: DissolutionChange, effect: Effect) -> ChangeDocument:
    before, after = (day.isoformat() if day else None for day in (change.before, change.after))
    key = "changed" if before and after else "added" if after else "removed"
    days = {"before": before or "", "after": after or ""}
    return ChangeDocument(
        kind="dissolved",
        entity=change.entity,
        before=before,
        after=after,
        effect=effect,
        sentence=_say(f"change.dissolved.{key}", sides, entity=change.entity, **days),
    )


def _same_as(sides: Sides, change: SameAsChange, effect: Effect) -> ChangeDocument:
    before, after = ("|".join(sorted(ids)) or None for ids in (change.before, change.after))
    return ChangeDocument(
        kind="same_as",
        entity=change.entity,
        before=before,
        after=after,
        effect=effect,
        sentence=_say(
            "change.same_as", sides, entity=change.entity, before=before or "–", after=after or "–"
        ),
    )


def _group(sides: Sides, change: GroupChange, effect: Effect) -> ChangeDocument:
    key = "change.group.added" if change.member else "change.group.removed"
    return ChangeDocument(
        kind="group",
        entity=change.entity,
        group=change.group,
        before=None if change.member else change.group,
        after=change.group if change.member else None,
        effect=effect,
        sentence=_say(key, sides, entity=change.entity, group=change.group),
    )


def _location_sources(around: Surroundings, change: LocationChange) -> tuple[str, ...]:
    found = around.entities.get(change.entity)
    claims = [known.claim for known in found.locations] if found else []
    return tuple(sorted({claim.source for claim in claims if claim.attribute is change.attribute}))


def _say(key: str, sides: Sides, entity: str = "", **values: str) -> Sentence:
    told = {
        language: say(key, language, entity=sides.name(entity, language), **values) for language in LANGUAGES
    }
    return Sentence.model_validate(told)


def _share(stake: Stake | None, language: str) -> str:
    return share_text(stake.interval, language) if stake else ""


def share_text(interval: Interval | None, language: str) -> str:
    """`50%`, `(25%,50%]`, or in words where nothing is known or the lane has no figures."""
    if interval is None:
        return say("share.without_figure", language)
    if interval == UNKNOWN:
        return say("share.unknown", language)
    if interval.is_exact:
        return f"{decimal(interval.low * 100)}%"
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{left}{decimal(interval.low * 100)}%,{decimal(interval.high * 100, up=True)}%{right}"
