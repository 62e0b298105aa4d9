"""The warnings of a verdict: what the reader must know about the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lookthrough.control.changes import LARGEST_LOOP
from lookthrough.control.decimals import percent
from lookthrough.control.facts import Attribute
from lookthrough.control.multiplicative import closed_loops
from lookthrough.control.predicate import Party, Predicate, located_conditions
from lookthrough.control.reach import Reach
from lookthrough.control.results import HoldingResult, LocationResult
from lookthrough.control.verdict import Verdict
from lookthrough.graph.snapshot import Surroundings
from lookthrough.words import say

from .documents import WarningNote


def warnings(verdict: Verdict, around: Surroundings, subject: str) -> list[WarningNote]:
    """Each warning once, those about the figures first."""
    found: dict[WarningNote, None] = {}
    for result in verdict.results:
        if isinstance(result, LocationResult):
            found.update(dict.fromkeys(_dissolved([result.party])))
            found.update(dict.fromkeys(_excepted_parts(result.party, result.test.subject)))
        else:
            found.update(dict.fromkeys(_of_holding(result)))
    found.update(dict.fromkeys(_taken_for_one(around)))
    if not around.complete:
        found[_cut_off(around, subject)] = None
    return list(found)


def of_reach(reach: Reach, around: Surroundings) -> list[WarningNote]:
    """The warnings of an answer that no policy is asked for."""
    found = of_facts(reach, around)
    return found if around.complete else [*found, _cut_off(around, reach.subject)]


def of_reading(around: Surroundings, subject: str) -> list[WarningNote]:
    """What is to be known of the reading alone."""
    found = list(_taken_for_one(around))
    return found if around.complete else [*found, _cut_off(around, subject)]


def of_facts(reach: Reach, around: Surroundings) -> list[WarningNote]:
    """What is to be known of the facts that were read."""
    found = [note for company in sorted(reach.owners) for note in _of_company(reach, company)]
    return [*found, *_loops(reach), *_taken_for_one(around)]


def reach_cut_off(around: Surroundings, party: str) -> WarningNote:
    return _note("reach_cut_off", party, name=_name(around, party))


def list_without_members(key: str) -> WarningNote:
    return WarningNote(
        code="list_without_members", detail=say("warning.list_without_members", "en", list=key)
    )


def not_on_record(entity: str) -> WarningNote:
    return _note("not_on_record", entity, entity=entity)


def chains_cut_off(subject: str) -> WarningNote:
    return _note("chains_cut_off", subject)


def sources_cut_off(subject: str) -> WarningNote:
    return _note("sources_cut_off", subject)


def missing_incomplete(subject: str) -> WarningNote:
    return _note("missing_incomplete", subject)


def totals_not_worked_out(subject: str, count: int) -> WarningNote:
    return _note("totals_not_worked_out", subject, count=str(count))


def would_change_incomplete(subject: str) -> WarningNote:
    return _note("would_change_incomplete", subject, count=str(LARGEST_LOOP))


def _of_holding(result: HoldingResult) -> Iterator[WarningNote]:
    reach = result.reach
    for company in sorted(reach.owners):
        yield from _of_company(reach, company)
    yield from _loops(reach)
    for entity in sorted(reach.roles):
        if entity != reach.subject:
            yield from _excepted_parts(reach.graph.party(entity), reach.test.seeds)


def _loops(reach: Reach) -> Iterator[WarningNote]:
    for loop in sorted(closed_loops(reach)):
        yield _note("closed_loop", loop[0], names=", ".join(_title(reach, member) for member in loop))


def _cut_off(around: Surroundings, subject: str) -> WarningNote:
    return _note("search_cut_off", subject, name=_name(around, subject))


def _of_company(reach: Reach, company: str) -> Iterator[WarningNote]:
    own, name = reach.owners[company], _title(reach, company)
    if own.contradictory:
        yield _note("stakes_exceed_100", company, name=name, total=percent(own.total, up=True))
    if own.links and reach.graph.votes_assumed(company, reach.test.lane):
        yield _note("votes_assumed_from_shares", company, name=name)
    for link in own.links:
        if link.conflict:
            yield _note("conflict", company, name=name, owner=_title(reach, link.owner))
    parties = (company, *sorted({stake.owner for stake in reach.graph.ended(company)}))
    yield from _dissolved(reach.graph.party(party) for party in parties)


def _dissolved(parties: Iterable[Party]) -> Iterator[WarningNote]:
    for party in parties:
        if party.dissolved:
            day = party.dissolved.isoformat()
            yield _note("entity_dissolved", party.id, name=party.name or party.id, date=day)


def _excepted_parts(party: Party, predicate: Predicate) -> Iterator[WarningNote]:
    for condition in located_conditions(predicate):
        for code in sorted(_recorded(party, condition.attribute)):
            counted = condition.codes.counted_as(code)
            if counted in condition.codes.partly:
                yield _note(
                    "region_list_excludes_parts",
                    party.id,
                    name=party.name or party.id,
                    code=code,
                    list=condition.codes.name,
                )


def _recorded(party: Party, attribute: Attribute) -> frozenset[str]:
    return party.locations.get(attribute, frozenset())


def _taken_for_one(around: Surroundings) -> Iterator[WarningNote]:
    for entity in sorted(around.entities):
        facts = around.entities[entity]
        for other in facts.same_as:
            code = "same_as_recorded" if other in facts.ids else "same_as_not_heard"
            yield _note(code, entity, name=_name(around, entity), other=other)
        if facts.kinds:
            kinds = ", ".join(facts.kinds)
            yield _note("same_as_contradicts", entity, name=_name(around, entity), kinds=kinds)


def _name(around: Surroundings, entity: str) -> str:
    facts = around.entities.get(entity)
    return facts.description.name if facts else entity


def _title(reach: Reach, entity: str) -> str:
    return reach.graph.party(entity).name or entity


def _note(code: str, of: str, /, **values: str) -> WarningNote:
    return WarningNote(code=code, entity=of, detail=say(f"warning.{code}", "en", **values))
