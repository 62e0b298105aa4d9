"""Documents as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from lookthrough.control.decimals import percent
from lookthrough.investigations.demo import Case
from lookthrough.investigations.documents import (
    Chain,
    ChainLink,
    EntityDocument,
    EntityPage,
    Join,
    StakeDocument,
    TestResult,
    VerdictDocument,
    WarningNote,
)
from lookthrough.investigations.policies_compared import ComparedReading, PoliciesComparedDocument
from lookthrough.investigations.reach import ReachDocument
from lookthrough.investigations.screening import ScreeningRow
from lookthrough.investigations.sources import SourcesDocument
from lookthrough.investigations.ultimate import UltimateOwnersDocument
from lookthrough.investigations.what_if import WhatIfDocument
from lookthrough.words import say

MARKS = {
    "RESTRICTED": ("■", "bold red"),
    "NOT_RESTRICTED": ("□", "bold green"),
    "UNDETERMINED": ("◧", "bold yellow"),
}


def outcome(value: str) -> Text:
    """The outcome in words, with a mark besides the colour."""
    mark, style = MARKS[value]
    return Text(f"{mark} {say(f'outcome.{value}', 'en')}", style=style)


def verdict(document: VerdictDocument) -> RenderableType:
    headline = Text.assemble((f"{document.entity.name}  ", "bold"), outcome(document.outcome))
    parts: list[RenderableType] = [
        Panel(
            Group(Text(document.sentence.en), Text(document.sentence.zh)), title=headline, title_align="left"
        ),
        _tests(document.tests),
    ]
    if document.chains:
        parts.append(chains(document.chains, document.chains_total, document.rest))
    parts += [table for table in (_missing(document), _changes(document)) if table.row_count]
    parts += _warned(document.warnings)
    parts.append(_readings(document))
    parts.append(Text(f"{document.policy.id}@{document.policy.version}  {document.verdict_id}", style="dim"))
    return Group(*parts)


def _tests(tests: Sequence[TestResult]) -> Table:
    table = _table("test", "outcome", "lower", "upper", "line", "reason")
    for test in tests:
        line = f"{test.operator} {_percent(test.threshold)}" if test.threshold else ""
        table.add_row(
            test.id,
            outcome(test.outcome),
            _percent(test.lower),
            _percent(test.upper),
            line,
            say(f"reason.{test.reason}", "en"),
        )
    return table


def chains(found: Sequence[Chain], total: str | None, rest: str | None) -> Table:
    table = _table("chain", "share")
    for chain in found:
        for join in chain.joins or ():
            table.add_row(_join(join), _percent(join.sum))
        if chain.links:
            table.add_row(_steps(chain.links), _percent(chain.product_min))
    if total is None:
        return table
    table.add_row("total of these chains", _percent(total))
    table.add_row("rest (smaller chains, rounds of loops)", _percent(rest))
    return table


def _join(join: Join) -> Text:
    held = ", ".join(f"{link.owner} {_percent(link.weight) or link.lane}" for link in join.links)
    return Text(f"{join.entity} by {held}")


def _steps(links: Sequence[ChainLink]) -> Text:
    text = Text(links[0].owner)
    for link in links:
        text.append(f" ─{_percent(link.weight)}→ ", style="dim").append(link.owned)
    return text


def _missing(document: VerdictDocument) -> Table:
    table = _table("missing", "at", "part of the unknown", "decides alone")
    for fact in document.missing:
        share = _percent(fact.share_of_unknown)
        at = f"{fact.entity} ({fact.reason})" if fact.reason else fact.entity
        table.add_row(say(f"missing.{fact.kind}", "en"), Text(at), share, "yes" if fact.decisive else "no")
    return table


def _changes(document: VerdictDocument) -> Table:
    table = _table("would change it", "from", "to")
    for change in document.would_change:
        to = f"{'below' if change.to_open else 'at most'} {_percent(change.to)}"
        table.add_row(f"{change.owner} in {change.owned}", _percent(change.from_), to)
    return table


def _readings(document: VerdictDocument) -> Text:
    told = [f"{v.variant}: {v.outcome}" for v in document.variants]
    why = [f"  {v.variant}: {v.because.en}" for v in document.variants if v.because]
    return Text("\n".join([f"readings: {'; '.join(told)}", *why]), style="dim")


def screened(row: ScreeningRow) -> Text:
    """A row of a screening that has a verdict."""
    why = f"  {row.entity}  {row.name}  {say(f'reason.{row.reason}', 'en')}"
    figures = f"  {_percent(row.lower)}–{_percent(row.upper)}" if row.lower else ""
    return Text.assemble(outcome(str(row.outcome)), why, figures)


def entities(page: EntityPage) -> RenderableType:
    table = _table("id", "name", "", "kind", "headquarters", "incorporation", "lists")
    for entity in page.items:
        lists = ", ".join(sorted({entry.list for entry in entity.lists}))
        seats = (_codes(entity, attribute) for attribute in ("headquarters", "incorporation"))
        table.add_row(entity.id, entity.name, entity.name_original, entity.kind, *seats, lists)
    told = [f"more: --cursor {page.next}"] if page.next else []
    told += [] if page.complete else ["not all candidates were looked at; a longer text finds more"]
    return Group(table, *(Text(line, style="dim") for line in told))


def _codes(entity: EntityDocument, attribute: str) -> str:
    return "|".join(sorted({at.jurisdiction for at in entity.locations if at.attribute == attribute}))


def entity(document: EntityDocument) -> RenderableType:
    title = Text.assemble((document.name, "bold"), f"  {document.name_original}  {document.kind}")
    others = [*document.aliases, *(f"{i.scheme}:{i.value}" for i in document.identifiers)]
    parts: list[RenderableType] = [Panel(Text("; ".join(others)), title=title, title_align="left")]
    if document.same_as:
        parts.append(Text(f"same as {', '.join(document.same_as)}", style="dim"))
    if document.lists:
        parts.append(Text(f"lists: {', '.join(sorted({entry.list for entry in document.lists}))}"))
    return Group(*parts, _places(document))


def _places(document: EntityDocument) -> Table:
    table = _table("where", "", "from", "to", "sources", "")
    attributes = {at.attribute for at in document.locations}
    if document.kind != "person" and "headquarters" not in attributes:
        table.add_row(say("attribute.headquarters", "en"), "not recorded")
    for told, note in ((document.locations, "disputed"), (document.other_days, "other days")):
        for at in told:
            words = note if at.disputed or told is document.other_days else ""
            days = (at.valid_from or "", at.valid_to or "")
            where = say(f"attribute.{at.attribute}", "en")
            table.add_row(where, at.jurisdiction, *days, ", ".join(at.sources), words)
    return table


def sources(document: SourcesDocument) -> RenderableType:
    headline = Text.assemble((f"{document.entity.name}  ", "bold"), outcome(document.outcome))
    table = _table(
        "source", "facts", "newest", "retrieved", "days", "only it", "without it", "disputed", "alone"
    )
    for each in document.items:
        heard = [outcome(side.outcome) if side else Text("not read") for side in (each.only, each.without)]
        days = (each.newest_valid_from or "", each.retrieved or "", str(each.age_days))
        counts = (str(each.disputed_count), str(each.alone_count))
        table.add_row(each.source, str(each.facts), *days, *heard, *counts)
    because = [
        Text(f"without {each.source}: {change.sentence.en}")
        for each in document.items
        for change in (each.without.because if each.without else [])
    ]
    disputed = _table("disputed by", "entity", "fact", "says", "others")
    for each in document.items:
        for fact in each.disputed:
            about = fact.owner or fact.attribute or ""
            others = "; ".join(f"{word.source} {word.said}" for word in fact.by)
            disputed.add_row(each.source, fact.entity, f"{fact.kind} {about}", fact.said, others)
    shown = [disputed] if disputed.row_count else []
    more = [Text(f"{len(document.items)} of {document.count}; more: --cursor {document.next}", style="dim")]
    return Group(
        headline, table, *because, *shown, *(more if document.next else []), *_warned(document.warnings)
    )


def stakes(found: Sequence[StakeDocument]) -> Table:
    table = _table("owner", "name", "lane", "holding", "at least", "at most", "sources")
    for stake in found:
        sources = ", ".join(sorted({claim.source for claim in stake.claims}))
        table.add_row(
            stake.owner.id,
            stake.owner.name,
            stake.lane,
            stake.holding,
            _percent(stake.min),
            _percent(stake.max),
            sources,
        )
    return table


def ultimate_owners(document: UltimateOwnersDocument) -> RenderableType:
    table = _table("end", "what it is", "at least", "at most")
    chains = _table("largest chain of each", "share")
    for owner in document.items:
        kind = say(f"kind.{owner.kind}" if owner.named else f"missing.{owner.kind}", "en")
        table.add_row(owner.entity.id, kind, _percent(owner.lower), _percent(owner.upper))
        for chain in [chain for chain in owner.chains if chain.links][:1]:
            chains.add_row(_steps(chain.links), _percent(chain.product))
    table.add_row("all of these", "", _percent(document.total))
    table.add_row(f"{document.count - len(document.items)} others", "", _percent(document.rest))
    return Group(table, chains, *_warned(document.warnings))


def reach(document: ReachDocument) -> RenderableType:
    table = _table("company", "name", "at least", "at most", "largest chain")
    for company in document.items:
        chain = _steps(company.chain.links) if company.chain else ""
        lower, upper = _percent(company.lower), _percent(company.upper)
        table.add_row(company.entity.id, company.entity.name, lower, upper, chain)
    shown = Text(f"{len(document.items)} of {document.count}", style="dim")
    return Group(table, shown, *_warned(document.warnings))


def what_if(document: WhatIfDocument) -> RenderableType:
    table = _table("", "outcome", "test", "lower", "upper")
    for title, side in (("on record", document.before), ("what if", document.after)):
        for test in side.tests:
            table.add_row(title, outcome(side.outcome), test.id, _percent(test.lower), _percent(test.upper))
    after = document.after
    chains_after = chains(after.chains, after.chains_total, after.rest)
    return Group(table, Text(after.sentence.en), chains_after, *_warned(after.warnings))


def _warned(warnings: Sequence[WarningNote]) -> list[Text]:
    return [Text(f"! {warning.code}: {warning.detail}", style="yellow") for warning in warnings]


def demo(found: Sequence[tuple[Case, VerdictDocument]]) -> Table:
    table = _table("entity", "as of", "verdict", "lower", "upper", "what it shows")
    for case, document in found:
        test = document.tests[0]
        shown = say(case.words, "en")
        table.add_row(
            document.entity.id,
            document.as_of,
            outcome(document.outcome),
            _percent(test.lower),
            _percent(test.upper),
            shown,
        )
    return table


def _table(*columns: str) -> Table:
    return Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)


def _percent(figure: str | None) -> str:
    return "" if figure is None else f"{percent(Fraction(figure))}%"


def policies_compared(document: PoliciesComparedDocument) -> RenderableType:
    table = Table(
        "policy", "reading", "verdict", "at least", "at most", "line", "why it parts", box=box.SIMPLE_HEAD
    )
    for reading in document.readings:
        because = reading.parting.sentence.en if reading.parting else ""
        policy = f"{reading.policy.id}@{reading.policy.version}"
        table.add_row(policy, reading.policy.variant, outcome(reading.outcome), *_bounds_of(reading), because)
    parts: list[RenderableType] = [Text(document.entity.name, style="bold"), table]
    if document.left_out:
        parts.append(Text(f"Not judged in time: {', '.join(document.left_out)}", style="yellow"))
    return Group(*parts)


def _bounds_of(reading: ComparedReading) -> tuple[str, str, str]:
    """Lower bounds, upper bounds and lines, a line of text for each test that has them."""
    tests = [test for test in reading.tests if test.lower is not None and test.upper is not None]
    shown = [
        (percent(Fraction(str(test.lower))), percent(Fraction(str(test.upper)), up=True), test)
        for test in tests
    ]
    return (
        "\n".join(f"{lower}%" for lower, _, _ in shown),
        "\n".join(f"{upper}%" for _, upper, _ in shown),
        "\n".join(f"{test.operator} {percent(Fraction(str(test.threshold)))}%" for _, _, test in shown),
    )
