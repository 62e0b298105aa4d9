"""Mappings proposed from names of columns and values: they are valid, and say what is doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookthrough.importing.rows import UnusableFile
from lookthrough.investigations.mapping import Preview, propose, try_out

DATA = Path(__file__).parents[2] / "data" / "mapped"


def proposal(folder: Path, content: str, encoding: str = "utf-8") -> Preview:
    file = folder / "t.csv"
    file.write_bytes(content.encode(encoding))
    return propose(file)


def stakes(preview: Preview) -> list[tuple[object, ...]]:
    keys = ("owner", "owned", "lane", "percent", "valid_from")
    return [tuple(f.get(key) for key in keys) for f in preview.facts if f["fact"] == "StakeClaim"]


def doubts(preview: Preview) -> str:
    return "; ".join(f"{doubt.column}: {doubt.why}" for doubt in preview.doubts)


def test_a_plain_table_of_owners_is_understood(tmp_path: Path) -> None:
    found = proposal(tmp_path, "Owner ID,Owner name,Company ID,Company name,Percent,Mood\n1,A,2,B,38.37,x\n")
    assert stakes(found) == [("1", "2", "shares", "38.37", None)]
    assert [f["name"] for f in found.facts if f["fact"] == "Description"] == ["A", "B"]
    assert (found.doubts, found.unused) == ((), ("Mood",))


def test_a_table_in_another_script_encoding_and_notation_is_understood(tmp_path: Path) -> None:
    text = "股东名称;被投资企业;持股比例;出资日期\n甲公司;乙公司;38,5;2020/01/15\n丙;乙公司;61,5;2020/02/30\n"
    found = proposal(tmp_path, text, "gb18030")
    assert stakes(found) == [("甲公司", "乙公司", "shares", "38.5", "2020-01-15")]
    assert [(r.field, r.value) for r in found.rejections] == [("出资日期", "2020/02/30")]
    assert 'encoding = "gb18030"' in found.toml
    assert "two spellings of a name are two entities" in doubts(found)
    assert "1 of the first rows do not fit" in doubts(found)


@pytest.mark.parametrize(
    ("values", "told", "doubt"),
    [
        (("0.25", "0.75"), ["25", "75"], "no figure is above 1"),
        (("0.25", "75"), ["0.25", "75"], "taken for percents"),
        (("0.25", "75", "2"), ["0.25", "75", "2"], ""),
        (("1",), ["100"], "no figure is above 1"),
        (("0.5%", "1%"), ["0.5", "1"], ""),
        (("40", "25-50%"), ["40"], "'25-50%' is no figure"),
    ],
)
def test_the_unit_of_figures_is_seen_in_the_values(
    tmp_path: Path, values: tuple[str, ...], told: list[str], doubt: str
) -> None:
    rows = "".join(f"a{i},b,{value}\n" for i, value in enumerate(values))
    found = proposal(tmp_path, f"owner,owned,stake\n{rows}")
    assert [percent for _, _, _, percent, _ in stakes(found)] == told
    assert doubt in doubts(found)


def test_days_that_could_be_months_are_doubtful(tmp_path: Path) -> None:
    header = "holder,company,since\n"
    assert "days and months" in doubts(proposal(tmp_path, f"{header}a,b,03/04/2020\n"))
    told = proposal(tmp_path, f"{header}a,b,03/14/2020\n")
    assert stakes(told)[0][-1] == "2020-03-14"
    assert "days and months" not in doubts(told)


def test_relationships_of_opencorporates_are_understood() -> None:
    found = propose(DATA / "relationships.csv")
    assert ("de/HRB1", "gb/09000001", "votes", "[75,100]", "2018-05-01") in stakes(found)
    assert ("us_de/5786925", "gb/09000001", "votes", "25", "2019-01-01") in stakes(found)
    assert "control_statement, subsidiary, share_parcel, branch" in doubts(found)


def test_a_mapping_of_ones_own_is_tried_out() -> None:
    found = try_out(DATA / "relationships.csv", DATA / "relationships.toml", rows=1)
    assert [f["lane"] for f in found.facts if f["fact"] == "StakeClaim"] == ["shares", "votes"]
    assert found.left_out == {"left out by relationship_type": 1}
    assert found.toml == ""


def test_a_table_of_which_nothing_can_be_told_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="it has Colour, Mood"):
        proposal(tmp_path, "Colour,Mood\nred,glad\n")
