"""Facts that are suspected or were found by hand: kept in an investigation, and asked about as what-if.

No ordinary verdict reads them: they are no facts of the graph, only edits that can be made to its answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue

from lookthrough.graph.database import Database
from lookthrough.graph.investigations import Desk, Happened, KeptFact, KeptInvestigation, kept_question
from lookthrough.importing.cells import LONGEST_KEY
from lookthrough.importing.cells import LONGEST_TEXT as LONGEST_LINE
from lookthrough.policies.keeping import kept_policy

from .edits import MOST_EDITS, BadEdit, parse_edits
from .errors import BadQuestion, NotNow
from .investigating import LONGEST_TEXT, Investigating, written
from .investigation_documents import InvestigationDocument, edit_of, of_id
from .verdicts import Question
from .what_if import WhatIfDocument, what_if


def suspect(
    investigating: Investigating,
    edit: JsonValue,
    source: str,
    confidence: str = "",
    url: str = "",
    note: str = "",
) -> InvestigationDocument:
    """One more suspected fact, which counts from now on where the investigation asks what if.

    `edit` is one of `POST /v1/what-if`. Raises what a change raises.
    """
    told = {
        "edit": _parsed(edit),
        "source": written("source", source, LONGEST_KEY),
        "confidence": written("confidence", confidence, LONGEST_KEY, needed=False),
        "url": written("url", url, LONGEST_LINE, needed=False),
        "note": written("note", note, LONGEST_TEXT, needed=False),
    }

    def work(desk: Desk, now: KeptInvestigation) -> Happened:
        if len(now.facts) >= MOST_EDITS:
            raise NotNow(f"the investigation has {MOST_EDITS} suspected facts, which is as many as one takes")
        number = len(now.facts) + 1
        desk.suspect(number, told)
        return Happened("fact_added", {"fact": number})

    return investigating.change(work)


def switch(investigating: Investigating, number: int, state: str) -> InvestigationDocument:
    """`on` or `off`; `withdrawn` is for good. Raises what a change raises."""

    def work(desk: Desk, now: KeptInvestigation) -> Happened:
        fact = next((each for each in now.facts if each.number == number), None)
        if fact is None:
            raise BadQuestion(f"fact: the investigation has no suspected fact {number}")
        if fact.state in (state, "withdrawn"):
            raise NotNow(f"suspected fact {number} is {fact.state} already")
        desk.switch(number, state)
        return Happened("fact_switched", {"fact": number, "from": fact.state, "to": state})

    return investigating.change(work)


def suspected(database: Database, investigation: str, entity: str) -> WhatIfDocument:
    """A subject's verdict on record, and the one if the suspected facts that are switched on were so.

    Nothing is stored. Raises UnknownInvestigation, BadQuestion (no subject, no fact is on, a fact that
    cannot be), and what `verdict` raises.
    """
    kept = of_id(database, investigation)
    if all(each.id != entity for each in kept.subjects):
        raise BadQuestion(f"entity: {entity[:200]!r} is no subject of the investigation")
    facts = counted(kept)
    if not facts:
        raise BadQuestion("facts: no suspected fact is switched on")
    return _what_if(database, question_of(database, kept, entity), facts)


def counted(kept: KeptInvestigation) -> list[KeptFact]:
    """The suspected facts that are switched on."""
    return [each for each in kept.facts if each.state == "on"]


def question_of(database: Database, kept: KeptInvestigation, entity: str) -> Question:
    """What the investigation asks of an entity."""
    asked, state = kept_question(database, kept.investigation.id), kept.investigation
    policy = kept_policy(asked.policy, asked.region_lists, asked.digest)
    return Question(entity, policy, state.as_of, state.variant, state.known_at)


def _what_if(database: Database, question: Question, facts: Sequence[KeptFact]) -> WhatIfDocument:
    try:
        return what_if(database, question, [edit_of(each) for each in facts])
    except BadEdit as error:
        raise BadQuestion(f"suspected fact {facts[error.index].number}: {error.told}") from None


def _parsed(edit: JsonValue) -> str:
    try:
        return parse_edits([edit])[0].model_dump_json(exclude_none=True)
    except BadEdit as error:
        raise BadQuestion(f"edit: {error.told}") from None
