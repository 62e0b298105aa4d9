"""Ownership charts, as a drawing and as what is drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from lookthrough.control.facts import Lane
from lookthrough.investigations.asking_charts import DEFAULT_FOLD, Direction, folding
from lookthrough.investigations.chart import Charting, chart
from lookthrough.investigations.chart_documents import ChartDocument
from lookthrough.investigations.chart_svg import draw
from lookthrough.investigations.chart_table import table
from lookthrough.investigations.clocks import parse_as_of, parse_known_at

from .dependencies import PROBLEMS, AsOf, EntityId, KnownAt, Service, ServiceDep

router = APIRouter(prefix="/v1", tags=["ownership"], responses=PROBLEMS)

SVG = "image/svg+xml"
CSV = "text/csv; charset=utf-8"
Language = Annotated[Literal["en", "zh"], Query(description="of the words in the drawing")]
Ids = Annotated[list[str], Query(max_length=200, description="ids, repeated")]


def _asked(
    entity: EntityId,
    service: ServiceDep,
    policy: Annotated[
        str | None, Query(description="the id of a pack; none: totals alone", examples=["anthropic-2025-09"])
    ] = None,
    variant: str | None = None,
    lane: Annotated[Lane, Query(description="without a policy: shares or votes")] = Lane.SHARES,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    direction: Annotated[Direction, Query(description="to holders, to what is held, or both")] = "up",
    depth: Annotated[int | None, Query(description="1 to 100 arrows from the entity")] = None,
    fold: Annotated[str, Query(description="percent; smaller stakes are drawn together")] = DEFAULT_FOLD,
    expand: Ids = [],  # noqa: B006  FastAPI copies defaults
    collapse: Ids = [],  # noqa: B006
) -> Charting:
    return Charting(
        entity=entity,
        as_of=parse_as_of(as_of),
        known_at=parse_known_at(known_at),
        policy=service.library.pack(policy) if policy else None,
        variant=variant,
        lane=lane,
        folding=folding(direction, depth, fold, expand, collapse),
    )


Asked = Annotated[Charting, Depends(_asked)]
DRAWN: dict[int | str, dict[str, object]] = {200: {"content": {SVG: {}}}}


@router.get("/entities/{entity}/chart", response_model=ChartDocument, responses=DRAWN)
def drawn_structure(request: Request, asked: Asked, service: ServiceDep, lang: Language = "en") -> Response:
    """What a chart draws, box by box and arrow by arrow; the drawing itself where `Accept` asks for SVG."""
    if SVG in request.headers.get("accept", ""):
        return _drawing(service, asked, lang)
    document = chart(service.database, asked)
    return Response(document.to_json(), media_type="application/json", headers={"Vary": "Accept"})


@router.get("/entities/{entity}/chart.svg", response_class=Response, responses=DRAWN)
def drawing(asked: Asked, service: ServiceDep, lang: Language = "en") -> Response:
    """The chart as SVG."""
    return _drawing(service, asked, lang)


@router.get("/entities/{entity}/chart.csv", response_class=Response, responses={200: {"content": {CSV: {}}}})
def drawn_stakes(asked: Asked, service: ServiceDep) -> Response:
    """The arrows of the chart as a table; figures are fractions."""
    return Response(table(chart(service.database, asked)), media_type=CSV)


def _drawing(service: Service, asked: Charting, lang: str) -> Response:
    return Response(draw(chart(service.database, asked), lang), media_type=SVG, headers={"Vary": "Accept"})
