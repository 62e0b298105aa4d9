"""The published cases of `tests/data/worked-examples.json`: as CSV files to load, and as a page to read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NotRequired, TypedDict, cast

HERE = Path(__file__).resolve().parent.parent
CASES = HERE / "tests" / "data" / "worked-examples.json"

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Rows = list[dict[str, str]]


class Expected(TypedDict):
    outcome: str
    test: NotRequired[str]
    lower_exact: NotRequired[str]
    upper_exact: NotRequired[str]


class Check(TypedDict):
    policy: str
    entity: str
    as_of: str
    variant: NotRequired[str]
    expected: Expected
    published: NotRequired[float]
    not_covered: NotRequired[str]


class Case(TypedDict):
    id: str
    title: str
    authority: str
    source_url: str
    kind: str
    semantics: str
    note: NotRequired[str]
    family: str
    facts: dict[str, Rows]
    policies: dict[str, dict[str, Plain]]
    checks: list[Check]
    unmapped: NotRequired[str]


JOINT = "uk-sch1-joint-arrangement"
"""Collected before groups could be declared; its stakes, list and group are put into rows here."""


def cases() -> list[Case]:
    """Every case that can be computed."""
    stored = cast(list[Case], json.loads(CASES.read_text(encoding="utf-8")))
    halves = next(case for case in stored if case["id"] == "uk-ofsi-two-halves")
    return [_joint(case, halves) if case["id"] == JOINT else case for case in stored if _can_be_said(case)]


def left_out() -> list[Case]:
    stored = cast(list[Case], json.loads(CASES.read_text(encoding="utf-8")))
    return [case for case in stored if not _can_be_said(case)]


def _can_be_said(case: Case) -> bool:
    return "checks" in case or case["id"] == JOINT


def _joint(case: Case, like: Case) -> Case:
    stakes = [("DP1", "30"), ("DP2", "25"), ("rest-C", "45")]
    facts: dict[str, Rows] = {
        "entities": [{"id": i, "kind": "person"} for i, _ in stakes] + [{"id": "C", "kind": "company"}],
        "stakes": [{"owner": o, "owned": "C", "lane": "shares", "percent": p} for o, p in stakes],
        "lists": [{"list": "restricted", "entity": o} for o in ("DP1", "DP2")],
        "groups": [{"group": "joint", "member": o} for o in ("DP1", "DP2")],
    }
    expected: Expected = {"outcome": "RESTRICTED", "lower_exact": "11/20", "upper_exact": "11/20"}
    name, policy = next((n, p) for n, p in like["policies"].items() if _grows_from_each(p))
    test = cast(list[dict[str, str]], policy["tests"])[0]["id"]
    check: Check = {
        "policy": name,
        "entity": "C",
        "as_of": "2026-11-01",
        "expected": {**expected, "test": test},
        "published": 0.55,
    }
    return {**case, "facts": facts, "policies": {name: policy}, "checks": [check], "family": "cascade"}


def _grows_from_each(policy: Mapping[str, Plain]) -> bool:
    return any(
        cast(dict[str, str], test).get("pooling") == "each" for test in cast(list[Plain], policy["tests"])
    )


def write_csv(found: Iterable[Case], folder: Path) -> None:
    """All cases in one set of files; ids are unique inside a case only, so each gets the case's before it."""
    tables: dict[str, Rows] = {}
    for case in found:
        for table, rows in case["facts"].items():
            tables.setdefault(table, []).extend(_prefixed_row(case["id"], row) for row in rows)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)


def _prefixed_row(case: str, row: Mapping[str, str]) -> dict[str, str]:
    named = ("id", "owner", "owned", "entity", "list", "group", "member")
    return {key: f"{case}/{value}" if key in named else value for key, value in row.items()}


def policy_of(case: Case, check: Check) -> dict[str, Plain]:
    """The policy document of a check, in terms of the prefixed ids and lists."""
    return cast(dict[str, Plain], _prefixed(case["id"], case["policies"][check["policy"]], inside=False))


def _prefixed(case: str, value: Plain, *, inside: bool) -> Plain:
    """`inside` a predicate, `id` and `list` name entities and lists; outside they are the policy's own."""
    if isinstance(value, list):
        return [_prefixed(case, item, inside=inside) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [f"{case}/{name}" for name in item]
        if inside and key in ("id", "list") and isinstance(item, list)
        else _prefixed(case, item, inside=inside or key in ("seeds", "any", "all", "none"))
        for key, item in value.items()
    }


def page() -> str:
    """The page: chart, rule, published answer and ours, case by case."""
    parts = [
        "# Worked examples\n",
        "Published cases of who is owned, controlled or caught. The suite asks the service about each of "
        "them and compares exactly; this page is made from the same file (`make reference`). A holder "
        "`rest-…` is who holds what the source leaves unnamed. "
        "Not legal advice.\n",
        *(_case(case) for case in cases()),
        "## Cases that a policy cannot say\n",
        *(f"- **{case['title']}** (`{case['id']}`): {case.get('unmapped', '')}." for case in left_out()),
    ]
    return "\n".join(parts) + "\n"


def _case(case: Case) -> str:
    kind = case["kind"].replace("-", " ")
    lines = [
        f"## {case['title']}\n",
        f"`{case['id']}` · {case['authority']} · [source]({case['source_url']}) · {kind}\n",
        f"Rule: {case['semantics']}." + (f" {note}" if (note := case.get("note")) else "") + "\n",
        _chart(case),
        "| asked about | on | published | ours |\n|---|---|---|---|",
        *(_row(check) for check in case["checks"]),
    ]
    return "\n".join(lines) + "\n"


def _chart(case: Case) -> str:
    ids = {row["id"]: f"n{i}" for i, row in enumerate(case["facts"]["entities"])}
    boxes = [f'  {box}["{name}"]' for name, box in ids.items()]
    arrows = [
        f'  {ids[row["owner"]]} -->|"{row.get("percent") or "?"}{_unit(row)}"| {ids[row["owned"]]}'
        for row in case["facts"]["stakes"]
    ]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *arrows, "```\n"])


def _unit(row: Mapping[str, str]) -> str:
    lane = row.get("lane", "shares")
    return f"% {lane}" if lane in ("shares", "votes") else f" {lane}"


def _row(check: Check) -> str:
    expected = check["expected"]
    variant = f" ({check['variant']})" if "variant" in check else ""
    published = f"{check['published'] * 100:g}%" if "published" in check else "as ours"
    ours = expected["outcome"] + (f", {_figures(expected)}" if "lower_exact" in expected else "")
    extra = f" Not covered: {check['not_covered']}." if "not_covered" in check else ""
    return f"| `{check['entity']}`{variant} | {check['as_of']} | {published} | {ours}.{extra} |"


def _figures(expected: Expected) -> str:
    lower, upper = Fraction(expected.get("lower_exact", "0")), Fraction(expected.get("upper_exact", "1"))
    told = f"{lower} ({float(lower):.4%})"
    return told if lower == upper else f"{told} to {upper} ({float(upper):.4%})"
