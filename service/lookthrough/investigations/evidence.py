"""The evidence behind a stored verdict as a folder that can be checked without this software."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from lookthrough.control.claims import Known
from lookthrough.control.facts import Claim, SourceRecord, StakeClaim
from lookthrough.control.stakes import Stake
from lookthrough.graph.database import Database
from lookthrough.graph.evidence import StakeClaims, read_speaking
from lookthrough.graph.snapshot import Surroundings
from lookthrough.web import TEMPLATES

from .canonical import canonical_facts
from .clocks import print_instant
from .documents import WithNulls
from .errors import BadQuestion, FactsChanged
from .report import Evidence, report
from .storing import Kept, kept
from .verdicts import answered


class EvidenceDocument(WithNulls):
    """What was written where: the files with their SHA-256, as in MANIFEST."""

    verdict_id: str
    folder: str
    files: dict[str, str]


def bundle(database: Database, verdict_id: str, language: str) -> dict[str, bytes]:
    """The files by name, MANIFEST last; `language` is that of the report.

    Raises UnknownVerdict, FactsChanged, PolicyError, GraphUnavailable.
    """
    stored = kept(database, verdict_id)
    return files_of(stored, gathered(database, stored), language)


def files_of(stored: Kept, evidence: Evidence, language: str) -> dict[str, bytes]:
    """The files of a verdict whose evidence was gathered, MANIFEST last."""
    content = {
        "verdict.json": stored.content,
        "facts.json": canonical_facts(evidence.around),
        "sources.json": _sources(evidence),
        "policy.json": stored.question.policy.canonical.encode(),
        **{
            f"region-lists/{quote(name, safe='')}.json": entry.canonical.encode()
            for name, entry in stored.question.policy.region_lists.items()
        },
        "report.html": report(evidence, language).encode(),
        "README.md": _plain("README.md"),
        "verify.py": _plain("verify.txt"),
    }
    return with_manifest(content)


def with_manifest(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files, and MANIFEST with the SHA-256 of each as `sha256sum` writes it."""
    manifest = "".join(f"{digest}  {name}\n" for name, digest in sorted(_digests(content).items()))
    return {**content, "MANIFEST": manifest.encode()}


def zipped(database: Database, verdict_id: str, language: str) -> bytes:
    """The files as a zip, the same bytes every time. Raises what `bundle` raises."""
    return as_zip(bundle(database, verdict_id, language))


def as_zip(content: Mapping[str, bytes]) -> bytes:
    """The files as a zip, the same bytes for the same files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return buffer.getvalue()


def write_bundle(database: Database, verdict_id: str, folder: Path, language: str) -> EvidenceDocument:
    """Write the files into a new or empty folder. Raises BadQuestion, OSError, and what `bundle` raises."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadQuestion(f"out: {folder} is there already and is not an empty folder")
    content = bundle(database, verdict_id, language)
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return EvidenceDocument(verdict_id=verdict_id, folder=str(folder), files=_digests(content))


def gathered(database: Database, stored: Kept) -> Evidence:
    """What a stored verdict rests on, computed again. Raises FactsChanged, GraphUnavailable."""
    question = stored.question
    answer = answered(database, question)
    clocks, around = answer.clocks, answer.around
    found = hashlib.sha256(canonical_facts(around)).hexdigest()
    if f"sha256:{found}" != stored.document.facts:
        raise FactsChanged(stored.document.verdict_id)
    stakes = around.speaking
    if around.evidence is None:
        stakes = database.read(lambda tx: read_speaking(tx, around.versions, clocks))
    keys = sorted(_cited(around, stakes))
    sources = database.read_rows(SourceRecord, "verdicts/sources", keys=keys)
    return Evidence(stored.document, question.policy, around, stakes, sources)


def _cited(around: Surroundings, stakes: Mapping[Stake, StakeClaims]) -> set[str]:
    claims: list[Claim] = [known.claim for told in stakes.values() for known in told]
    claims += [known.claim for known in around.groups]
    for facts in around.entities.values():
        claims += [known.claim for known in facts.locations]
        claims += [known.claim for known in facts.lists]
    described = {facts.description.source for facts in around.entities.values()}
    return {claim.source for claim in claims} | (described - {""})


def _sources(evidence: Evidence) -> bytes:
    told = {
        "sources": [asdict(source) for source in evidence.sources],
        "stakes": [
            {
                "owner": stake.owner,
                "owned": stake.owned,
                "lane": stake.lane,
                "holding": stake.holding,
                "claims": [_claim(known) for known in claims],
            }
            for stake, claims in sorted(evidence.stakes.items(), key=lambda pair: _order(pair[0]))
        ],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def _order(stake: Stake) -> tuple[str, ...]:
    return (stake.owned, stake.lane, stake.owner, stake.holding)


def _claim(known: Known[StakeClaim]) -> dict[str, object]:
    claim = {key: value for key, value in asdict(known.claim).items() if key != "interval"}
    return {**claim, "known_from": print_instant(known.known_from)}


def _digests(content: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(text).hexdigest() for name, text in content.items()}


def _plain(name: str) -> bytes:
    return (TEMPLATES / "evidence" / name).read_bytes()
