"""Ownership without a policy: `owners` above, `reach` below."""

from __future__ import annotations

from typing import Annotated

import typer

from lookthrough.control.facts import Lane
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.entities import Page
from lookthrough.investigations.reach import Reaching
from lookthrough.investigations.reach import reach as reached_by
from lookthrough.investigations.ultimate import Holding
from lookthrough.investigations.ultimate import ultimate_owners as ends_above

from . import rendering
from .output import AsOf, Json, KnownAt, database, out, write_json
from .questions import Cursor, Entity

Limit = Annotated[int, typer.Option(help="how many, 1 to 500")]


def add_to(app: typer.Typer) -> None:
    app.command()(owners)
    app.command()(reach)


def owners(
    entity: Entity,
    lane: Annotated[Lane | None, typer.Option(help="default: all, with --ultimate shares")] = None,
    ultimate: Annotated[
        bool,
        typer.Option("--ultimate", help="every end of the chains above it, with totals that add up to 1"),
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """Who owns the entity: directly, or with --ultimate at the end of every chain."""
    if ultimate and cursor is not None:
        raise typer.BadParameter("the list of ultimate owners has no pages", param_hint="--cursor")
    page = Page(parse_as_of(as_of), parse_known_at(known_at), limit, cursor)
    if ultimate:
        _ultimate(Holding(entity, lane or Lane.SHARES, page.as_of, page.known_at, limit), json=json)
        return
    with database() as db:
        found = direct_stakes(db, entity, "owners", lane, page)
    if json:
        write_json(found.to_json())
    else:
        out.print(rendering.stakes(found.items))


def _ultimate(asked: Holding, *, json: bool) -> None:
    with database() as db:
        document = ends_above(db, asked)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.ultimate_owners(document))


def reach(
    party: Annotated[str, typer.Argument(help="an entity's id, as `lookthrough search` shows it")],
    lane: Annotated[Lane, typer.Option(help="shares or votes")] = Lane.SHARES,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """What the party reaches: every company below it, with what the party holds of it in total."""
    asked = Reaching(party, lane, parse_as_of(as_of), parse_known_at(known_at), limit, cursor)
    with database() as db:
        document = reached_by(db, asked)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.reach(document))
