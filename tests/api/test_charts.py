"""Charts over HTTP: the structure and its drawing."""

from __future__ import annotations

import csv
import json

import pytest
from httpx import Client
from tests import drawings

from .documents import AS_OF, POLICY, got

WHERE = "/v1/entities/polestar/chart"


def test_the_structure_has_the_figures_of_the_verdict(client: Client) -> None:
    told = client.post("/v1/verdicts", json={"entity": "polestar", "policy": POLICY, "as_of": AS_OF}).json()
    drawn = got(client, WHERE, policy=POLICY, as_of=AS_OF)
    own = next(box for box in drawn["boxes"] if box.get("entity", {}).get("id") == "polestar")
    assert (own["lower"], own["upper"]) == (told["tests"][0]["lower"], told["tests"][0]["upper"])
    assert drawn["outcome"] == told["outcome"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_drawing_is_the_same_by_suffix_and_by_accept(client: Client, language: str) -> None:
    asked = {"policy": POLICY, "as_of": AS_OF, "direction": "both", "lang": language}
    by_suffix = client.get(f"{WHERE}.svg", params=asked)
    by_accept = client.get(WHERE, params=asked, headers={"Accept": "image/svg+xml"})
    assert by_suffix.headers["content-type"] == by_accept.headers["content-type"] == "image/svg+xml"
    assert by_suffix.content == by_accept.content
    drawings.check(drawings.read(by_suffix.text))


def test_the_arrows_come_as_a_table_with_the_same_figures(client: Client) -> None:
    asked = {"policy": POLICY, "as_of": AS_OF, "direction": "both"}
    answer = client.get(f"{WHERE}.csv", params=asked)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(answer.text.splitlines()))
    drawn = got(client, WHERE, **asked)
    assert len(rows) == len(drawn["arrows"])
    names = {box["box"]: box["entity"]["name"] for box in drawn["boxes"] if box["shape"] == "party"}
    for row, arrow in zip(rows, drawn["arrows"], strict=True):
        for field in ("owner", "owned", "lane", "min", "max", "weight"):
            assert row[field] == arrow.get(field, "")
        assert row["owner_name"] == names.get(arrow["owner_box"], "")
        assert row["sources"] == "|".join(arrow.get("sources", []))


def test_the_drawing_carries_what_it_draws(client: Client) -> None:
    asked = {"policy": POLICY, "as_of": AS_OF}
    svg = drawings.read(client.get(f"{WHERE}.svg", params=asked).text).svg
    told = svg.findtext(f"{drawings.SVG}metadata")
    assert told is not None
    assert json.loads(told) == got(client, WHERE, **asked)


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("fold", "x", 422), ("depth", "0", 422), ("direction", "sideways", 422), ("policy", "none", 404)],
)
def test_what_cannot_be_drawn_is_named(client: Client, field: str, value: str, status: int) -> None:
    answer = client.get(f"{WHERE}.svg", params={"policy": POLICY, field: value})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_drawing_of_an_unknown_entity_is_not_there(client: Client) -> None:
    assert client.get("/v1/entities/nobody-of-that-name/chart.svg").status_code == 404
