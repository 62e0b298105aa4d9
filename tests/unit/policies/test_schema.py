"""The JSON Schema that is published says the same of a document as the program does."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest

from lookthrough.policies import PolicyDocument, PolicyError
from lookthrough.policies.schema import policy_schema

from .samples import LIBRARY, Document, document, lists_of, ownership, without

PAGE = Path(__file__).parents[3] / "docs" / "policies.md"
VALIDATOR = jsonschema_rs.validator_for(policy_schema())


def accepts(plain: object) -> bool:
    return VALIDATOR.is_valid(plain)


@pytest.mark.parametrize("pack", LIBRARY.all(), ids=lambda pack: f"{pack.id}@{pack.version}")
def test_every_pack_fits(pack: PolicyDocument) -> None:
    assert accepts(pack.as_json())


@pytest.mark.parametrize(
    "plain",
    [
        without(document(), "id"),
        without(document(), "tests"),
        document(colour="red"),
        document(id="a/b"),
        document(in_force_from="yesterday-ish", suspended=[["2025-01-01"]]),
        document(tests=[]),
        document(tests=[without(ownership(), "threshold")]),
        document(tests=[ownership(threshold="half")]),
        document(tests=[ownership(threshold="1")]),
        document(tests=[ownership(operator=">>")]),
        document(tests=[ownership(kind="vibes")]),
        document(tests=[ownership(seeds={"kind": ["alien"]})]),
        document(seeds={"attribute": "headquarters", "in": ["China"]}),
        document(seeds=None),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_by_both(plain: Document) -> None:
    assert not accepts(plain)
    with pytest.raises(PolicyError):
        LIBRARY.parse(plain)


@pytest.mark.parametrize("threshold", ["50%", "100/3%", "1/2", "0.5", "12.5%"])
def test_every_way_to_write_a_share_fits(threshold: str) -> None:
    plain = document(tests=[ownership(threshold=threshold)])
    assert accepts(plain)
    assert LIBRARY.parse(plain).id == "mine"


def test_every_list_that_a_pack_looks_at_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8").partition("### Lists that the packs look at")[2]
    explained = page.partition("### Rules without a pack")[0]
    named = {name for pack in LIBRARY.all() for name in lists_of(pack)}
    assert [name for name in sorted(named) if f"`{name}`" not in explained] == []
