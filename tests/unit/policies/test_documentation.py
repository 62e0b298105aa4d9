"""The example on the page about policies is one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from lookthrough.control.facts import Kind
from lookthrough.control.policy import LocationTest, OwnershipTest
from lookthrough.control.predicate import Truth

from .samples import LIBRARY, TODAY, party

PAGE = Path(__file__).parents[3] / "docs" / "policies.md"


def test_the_example_parses_and_means_what_the_page_says(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    path = tmp_path / "house-rule.toml"
    path.write_text(block[1], encoding="utf-8")
    policy = LIBRARY.find(str(path))
    assert policy.variants() == ["multiplied", "quarter", "states-only"]
    assert not policy.in_force(date(2025, 7, 31))
    owned, place = policy.resolve(None, TODAY).policy.tests
    assert isinstance(owned, OwnershipTest)
    assert isinstance(place, LocationTest)
    assert owned.seeds.judge(party(headquarters="IR")) is Truth.TRUE
    assert owned.seeds.judge(party(Kind.PERSON, headquarters="IR")) is Truth.FALSE
    assert place.subject.judge(party(incorporation="KY")) is Truth.TRUE
