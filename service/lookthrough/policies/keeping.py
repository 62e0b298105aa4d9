"""A policy that was kept beside the verdicts given under it, whatever packs and lists ship by then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import cast

from .errors import PolicyError
from .plain import PlainTable
from .policy import PolicyDocument
from .regions import kept_region_list

_SOURCE = "the stored policy"


def kept_policy(canonical: str, region_lists: Iterable[str], digest: str) -> PolicyDocument:
    """The policy whose `canonical`, and those of whose region lists, were kept.

    Raises PolicyError where they do not make the policy with this digest.
    """
    content = cast("PlainTable", json.loads(canonical))
    lists = [kept_region_list(text) for text in region_lists]
    territories = cast("Mapping[str, str]", content.get("territories", {}))
    document = _in_order(cast("PlainTable", content["document"]), cast("list[str]", content["variants"]))
    policy = PolicyDocument(document, _SOURCE, {entry.id: entry for entry in lists}, territories)
    if policy.digest != digest:
        raise PolicyError(_SOURCE, (), f"it is not the policy {digest} any more; it was changed where it lay")
    return policy


def _in_order(document: PlainTable, variants: Iterable[str]) -> PlainTable:
    """The variants as they were written: canonical text sorts them."""
    written = cast("PlainTable", document.get("variants", {}))
    ordered: PlainTable = {name: written[name] for name in variants if name in written}
    return {**document, "variants": ordered} if written else document
