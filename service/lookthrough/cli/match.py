"""`lookthrough match`: entities that may be one under several ids, and what a person says of them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.confirming import Judgement
from lookthrough.investigations.confirming import confirm as confirmed
from lookthrough.investigations.confirming import reject as rejected
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.match_documents import EntityMatches, MatchDocument, MatchPage
from lookthrough.investigations.matching import matches, matches_of

from .output import AsOf, Json, KnownAt, database, out, write_json

app = typer.Typer(help="Entities that may be one under several ids.", invoke_without_command=True)

One = Annotated[str, typer.Argument(help="an entity's id")]
Other = Annotated[str, typer.Argument(help="the other id")]
Why = Annotated[str, typer.Option(help="the reason, in words")]


@app.callback()
def suggested(
    context: typer.Context,
    entity: Annotated[str | None, typer.Option(help="suggestions for one entity")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="suggestions among all entities; without --entity the default")
    ] = False,
    limit: Annotated[int, typer.Option(help="with --all: how many pairs, 1 to 500")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, typer.Option(help="with --all: `next` of the page before")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Pairs of ids that may be one entity, with reasons; nothing is merged before a person confirms it."""
    if context.invoked_subcommand is not None:
        return
    if everything and entity is not None:
        raise BadQuestion("match: takes either --entity ID or --all")
    with database() as db:
        day, instant = parse_as_of(as_of), parse_known_at(known_at)
        of_one = matches_of(db, entity, day, instant) if entity is not None else None
        document = of_one or matches(db, day, instant, limit, cursor)
    if json:
        write_json(document.to_json())
    else:
        _print(document)


def _print(document: EntityMatches | MatchPage) -> None:
    _print_pairs(document.items)
    if isinstance(document, EntityMatches):
        _print_said(document)
    elif document.next:
        out.print(f"more: --cursor {document.next}", style="dim", soft_wrap=True)
    if not document.complete:
        out.print("not all candidates were looked at", style="dim")


@app.command()
def confirm(
    entity: One,
    other: Other,
    why: Why,
    by: Annotated[str, typer.Option(help="who says so")],
    json: Json = False,
) -> None:
    """The two are one entity: written as a claim of the person, known from now on."""
    with database() as db:
        document = confirmed(db, Judgement(entity, other, why, by))
    if json:
        write_json(document.to_json())
        return
    told = "" if document.new else " (had said so before)"
    out.print(f"{document.ref}: {document.source}{told}, known from {document.known_at}", markup=False)
    taken_back = f"lookthrough retract --source '{document.source}' --ref '{document.ref}'"
    out.print(f"taken back by: {taken_back}", style="dim", markup=False, soft_wrap=True)


@app.command()
def reject(
    entity: One,
    other: Other,
    why: Why,
    by: Annotated[str, typer.Option(help="who says so")] = "",
    json: Json = False,
) -> None:
    """The two are not one entity: the pair is not suggested again."""
    with database() as db:
        document = rejected(db, Judgement(entity, other, why, by))
    if json:
        write_json(document.to_json())
    else:
        out.print(f"{document.entity} and {document.other} are not suggested again", markup=False)


def _print_pairs(pairs: list[MatchDocument]) -> None:
    table = Table("entity", "other", "score", "why", "against", box=None)
    for pair in pairs:
        reasons = (" ".join(r.sentence.en for r in told) for told in (pair.reasons, pair.against))
        table.add_row(*map(escape, (pair.entity.id, pair.other.id, pair.score, *reasons)))
    out.print(table if pairs else "no suggestions")


def _print_said(document: EntityMatches) -> None:
    for said in document.confirmed:
        out.print(f"same as {said.other}: {said.source}, {said.known_from}. {said.why}", markup=False)
    for denied in document.rejected:
        out.print(f"not {denied.other}: {denied.by} {denied.at}. {denied.why}", markup=False)
