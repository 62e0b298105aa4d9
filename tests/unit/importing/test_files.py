"""Folders, archives and links: what is read, what is reported as ignored, what is refused."""

from __future__ import annotations

import gzip
import hashlib
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookthrough.importing import archives
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.rows import UnusableFile

STAKES = b"owner,owned\na,b\n"


def content(file: InputFile) -> bytes:
    with file.open() as stream:
        return stream.read()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def linked(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("stakes.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")


def encrypted(archive: zipfile.ZipFile) -> None:
    archive.writestr("stakes.csv", STAKES)
    archive.getinfo("stakes.csv").flag_bits |= 0x1


def test_a_folder_gives_its_tables_and_says_what_it_leaves(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "stakes.csv").write_bytes(STAKES)
    for name in ("stakes.csv", "README.md", "more/Lists.CSV"):
        (tmp_path / name).write_bytes(STAKES)
    (tmp_path / "groups.csv.gz").write_bytes(gzip.compress(STAKES))
    members = {"d/b.csv": STAKES, "d/LICENSE": b"", "__MACOSX/._b.csv": b"x", "a.csv": b"", "d/": b""}
    zipped(tmp_path / "a.zip", members)
    inputs = expand([tmp_path])
    names = ["a.zip/a.csv", "a.zip/d/b.csv", "groups.csv.gz", "stakes.csv", "more/Lists.CSV"]
    assert [file.name for file in inputs.files] == names
    assert set(inputs.ignored) == {"README.md", "a.zip/__MACOSX/._b.csv", "a.zip/d/LICENSE"}
    assert [content(file) for file in inputs.files] == [b"", STAKES, STAKES, STAKES, STAKES]
    assert [file.stem for file in inputs.files] == ["a", "b", "groups", "stakes", "Lists"]


def test_a_file_can_be_read_again_and_has_one_sum_however_it_is_packed(tmp_path: Path) -> None:
    plain, packed = tmp_path / "stakes.csv", tmp_path / "stakes.csv.gz"
    plain.write_bytes(STAKES)
    packed.write_bytes(gzip.compress(STAKES))
    files = expand([plain, str(packed), zipped(tmp_path / "a.zip", {"stakes.csv": STAKES})]).files
    assert {file.sha256() for file in files} == {hashlib.sha256(STAKES).hexdigest()}
    assert [content(file) for file in files] == [STAKES] * 3


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "stakes.csv" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(STAKES)
    files = expand(paths).files
    assert [file.name for file in files] == [str(path) for path in paths]
    assert {file.stem for file in files} == {"stakes"}


def test_a_name_that_is_no_text_can_be_reported(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"st\xff\x07.csv")
    path.write_bytes(STAKES)
    assert expand([path]).files[0].name == "st\ufffd\ufffd.csv"


@pytest.mark.parametrize("missing", ["nothing.csv", "no/where", "x" * 5_000])
def test_a_path_to_nothing_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UnusableFile, match=r"no such file|name too long"):
        expand([tmp_path / missing])


def test_folders_and_archives_without_tables_are_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing")
    archive = zipped(tmp_path / "a.zip", {"README.md": b""})
    with pytest.raises(UnusableFile, match=r"a\.zip: holds no CSV"):
        expand([archive])
    archive.unlink()
    with pytest.raises(UnusableFile, match="holds no CSV"):
        expand([tmp_path])


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "stakes.csv")
    with pytest.raises(UnusableFile, match="neither a file nor a folder"):
        expand([tmp_path / "stakes.csv"])


def test_links_inside_a_folder_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "stakes.csv").write_bytes(STAKES)
    (tmp_path / "stakes.csv").symlink_to("..data/stakes.csv")
    (tmp_path / "stakes-again.csv").symlink_to("stakes.csv")
    (tmp_path / "loop").symlink_to(".")
    inputs = expand([tmp_path])
    assert [file.name for file in inputs.files] == ["stakes-again.csv"]
    assert set(inputs.ignored) == {"loop", "stakes.csv"}


@pytest.mark.parametrize(("target", "hint"), [("..", "out of the folder"), ("gone", "nowhere")])
def test_links_that_lead_out_or_nowhere_are_refused(tmp_path: Path, target: str, hint: str) -> None:
    (tmp_path / "stakes.csv").write_bytes(STAKES)
    (tmp_path / "more").symlink_to(target)
    with pytest.raises(UnusableFile, match=f"more: .*{hint}"):
        expand([tmp_path])


def packed_unusually(archive: zipfile.ZipFile) -> None:
    archive.writestr("stakes.csv", STAKES, zipfile.ZIP_LZMA)


@pytest.mark.parametrize(
    ("fill", "hint"),
    [(linked, "holds a link"), (encrypted, "encrypted"), (packed_unusually, "unusual")],
)
def test_tricks_in_archives_are_refused(
    tmp_path: Path, fill: Callable[[zipfile.ZipFile], None], hint: str
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        fill(archive)
    with pytest.raises(UnusableFile, match=rf"^a\.zip: .*{hint}"):
        expand([tmp_path / "a.zip"])


@pytest.mark.parametrize(
    ("member", "hint"),
    [
        ("../stakes.csv", "not a plain path"),
        ("/stakes.csv", "not a plain path"),
        ("a\\stakes.csv", "not a plain path"),
        ("C:stakes.csv", "not a plain path"),
        ("st\x07.csv", "not a plain path"),
        ("inner.zip", "inside the archive"),
        ("stakes.csv.gz", "inside the archive"),
    ],
)
def test_tricks_in_names_are_refused(tmp_path: Path, member: str, hint: str) -> None:
    archive = zipped(tmp_path / "a.zip", {member: STAKES})
    with pytest.raises(UnusableFile, match=rf"^a\.zip: .*{hint}"):
        expand([archive])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("stakes.csv", STAKES)
        archive.writestr("stakes.csv", b"owner,owned\n")
    with pytest.raises(UnusableFile, match="two files of one name"):
        expand([tmp_path / "a.zip"])


def test_archives_with_too_many_members_are_refused(tmp_path: Path) -> None:
    few = zipped(tmp_path / "few.zip", {f"{i}.csv": b"" for i in range(archives.MOST_MEMBERS)})
    assert len(expand([few]).files) == archives.MOST_MEMBERS
    many = zipped(tmp_path / "many.zip", {f"{i}.csv": b"" for i in range(archives.MOST_MEMBERS + 1)})
    with pytest.raises(UnusableFile, match="1001 files"):
        expand([many])
    huge = zipped(tmp_path / "huge.zip", {f"{i:0200}.csv": b"" for i in range(5_000)})
    with pytest.raises(UnusableFile, match="damaged"):
        expand([huge])


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = bytes(archives.ALWAYS_ALLOWED + 1)
    with pytest.raises(UnusableFile, match="more bytes than tables do"):
        expand([zipped(tmp_path / "a.zip", {"stakes.csv": zeros})])
    (tmp_path / "stakes.csv.gz").write_bytes(gzip.compress(zeros))
    (bomb,) = expand([tmp_path / "stakes.csv.gz"]).files
    with pytest.raises(UnusableFile, match="unpacks to more than"):
        bomb.sha256()


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"stakes.csv": bytes(1_000)})
    size = (1_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    (file,) = expand([path]).files
    with pytest.raises(UnusableFile, match="damaged"):
        content(file)


@pytest.mark.parametrize("cut", [3, 15, 30])
def test_archives_that_are_cut_short_are_refused(tmp_path: Path, cut: int) -> None:
    packed = tmp_path / "stakes.csv.gz"
    packed.write_bytes(gzip.compress(STAKES)[:-cut])
    with pytest.raises(UnusableFile, match=r"damaged|cannot be read"):
        expand([packed]).files[0].sha256()
    archive = zipped(tmp_path / "a.zip", {"stakes.csv": STAKES})
    archive.write_bytes(archive.read_bytes()[:-cut])
    with pytest.raises(UnusableFile, match="damaged"):
        expand([archive])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8), st.sampled_from(["zip", "gz"])
)
def test_damage_anywhere_is_named_or_harmless(
    tmp_path: Path, changes: list[tuple[int, int]], ending: str
) -> None:
    path = tmp_path / f"a.csv.{ending}"
    if ending == "zip":
        zipped(path, {"stakes.csv": STAKES * 9, "lists.csv": STAKES})
    else:
        path.write_bytes(gzip.compress(STAKES * 9))
    data = bytearray(path.read_bytes())
    for place, byte in changes:
        data[place % len(data)] = byte
    path.write_bytes(data)
    try:
        for file in expand([path]).files:
            content(file)
    except UnusableFile as refused:
        assert str(refused).startswith("a.csv.")
