"""Charts of the demo set: nothing overlaps, and the figures are those of the verdict."""

from __future__ import annotations

from datetime import date

import pytest
from tests import drawings
from tests.neo4j_servers import Neo4jServer

from lookthrough.control.folding import Folding, Side
from lookthrough.graph.database import Database
from lookthrough.investigations.chart import Charting, chart
from lookthrough.investigations.chart_svg import draw
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.library import Library

DAY = date(2026, 11, 23)
RULE = Library().pack("anthropic-2025-09")
BOTH = Folding(sides=(Side.UP, Side.DOWN))
LARGEST = """
MATCH (t:Entity)
RETURN t.id AS id, COUNT { (t)<-[:OWNS|VOTES|APPOINTS|CONTROLS]-{1,3}() } AS above
ORDER BY above DESC, id LIMIT 30
"""


@pytest.fixture(scope="module")
def largest(demo: Database, neo4j_server: Neo4jServer) -> list[str]:
    with neo4j_server.session() as session:
        return [str(row["id"]) for row in session.run(LARGEST)]


def test_the_largest_structures_are_drawn_without_overlaps_and_with_the_verdicts_figures(
    demo: Database, largest: list[str]
) -> None:
    assert len(largest) == 30
    for entity in largest:
        told = verdict(demo, Question(entity, RULE, DAY))
        document = chart(demo, Charting(entity, DAY, policy=RULE, folding=BOTH))
        assert document.outcome == told.outcome
        assert document.test == told.tests[0], entity
        own = next(box for box in document.boxes if box.entity and box.entity.id == entity)
        assert (own.lower, own.upper) == (told.tests[0].lower, told.tests[0].upper)
        for language in ("en", "zh"):
            drawings.check(drawings.read(draw(document, language)))


def test_without_a_policy_nobody_is_judged(demo: Database) -> None:
    document = chart(demo, Charting("polestar", DAY))
    assert document.outcome is None
    assert {box.outcome for box in document.boxes} == {None}


def test_a_ring_is_drawn_as_one(demo: Database) -> None:
    document = chart(demo, Charting("naspers", date(2022, 1, 1), policy=RULE))
    stakes = {(arrow.owner, arrow.owned) for arrow in document.arrows}
    assert {("naspers", "prosus"), ("prosus", "naspers")} <= stakes
    drawings.check(drawings.read(draw(document, "zh")))
