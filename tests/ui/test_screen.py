"""The page of screenings: from a pasted list or a file to the table and its files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from lookthrough.words import say

Opened = Callable[..., Page]
LINES = [
    *("ByteDance", "腾讯控股有限公司", "alibaba", "polestar", "lynk", "nayara", "pdd", "spring-sg", "smart"),
    *("halti", "gazprom", "naspers", "635400Z5LQ5F9OLVT688", "proton", "volvo cars", "Tencent Music"),
    *("twin", "No Such Company Anywhere", "shein", "Arm Limited"),
]


def begun(page: Page, lang: str, lines: list[str]) -> None:
    page.get_by_label(say("screen.lines", lang)).fill("\n".join(lines))
    page.get_by_role("button", name=say("screen.find", lang)).click()
    expect(page.get_by_role("heading", name=say("screen.choices", lang))).to_be_visible()


def rows(page: Page) -> Locator:
    return page.locator("table.results tbody tr")


def started(page: Page, lang: str) -> None:
    page.locator(".choices button.primary").click()
    expect(page.locator(".screening .state strong")).to_have_text(say("screen.status.done", lang))
    expect(rows(page).first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_list_is_screened_from_paste_to_export(opened: Opened, lang: str) -> None:
    page = opened(f"/?lang={lang}")
    page.get_by_role("link", name=say("screen.title", lang)).click()
    begun(page, lang, LINES)
    twin = page.get_by_label("twin")
    expect(twin).to_have_value("")
    expect(page.locator(".choices")).to_contain_text("No Such Company Anywhere")
    twin.focus()
    page.keyboard.press("ArrowDown")
    expect(twin).not_to_have_value("")
    started(page, lang)
    assert "/screen/" in page.url
    expect(rows(page)).to_have_count(len(LINES))
    with page.expect_download() as saved:
        page.get_by_role("link", name=say("screen.export", lang, form="CSV")).click()
    with Path(saved.value.path()).open(encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    assert len(told) == len(LINES)
    found = {row["entity"]: row["outcome"] for row in told}
    assert found["lynk"] == "RESTRICTED"
    assert found["No Such Company Anywhere"] == ""
    for name, end in (("NDJSON", b"}\n"), ("Parquet", b"PAR1")):
        with page.expect_download() as saved:
            page.get_by_role("link", name=say("screen.export", lang, form=name)).click()
        assert Path(saved.value.path()).read_bytes().endswith(end)
    restricted = [row for row in told if row["outcome"] == "RESTRICTED"]
    page.locator(".counts button").filter(has_text=say("outcome.RESTRICTED", lang)).first.click()
    expect(rows(page)).to_have_count(len(restricted))
    page.reload()
    expect(rows(page)).to_have_count(len(LINES))
    rows(page).filter(has_text="nayara").get_by_role("link").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(say("outcome.UNDETERMINED", lang))


def test_rows_are_sorted_and_filtered(opened: Opened) -> None:
    page = opened("/screen?lang=en")
    begun(page, "en", ["proton", "nayara", "lynk", "spring-sg", "nobody-knows-this"])
    started(page, "en")

    def entities() -> list[str]:
        cells = page.locator("table.results tbody td:nth-child(2)").all_inner_texts()
        return [cell.split()[-1] for cell in cells]

    def ordered(head: str) -> list[str]:
        page.locator("table.results th").get_by_role("button", name=head, exact=True).click()
        return entities()

    assert entities() == ["proton", "nayara", "lynk", "spring-sg", "nobody-knows-this"]
    assert ordered("Outcome") == ["lynk", "nayara", "spring-sg", "proton", "nobody-knows-this"]
    assert ordered("Outcome") == ["nobody-knows-this", "proton", "nayara", "spring-sg", "lynk"]
    expect(page.locator("table.results th[data-by=outcome]")).to_have_attribute("aria-sort", "descending")
    assert ordered("Row")[0] == "proton"
    page.get_by_label(say("screen.filter", "en")).fill("SPRING")
    assert entities() == ["spring-sg"]
    page.get_by_label(say("screen.filter", "en")).fill("")
    page.locator(".counts button").filter(has_text=say("reason.could_cross_the_line", "en")).click()
    assert entities() == ["nayara", "spring-sg"]
    page.locator(".counts button").filter(has_text=say("screen.no_verdict", "en")).click()
    assert entities() == ["nobody-knows-this"]


def test_a_file_is_read_by_the_column_that_is_chosen(opened: Opened, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text('\ufeffref,party\n1,"Twin ""x"", Ltd"\n2,lynk\n3,\n', encoding="utf-8")
    page = opened("/screen?lang=en")
    lines = page.get_by_label(say("screen.lines", "en"))
    page.get_by_label(say("screen.file", "en")).set_input_files(table)
    expect(lines).to_have_value('Twin "x", Ltd\nlynk')
    expect(page.get_by_role("status")).to_contain_text("1 rows have nothing")
    page.get_by_label(say("screen.column", "en")).select_option("ref")
    expect(lines).to_have_value("1\n2\n3")
    other = tmp_path / "latin.csv"
    other.write_bytes(b"name\nSoci\xe9t\xe9\n")
    page.get_by_label(say("screen.file", "en")).set_input_files(other)
    expect(page.get_by_role("status")).to_have_text(say("screen.file_encoding", "en"))


def test_a_thousand_rows_are_fluent(opened: Opened) -> None:
    """The page alone is measured: sorting and filtering what was loaded."""
    page = opened("/screen?lang=en")
    answer = page.request.post(
        "/v1/screenings",
        data=json.dumps({"policy": "anthropic-2025-09", "entities": ["lynk", "proton", "nayara", "x"] * 250}),
        headers={"Content-Type": "application/json"},
    )
    page.goto(f"/screen/{answer.json()['id']}?lang=en")
    expect(rows(page)).to_have_count(1000, timeout=30_000)
    took = page.evaluate(
        """async () => {
          const begun = performance.now();
          document.querySelector("th[data-by=name] button").click();
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          return performance.now() - begun;
        }"""
    )
    assert took < 1_000
    expect(rows(page).first).to_contain_text("Lynk")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(opened: Opened, width: int) -> None:
    page = opened("/screen?lang=zh", width=width)
    begun(page, "zh", LINES[:8])
    started(page, "zh")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
