"""The digest of a policy changes with what the policy means, and with nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lookthrough.policies import Library
from lookthrough.policies.regions import shipped_regions

from .samples import LIBRARY, Document, document, ownership

LISTED: Document = {"attribute": "headquarters", "not_in": "regions:anthropic-supported"}
TOML = """
id = "mine"
version = "1"
title = { en = "Rule", zh = "规则" }
in_force_from = 2025-09-05
suspended = [[2025-11-10, 2026-11-10]]

[seeds]
any = [{ attribute = "headquarters", in = ["CN", "RU"] }]

[[tests]]
id = "owned"
kind = "ownership"
threshold = "50%"
operator = ">"
"""
JSON = """{
 "tests": [{"operator": ">", "threshold": "50%", "kind": "ownership", "id": "owned"}],
 "seeds": {"any": [{"in": ["CN", "RU"], "attribute": "headquarters"}]},
 "suspended": [["2025-11-10", "2026-11-10"]], "in_force_from": "2025-09-05",
 "title": {"zh": "规则", "en": "Rule"}, "version": "1", "id": "mine"
}"""


def digest(plain: Document) -> str:
    return LIBRARY.parse(plain).digest


def test_toml_and_json_of_one_policy_have_one_digest(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TOML, encoding="utf-8")
    with_mark = tmp_path / "marked.toml"
    with_mark.write_text(TOML, encoding="utf-8-sig")
    as_json = LIBRARY.parse(json.loads(JSON))
    assert LIBRARY.find(str(path)).digest == as_json.digest == LIBRARY.read(with_mark).digest
    assert LIBRARY.read(path).as_json() == as_json.as_json()


def test_a_document_read_again_has_the_same_digest() -> None:
    for pack in LIBRARY.all():
        again = LIBRARY.parse(json.loads(json.dumps(pack.as_json())))
        assert again.digest == pack.digest
        assert again.variants() == pack.variants()


def test_what_as_json_gives_may_be_changed_freely() -> None:
    pack = LIBRARY.pack("openai")
    pack.as_json()["id"] = "other"
    assert pack.as_json()["id"] == "openai"


@pytest.mark.parametrize(
    "changed",
    [
        {"version": "2"},
        {"title": {"en": "Another"}},
        {"authority": "Somebody"},
        {"join": "any"},
        {"seeds": {"id": ["acme", "other"]}},
        {"tests": [ownership(operator=">=")]},
        {"tests": [ownership(threshold="1/2")]},
        {"variants": {"other": {}}},
        {"in_force_from": "2025-09-05"},
    ],
)
def test_every_change_of_the_document_changes_it(changed: Document) -> None:
    assert digest(document(**changed)) != digest(document())


def test_the_order_of_variants_is_content_the_order_of_keys_is_not() -> None:
    one: Document = {"a": {}, "b": {}}
    other: Document = {"b": {}, "a": {}}
    assert digest(document(variants=one)) != digest(document(variants=other))
    assert digest(dict(reversed(document().items()))) == digest(document())


def changed(name: str) -> Library:
    regions = dict(shipped_regions())
    entry = regions[name]
    first = entry.versions[0].model_copy(update={"codes": (*entry.versions[0].codes, "AQ")})
    regions[name] = entry.model_copy(update={"versions": (first, *entry.versions[1:])})
    return Library(regions=regions)


def test_a_change_of_a_list_that_is_used_changes_it() -> None:
    plain = document(seeds=LISTED)
    assert changed("anthropic-supported").parse(plain).digest != digest(plain)


def test_also_where_only_a_variant_uses_it() -> None:
    plain = document(variants={"other": {"owned": {"seeds": {"none": [LISTED]}}}})
    assert changed("anthropic-supported").parse(plain).digest != digest(plain)


def test_a_change_of_another_list_does_not() -> None:
    plain = document(seeds=LISTED)
    assert changed("openai-supported").parse(plain).digest == digest(plain)


def test_they_count_where_they_are_used() -> None:
    other = Library(territories={"KY": "US"})
    for territories, differs in (("parent", True), ("literal", False)):
        plain = document(seeds={"any": [LISTED | {"territories": territories}]})
        assert (other.parse(plain).digest != digest(plain)) is differs
