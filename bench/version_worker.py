"""One checkout at work for `bench.versions`; run with its Python in its folder, also where that is older."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import httpx

sys.path.insert(0, str(Path.cwd()))

from tests import neo4j_servers, service

from lookthrough.graph.database import Database
from lookthrough.graph.migrations import migrate
from lookthrough.investigations.loading import load_files

POLICY = "anthropic-2025-09"
ENTITIES = ("lynk", "polestar", "nayara", "bytedance")
ROWS = 4_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, neo4j_servers.embedded() as server:
        database = Database(server.uri, server.user, server.password)
        migrate(database)
        service.load_demo(database)
        with service.listening(service.application(database)) as address, httpx.Client(timeout=60) as client:
            for line in sys.stdin:
                work, turn = line.split()
                call = _work(work, int(turn), database, Path(folder), client, address)
                start = time.perf_counter()
                call()
                print(time.perf_counter() - start, flush=True)
        database.close()


def _work(
    work: str, turn: int, database: Database, folder: Path, client: httpx.Client, address: str
) -> Callable[[], object]:
    if work.startswith("load"):
        files = _facts(folder, turn)
        return lambda: load_files(database, files)
    day = date(2026, 11, 23) - timedelta(days=turn if work == "verdict" else 0)
    asked = {"policy": POLICY, "as_of": day.isoformat()}

    def ask() -> None:
        for entity in ENTITIES:
            if work == "chains":
                client.get(f"{address}/v1/entities/{entity}/chains", params=asked).raise_for_status()
            else:
                client.post(f"{address}/v1/verdicts", json={"entity": entity, **asked}).raise_for_status()

    return ask


def _facts(folder: Path, turn: int) -> list[Path]:
    """Files of their own for every turn, the same in both checkouts."""
    entities, stakes = folder / f"entities-{turn}.csv", folder / f"stakes-{turn}.csv"
    names = [f"v{turn}-{n}" for n in range(ROWS // 2)]
    entities.write_text("\n".join(["id,kind", *(f"{name},company" for name in names)]) + "\n")
    rows = (f"{names[n * 7 % len(names)]},{name},{n % 90}" for n, name in enumerate(names))
    stakes.write_text("\n".join(["owner,owned,percent", *rows]) + "\n")
    return [entities, stakes]


if __name__ == "__main__":
    main()
