"""A stored verdict computed again: the same bytes, or what differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import orjson
from pydantic import JsonValue

from lookthrough.graph.database import Database
from lookthrough.policies.errors import UnknownPolicy
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument
from lookthrough.policies.regions import shipped_regions
from lookthrough.words import in_both

from .documents import Sentence, VerdictDocument
from .stored_documents import ReplayDocument, SinceThen, Then, ValueDifference
from .storing import Kept, kept
from .verdicts import verdict

_NAMED_BY = ("id", "variant")


def replay(database: Database, library: Library, verdict_id: str) -> ReplayDocument:
    """Compute the verdict again from its stored policy and the facts at its clocks.

    `library` is what the software has now. Raises UnknownVerdict, PolicyError, GraphUnavailable.
    """
    old = kept(database, verdict_id)
    now = verdict(database, old.question)
    same = now.to_json() == old.content
    return ReplayDocument(
        verdict_id=verdict_id,
        same=same,
        sentence=Sentence.model_validate(in_both(_words(old, now, same=same))),
        replayed_id=now.verdict_id,
        engine=Then(stored=old.document.engine, now=now.engine),
        facts=Then(stored=old.document.facts, now=now.facts),
        differences=[] if same else list(_between(_plain(old.content), _plain(now.to_json()), "")),
        changed_since=list(_changed(old.question.policy, library)),
    )


def _words(old: Kept, now: VerdictDocument, *, same: bool) -> str:
    if same:
        return "replay.same"
    if old.document.engine != now.engine:
        return "replay.engine"
    return "replay.facts" if old.document.facts != now.facts else "replay.other"


def _plain(content: bytes) -> JsonValue:
    document = cast("dict[str, JsonValue]", orjson.loads(content))
    return {key: value for key, value in document.items() if key != "verdict_id"}


def _between(stored: JsonValue, now: JsonValue, at: str) -> Iterator[ValueDifference]:
    if stored == now:
        return
    one, other = _table(stored), _table(now)
    if one is None or other is None:
        yield ValueDifference(field=at, stored=stored, now=now)
        return
    for key in (*one, *(key for key in other if key not in one)):
        yield from _between(one.get(key), other.get(key), f"{at}.{key}".removeprefix("."))


def _table(value: JsonValue) -> dict[str, JsonValue] | None:
    """Lists become tables: entries by the name that they have, else by place."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return None
    return {_name(entry) or str(place): entry for place, entry in enumerate(value)}


def _name(entry: JsonValue) -> str | None:
    names = [entry[key] for key in _NAMED_BY if key in entry] if isinstance(entry, dict) else []
    return str(names[0]) if names else None


def _changed(policy: PolicyDocument, library: Library) -> Iterator[SinceThen]:
    """What the software has by the same names, where it differs; packs of one's own it does not have."""
    try:
        pack = library.pack(f"{policy.id}@{policy.version}")
    except UnknownPolicy:
        pack = None
    if pack and pack.digest != policy.digest:
        name = f"{policy.id}@{policy.version}"
        yield SinceThen(kind="policy", name=name, stored=policy.digest, now=pack.digest)
    for name, entry in policy.region_lists.items():
        shipped = shipped_regions().get(name)
        if shipped is None or shipped.digest != entry.digest:
            now = shipped.digest if shipped else None
            yield SinceThen(kind="region_list", name=name, stored=entry.digest, now=now)
