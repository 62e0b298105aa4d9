"""What a person says of a suggested pair: that the two are one, which is a claim, or that they are not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import SameAsClaim
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.loads import loading
from lookthrough.graph.parties import read_told

from .clocks import clocks_of, print_instant
from .errors import BadQuestion, UnknownEntity
from .match_documents import ConfirmationDocument, RejectionDocument

LONGEST_NAME, LONGEST_WHY = 100, 2_000
CONFIRMED_BY = "confirmed by "
"""Before the name of a person, as the source of the claim."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who says what of two entities, and why. Raises BadQuestion where a part cannot be used."""

    entity: str
    other: str
    why: str
    by: str = ""

    def __post_init__(self) -> None:
        if self.entity == self.other:
            raise BadQuestion(f"an entity is not matched with itself: {self.entity!r}")
        if not self.why.strip() or len(self.why) > LONGEST_WHY:
            raise BadQuestion(f"why: a reason has 1 to {LONGEST_WHY} characters")
        if len(self.by) > LONGEST_NAME or not self.by.isprintable():
            raise BadQuestion(f"by: a name has at most {LONGEST_NAME} characters, all of them printable")

    @property
    def ids(self) -> tuple[str, str]:
        """The smaller first, so that a pair is the same whichever way round it is given."""
        first, second = sorted((self.entity, self.other))
        return first, second

    @property
    def claim(self) -> SameAsClaim:
        entity, other = self.ids
        return SameAsClaim(
            entity=entity,
            same_as=other,
            source=f"{CONFIRMED_BY}{self.by.strip()}",
            ref=f"{entity} = {other}",
            note=self.why.strip(),
        )


def confirm(database: Database, judgement: Judgement) -> ConfirmationDocument:
    """From now on the two count as one, as with every `same_as`; `retract` with source and ref takes it back.

    Raises UnknownEntity, BadQuestion (nobody says so), LoadRefused while a load runs, GraphUnavailable.
    """
    if not judgement.by.strip():
        raise BadQuestion("by: a confirmation needs the name of who confirms it")
    _check(database, judgement)
    claim = judgement.claim
    digest = hashlib.sha256(repr(("match", claim)).encode()).hexdigest()
    with loading(database, digest, [f"match: {claim.ref}"]) as load:
        batch = load.writer.write([[claim]])
        load.changed = bool(batch.new)
    first, second = judgement.ids
    database.write(lambda tx: tx.run("match/reconsider", entity=first, other=second))
    return ConfirmationDocument(
        entity=claim.entity,
        same_as=claim.same_as,
        source=claim.source,
        ref=claim.ref,
        why=claim.note,
        known_at=print_instant(load.instant),
        new=bool(batch.new),
    )


def reject(database: Database, judgement: Judgement) -> RejectionDocument:
    """The pair is not suggested again; no fact changes, and no verdict.

    Raises UnknownEntity, BadQuestion, GraphUnavailable.
    """
    _check(database, judgement)
    first, second = judgement.ids
    said = {"why": judgement.why.strip(), "by": judgement.by.strip()}
    database.write(lambda tx: tx.run("match/reject", entity=first, other=second, **said))
    return RejectionDocument(entity=first, other=second, **said)


def _check(database: Database, judgement: Judgement) -> None:
    """Both must be on record."""

    def known(tx: Transaction) -> set[str]:
        clocks: Clocks = clocks_of(tx, datetime.now(UTC).date(), None)
        return set(read_told(tx, judgement.ids, clocks))

    on_record = database.read(known)
    for entity in (judgement.entity, judgement.other):
        if entity not in on_record:
            raise UnknownEntity(entity)
