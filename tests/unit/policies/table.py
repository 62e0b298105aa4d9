"""The table of packs on the page about policies, made from the packs themselves.

`python -m tests.unit.policies.table` writes it, and the schema beside it, anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from lookthrough.policies import PolicyDocument
from lookthrough.policies.document import (
    Clause,
    WrittenControl,
    WrittenHolding,
    WrittenLine,
    WrittenLocation,
    WrittenOwnership,
    WrittenUltimateParent,
)
from lookthrough.policies.fields import share_text
from lookthrough.policies.schema import policy_schema

from .samples import LIBRARY

DOCS = Path(__file__).parents[3] / "docs"
PAGE, SCHEMA = DOCS / "policies.md", DOCS / "policy.schema.json"
START, END = "<!-- packs: start -->", "<!-- packs: end -->"
HEAD = ("id", "rule", "test", "line", "pooling", "arithmetic", "seeds", "readings")


def table() -> str:
    rows = [HEAD, ("---",) * len(HEAD), *(row for pack in LIBRARY.all() for row in rows_of(pack))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def schema_text() -> str:
    return json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n"


def shown_table(page: str) -> str:
    return page.partition(START)[2].partition(END)[0].strip()


def rows_of(pack: PolicyDocument) -> Iterator[tuple[str, ...]]:
    """A row for each test; what belongs to the whole pack stands in the first."""
    many = sum(other.id == pack.id for other in LIBRARY.all()) > 1
    name = f"`{pack.id}@{pack.version}`" if many else f"`{pack.id}`"
    readings = ", ".join(f"`{variant}`" for variant in pack.variants())
    for number, test in enumerate(pack.written.tests):
        whole = (name, pack.title.en, readings) if number == 0 else ("", "", "")
        joined = "and " if number and pack.written.join == "all" else ""
        asked = test if isinstance(test, WrittenLocation) else test.seeds or pack.written.seeds
        seeds = parties(asked)
        yield (whole[0], whole[1], f"{joined}{test.id}", *figures(test), seeds, whole[2])


def figures(test: WrittenHolding | WrittenLocation) -> tuple[str, str, str]:
    if isinstance(test, WrittenLocation):
        return "", "", "the entity itself"
    pooled = isinstance(test, WrittenOwnership) and test.arithmetic == "multiplicative"
    return f"{test.lane} {line(test)}", "all" if pooled else test.pooling, arithmetic(test)


def arithmetic(test: WrittenHolding) -> str:
    if isinstance(test, WrittenUltimateParent):
        return "ultimate parent"
    carried = f", carried by {line(test.carrier)}" if test.carrier else ""
    if isinstance(test, WrittenControl):
        return f"control{carried}"
    if not test.full_links:
        return f"{test.arithmetic}{carried}"
    first = "" if test.full_links.first_link else ", not the first"
    return f"{test.arithmetic}, links {line(test.full_links)} in full{first}"


def line(written: WrittenLine | WrittenHolding) -> str:
    return f"{written.operator} {share_text(written.threshold)}"


def parties(clause: Clause | None) -> str:
    """The lists and attributes that the condition asks for, without its connectives."""
    return ", ".join(dict.fromkeys(_parts(clause))) if clause else ""


def _parts(clause: Clause) -> Iterator[str]:
    yield from (f"list `{name}`" for name in clause.lists or ())
    if clause.attribute:
        yield clause.attribute.value.replace("_", " ")
    for part in clause.nested:
        yield from _parts(part)


def write() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n{table()}\n{END}{after}", encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    write()
