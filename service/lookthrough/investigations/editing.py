"""Facts with edits made to them, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lookthrough.control.facts import Description, Kind, Lane
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.graph.parties import EntityFacts
from lookthrough.graph.snapshot import Surroundings
from lookthrough.importing.cells import jurisdictions

from .edits import AddStake, AnyEdit, BadEdit, RemoveStake, SetLocation, SetStake

SOURCE = "what-if"
"""Who says what an edit says."""


@dataclass(slots=True)
class Edited:
    """The facts so far; `hypothetical` are entities that are not on record."""

    around: Surroundings
    hypothetical: list[str]


def edit(around: Surroundings, edits: Iterable[AnyEdit]) -> Edited:
    """The facts with all edits made, in order. Raises BadEdit."""
    desk = Edited(around, [])
    counted = {member: entity for entity, facts in around.entities.items() for member in facts.ids}
    for index, each in enumerate(_under_one_id(edits, counted)):
        if isinstance(each, SetLocation):
            _name(desk, index, "kind", each.entity, each.kind)
            _locate(desk, each)
        elif isinstance(each, RemoveStake):
            _drop(desk, index, each)
        else:
            _name(desk, index, "owner_kind", each.owner, each.owner_kind)
            _name(desk, index, "owned_kind", each.owned, each.owned_kind)
            _put(desk, index, each)
    return desk


def _under_one_id(edits: Iterable[AnyEdit], counted: Mapping[str, str]) -> Iterator[AnyEdit]:
    """The edits with ids under which entities are counted, where sources take several for one."""
    for each in edits:
        fields = ("entity",) if isinstance(each, SetLocation) else ("owner", "owned")
        told = {field: str(getattr(each, field)) for field in fields}
        yield each.model_copy(update={field: counted.get(one, one) for field, one in told.items()})


def _name(desk: Edited, index: int, field: str, entity: str, kind: Kind | None) -> None:
    """Make sure that the entity is there; only one that is not on record can be given a kind."""
    known = desk.around.entities.get(entity)
    if known is not None:
        if kind not in (None, known.description.kind):
            raise BadEdit(index, field, f"{entity!r} is a {known.description.kind} already")
        return
    told = Description(entity=entity, source=SOURCE, name=entity, kind=kind or Kind.UNKNOWN)
    desk.hypothetical.append(entity)
    facts = EntityFacts(told, (), (), ())
    graph = desk.around.graph
    desk.around = replace(
        desk.around,
        entities={**desk.around.entities, entity: facts},
        graph=replace(graph, parties={**graph.parties, entity: facts.party}),
    )


def _locate(desk: Edited, each: SetLocation) -> None:
    graph = desk.around.graph
    party = graph.party(each.entity)
    codes = frozenset(jurisdictions(each.jurisdiction)) if each.jurisdiction else frozenset[str]()
    moved = replace(party, locations={**party.locations, each.attribute: codes})
    _with_graph(desk, replace(graph, parties={**graph.parties, each.entity: moved}))


def _drop(desk: Edited, index: int, each: RemoveStake) -> None:
    held = _held(desk, each.owned, each.lane)
    kept = [stake for stake in held if not _is_meant(stake, each.owner, each.holding)]
    if len(kept) == len(held):
        unread = each.owned in desk.around.graph.unexplored
        reason = "holders could not all be read" if unread else f"{each.owner!r} has no such stake on record"
        raise BadEdit(index, "owned" if unread else "owner", reason)
    _replace(desk, each.owned, each.lane, kept)


def _put(desk: Edited, index: int, each: SetStake | AddStake) -> None:
    owned = desk.around.graph.party(each.owned)
    _check_can_be_held(index, owned, each.lane)
    held = _held(desk, each.owned, each.lane)
    if isinstance(each, AddStake) and any(_is_meant(stake, each.owner, each.holding) for stake in held):
        reason = f"{each.owner!r} has this holding on record; use set_stake, or name another holding"
        raise BadEdit(index, "holding", reason)
    kept = [stake for stake in held if not _is_meant(stake, each.owner, each.holding)]
    put = Stake(each.owner, each.owned, each.lane, each.interval, each.holding or "", sources=(SOURCE,))
    _replace(desk, each.owned, each.lane, [*kept, put])


def _check_can_be_held(index: int, owned: Party, lane: Lane) -> None:
    if not owned.kind.can_be_held(lane):
        raise BadEdit(index, "owned", f"nobody holds {lane} of a {owned.kind}, which {owned.id!r} is")


def _held(desk: Edited, company: str, lane: Lane) -> tuple[Stake, ...]:
    return desk.around.graph.stakes.get((company, lane), ())


def _is_meant(stake: Stake, owner: str, holding: str | None) -> bool:
    return stake.owner == owner and holding in (None, stake.holding)


def _replace(desk: Edited, company: str, lane: Lane, held: list[Stake]) -> None:
    graph = desk.around.graph
    stakes = {key: found for key, found in graph.stakes.items() if key != (company, lane)}
    if held:
        stakes[company, lane] = tuple(sorted(held, key=lambda stake: (stake.owner, stake.holding)))
    _with_graph(desk, replace(graph, stakes=stakes))


def _with_graph(desk: Edited, graph: OwnershipGraph) -> None:
    desk.around = replace(desk.around, graph=graph)
