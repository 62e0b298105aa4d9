"""Three sources, two corrections, a retraction and a move of headquarters, asked about at both clocks.

Every figure is computed by hand beside it. The policy: more than 50% of T, multiplied along every chain, held
by parties with headquarters or nationality CN. H holds T, and others hold H.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.entities import Page
from lookthrough.investigations.retracting import Wanted, retract

from .facts import ask, load, ownership

STAKES = "owner,owned,percent,valid_from,valid_to,source"


@dataclass(frozen=True)
class Moment:
    """Clocks, and the outcome with lower and upper as exact fractions; `step` is how much was known."""

    step: int
    as_of: str
    outcome: str
    lower: str
    upper: str


Tell = Callable[[Database, Path], object]


def told(**tables: str) -> Tell:
    return lambda database, folder: load(database, folder, **tables)


STEPS: list[Tell] = [
    # 1. The register: until 2019 a clean person held all of T; from 2020 H holds 60% of it and that person
    #    40%, and P, of China, 50% of H.
    told(
        entities="""id,name,kind,nationality,headquarters,source
        t,Target,company,,SG,register
        h,Holding,company,,SG,register
        p,Person of China,person,CN,,register
        c,Clean Person,person,US,,register
        """,
        stakes=f"""{STAKES}
        c,t,100,2015,2019,register
        h,t,60,2020,,register
        c,t,40,2020,,register
        p,h,50,2020,,register
        """,
    ),
    # 2. The press: since 2021 P holds 30% of H.
    told(stakes=f"{STAKES}\np,h,30,2021,,press"),
    # 3. First correction: the register says that P's share of H was 90% from 2020 on.
    told(stakes=f"{STAKES}\np,h,90,2020,,register"),
    # 4. The annual report: since 2022 Q holds 10% of H; where Q is nobody says.
    told(stakes=f"{STAKES}\nq,h,10,2022,,report"),
    # 5. What the press said is taken back.
    lambda database, _: retract(database, Wanted("press")),
    # 6. Second correction: the register says that H's share of T was 55% from 2020 on, and C's 45%.
    told(stakes=f"{STAKES}\nh,t,55,2020,,register\nc,t,45,2020,,register"),
    # 7. H's headquarters move from Singapore to China on 2023-07-01.
    told(
        locations="""entity,attribute,jurisdiction,valid_from,source
        h,headquarters,CN,2023-07-01,register
        """
    ),
]

MOMENTS = [
    # C = 1
    Moment(1, "2019-06-01", "NOT_RESTRICTED", "0", "0"),
    # R = .60 × .50 = .30; C = .40; who holds the other half of H is not known: upper = 1 − .40
    Moment(1, "2020-06-01", "UNDETERMINED", "3/10", "3/5"),
    # the press does not speak of 2020
    Moment(2, "2020-06-01", "UNDETERMINED", "3/10", "3/5"),
    # 50% and 30% exclude each other: 30 to 50; R = .60 × .30 = .18
    Moment(2, "2021-06-01", "UNDETERMINED", "9/50", "3/5"),
    # the register alone, now 90%: R = .60 × .90 = .54 > .50
    Moment(3, "2020-06-01", "RESTRICTED", "27/50", "3/5"),
    # 90% and 30%: 30 to 90; R = .60 × .30
    Moment(3, "2021-06-01", "UNDETERMINED", "9/50", "3/5"),
    # Q's 10% may be of China or not: R as before, and C too
    Moment(4, "2022-06-01", "UNDETERMINED", "9/50", "3/5"),
    # without the press P has 90% again, and Q the rest: R = .60 × .90, upper = R + .60 × .10
    Moment(5, "2022-06-01", "RESTRICTED", "27/50", "3/5"),
    # R = .55 × .90 = .495, just below the line; upper = 1 − .45 = .55
    Moment(6, "2022-06-01", "UNDETERMINED", "99/200", "11/20"),
    # on the last day before the move nothing is different
    Moment(7, "2023-06-30", "UNDETERMINED", "99/200", "11/20"),
    # from the move on H is itself a party that the rule names: R = .55, C = .45
    Moment(7, "2023-07-01", "RESTRICTED", "11/20", "11/20"),
]


def test_eleven_moments_of_a_story_give_what_was_computed_by_hand(database: Database, tmp_path: Path) -> None:
    instants: list[datetime] = []
    for step in STEPS:
        step(database, tmp_path)
        instant = ledger(database).last_change
        assert instant is not None
        instants.append(instant)
    found = [_asked(database, moment, instants[moment.step - 1]) for moment in MOMENTS]
    assert found == MOMENTS
    assert instants == sorted(set(instants))


def _asked(database: Database, moment: Moment, known_at: datetime) -> Moment:
    verdict = ask(database, "t", as_of=date.fromisoformat(moment.as_of), known_at=known_at)
    test = ownership(verdict)
    lower, upper = test.lower_exact or "", test.upper_exact or ""
    return Moment(moment.step, moment.as_of, verdict.outcome, lower, upper)


Told = dict[tuple[str, str], str]


@pytest.mark.parametrize("seed", range(5))
def test_without_a_source_things_are_as_if_it_had_never_spoken_and_what_differs_is_what_it_said(
    database: Database, wipe: Callable[[], None], tmp_path: Path, seed: int
) -> None:
    rows = _chart(Random(seed))
    disputed = [row for row in rows if row.endswith(",disputed")]
    for source in ("disputed", "register"):
        load(database, tmp_path, stakes="\n".join([STAKES, *(r for r in rows if r.endswith(source))]))
    load(database, tmp_path, entities=PARTIES)
    before, stakes = ask(database, "e0"), _stakes(database)
    retract(database, Wanted("disputed"))
    after, left = ask(database, "e0"), _stakes(database)
    differing = {pair for pair in {*stakes, *left} if stakes.get(pair) != left.get(pair)}
    assert differing == {(row.split(",")[0], row.split(",")[1]) for row in disputed}
    if before.outcome != after.outcome:
        assert before.facts != after.facts
    wipe()
    load(database, tmp_path, stakes="\n".join([STAKES, *(r for r in rows if r.endswith("register"))]))
    load(database, tmp_path, entities=PARTIES)
    clean = ask(database, "e0")
    assert (after.outcome, after.reason, after.tests) == (clean.outcome, clean.reason, clean.tests)
    assert (after.chains, after.missing, _stakes(database)) == (clean.chains, clean.missing, left)


COMPANIES = 6
PARTIES = "\n".join(
    [
        "id,kind,nationality",
        "seed,person,CN",
        "clean,person,US",
        *(f"e{i},company," for i in range(COMPANIES)),
    ]
)


def _chart(chance: Random) -> list[str]:
    """Every company is held by a party and by the next companies; a second source disputes some of it."""
    rows: list[str] = []
    for i in range(COMPANIES):
        above = [f"e{j}" for j in range(i + 1, COMPANIES)]
        for owner in (chance.choice(["seed", "clean"]), *chance.sample(above, min(2, len(above)))):
            rows.append(f"{owner},e{i},{chance.randrange(10, 40)},,,register")
            if chance.random() < 0.4:
                rows.append(f"{owner},e{i},{chance.randrange(40, 60)},,,disputed")
    return rows


def _stakes(database: Database) -> Told:
    """What is shown of every direct stake, with who says so."""
    items = [
        item
        for i in range(COMPANIES)
        for item in direct_stakes(database, f"e{i}", "owners", None, Page(date(2026, 11, 23))).items
    ]
    return {
        (item.owner.id, item.owned.id): f"{item.min} {item.max} {[claim.source for claim in item.claims]}"
        for item in items
    }
