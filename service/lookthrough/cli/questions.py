"""Asking: `verdict`, `chains`, `sources`, `search`, `entity`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from lookthrough.control.facts import Lane
from lookthrough.investigations import entities, verdicts
from lookthrough.investigations.chains import DEFAULT_LIMIT, asked, sought
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.cursors import DEFAULT_LIMIT as PAGE
from lookthrough.investigations.entities import Page
from lookthrough.investigations.policies_compared import compare_policies
from lookthrough.investigations.search import search as find
from lookthrough.investigations.sources import MOST as MOST_SOURCES
from lookthrough.investigations.sources import sources as sources_of
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library
from lookthrough.settings import Settings

from . import rendering
from .output import AsOf, Json, KnownAt, database, out, write_json

Entity = Annotated[str, typer.Argument(help="an entity's id, as `lookthrough search` shows it")]
PolicyName = Annotated[str, typer.Option("--policy", help="id, id@version, or the path of a policy file")]
Trust = Annotated[
    list[str] | None,
    typer.Option(help="a source heard before all others where it speaks; may be repeated"),
]
Cursor = Annotated[str | None, typer.Option(help="`next` of the page before")]
Variant = Annotated[str | None, typer.Option(help="another reading of the policy")]


def add_to(app: typer.Typer) -> None:
    for command in (verdict, compare, chains, sources, search, entity):
        app.command()(command)


def verdict(
    entity: Entity,
    policy: PolicyName,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    json: Json = False,
) -> None:
    """One verdict: is the entity restricted under the policy, why, and what is not known."""
    question = question_of(entity, policy, variant, as_of, known_at, trust)
    with database() as db:
        document = give(db, question)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.verdict(document))


def compare(
    entity: Entity,
    policy: Annotated[
        str | None,
        typer.Option(help="what to compare with: id, id@version, or a policy file; default the first pack"),
    ] = None,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    json: Json = False,
) -> None:
    """The entity under every reading of every pack, and where they part, the stake or line that does it."""
    library = Library()
    packs = library.all()
    question = question_of(entity, policy or packs[0].id, variant, as_of, known_at, trust)
    with database() as db:
        document = compare_policies(db, question, packs)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.policies_compared(document))


def chains(
    entity: Entity,
    policy: Annotated[str | None, typer.Option(help="id, id@version, or the path of a policy file")] = None,
    owners: Annotated[
        list[str] | None,
        typer.Option(help="instead of a policy: headquarters=CN, kind=state, list=…, id=…; of several, any"),
    ] = None,
    lane: Annotated[Lane, typer.Option(help="with --owners: shares or votes")] = Lane.SHARES,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Annotated[int, typer.Option(help="how many chains, 1 to 500")] = DEFAULT_LIMIT,
    min_product: Annotated[
        str, typer.Option(help="leave out smaller products (decimal fraction)")
    ] = "0.0001",
    trust: Trust = None,
    json: Json = False,
) -> None:
    """The chains into the entity, from the parties that the policy names or from a class of owners."""
    library = Library()
    question = Question(
        entity=entity,
        policy=sought(library, library.find, policy, owners or [], lane),
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        chains=asked(limit, min_product),
        trust=tuple(trust or ()),
    )
    with database() as db:
        document = verdicts.chains(db, question, owners=owners or [])
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.chains(document.chains, document.chains_total, document.rest))


def sources(
    entity: Entity,
    policy: PolicyName,
    variant: Variant = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    trust: Trust = None,
    limit: Annotated[int, typer.Option(help="how many, 1 to 50")] = MOST_SOURCES,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """Who says what behind a verdict: the age of every source, and the answer with and without it."""
    question = question_of(entity, policy, variant, as_of, known_at, trust)
    with database() as db:
        document = sources_of(db, question, limit, cursor)
    if json:
        write_json(document.to_json())
    else:
        out.print(rendering.sources(document))


def entity(
    entity_id: Annotated[str, typer.Argument(metavar="ENTITY", help="as `lookthrough search` shows it")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """One entity: names, identifiers, lists, and where it is and was according to whom."""
    with database() as db:
        found = entities.entity(db, entity_id, parse_as_of(as_of), parse_known_at(known_at))
    if json:
        write_json(found.to_json())
    else:
        out.print(rendering.entity(found))


def search(
    text: Annotated[str, typer.Argument(help="a name, or an identifier with its scheme or without")],
    limit: Annotated[int, typer.Option(help="how many, 1 to 500")] = PAGE,
    cursor: Cursor = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Entities by identifier or name: either Chinese script, pinyin, first letters, slight misspellings."""
    page = Page(parse_as_of(as_of), parse_known_at(known_at), limit, cursor)
    with database() as db:
        found = find(db, text, page)
    if json:
        write_json(found.to_json())
    else:
        out.print(rendering.entities(found))


def question_of(
    entity: str,
    policy: str,
    variant: str | None,
    as_of: str | None,
    known_at: str | None,
    trust: Sequence[str] | None,
) -> Question:
    return Question(
        entity=entity,
        policy=Library().find(policy),
        variant=variant,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        trust=tuple(trust or ()),
        max_age_days=Settings().max_fact_age_days,
    )
