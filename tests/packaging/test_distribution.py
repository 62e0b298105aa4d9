"""What is built can be installed and used: wheel and sdist, made offline from the tracked files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
NEEDED = (
    "lookthrough/py.typed",
    "lookthrough/cypher/snapshot/ancestors.cypher",
    "lookthrough/demo/stakes.csv",
    "lookthrough/graph/embedded/jars.lock",
    "lookthrough/policies/packs/anthropic-2025-09.toml",
    "lookthrough/policies/regions/anthropic-supported.toml",
    "lookthrough/web/static/page.js",
    "lookthrough/web/templates/page.html",
    "lookthrough/words/catalogue.toml",
)


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
    venv.create(folder, with_pip=True)
    (wheel,) = built.glob("*.whl")
    python = folder / "bin" / "python"
    run(str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel), cwd=folder)
    site = next(folder.glob("lib/python*/site-packages"))
    # Appended, and as a plain path: .pth files inside it, such as that of the editable install, do not count.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
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
    queries = {
        f"lookthrough/cypher/{f.relative_to(HERE / 'cypher')}" for f in (HERE / "cypher").rglob("*.cypher")
    }
    assert queries <= names


def test_a_wheel_made_from_the_sdist_holds_the_same(built: Path, tmp_path: Path) -> None:
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", cwd=unpacked)
    (again,) = (unpacked / "dist").glob("*.whl")
    assert in_wheel(again) == in_wheel(wheel)


def test_the_installed_wheel_answers_without_the_checkout(clean: Path, tmp_path: Path) -> None:
    where = run(str(clean), "-c", "import lookthrough; print(lookthrough.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(clean.parents[1])
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
