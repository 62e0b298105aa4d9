"""`chart`: who holds an entity, and what it holds, as a drawing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lookthrough.control.facts import Lane
from lookthrough.investigations import chart as charts
from lookthrough.investigations.asking_charts import DEFAULT_FOLD, folding
from lookthrough.investigations.chart import Charting
from lookthrough.investigations.chart_svg import draw
from lookthrough.investigations.chart_table import table
from lookthrough.investigations.clocks import parse_as_of, parse_known_at
from lookthrough.investigations.errors import BadQuestion
from lookthrough.policies.library import Library

from .output import AsOf, Json, KnownAt, database, write_json
from .questions import Entity, Variant

ENDINGS = (".svg", ".csv")


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BOTH = "both"


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


def add_to(app: typer.Typer) -> None:
    app.command()(chart)


def chart(
    entity: Entity,
    policy: Annotated[
        str | None, typer.Option(help="id, id@version, or the path of a policy file; none: totals alone")
    ] = None,
    variant: Variant = None,
    lane: Annotated[Lane, typer.Option(help="without a policy: shares or votes")] = Lane.SHARES,
    direction: Annotated[Direction, typer.Option(help="to holders, to what is held, or both")] = Direction.UP,
    depth: Annotated[int | None, typer.Option(help="so many arrows from the entity, 1 to 100")] = None,
    fold: Annotated[str, typer.Option(help="percent; smaller stakes are drawn together")] = DEFAULT_FOLD,
    expand: Annotated[list[str] | None, typer.Option(help="draw all around this id; may be repeated")] = None,
    collapse: Annotated[
        list[str] | None, typer.Option(help="draw nothing beyond this id; may be repeated")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    language: Annotated[Language, typer.Option(help="of the words in the drawing")] = Language.EN,
    out: Annotated[
        Path | None,
        typer.Option(help="FILE.svg, or FILE.csv for its arrows; else the drawing is printed"),
    ] = None,
    json: Json = False,
) -> None:
    """The ownership chart: direct stakes on arrows, totals in boxes; with --json what is drawn."""
    asked = Charting(
        entity=entity,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        policy=Library().find(policy) if policy else None,
        variant=variant,
        lane=lane,
        folding=folding(direction, depth, fold, expand or [], collapse or []),
    )
    if out and out.suffix not in ENDINGS:
        raise BadQuestion(f"out: {str(out)!r} ends in none of {', '.join(ENDINGS)}")
    with database() as db:
        document = charts.chart(db, asked)
    drawing = draw(document, language).encode() + b"\n"
    if out:
        out.write_bytes(table(document).encode() if out.suffix == ".csv" else drawing)
    if json:
        write_json(document.to_json())
    elif not out:
        sys.stdout.buffer.write(drawing)
