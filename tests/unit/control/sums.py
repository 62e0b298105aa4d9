"""Cascade, control test and ultimate parent as SEMANTICS section 5 says them, small and slow.

Sets are grown by going over everybody again and again, every sum is taken anew, and nothing of the code that
is tested is used but the records that say what a test asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from lookthrough.control.facts import Kind, Lane
from lookthrough.control.policy import Line, OwnershipTest

from .charts import Chart, Truth

NONE = Fraction(0)
ALL = Fraction(1)


@dataclass(frozen=True)
class Weighed:
    """A chart in one lane, with the weights of section 3; `truths` of a float say whether it is clean."""

    subject: str
    truths: Mapping[str, Truth]
    kinds: Mapping[str, Kind]
    weights: Mapping[str, Mapping[str, Fraction]]
    strict: frozenset[tuple[str, str]]
    controls: frozenset[tuple[str, str]]
    groups: tuple[frozenset[str], ...]

    def undisclosed(self, company: str) -> Fraction:
        return ALL - sum(self.weights[company].values(), NONE)

    def others(self, truth: Truth) -> list[str]:
        return sorted(e for e, found in self.truths.items() if found == truth and e != self.subject)

    def is_end(self, entity: str) -> bool:
        return self.kinds[entity] is not Kind.COMPANY


def weighed(chart: Chart, lane: Lane) -> Weighed:
    weights: dict[str, dict[str, Fraction]] = {}
    strict: set[tuple[str, str]] = set()
    for company in chart.companies():
        rows = chart.counting(company, lane)
        total = sum((row.low for row in rows), NONE)
        excess = max(NONE, total - 1)
        weights[company] = {
            owner: max(NONE, sum((row.low for row in rows if row.owner == owner), NONE) - excess)
            for owner in {row.owner for row in rows}
        }
        if total < 1 or (total == 1 and not any(row.low_open for row in rows)):
            strict |= {(row.owner, company) for row in rows if row.low_open}
    floats: Truth = "no" if chart.floats_clean else "unknown"
    truths: dict[str, Truth] = {
        entity: floats if chart.kinds[entity] is Kind.PUBLIC_FLOAT else truth
        for entity, truth in chart.truths.items()
    }
    controls = frozenset((owner, owned) for owner, owned, _ in chart.controls)
    groups = tuple(chart.groups.values())
    return Weighed(chart.subject, truths, chart.kinds, weights, frozenset(strict), controls, groups)


@dataclass(frozen=True)
class Found:
    outcome: str
    lower: Fraction
    upper: Fraction
    lower_strict: bool
    upper_strict: bool


def meets(total: Fraction, strict: bool, line: Line) -> bool:
    if line.operator.value == ">":
        return total > line.threshold or (total == line.threshold and strict)
    return total >= line.threshold


def can_meet(total: Fraction, less: bool, line: Line) -> bool:
    """`less`: the true sum is smaller than `total`, however little."""
    if line.operator.value == ">":
        return total > line.threshold
    return total > line.threshold or (total == line.threshold and not less)


def cascade(facts: Weighed, test: OwnershipTest) -> Found:
    """Section 5; with board and control stakes for a control test."""
    if facts.is_end(facts.subject):
        return Found("NOT_RESTRICTED", NONE, NONE, lower_strict=False, upper_strict=False)
    if test.kind.value != "control":
        facts = replace(facts, controls=frozenset())
    lower = [grown(facts, test, start) for start in (starts(facts, test, "yes"))]
    upper = [grown(facts, test, start, upper=True) for start in starts(facts, test, "yes")]
    upper += [grown(facts, test, start, upper=True) for start in starts(facts, test, "unknown")]
    if test.pooling.value == "all":
        everybody = {*facts.others("yes"), *facts.others("unknown")}
        upper = [grown(facts, test, everybody, upper=True)]
    upper.append(grown(facts, test, set(), upper=True))
    lowers = [(held(facts, members), is_strict(facts, members)) for members in lower]
    uppers = [(could_hold(facts, members), not less(facts, members)) for members in upper]
    low, low_strict = max(lowers, default=(NONE, False))
    high, high_closed = max(uppers)
    outcome = "NOT_RESTRICTED"
    if any(joins(facts, facts.subject, members, test.line) for members in lower):
        outcome = "RESTRICTED"
    elif any(could_join(facts, facts.subject, members, test.line) for members in upper):
        outcome = "UNDETERMINED"
    return Found(outcome, low, high, low_strict, not high_closed)


def starts(facts: Weighed, test: OwnershipTest, truth: Truth) -> Iterator[set[str]]:
    """Whom a set is grown from: all of them, or each one, or each declared group."""
    if test.pooling.value == "all":
        yield set(facts.others(truth))
        return
    for group in facts.groups:
        said = {facts.truths[member] for member in group if member != facts.subject}
        if ("yes" if "yes" in said else "unknown" if "unknown" in said else "no") == truth:
            yield set(group) - {facts.subject}
    for entity in facts.others(truth):
        if not any(entity in group for group in facts.groups):
            yield {entity}


def grown(facts: Weighed, test: OwnershipTest, start: set[str], *, upper: bool = False) -> set[str]:
    carrier = test.carrier or test.line
    members = set(start) | (closed(facts, test) - {facts.subject} if upper else set[str]())
    meets_it = could_join if upper else joins
    while more := {e for e in facts.weights if e not in members and meets_it(facts, e, members, carrier)}:
        members |= more
    return members


def joins(facts: Weighed, company: str, members: set[str], line: Line) -> bool:
    if any(owned == company and owner in members for owner, owned in facts.controls):
        return True
    return meets(held(facts, members, company), is_strict(facts, members, company), line)


def could_join(facts: Weighed, company: str, members: set[str], line: Line) -> bool:
    if any(owned == company and owner in members for owner, owned in facts.controls):
        return True
    return can_meet(could_hold(facts, members, company), less(facts, members, company), line)


def held(facts: Weighed, members: set[str], company: str = "") -> Fraction:
    owners = facts.weights[company or facts.subject]
    return sum((weight for owner, weight in owners.items() if owner in members), NONE)


def could_hold(facts: Weighed, members: set[str], company: str = "") -> Fraction:
    owners = facts.weights[company or facts.subject]
    return ALL - sum((weight for owner, weight in owners.items() if owner not in members), NONE)


def is_strict(facts: Weighed, members: set[str], company: str = "") -> bool:
    return any(owned == (company or facts.subject) and owner in members for owner, owned in facts.strict)


def less(facts: Weighed, members: set[str], company: str = "") -> bool:
    return any(owned == (company or facts.subject) and owner not in members for owner, owned in facts.strict)


def closed(facts: Weighed, test: OwnershipTest | None = None) -> set[str]:
    """Members of loops of which outsiders hold nothing; a seed that absorbs is an outsider."""
    absorbing = set[str]()
    if test is None or test.pooling.value == "all":
        absorbing = set(facts.others("yes"))
    inside = {c for c in facts.weights if c not in absorbing and facts.weights[c]}
    while True:
        leaking = {
            company
            for company in inside
            if sum((w for o, w in facts.weights[company].items() if o in inside), NONE) != ALL
        }
        if not leaking:
            break
        inside -= leaking
    return {company for company in inside if _comes_back(facts, company)}


def _comes_back(facts: Weighed, company: str) -> bool:
    """Whether everybody above the company is also below it: with what is above, it is one loop."""
    return all(company in _above(facts, other) for other in _above(facts, company))


def _above(facts: Weighed, company: str) -> set[str]:
    found: set[str] = set()
    ahead = [company]
    while ahead:
        owners = {o for o, w in facts.weights.get(ahead.pop(), {}).items() if w > 0} - found
        found |= owners
        ahead += sorted(owners)
    return found


def parent(facts: Weighed, line: Line) -> str:
    """Section 5, ultimate parent: the outcome."""
    visited, ahead, unsure = set[str](), [facts.subject], False
    tops: list[Truth] = []
    while ahead:
        company = ahead.pop()
        if company in visited:
            continue
        visited.add(company)
        above = parents(facts, company, line)
        unsure |= any(company in _climbed(facts, other, line) for other in above)
        hidden = _may_hide(facts, company, above, line)
        unsure |= hidden
        if not above and not hidden:
            tops.append(facts.truths[company])
        ahead += above
    if "yes" in tops:
        return "RESTRICTED"
    return "UNDETERMINED" if unsure or "unknown" in tops else "NOT_RESTRICTED"


def parents(facts: Weighed, company: str, line: Line) -> list[str]:
    """Holders that meet the line; nobody holds an end, and a float is nobody's parent."""
    return [
        owner
        for owner, weight in facts.weights.get(company, {}).items()
        if facts.kinds[owner] is not Kind.PUBLIC_FLOAT
        and meets(weight, (owner, company) in facts.strict, line)
    ]


def _climbed(facts: Weighed, company: str, line: Line) -> set[str]:
    found, ahead = {company}, [company]
    while ahead:
        more = set(parents(facts, ahead.pop(), line)) - found
        found |= more
        ahead += sorted(more)
    return found


def _may_hide(facts: Weighed, company: str, above: list[str], line: Line) -> bool:
    if facts.is_end(company) or facts.undisclosed(company) == 0:
        return False
    rest = facts.undisclosed(company)
    others = [
        weight + rest
        for owner, weight in facts.weights[company].items()
        if owner not in above and facts.kinds[owner] is not Kind.PUBLIC_FLOAT
    ]
    return any(can_meet(total, less=False, line=line) for total in (rest, *others))
