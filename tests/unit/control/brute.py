"""An independent computation of SEMANTICS sections 3 and 4, small and slow, that shares no code with ours.

A model is what is left of the facts once holdings are added up: who ends a walk, and the weights. Least
solutions are found by leaving out every node from which no walk of positive weight ends where it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

Standing = Literal["seed", "clean", "open", "through"]
NONE = Fraction(0)
ALL = Fraction(1)


@dataclass(frozen=True)
class Row:
    owner: str
    owned: str
    low: Fraction
    high: Fraction
    low_open: bool = False
    holding: str = ""


@dataclass(frozen=True)
class Case:
    """`standing` is what the predicate says; `ends` are nobody's; the subject is `c0`."""

    standing: Mapping[str, Standing]
    ends: frozenset[str]
    rows: tuple[Row, ...]
    floats: frozenset[str] = frozenset()
    floats_clean: bool = True
    subject: str = "c0"

    def held_in(self, company: str) -> list[Row]:
        return [row for row in self.rows if row.owned == company]

    def companies(self) -> list[str]:
        return sorted(set(self.standing) - self.ends)

    def total(self, company: str) -> Fraction:
        return sum((row.low for row in self.held_in(company)), NONE)

    def contradictory(self, company: str) -> bool:
        total = self.total(company)
        return total > 1 or (total == 1 and any(row.low_open for row in self.held_in(company)))


@dataclass(frozen=True)
class Model:
    """`roles` of every entity, `weights` of the holders of each entity that is looked through."""

    subject: str
    roles: Mapping[str, Standing]
    weights: Mapping[str, Mapping[str, Fraction]]
    strict: frozenset[tuple[str, str]] = frozenset()
    ends: frozenset[str] = field(default_factory=frozenset[str])

    def with_role(self, entity: str, role: Standing) -> Model:
        return replace(self, roles={**self.roles, entity: role})

    def with_holder(self, company: str, owner: str, role: Standing, share: Fraction) -> Model:
        weights = {**self.weights, company: {**self.weights[company], owner: share}}
        kept = frozenset(pair for pair in self.strict if pair[1] != company)
        return replace(self, roles={**self.roles, owner: role}, weights=weights, strict=kept)

    def undisclosed(self, company: str) -> Fraction:
        return ALL - sum(self.weights[company].values(), NONE)


def model(case: Case) -> Model:
    roles: dict[str, Standing] = {entity: role_of(case, entity) for entity in case.standing}
    weights: dict[str, dict[str, Fraction]] = {}
    strict: set[tuple[str, str]] = set()
    for entity, role in roles.items():
        if role not in ("through", "open"):
            continue
        held = case.held_in(entity)
        excess = max(NONE, case.total(entity) - 1)
        owners = {row.owner for row in held}
        lows = {owner: sum((row.low for row in held if row.owner == owner), NONE) for owner in owners}
        weights[entity] = {owner: max(NONE, low - excess) for owner, low in lows.items()}
        if not case.contradictory(entity):
            strict |= {(row.owner, entity) for row in held if row.low_open}
    return Model(case.subject, roles, weights, frozenset(strict), case.ends)


def role_of(case: Case, entity: str) -> Standing:
    if entity == case.subject:
        return "clean" if entity in case.ends else "through"
    if entity in case.floats:
        return "clean" if case.floats_clean else "open"
    standing = case.standing[entity]
    return "clean" if standing == "through" and entity in case.ends else standing


def restricted(facts: Model) -> Fraction:
    """R of the subject: entities with an unknown predicate are looked through."""
    return absorbed(facts, {e: ALL for e, role in facts.roles.items() if role == "seed"}, ("through", "open"))


def clean(facts: Model) -> Fraction:
    """C of the subject: nothing behind an entity with an unknown predicate is proven clean."""
    return absorbed(facts, {e: ALL for e, role in facts.roles.items() if role == "clean"}, ("through",))


def absorbed(
    facts: Model, values: Mapping[str, Fraction], passing: Sequence[Standing], start: str | None = None
) -> Fraction:
    """Expected value at the end of a walk from the subject, where the ends have these values."""
    start = facts.subject if start is None else start
    if start in values:
        return values[start]
    inner = [e for e, role in facts.roles.items() if role in passing and e not in values]
    live = _leading_to(set(values), inner, facts.weights)
    if start not in live:
        return NONE
    nodes = sorted(live)
    rows = [[facts.weights[node].get(other, NONE) for other in nodes] for node in nodes]
    constants = [
        sum((weight * values.get(owner, NONE) for owner, weight in facts.weights[node].items()), NONE)
        for node in nodes
    ]
    return eliminate(rows, constants)[nodes.index(start)]


def _leading_to(
    goals: set[str], inner: Iterable[str], weights: Mapping[str, Mapping[str, Fraction]]
) -> set[str]:
    """The inner nodes from which a walk of positive weight comes to a goal."""
    inner = list(inner)
    live: set[str] = set()
    while True:
        more = {
            node
            for node in inner
            if node not in live
            and any(weight > 0 and (o in live or o in goals) for o, weight in weights[node].items())
        }
        if not more:
            return live
        live |= more


def eliminate(shares: list[list[Fraction]], constants: list[Fraction]) -> list[Fraction]:
    """Solve `x = shares · x + constants` by Gauss and Jordan."""
    size = len(constants)
    table = [[Fraction(i == j) - shares[i][j] for j in range(size)] + [constants[i]] for i in range(size)]
    for column in range(size):
        pivot = next(i for i in range(column, size) if table[i][column] != 0)
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [entry / table[column][column] for entry in table[column]]
        for i in range(size):
            if i != column and table[i][column] != 0:
                factor = table[i][column]
                table[i] = [a - factor * b for a, b in zip(table[i], table[column], strict=True)]
    return [table[i][size] for i in range(size)]


def restricted_is_strict(facts: Model) -> bool:
    return restricted(_enlarged(facts)) > restricted(facts)


def clean_is_strict(facts: Model) -> bool:
    return clean(_enlarged(facts)) > clean(facts)


def _enlarged(facts: Model) -> Model:
    """Every strict weight a bit larger, so that what hangs on one grows."""
    weights = {company: dict(owners) for company, owners in facts.weights.items()}
    for owner, company in facts.strict:
        weights[company][owner] += facts.undisclosed(company) / 1000
    return replace(facts, weights=weights)


def outcome(facts: Model, threshold: Fraction, operator: str) -> str:
    """The table of section 4."""
    lower, upper = restricted(facts), ALL - clean(facts)
    if operator == ">":
        if lower > threshold or (lower == threshold and restricted_is_strict(facts)):
            return "RESTRICTED"
        return "NOT_RESTRICTED" if upper <= threshold else "UNDETERMINED"
    if lower >= threshold:
        return "RESTRICTED"
    below = upper < threshold or (upper == threshold and clean_is_strict(facts))
    return "NOT_RESTRICTED" if below else "UNDETERMINED"


def closed_members(facts: Model) -> set[str]:
    """Entities that are looked through and all of whose walks stay among such entities for ever."""
    passing = {e for e, role in facts.roles.items() if role in ("through", "open")}
    leaving = {e for e in passing if facts.undisclosed(e) > 0 or e in facts.ends or not facts.weights[e]}
    goals = (set(facts.roles) - passing) | leaving
    return passing - leaving - _leading_to(goals, passing - leaving, facts.weights)
