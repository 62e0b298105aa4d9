"""What if: a verdict before and after edits to the facts. Nothing is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import orjson
from pydantic import Field

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.parties import read_entities
from lookthrough.graph.snapshot import Limits, Surroundings, read_surroundings

from . import notes
from .chains import explain_in_memory
from .clocks import clocks_of, parse_known_at
from .documents import Document, VerdictDocument
from .editing import Edited, edit
from .edits import AddStake, AnyEdit, SetLocation, SetStake
from .verdicts import Question, answer_on, document_of, lanes_of, verdict


class WhatIfDocument(Document):
    """`before` is the verdict on record, `after` the one with the edits made, in their order."""

    before: VerdictDocument
    after: VerdictDocument
    edits: list[AnyEdit]
    hypothetical: list[str] = Field(description="entities that edits name and that are not on record")

    def to_json(self) -> bytes:
        told = self.model_dump(mode="json", exclude_none=True, by_alias=True)
        return orjson.dumps(told)


def what_if(
    database: Database, question: Question, edits: Sequence[AnyEdit], limits: Limits | None = None
) -> WhatIfDocument:
    """Raises what `verdict` raises, BadEdit, and QueryCutOff where the facts could not be read in time."""
    before = verdict(database, question, limits)
    fixed = replace(question, known_at=parse_known_at(before.known_at))
    clocks, around = _read(database, fixed, edits, limits)
    edited = edit(around, edits)
    after = _after(database, fixed, clocks, edited, edits)
    return WhatIfDocument(before=before, after=after, edits=list(edits), hypothetical=edited.hypothetical)


def _after(
    database: Database, question: Question, clocks: Clocks, edited: Edited, edits: Sequence[AnyEdit]
) -> VerdictDocument:
    answer = answer_on(
        database,
        question,
        clocks,
        replace(edited.around, evidence=None),  # what was said knows nothing of the edits
        lambda result: explain_in_memory(result, question.chains),
    )
    document = document_of(answer)
    changes = {
        "hypothetical": True,
        "verdict_id": "",
        "facts": _digest(document.facts, edits),
        "warnings": [*document.warnings, *(notes.not_on_record(entity) for entity in edited.hypothetical)],
    }
    named = document.model_copy(update=changes)
    digest = hashlib.sha256(named.to_json()).hexdigest()
    return named.model_copy(update={"verdict_id": f"w1:{digest}"})


def _digest(facts: str, edits: Sequence[AnyEdit]) -> str:
    told = [facts, [each.model_dump(mode="json") for each in edits]]
    return f"sha256:{hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()}"


def _read(
    database: Database, question: Question, edits: Sequence[AnyEdit], limits: Limits | None
) -> tuple[Clocks, Surroundings]:
    """The facts above the entity and above every owner that the edits name, in one transaction."""
    lanes = lanes_of(question) | {each.lane for each in edits if not isinstance(each, SetLocation)}
    if Lane.VOTES in lanes:
        lanes.add(Lane.SHARES)
    owners = [each.owner for each in edits if isinstance(each, SetStake | AddStake)]

    def read(tx: Transaction) -> tuple[Clocks, Surroundings]:
        clocks = clocks_of(tx, question.as_of, question.known_at)
        named = read_entities(tx, sorted(_named(edits)), clocks)
        known = [owner for owner in dict.fromkeys(owners) if owner in named]
        around = read_surroundings(tx, question.entity, lanes, clocks, limits, question.hearing, also=known)
        met = {entity for facts in around.entities.values() for entity in facts.ids}
        found = {entity: facts for entity, facts in named.items() if entity not in met}
        return clocks, replace(around, entities={**found, **around.entities})

    return database.read(read, seconds=(limits or Limits()).seconds)


def _named(edits: Sequence[AnyEdit]) -> set[str]:
    """Everybody that the edits name."""
    named = {each.entity for each in edits if isinstance(each, SetLocation)}
    for each in edits:
        if not isinstance(each, SetLocation):
            named |= {each.owner, each.owned}
    return named
