"""GraphML: nodes and edges as the format wants them, and what they leave out is counted."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from lookthrough.control.everything import EntityFacts, StakeFacts
from lookthrough.exporting.graphml import NAMESPACE
from lookthrough.graph.database import Database
from lookthrough.graph.everything import all_facts
from lookthrough.investigations.exporting import Wanted, export
from lookthrough.investigations.loading import load_files

from .facts import load
from .nasty import nasty

Told = dict[str, str]


def read(file: Path) -> tuple[dict[str, Told], list[Told]]:
    """Nodes by id and edges, with their data by the names that the keys give them."""
    root = ElementTree.parse(file).getroot()  # noqa: S314  our own
    named = {"g": NAMESPACE}
    keys = {key.attrib["id"]: str(key.attrib["attr.name"]) for key in root.iterfind("g:key", named)}

    def told(element: ElementTree.Element) -> Told:
        data = {keys[d.attrib["key"]]: d.text or "" for d in element.iterfind("g:data", named)}
        return {**{str(name): str(value) for name, value in element.attrib.items()}, **data}

    nodes = [told(node) for node in root.iterfind("g:graph/g:node", named)]
    assert max(Counter(node["id"] for node in nodes).values(), default=1) == 1
    return {node["id"]: node for node in nodes}, [told(e) for e in root.iterfind("g:graph/g:edge", named)]


def test_stakes_are_edges_with_exact_shares(database: Database, tmp_path: Path) -> None:
    header = "owner,owned,percent,valid_from,valid_to,source"
    load(
        database,
        tmp_path,
        stakes=f'{header}\nb,a,100/3,,2020,s\nb,a,"(25,50]",2020,,s\nb,a,40,2020,,t\n',
        entities="id,name,kind,headquarters,source\na,A & <B>,company,CN|HK,s\n",
    )
    report = export(database, Wanted(tmp_path / "out.graphml", "graphml"))
    nodes, edges = read(tmp_path / "out.graphml")
    assert nodes["a"] == {"id": "a", "name": "A & <B>", "kind": "company", "headquarters": "CN|HK"}
    assert nodes["b"] == {"id": "b", "name": "b", "kind": "unknown"}
    both = {"source": "b", "target": "a", "lane": "shares", "conflict": "false"}
    third = {"share": "1/3", "min": str(1 / 3), "max": str(1 / 3)}
    assert edges == [
        {**both, **third, "valid_to": "2020-01-01", "sources": "s"},
        {**both, "share": "2/5", "min": "0.4", "max": "0.4", "valid_from": "2020-01-01", "sources": "s|t"},
    ]
    assert report.account.written == {"nodes": 2, "edges": len(edges)}
    export(database, Wanted(tmp_path / "then.graphml", "graphml", date(2019, 5, 5)))
    assert [edge["share"] for edge in read(tmp_path / "then.graphml")[1]] == ["1/3"]


def test_nothing_is_dropped_without_a_count(database: Database, tmp_path: Path) -> None:
    for folder in nasty(tmp_path / "in", random.Random(8)):
        load_files(database, [folder])
    report = export(database, Wanted(tmp_path / "out.graphml", "graphml"))
    nodes, edges = read(tmp_path / "out.graphml")
    facts = list(all_facts(database))
    assert nodes.keys() == {each.entity for each in facts if isinstance(each, EntityFacts)}
    held = [each for each in facts if isinstance(each, StakeFacts)]
    stakes = {(each.owner, each.owned, str(each.lane), each.holding) for each in held}
    assert {(e["source"], e["target"], e["lane"], e.get("holding", "")) for e in edges} == stakes
    lost = {"sources", "groups", "same_as", "aliases", "citations of stakes", "descriptions brought together"}
    assert lost <= report.account.left_out.keys()
