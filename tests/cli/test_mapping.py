"""`lookthrough map` and `load --map`: proposed, tried out, loaded, taken back."""

from __future__ import annotations

from .commands import Desk, write


def test_a_proposed_mapping_loads_what_it_showed(empty: Desk) -> None:
    write(empty.folder / "held.csv", "Holder;Company;Share", "A;B;0,6", "C;B;0,4", "D;B;-3")
    shown = empty.run("map", "held.csv", "--out", "held.toml", "--json").document
    assert [(f["owner"], f["interval"]) for f in shown["facts"]] == [("A", "3/5"), ("C", "2/5")]
    assert (empty.folder / "held.toml").read_text(encoding="utf-8") == shown["toml"]
    done = empty.run("load", "held.csv", "--map", "held.toml", "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.document["loaded"], done.document["rejected"]) == (2, 1)
    (rejection,) = done.document["rejections"]
    assert (rejection["line"], rejection["field"], rejection["value"]) == (4, "Share", "-3")
    back = empty.run("retract", "--file", "held.csv", "--map", "held.toml", "--json")
    assert back.document["closed"]["stakes"] == 2


def test_people_see_the_mapping_and_what_it_makes(desk: Desk) -> None:
    write(desk.folder / "held.csv", "holder,company,percent", "A,B,60", "C,B,x")
    shown = desk.run("map", "held.csv")
    assert (shown.code, shown.err) == (0, "")
    assert 'owner = "holder"' in shown.text
    assert "owner A, owned B, lane shares, percent 60" in shown.text
    assert "held.csv:3 percent 'x': It is no figure" in shown.text


def test_what_cannot_be_mapped_is_said_in_one_sentence(desk: Desk) -> None:
    write(desk.folder / "moods.csv", "mood,colour", "glad,red")
    write(desk.folder / "bad.toml", "[[tables]]", 'table = "stakes"', 'colour = "red"')
    for arguments, sentence in {
        ("map", "moods.csv"): "moods.csv: has no columns that could be an owner and an owned",
        ("map", "moods.csv", "--map", "bad.toml"): "bad.toml: the key tables[0]",
        ("load", "moods.csv", "--map", "bad.toml"): "bad.toml: the key tables[0]",
        ("load", "moods.csv", "--map", "bad.toml", "--format", "csv"): "--format does not go with it",
    }.items():
        done = desk.run(*arguments)
        assert done.code == 2
        assert sentence in done.sentence
