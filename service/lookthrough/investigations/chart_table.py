"""A chart as a table: one row for each arrow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from .chart_documents import ChartBox, ChartDocument

COLUMNS: Sequence[str] = (
    "owner",
    "owner_name",
    "owned",
    "owned_name",
    "lane",
    "min",
    "max",
    "min_open",
    "max_open",
    "weight",
    "conflict",
    "sources",
    "folded",
    "missing",
)
"""As in the JSON. `folded` counts parties drawn together, `missing` says why there is no holder."""


def table(document: ChartDocument) -> str:
    """CSV with a header; figures are fractions, sources are parted by `|`."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows(_rows(document))
    return text.getvalue()


def _rows(document: ChartDocument) -> Iterator[dict[str, object]]:
    boxes = {box.box: box for box in document.boxes}
    for arrow in document.arrows:
        ends = (boxes[arrow.owner_box], boxes[arrow.owned_box])
        told = arrow.model_dump(include=set(COLUMNS), exclude={"sources"}, exclude_none=True)
        yield {
            **told,
            "owner_name": _name(ends[0]),
            "owned_name": _name(ends[1]),
            "sources": "|".join(arrow.sources or ()),
            "folded": next((end.count for end in ends if end.count), None),
            "missing": ends[0].missing,
        }


def _name(box: ChartBox) -> str | None:
    """Boxes that are no party have none."""
    return box.entity.name if box.shape == "party" else None
