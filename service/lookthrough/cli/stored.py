"""What was answered before: `verdicts`, `show`, `replay`."""

from __future__ import annotations

from typing import Annotated

import typer

from lookthrough.investigations import storing
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.replaying import replay as computed_again
from lookthrough.policies.library import Library

from . import rendering, retelling
from .output import Json, database, out, write_json

VerdictId = Annotated[str, typer.Argument(help="the id of a verdict, `v1:…`")]


def add_to(app: typer.Typer) -> None:
    for command in (verdicts, show, replay):
        app.command()(command)


def verdicts(
    entity: Annotated[str, typer.Argument(help="an entity's id")],
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
