"""The evidence behind a verdict: a folder that proves itself without this software."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.investigations.errors import BadQuestion, FactsChanged, UnknownVerdict
from lookthrough.investigations.evidence import write_bundle
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library

from .facts import TODAY, load

RULE = Library().pack("anthropic-2025-09")
SHA = "ab" * 32
FILES = {
    "MANIFEST",
    "README.md",
    "facts.json",
    "policy.json",
    "region-lists/anthropic-supported.json",
    "report.html",
    "sources.json",
    "verdict.json",
    "verify.py",
}


@pytest.fixture
def verdict_id(database: Database, tmp_path: Path) -> str:
    load(
        database,
        tmp_path,
        entities="""id,name,name_original,kind,headquarters,source
        s,Holder <b>One</b>,持有人一号,company,CN,register
        p,Person,,person,,register
        t,Target,,company,US,register""",
        stakes="""owner,owned,percent,source,ref,url,note
        s,t,60,register,r-17,https://example.org/17,page 3
        p,t,40,press,,,""",
        sources=f"""source,title,url,licence,retrieved,sha256
        register,The Register,https://example.org/,CC-BY-4.0,2026-10-01,{SHA}""",
    )
    return give(database, Question("t", RULE, TODAY)).verdict_id


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(folder / "verify.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_bundle_verifies_with_the_standard_library_alone(
    database: Database, verdict_id: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    document = write_bundle(database, verdict_id, out, "en")
    assert names(out) == FILES == set(document.files)
    ended = verified(out)
    assert (ended.returncode, ended.stdout) == (0, f"ok: {verdict_id} RESTRICTED t\n"), ended.stderr
    verdict = json.loads((out / "verdict.json").read_bytes())
    facts = hashlib.sha256((out / "facts.json").read_bytes()).hexdigest()
    assert verdict["facts"] == f"sha256:{facts}"
    assert len((out / "verify.py").read_text(encoding="utf-8").splitlines()) <= 30


def test_one_flipped_byte_in_any_file_fails_it(database: Database, verdict_id: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_bundle(database, verdict_id, out, "zh")
    chance = random.Random(3)
    for name in sorted(FILES):
        path = out / name
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, chance.randrange(len(whole))}:
            flipped = bytearray(whole)
            flipped[place] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            assert verified(out).returncode != 0, (name, place)
        path.write_bytes(whole)
    assert verified(out).returncode == 0
    (out / "facts.json").unlink()
    assert verified(out).returncode == 1


def test_digests_are_checked_even_if_the_manifest_was_made_to_fit(
    database: Database, verdict_id: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write_bundle(database, verdict_id, out, "en")
    for name, part, said in (
        ("verdict.json", b'"RESTRICTED"', b'"UNDETERMINED"'),
        ("facts.json", b"3/5", b"1/5"),
        ("policy.json", b"50%", b"60%"),
        ("region-lists/anthropic-supported.json", b"FR", b"CN"),
    ):
        whole = (out / name).read_bytes()
        manifest = (out / "MANIFEST").read_bytes()
        changed = whole.replace(part, said)
        assert changed != whole
        (out / name).write_bytes(changed)
        digests = [hashlib.sha256(content).hexdigest().encode() for content in (whole, changed)]
        (out / "MANIFEST").write_bytes(manifest.replace(digests[0], digests[1]))
        ended = verified(out)
        assert ended.returncode == 1, name
        assert " is not " in ended.stdout or ", not " in ended.stdout
        (out / name).write_bytes(whole)
        (out / "MANIFEST").write_bytes(manifest)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_cites_its_sources_and_asks_nothing_of_the_network(
    database: Database, verdict_id: str, tmp_path: Path, language: str
) -> None:
    write_bundle(database, verdict_id, tmp_path / "out", language)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for text in ("The Register", "https://example.org/17", "2026-10-01", SHA, "r-17", "page 3", verdict_id):
        assert text in page
    assert "<b>One</b>" not in page
    assert not any(tag in page for tag in ("<script", "<link", "<img", "src=", "@import", "url("))
    assert ("持有人一号" in page) is (language == "zh")
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in page


def test_what_cannot_be_proven_is_not_bundled(
    database: Database, verdict_id: str, tmp_path: Path, neo4j_server: Neo4jServer
) -> None:
    with pytest.raises(UnknownVerdict):
        write_bundle(database, "v1:none", tmp_path / "none", "en")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadQuestion, match="not an empty folder"):
        write_bundle(database, verdict_id, tmp_path / "full", "en")
    with neo4j_server.session() as session:  # no import does this: somebody edited the graph
        session.run("MATCH ({id: 's'})-[r:OWNS]->({id: 't'}) SET r.min = 0.2, r.max = 0.2").consume()
    with pytest.raises(FactsChanged, match="no longer"):
        write_bundle(database, verdict_id, tmp_path / "none", "en")
    assert not (tmp_path / "none").exists()
