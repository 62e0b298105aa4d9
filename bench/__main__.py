"""Run every figure on an embedded server of its own and print them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.multiplicative import look_through
from lookthrough.control.policy import Join, OwnershipTest, Policy
from lookthrough.control.reach import Role, explore
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import judge
from lookthrough.graph.chains import ChainSearch, find_chains
from lookthrough.graph.database import Database
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.loads import ledger
from lookthrough.graph.queries import parse
from lookthrough.graph.snapshot import Surroundings, read_surroundings
from lookthrough.investigations.demo import POLICY, load_once
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.library import Library

from .core import COMPANIES, core, in_floats, write_core
from .databases import empty_database
from .large import large, rules
from .serving import serving
from .timing import in_turn, milliseconds

LIMIT_SECONDS = 15.0
TODAY = date(2026, 11, 23)
SEARCHED = ("tencent", "騰訊", "zijie tiaodong", "byetdance")
DEMO_ENTITIES = ("lynk", "polestar", "nayara", "bytedance")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database() as database:
        _measure(database, Path(folder))


def _measure(database: Database, folder: Path) -> None:
    _core_in_memory()
    _large_in_memory()
    load_once(database)
    _http(database)
    _chains_on_demo(database)
    files = folder / "core"
    files.mkdir()
    company = write_core(files)
    print(f"load of the core: {milliseconds(lambda: load_files(database, [files])) / 1000:.1f} s")
    _chains_on_core(database, company)


def _http(database: Database) -> None:
    with serving(database) as client:
        for entity in DEMO_ENTITIES:
            body = {"entity": entity, "policy": POLICY}
            pair = in_turn(partial(client.post, "/v1/verdicts", json=body), partial(client.get, "/healthz"))
            print(f"verdict over HTTP against the empty endpoint, {entity}: {pair}")
        for text in SEARCHED:
            find = partial(client.get, "/v1/entities", params={"q": text, "limit": 8})
            pair = in_turn(find, partial(client.get, "/healthz"))
            print(f"search over HTTP against the empty endpoint, {text}: {pair}")


def _chains_on_demo(database: Database) -> None:
    for entity in DEMO_ENTITIES:
        search = _search(database, entity)
        pair = in_turn(partial(find_chains, database, search, LIMIT_SECONDS), _naive(database, search))
        print(f"chains query against the naive one, {entity}: {pair}")


def _chains_on_core(database: Database, company: str) -> None:
    print(f"exact verdict on the core: {milliseconds(lambda: _verdict(database, company)) / 1000:.1f} s")
    search = _search(database, company)
    ours = milliseconds(lambda: find_chains(database, search, LIMIT_SECONDS))
    print(f"chains query on the core, {len(search.seeds)} seeds: {ours:.0f} ms")
    try:
        print(f"naive query on the core: {milliseconds(_naive(database, search)) / 1000:.1f} s")
    except QueryCutOff:
        print(f"naive query on the core: above its limit of {LIMIT_SECONDS:.0f} s")


def _search(database: Database, entity: str) -> ChainSearch:
    """What a verdict asks of Neo4j, with all seeds that stand above the entity."""
    around, clocks = surroundings(database, entity)
    policy = Library().pack(POLICY).resolve(None, clocks.as_of).policy
    test = next(test for test in policy.tests if isinstance(test, OwnershipTest))
    reach = explore(around.graph, entity, test)
    return ChainSearch(
        entity=entity,
        lane=test.lane,
        seeds=reach.with_role(Role.SEED),
        assumed=[],
        weights={},
        clocks=clocks,
        floor=0.0001,
        limit=10,
    )


def surroundings(database: Database, entity: str) -> tuple[Surroundings, Clocks]:
    last_change = ledger(database).last_change
    if last_change is None:
        raise RuntimeError("nothing was loaded")
    clocks = Clocks(TODAY, last_change)
    return database.read(lambda tx: read_surroundings(tx, entity, {Lane.SHARES}, clocks)), clocks


def _naive(database: Database, search: ChainSearch) -> Callable[[], object]:
    query = parse("naive", (Path(__file__).parent / "naive.cypher").read_text(encoding="utf-8"))
    asked = {"entity": search.entity, "seeds": list(search.seeds)}
    return lambda: database.read(lambda tx: tx.run_query(query, **asked), seconds=LIMIT_SECONDS)


def _core_in_memory() -> None:
    """The exact engine on the core beside one dense solve in floats of the same system."""
    graph, test, owners, restricted = core(COMPANIES, seeds=0.61)
    reach = explore(graph, "c0", test)
    pair = in_turn(partial(look_through, reach), partial(in_floats, owners, restricted), rounds=5, warm=1)
    print(f"core of {COMPANIES} to a proven bound against one dense float solve: {pair}")


def _large_in_memory() -> None:
    """Every arithmetic on forty thousand stakes, beside one dense solve in floats of the core alone."""
    graph, test = large()
    owners = core(COMPANIES, seeds=0.61)[2]
    for name, rule in rules(test):
        policy = Policy(join=Join.ANY, tests=(rule,))
        pair = in_turn(
            partial(_explained, policy, graph), partial(in_floats, owners, set()), rounds=3, warm=1
        )
        print(f"{sum(map(len, graph.stakes.values()))} stakes, {name}: {pair}")


def _explained(policy: Policy, graph: OwnershipGraph) -> None:
    """Decided, with what is missing and what would change it."""
    judged = judge(policy, graph, "c0")
    judged.changes()
    judged.gaps()


def _question(entity: str) -> Question:
    return Question(entity, Library().pack(POLICY), TODAY)


def _verdict(database: Database, entity: str) -> None:
    document = verdict(database, _question(entity))
    print(f"  {document.outcome}, at least {document.tests[0].lower}, chains {document.chains_total}")


if __name__ == "__main__":
    main()
