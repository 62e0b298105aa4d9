"""What is in a release, as CycloneDX: `python -m tools.sbom FILE`.

Two lists are all there is: `requirements.txt`, with the package and its extra `embedded`, and the lock of the
embedded server's jars. Both pin by hash; the hashes are in it, where they are fetched from is not.
"""

# The decorators of the library hide from pyright what its classes take; mypy sees it.
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from lookthrough.graph.embedded.lock import Jar, shipped_lock

HERE = Path(__file__).parent.parent
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bom() -> Bom:
    """The package and everything that runs with it; dated by SOURCE_DATE_EPOCH, else 1970."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    root = Component(
        name=name,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"{name}@{version}",
        licenses=[LicenseExpression(project["license"])],
    )
    parts = [*_packages(), *_jars()]
    made = Bom(components=parts)
    made.metadata = BomMetaData(component=root, timestamp=_instant())
    made.serial_number = uuid5(
        NAMESPACE_URL, "\n".join([str(root.bom_ref), *sorted(str(p.purl) for p in parts)])
    )
    made.register_dependency(root, parts)
    return made


def _instant() -> datetime:
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)


def _packages() -> Iterator[Component]:
    """A pin of `requirements.txt` each, with the hash of every file that is accepted for it."""
    text = (HERE / "requirements.txt").read_text(encoding="utf-8")
    for block in re.split(r"\n(?=\S)", text):
        pin = Requirement(block.partition("\n")[0].rstrip("\\ "))
        (version,) = (each.version for each in pin.specifier)
        purl = PackageURL("pypi", None, pin.name.lower(), version)
        yield _component(pin.name, version, purl, _HASH.findall(block))


def _jars() -> Iterator[Component]:
    for jar in shipped_lock().jars:
        yield _component(*_maven(jar), [jar.sha256], group=jar.coordinate.partition(":")[0])


def _maven(jar: Jar) -> tuple[str, str, PackageURL]:
    group, artifact, *packaging, version = jar.coordinate.split(":")
    classifier = {"classifier": packaging[1]} if packaging else None
    return artifact, version, PackageURL("maven", group, artifact, version, classifier)


def _component(
    name: str, version: str, purl: PackageURL, sha256: list[str], group: str | None = None
) -> Component:
    return Component(
        name=name,
        version=version,
        group=group,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=str(purl),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in sha256],
    )


def main() -> None:
    Path(sys.argv[1]).write_text(JsonV1Dot6(bom()).output_as_string(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
