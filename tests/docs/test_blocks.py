"""Every block of code on a page is run or read, or says why not."""

from __future__ import annotations

import configparser
import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import service
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.loads import Ledger
from lookthrough.importing.mapping import mapping_in
from lookthrough.policies import Library

from .pages import WRITTEN, Block, blocks, name
from .reader import Reader

TYPED = ("sh", "console", "python")
FILES = Path(__file__).parent / "files"
"""What the pages take for granted in the folder of whoever reads them."""
ALL = [block for page in WRITTEN for block in blocks(page)]
PAGES = list(dict.fromkeys(block.page for block in ALL if block.language in TYPED and not block.reason))


@pytest.fixture(scope="module")
def demo(migrated_database: Database, wipe: Callable[[], None]) -> Callable[[], None]:
    """Sees to it that the facts are those of the demo set, whatever a page before has loaded."""
    seen: list[Ledger] = []

    def ready() -> None:
        if seen != migrated_database.read_rows(Ledger, "read/ledger"):
            wipe()
            service.load_demo(migrated_database)
            seen[:] = migrated_database.read_rows(Ledger, "read/ledger")

    return ready


@pytest.fixture(scope="module")
def address(migrated_database: Database) -> Iterator[str]:
    with service.listening(service.application(migrated_database)) as where:
        yield where


@pytest.fixture
def reader(
    demo: Callable[[], None],
    address: str,
    neo4j_server: Neo4jServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Reader:
    demo()
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_URI", neo4j_server.uri)
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("LOOKTHROUGH_NEO4J_PASSWORD", neo4j_server.password)
    return Reader(tmp_path, address, monkeypatch)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_page_says_to_type_works_and_prints_what_it_shows(page: Path, reader: Reader) -> None:
    for block in blocks(page):
        if block.language in TYPED and not block.reason:
            getattr(reader, block.language)(block.text)


def _ini(text: str) -> None:
    configparser.ConfigParser(interpolation=None).read_string(text)


def _toml(text: str) -> None:
    """A mapping of tables, else a policy."""
    if "[[tables]]" in text:
        mapping_in(text.encode(), "the page")
    else:
        Library().parse(json.loads(json.dumps(tomllib.loads(text), default=str)))


READ: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "ini": _ini,
    "toml": _toml,
    "text": str,  # what something looks like, not to be typed
}


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.place)
def test_every_block_is_of_a_kind_that_is_tried(block: Block) -> None:
    if block.language not in TYPED and not block.reason:
        assert block.language in READ, "a block names its language, and the test above or this one reads it"
        READ[block.language](block.text)
