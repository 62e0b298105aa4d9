"""What was answered before, and over time: `verdicts`, `show`, `replay`, `diff`, `history`, `evidence`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lookthrough.investigations import differing, storing
from lookthrough.investigations import history as over_time
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.evidence import write_bundle
from lookthrough.investigations.replaying import replay as computed_again
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library

from . import rendering, retelling
from .output import Json, KnownAt, database, out, write_json
from .questions import Entity, PolicyName, Trust, Variant


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


VerdictId = Annotated[str, typer.Argument(help="the id of a verdict, `v1:…`")]


def add_to(app: typer.Typer) -> None:
    for command in (verdicts, show, replay, diff, history, evidence):
        app.command()(command)


def verdicts(
    entity: Entity,
    limit: Annotated[int, typer.Option(help="how many, 1 to 500")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before")] = None,
    json: Json = False,
) -> None:
    """The verdicts that were given about an entity, the newest first."""
    with database() as db:
        page = storing.given(db, entity, limit, cursor)
    if json:
        write_json(page.to_json())
    else:
        out.print(retelling.given(page))


def show(verdict_id: VerdictId, json: Json = False) -> None:
    """A verdict as it was given."""
    with database() as db:
        content = storing.shown(db, verdict_id)
    if json:
        write_json(content)
    else:
        out.print(rendering.verdict(VerdictDocument.model_validate_json(content)))


def replay(verdict_id: VerdictId, json: Json = False) -> None:
    """Compute a stored verdict again at its clocks, and say what differs, if anything."""
    with database() as db:
        document = computed_again(db, Library(), verdict_id)
    if json:
        write_json(document.to_json())
    else:
        out.print(retelling.replayed(document))


def diff(
    verdict_id: VerdictId,
    other: Annotated[str, typer.Argument(help="the id of the verdict to compare it with")],
    json: Json = False,
) -> None:
    """What one verdict has otherwise than another, and which fact, policy or clock made it so."""
    with database() as db:
        document = differing.diff(db, verdict_id, other)
    if json:
        write_json(document.to_json())
    else:
        out.print(retelling.compared(document))


def history(
    entity: Entity,
    policy: PolicyName,
    variant: Variant = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    since: Annotated[str | None, typer.Option("--from", help="the first day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--to", help="the day after the last, YYYY-MM-DD")] = None,
    json: Json = False,
) -> None:
    """The verdict over time: every day on which it changed, and what changed it."""
    question = Question(
        entity=entity,
        policy=Library().find(policy),
        variant=variant,
        as_of=parse_as_of(None),
        known_at=parse_known_at(known_at),
        trust=tuple(trust or ()),
    )
    asked = over_time.span(since, until)
    with database() as db:
        document = over_time.history(db, question, asked)
    if json:
        write_json(document.to_json())
    else:
        out.print(retelling.history(document))


def evidence(
    verdict_id: VerdictId,
    folder: Annotated[Path, typer.Option("--out", help="a new or empty folder")],
    language: Annotated[Language, typer.Option(help="of the report")] = Language.EN,
    json: Json = False,
) -> None:
    """The evidence behind a verdict as a folder that anybody can check: verdict, facts, policy, sources."""
    with database() as db:
        document = write_bundle(db, verdict_id, folder, language)
    if json:
        write_json(document.to_json())
    else:
        told = f"{folder}: {len(document.files)} files; check them with python3 -I {folder / 'verify.py'}"
        out.print(told, markup=False, soft_wrap=True)
