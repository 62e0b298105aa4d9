"""Stored verdicts, and what became of them, as people read them in a terminal."""

from __future__ import annotations

import orjson
from pydantic import JsonValue
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from lookthrough.investigations.documents import GivenVerdictPage, ReplayDocument

from .rendering import outcome


def given(page: GivenVerdictPage) -> RenderableType:
    table = _table("given", "as of", "policy", "reading", "verdict", "id")
    for item in page.items:
        policy = f"{item.policy.id}@{item.policy.version}"
        cells = (item.given_at[:19], item.as_of, policy, item.policy.variant)
        table.add_row(*cells, outcome(item.outcome), Text(item.verdict_id, overflow="fold"))
    more = [Text(f"more: --cursor {page.next}", style="dim")] if page.next else []
    return Group(table, *more)


def replayed(document: ReplayDocument) -> RenderableType:
    style = "bold green" if document.same else "bold yellow"
    parts: list[RenderableType] = [
        Text(document.sentence.en, style=style),
        Text(document.sentence.zh, style=style),
    ]
    if document.differences:
        table = _table("field", "stored", "now")
        for each in document.differences:
            table.add_row(each.field, cell(each.stored), cell(each.now))
        parts.append(table)
    for entry in document.changed_since:
        kind = entry.kind.replace("_", " ")
        now = "is not there any more" if entry.now is None else "has changed"
        parts.append(Text(f"The {kind} {entry.name} {now}; the stored one was used.", style="dim"))
    return Group(*parts)


def cell(value: JsonValue) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _table(*columns: str) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
