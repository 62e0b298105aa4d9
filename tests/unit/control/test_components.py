"""Strongly connected components, against plain reachability."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from lookthrough.control.components import components

NODES = [f"n{i}" for i in range(8)]
Edges = Mapping[str, list[str]]
EDGES = st.fixed_dictionaries({node: st.lists(st.sampled_from(NODES), max_size=3) for node in NODES})
DEEP = 50_000


def reached(edges: Edges, start: str) -> set[str]:
    """Everything that `start` leads to, itself included."""
    found, ahead = {start}, [start]
    while ahead:
        for target in edges[ahead.pop()]:
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found


@settings(max_examples=200, deadline=None)
@given(EDGES)
def test_two_nodes_share_a_component_exactly_if_each_leads_to_the_other(edges: Edges) -> None:
    after = {node: reached(edges, node) for node in NODES}
    found = components("n0", lambda node: edges[node])
    assert sorted(node for members in found for node in members) == sorted(after["n0"])
    home = {node: members for members in found for node in members}
    for one in after["n0"]:
        together = {other for other in after["n0"] if other in after[one] and one in after[other]}
        assert set(home[one]) == together


@settings(max_examples=200, deadline=None)
@given(EDGES)
def test_a_component_comes_after_all_that_it_points_to(edges: Edges) -> None:
    found = components("n0", lambda node: edges[node])
    place = {node: i for i, members in enumerate(found) for node in members}
    assert all(place[target] <= place[node] for node in place for target in edges[node])


def test_a_chain_of_fifty_thousand_companies_needs_no_recursion() -> None:
    found = components("0", lambda node: [str(int(node) + 1)] if int(node) < DEEP else [])
    assert found == [(str(i),) for i in range(DEEP, -1, -1)]


def test_a_ring_of_fifty_thousand_companies_is_one_component() -> None:
    (ring,) = components("0", lambda node: [str((int(node) + 1) % DEEP)])
    assert len(ring) == DEEP


def test_a_company_that_holds_itself_is_a_component_of_one() -> None:
    assert components("a", lambda _: ["a"]) == [("a",)]
