"""What a release says is in it: valid CycloneDX, every pin and every jar, and no address."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from lookthrough.graph.embedded.lock import shipped_lock

HERE = Path(__file__).resolve().parents[2]


def written(folder: Path) -> str:
    file = folder / "lookthrough.cdx.json"
    subprocess.run([sys.executable, "-m", "tools.sbom", str(file)], cwd=HERE, check=True)
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("bill"))


@pytest.fixture(scope="module")
def components(text: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(text)["components"]
    return listed


def test_it_is_valid_and_the_same_every_time(text: str, tmp_path: Path) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert written(tmp_path) == text


def test_it_lists_every_pin_and_every_jar_with_its_hash(components: list[dict[str, Any]]) -> None:
    pins = re.findall(r"^([\w.-]+)==([^ ;]+)", (HERE / "requirements.txt").read_text(), re.MULTILINE)
    python = {(c["name"], c["version"]) for c in components if c["purl"].startswith("pkg:pypi/")}
    assert python == set(pins)
    jars = {c["hashes"][0]["content"] for c in components if c["purl"].startswith("pkg:maven/")}
    assert jars == {jar.sha256 for jar in shipped_lock().jars}
    assert all(component["hashes"] for component in components)


def test_it_names_no_place_to_fetch_from(text: str) -> None:
    assert set(re.findall(r"https?://[^\"]+", text)) == {"http://cyclonedx.org/schema/bom-1.6.schema.json"}
