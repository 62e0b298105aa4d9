"""`lookthrough export`, `backup` and `restore`: what they write, report and refuse."""

from __future__ import annotations

from .commands import Desk, write

HASH = "sha256:"


def test_facts_are_written_out_and_hashed(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", "owner,owned,percent,source", "a,t,60,s", "b,t,100/3,s")
    assert empty.run("load", "stakes.csv").code == 0
    hashed = empty.run("export", "--hash", "--json").document
    assert hashed["hash"].startswith(HASH)
    done = empty.run("export", "out", "--json").document
    assert (done["written"], done["left_out"], done["hash"]) == ({"stakes": 2}, {}, hashed["hash"])
    assert done["parts"] == [str(empty.folder / "out")]
    assert "b,t,shares,100/3" in (empty.folder / "out" / "stakes.csv").read_text(encoding="utf-8")
    again = empty.run("export", "out")
    assert (again.code, again.sentence) == (2, "out is there already; --force replaces it")
    told = empty.run("export", "out", "--force", "--as-of", "2020-01-01")
    assert (told.code, told.err) == (0, "")
    assert "stakes: 2" in told.text
    assert empty.run("export").code == 2
    assert empty.run("export", "--hash", "--as-of", "2020-01-01").code == 2


def test_a_backup_is_made_and_refused_where_it_must_be(empty: Desk) -> None:
    write(empty.folder / "stakes.csv", "owner,owned,percent,source", "a,t,60,s")
    assert empty.run("load", "stakes.csv").code == 0
    done = empty.run("backup", "kept", "--json").document
    assert done["hash"] == empty.run("export", "--hash", "--json").document["hash"]
    assert (done["kind"], done["nodes"]["Entity"], done["relationships"]) == ("logical", 2, {"OWNS": 1})
    occupied = empty.run("restore", "kept", "--json")
    assert (occupied.code, occupied.document["type"]) == (2, "urn:lookthrough:backup-refused")
    (empty.folder / "kept" / "nodes.ndjson.gz").write_bytes(b"")
    damaged = empty.run("restore", "kept")
    assert damaged.code == 2
    assert "the backup is damaged; nothing was restored" in damaged.sentence
    nothing = empty.run("restore", "nowhere")
    assert (nothing.code, nothing.sentence) == (2, "nowhere is no backup: it holds no MANIFEST.json")
