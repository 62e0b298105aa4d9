"""Page, API and command line give the same figures: a hundred entities, drawn anew each time."""

from __future__ import annotations

import csv
import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page
from tests.neo4j_servers import Neo4jServer

from lookthrough.cli.main import run
from lookthrough.graph.database import Database
from lookthrough.investigations.loading import load_files
from lookthrough.words import say

Json = dict[str, Any]
SEED = int(os.environ.get("LOOKTHROUGH_TEST_SEED", random.randrange(1_000_000)))
POLICIES = (
    "anthropic-2025-09",
    "ofac-50-percent",
    "company-control",
    "integrated-ownership",
    "anthropic-2026-10",
)
AS_OF = "2026-11-01"
MADE = 60
READ = """() => {
  const table = [...document.querySelectorAll('table')].find((one) => one.caption.textContent === NOTE);
  const text = (node) => node.textContent.replace(/\\s+/g, ' ').trim();
  return {
    outcome: document.querySelector('#headline .outcome').classList[1],
    tests: [...table.tBodies[0].rows].map((row) => ({
      id: text(row.cells[0].querySelector('code')),
      outcome: row.cells[1].querySelector('.outcome').classList[1],
      lower: text(row.cells[2]), upper: text(row.cells[3]), line: text(row.cells[4]),
    })),
    sums: [...document.querySelectorAll('.sum .product .figure')].map(text),
  };
}"""


@pytest.fixture(scope="module")
def entities(
    address: str, migrated_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """A hundred ids: of the demo set, and of companies that hold each other at random."""
    assert address  # the demo set is there
    print(f"LOOKTHROUGH_TEST_SEED={SEED}")
    chance, folder = random.Random(SEED), tmp_path_factory.mktemp("made")
    made = [f"made:{place}" for place in range(MADE)]
    _write(folder, made, chance)
    assert load_files(migrated_database, [folder]).rejected == 0
    with (files("lookthrough") / "demo" / "entities.csv").open(encoding="utf-8") as rows:
        demo = sorted(row["id"] for row in csv.DictReader(rows))
    return chance.sample(demo, 60) + chance.sample(made, 40)


def _write(folder: Path, made: Sequence[str], chance: random.Random) -> None:
    seats = ["CN", "DE", "US", "CN|HK", ""]
    kinds = ["company", "company", "company", "person", "public_float"]
    rows: list[str] = []
    for place, entity in enumerate(made):
        kind = chance.choice(kinds) if place < MADE // 2 else "company"
        rows.append(f"{entity},Made {place},{kind},{chance.choice(seats) if kind == 'company' else ''}")
    (folder / "entities.csv").write_text("id,name,kind,headquarters\n" + "\n".join(rows) + "\n", "utf-8")
    stakes: list[str] = []
    for place in range(MADE // 2, MADE):
        left = 100
        for owner in chance.sample(range(MADE), 4):
            part = chance.randrange(1, max(2, left // 2))
            percent = chance.choice([f"{part}", f"{part}", f"[{part // 2},{part}]", f"{part * 3}/7"])
            lane = chance.choice(["shares", "shares", "shares", "votes"])
            stakes.append(f'made:{owner},made:{place},{lane},"{percent}"')
            left -= part
    (folder / "stakes.csv").write_text("owner,owned,lane,percent\n" + "\n".join(stakes) + "\n", "utf-8")


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all; what it draws besides the figures is not asked for."""
    context = browser.new_context(base_url=address)
    context.route("**/v1/entities/**", lambda route: route.abort())
    opened = context.new_page()
    opened.goto("/?lang=en")
    yield opened
    context.close()


def on_the_page(page: Page, entity: str, policy: str) -> Json:
    page.evaluate(
        """(address) => {
          document.querySelector('article')?.remove();
          history.pushState(null, '', address);
          dispatchEvent(new PopStateEvent('popstate'));
        }""",
        f"/?entity={entity}&policy={policy}&as_of={AS_OF}&lang=en",
    )
    page.wait_for_selector("article #headline")
    told: Json = page.evaluate(READ.replace("NOTE", json.dumps(say("page.tests_note", "en"))))
    return told


def figure(text: str) -> Fraction | None:
    found = re.match(r"[<>]?(-?[\d.]+)%", text)
    return Fraction(found[1]) / 100 if found else None


def expected(document: Json) -> Json:
    """What the page has to show of a document, as numbers."""
    summed = next((test for test in document["tests"] if "restricted" in test), None)
    listed = summed is not None and any(chain["test"] == summed["id"] for chain in document["chains"])
    sums = [document["chains_total"], document["rest"], summed["restricted"]] if summed and listed else []
    return {
        "outcome": document["outcome"],
        "tests": [
            {
                "id": test["id"],
                "outcome": test["outcome"],
                **{name: Fraction(test[name]) if name in test else None for name in ("lower", "upper")},
            }
            for test in document["tests"]
        ],
        "sums": [Fraction(each) for each in sums],
    }


def shown(told: Json) -> Json:
    tests = [
        {
            **{name: test[name] for name in ("id", "outcome")},
            **{n: figure(test[n]) for n in ("lower", "upper")},
        }
        for test in told["tests"]
    ]
    return {"outcome": told["outcome"], "tests": tests, "sums": [figure(each) for each in told["sums"]]}


def test_a_hundred_entities_have_the_same_figures_everywhere(
    page: Page,
    address: str,
    entities: list[str],
    neo4j_server: Neo4jServer,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_URI", neo4j_server.uri)
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_PASSWORD", neo4j_server.password)
    outcomes: set[str] = set()
    for place, entity in enumerate(entities):
        policy = POLICIES[place % len(POLICIES)]
        seen = shown(on_the_page(page, entity, policy))
        question = {"entity": entity, "policy": policy, "as_of": AS_OF}
        answer = httpx.post(f"{address}/v1/verdicts", json=question).content
        capfdbinary.readouterr()
        assert run(["verdict", entity, "--policy", policy, "--as-of", AS_OF, "--json"]) == 0
        assert capfdbinary.readouterr().out.strip() == answer, (SEED, question)
        document: Json = json.loads(answer)
        assert seen == expected(document), (SEED, question)
        outcomes.add(document["outcome"])
    assert outcomes == {"RESTRICTED", "NOT_RESTRICTED", "UNDETERMINED"}
