"""Small worlds for hypothesis: loops, closed loops, contradictions, open ends, unknown parties, floats."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from lookthrough.control.facts import Kind, Lane
from lookthrough.control.interval import Interval
from lookthrough.control.policy import Line, Operator
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake

from .brute import ALL, NONE, Case, Model, Row, Standing, model
from .build import party

GRAIN = 20
COMPANY_STANDINGS: list[Standing] = ["through", "through", "through", "through", "seed", "open"]
END_STANDINGS: dict[str, Standing] = {"s": "seed", "p": "through", "x": "open", "f": "through"}


@st.composite
def cases(draw: st.DrawFn, most: int = 5, *, held: bool = False) -> Case:
    """Companies and `s` (a seed), `p` (a clean person), `x` (an unsure one), `f` (a public float).

    With `held` the seed's holding in the subject comes first, so that many are restricted.
    """
    count = draw(st.integers(2, most))
    companies = [f"c{i}" for i in range(count)]
    standing: dict[str, Standing] = {c: draw(st.sampled_from(COMPANY_STANDINGS)) for c in companies}
    standing["c0"] = draw(st.sampled_from(COMPANY_STANDINGS))
    names = [*companies, *END_STANDINGS, *companies]
    rows = tuple(
        row
        for company in companies
        for row in draw(_holders(company, names, first="s" if held and company == "c0" else None))
    )
    return Case(
        standing={**standing, **END_STANDINGS},
        ends=frozenset(END_STANDINGS),
        rows=rows,
        floats=frozenset("f"),
        floats_clean=draw(st.booleans()),
    )


@st.composite
def _holders(draw: st.DrawFn, company: str, names: list[str], *, first: str | None) -> list[Row]:
    owners = [*([first] if first else []), *draw(st.lists(st.sampled_from(names), max_size=4))]
    style = draw(st.sampled_from(["any", "any", "full", "full", "exact", "ring"]))
    if style == "ring" and not first:
        following = names[names.index(company) + 1]
        return [Row(following if following not in END_STANDINGS else names[0], company, ALL, ALL)]
    rows: list[Row] = []
    left = GRAIN
    for number, owner in enumerate(owners):
        last = number == len(owners) - 1
        bound = GRAIN if style == "any" else left
        low = left if last and style == "full" else draw(st.integers(0, bound))
        left = max(0, left - low)
        width = 0 if style == "exact" else draw(st.integers(0, GRAIN - low))
        low_open = width > 0 and draw(st.booleans())
        rows.append(
            Row(owner, company, Fraction(low, GRAIN), Fraction(low + width, GRAIN), low_open, str(number))
        )
    return rows


def graph_of(case: Case) -> OwnershipGraph:
    held: dict[tuple[str, Lane], tuple[Stake, ...]] = {}
    for row in case.rows:
        key = (row.owned, Lane.SHARES)
        held[key] = (*held.get(key, ()), stake_of(row))
    return OwnershipGraph({name: party_of(case, name) for name in case.standing}, held)


def stake_of(row: Row) -> Stake:
    figure = Interval(row.low, row.high, row.low_open)
    return Stake(row.owner, row.owned, Lane.SHARES, figure, row.holding)


def party_of(case: Case, name: str) -> Party:
    codes = {"seed": ("CN",), "open": (), "clean": ("US",), "through": ("US",)}[case.standing[name]]
    if name in case.floats:
        return party(name, Kind.PUBLIC_FLOAT)
    return party(name, Kind.PERSON if name in case.ends else Kind.COMPANY, *codes)


def lines(*figures: Fraction) -> st.SearchStrategy[Line]:
    """Usual lines, and lines that the given figures hit exactly."""
    usual = [Fraction(1, 4), Fraction(1, 2), Fraction(9, 10)]
    return st.builds(Line, st.sampled_from([*usual, *figures, *figures]), st.sampled_from(list(Operator)))


def completion(case: Case, random: Random) -> Model:
    """A world that fits the facts: every share given to somebody, every unknown predicate decided."""
    facts = model(case)
    world_roles: dict[str, Standing] = {**facts.roles, "seed!": "seed", "clean!": "clean"}
    for entity, role in facts.roles.items():
        if role == "open":
            otherwise: Standing = "clean" if entity in case.ends else "through"
            world_roles[entity] = random.choice(["seed", otherwise])
    everybody = [*case.standing, "seed!", "seed!", "clean!", "clean!"]
    weights = {
        company: _filled(facts, company, everybody, random)
        for company in facts.weights
        if company not in case.ends
    }
    return Model(case.subject, world_roles, weights, ends=case.ends)


def _filled(facts: Model, company: str, everybody: list[str], random: Random) -> dict[str, Fraction]:
    shares = dict(facts.weights[company])
    left = ALL - sum(shares.values(), NONE)
    for owner in sorted(owner for owner, owned in facts.strict if owned == company):
        more = left * Fraction(random.randint(1, 9), 100)
        shares[owner] += more
        left -= more
    while left > 0:
        part = left if random.random() < 0.5 else left * Fraction(random.randint(1, 9), 10)
        owner = random.choice(everybody)
        shares[owner] = shares.get(owner, NONE) + part
        left -= part
    return shares


def extreme(case: Case, *, restricted: bool) -> Model:
    """All that is unknown is restricted, or all of it is clean; every known share is at its min."""
    facts = model(case)
    holder, role = ("seed!", "seed") if restricted else ("clean!", "clean")
    world: Model = facts
    for entity, has in facts.roles.items():
        if has == "open":
            otherwise: Standing = "clean" if entity in case.ends else "through"
            world = world.with_role(entity, "seed" if restricted else otherwise)
    for company in facts.weights:
        if company not in case.ends:
            standing: Standing = "seed" if role == "seed" else "clean"
            world = world.with_holder(company, holder, standing, facts.undisclosed(company))
    return world
