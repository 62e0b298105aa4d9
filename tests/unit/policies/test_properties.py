"""Whatever is sent as a policy is either one or refused, and what it means hangs on its content only."""

from __future__ import annotations

import json
from datetime import date
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from lookthrough.policies import PolicyDocument, PolicyError

from .samples import LIBRARY, Document, document, ownership

KEYS = st.sampled_from(
    """
    id version title en zh seeds tests kind any all none attribute in not_in territories list threshold
    operator lane arithmetic pooling carrier full_links first_link variants default_variant suspended
    in_force_from in_force_to public_float base owned
    """.split()  # noqa: SIM905
)
WORDS = st.sampled_from(
    """
    ownership control location ultimate_parent headquarters nationality CN regions:openai-supported parent
    company 50% 1/2 140% > >= shares votes cascade multiplicative each owned base 2025-09-05
    """.split()  # noqa: SIM905
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS
TREES: st.SearchStrategy[object] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=30,
)


def parse_or_refuse(plain: object) -> PolicyDocument | None:
    try:
        policy = LIBRARY.parse(plain)
    except PolicyError as refusal:
        assert str(refusal).startswith("the policy document: ")
        assert str(refusal).isprintable()
        return None
    assert LIBRARY.parse(policy.as_json()).digest == policy.digest
    for variant in policy.variants():
        policy.resolve(variant, date(2026, 1, 1))
    return policy


@given(TREES)
def test_any_json_is_a_policy_or_refused(plain: object) -> None:
    parse_or_refuse(plain)


@given(st.dictionaries(KEYS, TREES, max_size=3))
def test_any_change_of_a_policy_is_one_or_refused(changes: Document) -> None:
    parse_or_refuse(document(**changes))


@given(st.dictionaries(KEYS, TREES, max_size=3), st.booleans())
def test_any_change_of_a_test_or_condition_is_one_or_refused(changes: Document, of_seeds: bool) -> None:
    parse_or_refuse(document(seeds=changes) if of_seeds else document(tests=[ownership(**changes)]))


def one_key(key: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    return st.lists(values, max_size=3).map(lambda found: {key: found})


def in_places(attribute: str, codes: list[str]) -> Document:
    return {"attribute": attribute, "in": codes}


PLACES = st.builds(
    in_places,
    st.sampled_from(["headquarters", "listing"]),
    st.lists(st.sampled_from(["CN", "US", "KY"]), max_size=3),
)
CONDITIONS: st.SearchStrategy[Document] = st.recursive(
    PLACES | one_key("id", WORDS) | one_key("kind", st.sampled_from(["state", "person", "company"])),
    lambda inner: st.dictionaries(
        st.sampled_from(["any", "all", "none"]), st.lists(inner, min_size=1, max_size=2), min_size=1
    ).map(lambda found: cast("Document", found)),
    max_leaves=6,
)


def reordered(value: object) -> object:
    """The same with the keys of every table the other way round."""
    if isinstance(value, dict):
        table = cast("Document", value)
        return {key: reordered(table[key]) for key in reversed(table)}
    return [reordered(part) for part in cast("list[object]", value)] if isinstance(value, list) else value


@given(CONDITIONS, CONDITIONS)
def test_the_digest_is_that_of_the_content(one: Document, other: Document) -> None:
    first, second = LIBRARY.parse(document(seeds=one)), LIBRARY.parse(document(seeds=other))
    assert (first.digest == second.digest) is (one == other)
    again = LIBRARY.parse(reordered(json.loads(json.dumps(document(seeds=one)))))
    assert again.digest == first.digest
