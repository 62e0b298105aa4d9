"""The search for entities: exact identifiers first, then names as people write, type and misspell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from lookthrough.control.clocks import Clocks
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.parties import EntityFacts, read_entities
from lookthrough.naming.folding import compact
from lookthrough.naming.index import asked
from lookthrough.naming.likeness import rank

from .clocks import clocks_of
from .cursors import check_limit, decode, encode
from .documents import EntityPage
from .entities import Page, entity_document
from .errors import BadQuestion

MOST_HITS = 500
MOST_LISTED = 5_000
LONGEST_TEXT = 300
SAME_ID, SAME_IDENTIFIER = -2, -1


class _AfterEntity(BaseModel):
    id: str


class Place(BaseModel):
    """Where an entity stands among all that were found: how it answers, how far it is, its id."""

    way: int
    distance: int
    id: str

    @property
    def key(self) -> tuple[int, int, str]:
        return self.way, self.distance, self.id


@dataclass(frozen=True, slots=True)
class _Hit:
    id: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entity with the names that it has now, or that a source told at an instant."""

    id: str
    names: list[str | None]
    at_instant: bool = True


@dataclass(frozen=True, slots=True)
class _Found:
    ids: list[str]
    next: str | None
    complete: bool = True


def search(database: Database, text: str, page: Page) -> EntityPage:
    """Entities by exact identifier first, then by name; all of them, by id, for no text.

    Raises BadQuestion (limit, cursor, text), GraphUnavailable.
    """
    limit = check_limit(page.limit)
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise BadQuestion(f"q: a search text has at most {LONGEST_TEXT} characters")

    def read(tx: Transaction) -> EntityPage:
        clocks = clocks_of(tx, page.as_of, page.known_at)
        found = _found(tx, text, clocks, page, limit) if text else _listed(tx, clocks, page, limit)
        facts = read_entities(tx, found.ids, clocks)
        items = [entity_document(facts[i]) for i in found.ids if i in facts]
        return EntityPage(items=items, next=found.next, complete=found.complete)

    return database.read(read)


def _listed(tx: Transaction, clocks: Clocks, page: Page, limit: int) -> _Found:
    after = decode(page.cursor, _AfterEntity).id if page.cursor else ""
    rows = tx.rows(_Hit, "read/entities", known_at=clocks.known_at, after=after, limit=limit + 1)
    ids = [hit.id for hit in rows]
    return _Found(ids[:limit], encode(_AfterEntity(id=ids[limit - 1])) if len(ids) > limit else None)


def everything(database: Database, clocks: Clocks, after: str = "") -> Iterator[str]:
    """The id of every entity that was known, in order, read page by page. Raises GraphUnavailable."""
    last: str | None = after
    while last is not None:
        asked_for = {"known_at": clocks.known_at, "after": last, "limit": MOST_LISTED}
        ids = [hit.id for hit in database.read_rows(_Hit, "read/entities", **asked_for)]
        yield from ids
        last = ids[-1] if len(ids) == MOST_LISTED else None


def _found(tx: Transaction, text: str, clocks: Clocks, page: Page, limit: int) -> _Found:
    after = decode(page.cursor, Place).key if page.cursor else None
    found, complete = places(tx, text, clocks, page.known_at)
    rest = [place for place in found if after is None or place.key > after]
    following = encode(rest[limit - 1]) if len(rest) > limit else None
    return _Found([place.id for place in rest[:limit]], following, complete)


def places(tx: Transaction, text: str, clocks: Clocks, known_at: datetime | None) -> tuple[list[Place], bool]:
    """Everything that answers a text, the best first; whether the index held no more than was looked at."""
    named = hits(tx, text, known_at)
    return _places(text, _identified(tx, text, clocks), named), len(named) < MOST_HITS


def _places(text: str, identified: Iterable[str], named: Iterable[Named]) -> list[Place]:
    """Each entity once, where it stands best; in an order that only texts and names decide."""
    exact = [Place(way=SAME_ID if i == text else SAME_IDENTIFIER, distance=0, id=i) for i in identified]
    ranks = ((rank(text, filter(None, one.names)), one) for one in named if one.at_instant)
    others = [Place(way=found[0], distance=found[1], id=one.id) for found, one in ranks if found]
    best: dict[str, Place] = {}
    for place in sorted([*exact, *others], key=lambda place: place.key):
        best.setdefault(place.id, place)
    return list(best.values())


def hits(tx: Transaction, text: str, known_at: datetime | None, most: int = MOST_HITS) -> Sequence[Named]:
    """What the index has for the text, in no order: names of now, or as sources told them at an instant."""
    question = asked(text)
    if not question:
        return []
    if known_at is None:
        return tx.rows(Named, "read/named", asked=question, most=most)
    return tx.rows(Named, "read/named_then", asked=question, known_at=known_at, most=most)


def _identified(tx: Transaction, text: str, clocks: Clocks) -> list[str]:
    """Entities that have the text as id or identifier at the clocks; the index keeps withdrawn ones."""
    forms = _identifier_forms(text)
    asked_for = [{"scheme": scheme, "value": value} for scheme, value in sorted(forms)]
    ids = [hit.id for hit in tx.rows(_Hit, "read/identified", text=text, forms=asked_for, limit=MOST_HITS)]
    facts = read_entities(tx, ids, clocks)
    return [i for i in ids if i in facts and (i == text or forms & _identifiers(facts[i]))]


def _identifier_forms(text: str) -> set[tuple[str, str]]:
    """The text as an identifier without scheme, and with what stands before a colon or a blank as one."""
    parted = (text.partition(sign) for sign in (":", " "))
    pairs = {("", text), *((scheme.strip().lower(), value) for scheme, sign, value in parted if sign)}
    return {(scheme, short) for scheme, value in pairs if (short := compact(value))}


def _identifiers(facts: EntityFacts) -> set[tuple[str, str]]:
    """With their scheme, and without."""
    told = [(scheme, compact(value)) for scheme, value in facts.description.identifiers]
    return {*told, *(("", value) for _, value in told)}
