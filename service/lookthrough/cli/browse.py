"""`lookthrough browse`: Neo4j Browser with a query about an entity in its editor."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from lookthrough.graph.connecting import browser_address, embedded_server
from lookthrough.investigations.browsing import BrowserQuery, browser_link, check_known, clock_values
from lookthrough.investigations.errors import BadQuestion
from lookthrough.settings import Settings

from .output import AsOf, Json, KnownAt, database, out, write_json
from .questions import Entity


def add_to(app: typer.Typer) -> None:
    app.command()(browse)


def browse(
    entity: Entity,
    query: Annotated[BrowserQuery, typer.Option(help="which question")] = BrowserQuery.CHAINS_INTO,
    other: Annotated[str | None, typer.Option(help="with hidden_links: the other entity's id")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="with exposure: a code such as CN")] = None,
    chain: Annotated[
        list[str] | None,
        typer.Option(help="with one_chain: an id, repeated from holder to entity"),
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    show_only: Annotated[bool, typer.Option("--print", help="print the address and open nothing")] = False,
    json: Json = False,
) -> None:
    """Open Neo4j Browser with a query about the entity filled in."""
    settings = Settings()
    with database(settings) as db:
        check_known(db, filter(None, (entity, other)))
    address = browser_address(settings)
    if address is None:
        raise BadQuestion("LOOKTHROUGH_NEO4J_BROWSER does not say where Neo4j Browser answers")
    values = {
        "entity": entity,
        "other": other,
        "jurisdiction": jurisdiction,
        "chain": chain,
        **clock_values(as_of, known_at),
    }
    link = browser_link(address, query, values)
    if json:
        write_json(orjson.dumps({"neo4j_browser": link}))
        return
    out.print(link, markup=False, soft_wrap=True)
    if settings.neo4j_uri is None:
        out.print(f"user neo4j, password in {embedded_server(settings).password_file}", markup=False)
    if not show_only:
        typer.launch(link)
