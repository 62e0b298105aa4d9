"""Dated region lists: which version counts on which day, and what is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lookthrough.control.policy import OwnershipTest
from lookthrough.control.predicate import CodeList, Located, Truth, located_conditions
from lookthrough.policies import Library, PolicyError, ResolvedPolicy
from lookthrough.policies.regions import RegionList, region_list, shipped_regions

from .samples import Document, document

HEAD = """
id = "test"
title = { en = "Test" }
kind = "allow"
status = "complete"
"""


def version(start: str, observed: str, codes: str, excludes: str = "") -> str:
    return f"""
[[versions]]
from = "{start}"
observed = "{observed}"
source = "https://example.org"
codes = {codes.split()}
excludes = {excludes.split()}
note = ""
"""


def listed(*versions: str, head: str = HEAD) -> RegionList:
    return region_list((head + "".join(versions)).encode(), "test.toml")


def condition_of(answer: ResolvedPolicy) -> Located:
    """The one condition on a place that the seeds of the one test have."""
    (test,) = answer.policy.tests
    assert isinstance(test, OwnershipTest)
    (found,) = located_conditions(test.seeds)
    return found


def resolved(regions: RegionList, as_of: date, **keys: object) -> tuple[CodeList, list[str]]:
    """The code list of a condition on the list, and the codes of the warnings."""
    condition: Document = {"attribute": "headquarters", "not_in": "regions:test", **keys}
    library = Library(regions={"test": regions})
    answer = library.parse(document(seeds=condition)).resolve(None, as_of)
    return condition_of(answer).codes, [warning.code for warning in answer.warnings]


def test_the_six_lists_ship() -> None:
    counts = {name: [len(v.codes) for v in entry.versions] for name, entry in shipped_regions().items()}
    assert counts == {
        "anthropic-supported": [175, 185],
        "azure-openai": [0],
        "google-gemini-available": [222, 222],
        "openai-supported": [188],
        "press-named-unsupported": [4],
        "xai-supported": [0],
    }


FIRST, SECOND = date(2025, 1, 10), date(2026, 3, 1)
DAY = timedelta(days=1)


VERSIONS = listed(version("2025-01-10", "2025-06-01", "FR"), version("", "2026-03-01", "FR DE"))


@pytest.mark.parametrize(
    ("as_of", "codes", "warnings"),
    [
        (FIRST - DAY, {"FR"}, ["region_list_earlier_than_known"]),
        (FIRST, {"FR"}, []),
        (SECOND - DAY, {"FR"}, []),
        (SECOND, {"FR", "DE"}, []),
        (SECOND + DAY, {"FR", "DE"}, []),
    ],
)
def test_from_comes_before_observed(as_of: date, codes: set[str], warnings: list[str]) -> None:
    found, codes_of_warnings = resolved(VERSIONS, as_of)
    assert found.codes == codes
    assert codes_of_warnings == warnings


def test_without_any_date_it_counts_from_the_beginning() -> None:
    regions = listed(version("", "unknown", "FR"), version("", "2026-03-01", "FR DE"))
    assert resolved(regions, date.min) == (CodeList(frozenset({"FR"}), name="test"), [])


def test_the_order_in_the_file_decides_only_between_equal_days() -> None:
    backward = listed(version("", "2026-03-01", "FR DE"), version("", "2025-03-01", "FR"))
    assert len(backward.at(SECOND).codes) == 2
    twice = listed(version("", "2026-03-01", "FR"), version("", "2026-03-01", "FR DE"))
    assert len(twice.at(SECOND).codes) == 2


def test_a_warning_is_given_once() -> None:
    seeds = {"any": [{"attribute": a, "not_in": "regions:test"} for a in ("headquarters", "incorporation")]}
    answer = Library(regions={"test": VERSIONS}).parse(document(seeds=seeds)).resolve(None, date(2020, 1, 1))
    assert [warning.code for warning in answer.warnings] == ["region_list_earlier_than_known"]


def test_a_part_that_is_excepted_marks_its_country() -> None:
    found, _ = resolved(listed(version("", "unknown", "FR UA", "UA-43 UA-09")), date(2026, 1, 1))
    assert found.partly == {"UA"}
    assert found.contains("UA") is Truth.TRUE


def test_no_list_is_neither_true_nor_false() -> None:
    head = HEAD.replace("complete", "no-list")
    found, warnings = resolved(listed(version("", "2026-01-01", ""), head=head), date(2020, 1, 1))
    assert not found.listed
    assert found.contains("FR") is Truth.UNKNOWN
    assert warnings == []


def test_a_deny_list_works_with_in() -> None:
    condition = {"attribute": "headquarters", "in": "regions:press-named-unsupported"}
    answer = Library().parse(document(seeds=condition)).resolve(None, date(2026, 1, 1))
    found = condition_of(answer)
    assert found.codes.codes == {"CN", "IR", "KP", "RU"}
    assert found.inside


def test_partial_copies_are_kept_and_never_used() -> None:
    partial = '\n[[partial]]\nobserved = "2026-01-01"\nseen_added = ["DE"]\n'
    regions = listed(version("", "2025-01-01", "FR"), partial)
    assert resolved(regions, date(2026, 6, 1))[0].codes == {"FR"}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (HEAD, "versions"),
        (HEAD + "colour = 'red'\nversions = []", "colour"),
        (HEAD.replace("complete", "half"), "status"),
        (HEAD.replace("allow", "perhaps"), "kind"),
        (HEAD + version("", "2026-13-01", "FR"), "versions[0].observed"),
        (HEAD + version("unknown", "2026-01-01", "FR"), "versions[0].from"),
        (HEAD + version("", "unknown", "FR XX"), "versions[0].codes[1]"),
        (HEAD + version("", "unknown", "UA", "Crimea"), "versions[0].excludes[0]"),
    ],
)
def test_a_bad_list_is_refused_with_its_key(content: str, key: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        region_list(content.encode(), "test.toml")
    assert refusal.value.location == key
