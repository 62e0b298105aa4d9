"""An investigation with all its evidence as one zip that can be checked without this software."""

from __future__ import annotations

import orjson
from pydantic import BaseModel

from lookthrough.graph.database import Database
from lookthrough.graph.investigations import note_versions
from lookthrough.web import TEMPLATES

from .clocks import print_instant
from .evidence import as_zip, files_of, with_manifest
from .investigation_documents import document_of
from .investigation_report import Gathered, gather, report_of
from .pinned import Pinned


def zipped_investigation(database: Database, investigation: str, language: str) -> bytes:
    """Report, notes in all versions, decisions, suspected facts, timeline, evidence of every pinned verdict.

    The same bytes as long as neither the investigation nor the facts change.
    Raises UnknownInvestigation, GraphUnavailable.
    """
    gathered = gather(database, investigation)
    content = {
        "report.html": report_of(database, gathered, language).encode(),
        **_documents(gathered),
        **_notes(database, investigation),
        "README.md": (TEMPLATES / "evidence" / "INVESTIGATION.md").read_bytes(),
    }
    for number, each in enumerate(gathered.pins, 1):
        content |= {f"verdicts/{number}/{name}": text for name, text in _files(each, language).items()}
    return as_zip(with_manifest(content))


def _documents(gathered: Gathered) -> dict[str, bytes]:
    document = document_of(gathered.kept)
    supposed = [
        {
            "entity": each.subject.id,
            "before": each.before and each.before.model_dump(mode="json", exclude_none=True, by_alias=True),
            "after": each.after and each.after.model_dump(mode="json", exclude_none=True, by_alias=True),
            "problem": each.problem,
        }
        for each in gathered.supposed
    ]
    return {
        "investigation.json": document.to_json(),
        "decisions.json": _json([_plain(each) for each in document.decisions]),
        "suspected-facts.json": _json(
            {"facts": [_plain(each) for each in document.facts], "what_if": supposed}
        ),
        "timeline.json": _json([_plain(each) for each in gathered.events]),
    }


def _notes(database: Database, investigation: str) -> dict[str, bytes]:
    """Every version of every note as it was written, and when, in one table."""
    found = note_versions(database, investigation)
    files = {f"notes/{each.number}-v{each.revision}.md": each.text.encode() for each in found}
    told = [
        {"number": each.number, "revision": each.revision, "written_at": print_instant(each.written_at)}
        for each in found
    ]
    return {**files, "notes.json": _json(told)}


def _files(told: Pinned, language: str) -> dict[str, bytes]:
    """The evidence of a verdict; where it cannot be gathered any more, its bytes and why."""
    if told.stored and told.evidence:
        return files_of(told.stored, told.evidence, language)
    return {"verdict.json": told.content, "PROBLEM.txt": f"{told.problem}\n".encode()}


def _plain(document: BaseModel) -> object:
    return document.model_dump(mode="json")


def _json(told: object) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)
