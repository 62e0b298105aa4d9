"""The table of packs, from the packs themselves, and the schema of a policy."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lookthrough.policies import Library, PolicyDocument
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

from . import markdown

LIBRARY = Library()
HEAD = ("id", "rule", "test", "line", "pooling", "arithmetic", "seeds", "readings")


def table() -> str:
    return markdown.table(HEAD, (row for pack in LIBRARY.all() for row in rows_of(pack)))


def schema_text() -> str:
    return json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n"


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
