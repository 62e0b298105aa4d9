"""Entities: one, and the search for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Attribute, LocationClaim
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.parties import EntityFacts, Told, facts_of, read_doubles, read_entities

from .clocks import clocks_of, print_instant
from .cursors import check_limit, decode, encode
from .documents import (
    EntityDocument,
    EntityPage,
    Identifier,
    ListEntry,
    Location,
    LocationClaimDocument,
)
from .errors import BadQuestion, UnknownEntity

MOST_HITS = 1_000
MOST_LISTED = 5_000
LONGEST_TEXT = 300
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|<>=])')
_LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f]+$")
_FUZZY_FROM = 4


class _AfterEntity(BaseModel):
    id: str


class _Skip(BaseModel):
    skip: int


@dataclass(frozen=True, slots=True)
class _Hit:
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list at two clocks."""

    as_of: date
    known_at: datetime | None = None
    limit: int = 50
    cursor: str | None = None


def entity(database: Database, entity_id: str, as_of: date, known_at: datetime | None) -> EntityDocument:
    """With what is told of every id that sources take for it. Raises UnknownEntity, GraphUnavailable."""

    def read(tx: Transaction) -> dict[str, Told]:
        return read_doubles(tx, [entity_id], clocks_of(tx, as_of, known_at))

    found = database.read(read)
    if entity_id not in found:
        raise UnknownEntity(entity_id, known_at)
    return entity_document(facts_of(entity_id, list(found.values()), as_of))


def search(database: Database, text: str, page: Page) -> EntityPage:
    """Entities by exact identifier first, then by name in any script; all of them, by id, for no text.

    Raises BadQuestion (limit, cursor, text), GraphUnavailable.
    """
    limit = check_limit(page.limit)
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise BadQuestion(f"q: a search text has at most {LONGEST_TEXT} characters")

    def read(tx: Transaction) -> EntityPage:
        clocks = clocks_of(tx, page.as_of, page.known_at)
        if not text:
            ids, following = _listed(tx, clocks, page, limit)
        else:
            ids, following = _found(tx, text, clocks, page, limit)
        facts = read_entities(tx, ids, clocks)
        return EntityPage(items=[entity_document(facts[i]) for i in ids if i in facts], next=following)

    return database.read(read)


def _listed(tx: Transaction, clocks: Clocks, page: Page, limit: int) -> tuple[list[str], str | None]:
    after = decode(page.cursor, _AfterEntity).id if page.cursor else ""
    rows = tx.rows(_Hit, "read/entities", known_at=clocks.known_at, after=after, limit=limit + 1)
    ids = [hit.id for hit in rows]
    return ids[:limit], encode(_AfterEntity(id=ids[limit - 1])) if len(ids) > limit else None


def everything(database: Database, clocks: Clocks) -> Iterator[str]:
    """The id of every entity that was known, in order, read page by page. Raises GraphUnavailable."""
    after: str | None = ""
    while after is not None:
        asked = {"known_at": clocks.known_at, "after": after, "limit": MOST_LISTED}
        ids = [hit.id for hit in database.read_rows(_Hit, "read/entities", **asked)]
        yield from ids
        after = ids[-1] if len(ids) == MOST_LISTED else None


def _found(
    tx: Transaction, text: str, clocks: Clocks, page: Page, limit: int
) -> tuple[list[str], str | None]:
    skip = decode(page.cursor, _Skip).skip if page.cursor else 0
    if not 0 <= skip <= MOST_HITS:
        raise BadQuestion("cursor: is not one that a list gave")
    ids = list(dict.fromkeys([*_identified(tx, text, clocks), *_named(tx, text, page.known_at)]))
    following = encode(_Skip(skip=skip + limit)) if len(ids) > skip + limit else None
    return ids[skip : skip + limit], following


def _identified(tx: Transaction, text: str, clocks: Clocks) -> list[str]:
    """Entities that have the text as id or identifier at the clocks; the index keeps withdrawn ones."""
    ids = [hit.id for hit in tx.rows(_Hit, "read/identified", text=text, limit=MOST_HITS)]
    facts = read_entities(tx, ids, clocks)
    scheme, _, value = text.partition(":")
    wanted = {("", text), ("", text.upper()), (scheme, value), (scheme.lower(), value.upper())}
    return [i for i in ids if i in facts and (i == text or wanted & _identifiers(facts[i]))]


def _identifiers(facts: EntityFacts) -> set[tuple[str, str]]:
    """With their scheme, and without."""
    told = facts.description.identifiers
    return {*told, *(("", value) for _, value in told)}


def _named(tx: Transaction, text: str, known_at: datetime | None) -> list[str]:
    """Entities by their names now, or as sources told them at an instant."""
    asked = {"text": text, "words": words_query(text), "phrase": phrase_query(text), "most": MOST_HITS}
    if known_at:
        rows = tx.rows(_Hit, "read/named_then", known_at=known_at, limit=2 * MOST_HITS, **asked)
    else:
        rows = tx.rows(_Hit, "read/named", skip=0, limit=2 * MOST_HITS, **asked)
    return [hit.id for hit in rows]


def words_query(text: str) -> str:
    """The text for the word index: every word must be there, begun or with one letter wrong."""
    return " AND ".join(_word(word) for word in text.split()) or '""'


def _word(word: str) -> str:
    escaped = _escaped(word)
    # Lucene's own words must not act as operators.
    if not _LATIN.match(word) or word in ("AND", "OR", "NOT"):
        return f'"{escaped}"'
    fuzzy = f" OR {escaped}~1" if len(word) >= _FUZZY_FROM else ""
    return f"({escaped}^4 OR {escaped}*^2{fuzzy})"


def phrase_query(text: str) -> str:
    """The text for the index of pairs of Chinese characters: the characters side by side."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def entity_document(facts: EntityFacts) -> EntityDocument:
    told = facts.description
    return EntityDocument(
        id=told.entity,
        name=told.name,
        name_original=told.name_original,
        aliases=list(told.aliases),
        kind=told.kind,
        identifiers=[Identifier(scheme=scheme, value=value) for scheme, value in told.identifiers],
        lists=_lists(facts),
        locations=_locations(facts.locations, _disputed(facts)),
        other_days=_locations(facts.other_days, set()),
        same_as=list(facts.same_as),
        founded=_day(told.founded),
        dissolved=_day(told.dissolved),
        unspecified=told.unspecified,
        url=told.url,
        note=told.note,
    )


def _lists(facts: EntityFacts) -> list[ListEntry]:
    entries: dict[tuple[str, str | None, str | None], set[str]] = {}
    for known in facts.lists:
        claim = known.claim
        key = (claim.list_key, _day(claim.valid_from), _day(claim.valid_to))
        entries.setdefault(key, set()).add(claim.source)
    return [
        ListEntry(list=key, valid_from=start, valid_to=end, sources=tuple(sorted(sources)))
        for (key, start, end), sources in entries.items()
    ]


def _disputed(facts: EntityFacts) -> set[Attribute]:
    values = facts.party.locations
    return {a for a, codes in values.items() if len(codes) > 1 and not a.holds_several}


def _locations(told: Sequence[Known[LocationClaim]], disputed: Collection[Attribute]) -> list[Location]:
    """Each place over each span of days, in order of attribute and time, with everybody who says so."""
    entries: defaultdict[tuple[Attribute, str, str, str], list[Known[LocationClaim]]] = defaultdict(list)
    for known in told:
        claim = known.claim
        for code in claim.jurisdictions:
            key = (claim.attribute, _day(claim.valid_from) or "", _day(claim.valid_to) or "", code)
            entries[key].append(known)
    return [
        Location(
            attribute=attribute,
            jurisdiction=code,
            valid_from=start or None,
            valid_to=end or None,
            sources=sorted({known.claim.source for known in entries[attribute, start, end, code]}),
            disputed=attribute in disputed,
            claims=[_located(known) for known in entries[attribute, start, end, code]],
        )
        for attribute, start, end, code in sorted(entries)
    ]


def _located(known: Known[LocationClaim]) -> LocationClaimDocument:
    claim = known.claim
    return LocationClaimDocument(
        source=claim.source,
        ref=claim.ref,
        url=claim.url,
        jurisdiction="|".join(claim.jurisdictions),
        valid_from=_day(claim.valid_from),
        valid_to=_day(claim.valid_to),
        known_from=print_instant(known.known_from),
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
