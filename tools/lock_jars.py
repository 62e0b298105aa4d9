"""Write the lock of the embedded server's jars: `python tools/lock_jars.py 2026.09.0 5.24.0`.

The arguments are the versions of org.neo4j:neo4j and org.neo4j.client:neo4j-browser. Needs Maven and a Java
on the machine, once for each new version; whoever uses the lock needs neither. Read the difference before
committing it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from hashlib import file_digest
from pathlib import Path

LOCK = Path(__file__).parent.parent / "service/lookthrough/graph/embedded/jars.lock"
# group:artifact:jar[:classifier]:version:scope:file
LINE = re.compile(
    r"\s+(?P<group>[^:]+):(?P<artifact>[^:]+):jar:(?:(?P<classifier>[^:]+):)?(?P<version>[^:]+)"
    r":(?:compile|runtime):(?P<file>\S+)"
)
PROJECT = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>lock</groupId><artifactId>lock</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{server}</version></dependency>
    <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>{browser}</version></dependency>
  </dependencies>
</project>
"""


def resolve(server: str, browser: str) -> str:
    """What Maven lists: every runtime dependency and where it put the file."""
    with tempfile.TemporaryDirectory() as folder:
        project, listing = Path(folder, "pom.xml"), Path(folder, "list.txt")
        project.write_text(PROJECT.format(server=server, browser=browser), encoding="utf-8")
        goal = ["dependency:list", "-DincludeScope=runtime", "-DoutputAbsoluteArtifactFilename=true"]
        command = ["mvn", "-q", "-B", "-f", str(project), *goal, f"-DoutputFile={listing}"]
        subprocess.run(command, check=True)  # noqa: S603  a developer's own tool
        return listing.read_text(encoding="utf-8")


def locked(match: re.Match[str]) -> tuple[str, str]:
    """A line of the lock, after the coordinate by which lines are sorted."""
    packaging = ["jar", match["classifier"]] if match["classifier"] else []
    coordinate = ":".join([match["group"], match["artifact"], *packaging, match["version"]])
    file = Path(match["file"])
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return coordinate, f"{digest} {file.stat().st_size:>9} {coordinate}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("browser")
    versions = parser.parse_args()
    listing = resolve(versions.server, versions.browser)
    lines = [line for line in listing.splitlines() if ":jar:" in line]
    matches = [match for line in lines if (match := LINE.match(line))]
    if len(matches) != len(lines):
        raise SystemExit(f"only {len(matches)} of {len(lines)} lines of Maven's list were understood")
    rows = [text for _, text in sorted(locked(match) for match in matches)]
    LOCK.write_text("\n".join(["# sha256, bytes, coordinate", *rows]) + "\n", encoding="ascii")
    print(f"{len(rows)} jars")


if __name__ == "__main__":
    main()
