"""Every published case, asked of the service as anybody would ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from httpx import Client
from tests import service
from tools.worked_examples import Case, Check, cases, policy_of, write_csv

from lookthrough.graph.database import Database
from lookthrough.investigations.loading import load_files

CHECKS = {
    f"{case['id']}-{number}": (case, check) for case in cases() for number, check in enumerate(case["checks"])
}


@pytest.fixture(scope="module")
def asking(
    migrated_database: Database, wipe: Callable[[], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    wipe()
    folder = tmp_path_factory.mktemp("cases")
    write_csv(cases(), folder)
    assert load_files(migrated_database, [folder]).rejected == 0
    with (
        service.listening(service.application(migrated_database)) as address,
        Client(base_url=address) as client,
    ):
        yield client
    wipe()
    service.load_demo(migrated_database)


@pytest.mark.parametrize("name", CHECKS)
def test_the_service_answers_a_published_case_as_published(asking: Client, name: str) -> None:
    case, check = CHECKS[name]
    answer = asking.post("/v1/verdicts", json=request(case, check), timeout=60)
    assert answer.status_code == 200, answer.text
    document = answer.json()
    expected = check["expected"]
    assert document["outcome"] == expected["outcome"]
    if "lower_exact" in expected:
        (test,) = [test for test in document["tests"] if test["id"] == expected.get("test")]
        assert test["lower_exact"] == expected.get("lower_exact")
        assert test["upper_exact"] == expected.get("upper_exact")


def request(case: Case, check: Check) -> dict[str, object]:
    asked: dict[str, object] = {
        "entity": f"{case['id']}/{check['entity']}",
        "policy": policy_of(case, check),
        "as_of": check["as_of"],
    }
    return asked | ({"variant": check["variant"]} if "variant" in check else {})
