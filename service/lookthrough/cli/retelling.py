"""Stored verdicts, and what became of them, as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from pydantic import JsonValue
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from lookthrough.investigations.comparisons import ChangeDocument, DiffDocument, HistoryDocument
from lookthrough.investigations.policies import FieldDifference
from lookthrough.investigations.stored_documents import GivenVerdictPage, ReplayDocument
from lookthrough.words import say

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


def compared(document: DiffDocument) -> RenderableType:
    parts: list[RenderableType] = [Text(document.sentence.en, style="bold"), Text(document.sentence.zh)]
    sides = _table("", "as of", "known at", "policy", "reading", "verdict")
    for name, side in (("A", document.a), ("B", document.b)):
        policy = f"{side.policy.id}@{side.policy.version}"
        sides.add_row(name, side.as_of, side.known_at, policy, side.policy.variant, outcome(side.outcome))
    parts.append(sides)
    if document.figures:
        figures = _table("test", "figure", "A", "B")
        for each in document.figures:
            figures.add_row(each.test, each.figure, each.a or "-", each.b or "-")
        parts.append(figures)
    parts += [Text(f"{line.field}: {cell(line.left)} → {cell(line.right)}") for line in _deciding(document)]
    parts += _changes(document.changes)
    if not document.complete:
        parts.append(Text(say("history.incomplete", "en"), style="yellow"))
    return Group(*parts)


def _deciding(document: DiffDocument) -> list[FieldDifference]:
    return [line for line in document.policy if line.decides]


def history(document: HistoryDocument) -> RenderableType:
    table = _table("from", "until", "verdict", "bounds", "because")
    for period in document.periods:
        bounds = "\n".join(
            f"{test.id} {test.lower} to {test.upper}" for test in period.tests if test.lower is not None
        )
        because = Group(*_changes(period.because))
        table.add_row(period.from_ or "…", period.to or "…", outcome(period.outcome), bounds, because)
    parts: list[RenderableType] = [Text(document.entity.name, style="bold"), table]
    if document.told_from:
        parts.append(Text(say("history.cut", "en", day=document.told_from), style="yellow"))
    elif not document.complete:
        parts.append(Text(say("history.incomplete", "en"), style="yellow"))
    return Group(*parts)


def _changes(changes: Sequence[ChangeDocument]) -> list[RenderableType]:
    return [
        Text(f"{_MARKS[change.effect]} {change.sentence.en}", style="" if change.effect == "turns" else "dim")
        for change in changes
    ]


_MARKS = {"turns": "■", "part": "◧", "moves": "·", "none": " ", "untried": "?"}


def cell(value: JsonValue) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _table(*columns: str) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
