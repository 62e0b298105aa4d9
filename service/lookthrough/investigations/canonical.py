"""The facts that a verdict rests on as canonical JSON: what the digest `facts` of its document is made of."""

from __future__ import annotations

import hashlib

import orjson

from lookthrough.control.interval import to_text
from lookthrough.control.stakes import Stake
from lookthrough.graph.snapshot import Surroundings


def canonical_facts(around: Surroundings) -> bytes:
    """Stakes by the id of their version (a digest of its claims), entities with their claims, groups,
    and the entities whose holders were not read; shares are exact fractions.
    """
    told = {
        "stakes": [_stake(version, stake) for version, stake in _by_version(around)],
        "heard": [_stake("", stake) for stake in _heard(around)],
        "entities": [around.entities[entity] for entity in sorted(around.entities)],
        "groups": around.groups,
        "unexplored": sorted(around.graph.unexplored),
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def facts_digest(around: Surroundings) -> str:
    return f"sha256:{hashlib.sha256(canonical_facts(around)).hexdigest()}"


def _heard(around: Surroundings) -> list[Stake]:
    """The stakes that count, where they are not those on record: ids counted as one, sources set aside."""
    if around.evidence is None:
        return []
    return [stake for _, stakes in sorted(around.graph.stakes.items()) for stake in stakes]


def _by_version(around: Surroundings) -> list[tuple[str, Stake]]:
    return sorted(((version, stake) for stake, version in around.versions.items()), key=lambda pair: pair[0])


def _stake(version: str, stake: Stake) -> dict[str, object]:
    return {
        "id": version,
        "owner": stake.owner,
        "owned": stake.owned,
        "lane": stake.lane,
        "holding": stake.holding,
        "share": to_text(stake.interval) if stake.interval else None,
        "conflict": stake.conflict,
        "sources": stake.sources,
    }
