"""Two entities compared: what speaks for their being one, and what against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lookthrough.control.facts import Attribute, Kind
from lookthrough.graph.parties import EntityFacts
from lookthrough.naming.pairs import Pair, best_pair
from lookthrough.naming.registers import canonical, contradicting, is_register
from lookthrough.words import in_both

from .documents import EntityRef, Sentence
from .match_documents import MatchDocument, MatchReason

SURE, ALMOST_SURE = 100, 95
LEAST_SCORE = 55
AGAINST = 15
"""Hundredths that each thing that speaks against a pair takes off the score of its names."""

NO_NAMES_OF_THEIR_OWN = (Kind.PUBLIC_FLOAT, Kind.GROUP)


def compared(itself: EntityFacts, other: EntityFacts) -> MatchDocument | None:
    """The pair with its score, or None where it is not worth a look."""
    numbers = sorted(canonical(itself.description.identifiers) & canonical(other.description.identifiers))
    pair = best_pair(names_of(itself), names_of(other)) if _may_share_a_name(itself, other) else None
    against = list(_against(itself, other, pair))
    score = _by_numbers(numbers) or (pair.score - AGAINST * len(against) if pair else 0)
    if score < LEAST_SCORE:
        return None
    reasons = [_reason("same_identifier", register=scheme, value=value) for scheme, value in numbers]
    reasons += [_reason(pair.how, one=pair.one, other=pair.other)] if pair else []
    return MatchDocument(
        entity=ref_of(itself),
        other=ref_of(other),
        basis="identifier" if numbers else "name",
        score=_printed(score),
        reasons=reasons,
        against=against,
    )


def names_of(facts: EntityFacts) -> list[str]:
    """What it is called; an id that stands for a missing name is no name."""
    told = facts.description
    return [name for name in (told.name, told.name_original, *told.aliases) if name not in ("", told.entity)]


def _by_numbers(numbers: Iterable[tuple[str, str]]) -> int:
    """A number in a register that is known is one entity's; other schemes may mean anything."""
    return max((SURE if is_register(scheme) else ALMOST_SURE for scheme, _ in numbers), default=0)


def _printed(hundredths: int) -> str:
    return "1" if hundredths == SURE else f"0.{hundredths:02}".rstrip("0")


def _may_share_a_name(itself: EntityFacts, other: EntityFacts) -> bool:
    kinds = {itself.description.kind, other.description.kind} - {Kind.UNKNOWN}
    return kinds.isdisjoint(NO_NAMES_OF_THEIR_OWN) and (Kind.PERSON not in kinds or len(kinds) == 1)


def _against(itself: EntityFacts, other: EntityFacts, pair: Pair | None) -> Iterator[MatchReason]:
    mine, theirs = itself.description, other.description
    for register in contradicting(mine.identifiers, theirs.identifiers):
        yield _reason("other_number", register=register)
    kinds = sorted({mine.kind, theirs.kind} - {Kind.UNKNOWN})
    if len(kinds) > 1:
        yield _reason("other_kind")
    if kinds == [Kind.PERSON]:
        yield _reason("persons_share_names")
    if pair and pair.forms_contradict:
        yield _reason("other_form", one=pair.one, other=pair.other)
    places = [facts.party.locations.get(Attribute.INCORPORATION, frozenset()) for facts in (itself, other)]
    if all(places) and places[0].isdisjoint(places[1]):
        yield _reason("other_incorporation")
    if mine.founded and theirs.founded and mine.founded != theirs.founded:
        yield _reason("other_founded", one=mine.founded.isoformat(), other=theirs.founded.isoformat())


def _reason(code: str, **values: str) -> MatchReason:
    return MatchReason(code=code, sentence=Sentence(**in_both(f"match.{code}", **values)))


def ref_of(facts: EntityFacts) -> EntityRef:
    told = facts.description
    return EntityRef(id=told.entity, name=told.name, kind=told.kind)
