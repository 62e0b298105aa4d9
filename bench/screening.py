"""Screening a list against asking for each of its entities over HTTP: `python -m bench.screening`."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import httpx

from lookthrough.graph.database import Database
from lookthrough.investigations.demo import POLICY, load_once
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.screening import Entry, Screening, ScreeningQuestion
from lookthrough.policies.library import Library

from .databases import empty_database
from .register import STAKES, write_register
from .serving import serving
from .timing import in_turn, milliseconds

ROWS = 1_000
SINGLE = 100
TODAY = date(2026, 11, 23)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database() as database:
        _demo(database)
        _register(database, Path(folder))


def _demo(database: Database) -> None:
    load_once(database)
    whole = [entry.entity for entry in _screening(database).everything()]
    print(
        f"demo set, all {len(whole)} entities: {milliseconds(lambda: _screen(database, whole)) / 1000:.1f} s"
    )
    _against_http(database, whole[::3])


def _register(database: Database, folder: Path) -> None:
    files = folder / "register"
    files.mkdir()
    companies = write_register(files)
    print(f"load of {STAKES} stakes: {milliseconds(lambda: load_files(database, [files])) / 1000:.0f} s")
    chosen = random.Random(1).sample(companies, ROWS)
    took = milliseconds(lambda: _screen(database, chosen)) / 1000
    print(f"{STAKES} stakes, {ROWS} rows: {took:.1f} s")
    _against_http(database, chosen[:SINGLE])


def _against_http(database: Database, ids: list[str]) -> None:
    """The same list one by one, stored like every verdict that is given, and screened, in turn."""
    with serving(database) as client:
        pair = in_turn(partial(_ask, client, ids), lambda: _screen(database, ids), rounds=5, warm=1)
    print(f"{len(ids)} entities one by one over HTTP against screened: {pair}")


def _ask(client: httpx.Client, ids: list[str]) -> None:
    for entity in ids:
        answer = client.post("/v1/verdicts", json={"entity": entity, "policy": POLICY})
        assert answer.is_success


def _screening(database: Database) -> Screening:
    return Screening(database, ScreeningQuestion(Library().pack(POLICY), TODAY))


def _screen(database: Database, ids: list[str]) -> None:
    assert all(screened.document for screened in _screening(database).rows(map(Entry, ids)))


if __name__ == "__main__":
    main()
