"""The ownership chart in a browser: looked at, followed, opened and folded, taken along as a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
Opened = Callable[..., Page]
WORDS_OUTSIDE = """() => [...document.querySelectorAll('.chart-frame [data-box], .chart-frame [data-arrow]')]
  .flatMap((node) => {
    const around = [...node.querySelectorAll('.edge, .label')].map((shape) => shape.getBBox());
    const inside = (text) => around.some((box) =>
      text.x >= box.x - 1 && text.x + text.width <= box.x + box.width + 1);
    const words = [...node.querySelectorAll('text')];
    return words.filter((text) => !inside(text.getBBox())).map((text) => text.textContent);
  })"""


def chart_of(opened: Opened, entity: str, lang: str = "en", more: str = "", **options: object) -> Page:
    page = opened(f"/?entity={entity}&policy={POLICY}&as_of=2026-11-01&lang={lang}{more}", **options)
    # The first question after the start reads every query and waits for whatever else runs.
    expect(page.locator(".chart-frame [data-box]").first).to_be_attached(timeout=20_000)
    page.locator(".chart-frame").scroll_into_view_if_needed()
    return page


def box(page: Page, name: str) -> Locator:
    return page.locator(f'.chart-frame .box.party[aria-label^="{name}"]')


def seen(page: Page) -> tuple[float, float, float, float]:
    told = page.locator(".chart-frame .drawing").get_attribute("viewBox")
    x, y, width, height = map(float, (told or "").split())
    return x, y, width, height


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name=say("page.chart_details", "en"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("entity", ["bytedance", "naspers", "t:shared"])
def test_every_word_stands_inside_its_box_in_the_readers_font(opened: Opened, entity: str, lang: str) -> None:
    page = chart_of(opened, entity, lang, "&direction=both")
    assert page.evaluate(WORDS_OUTSIDE) == []


def test_what_one_points_at_shows_its_chain_from_those_named_to_the_entity(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    box(page, "Volvo Car AB").hover()
    chain = page.locator(".traced .box.lit")
    expect(chain).to_have_count(3)
    for name in ("Zhejiang Geely", "Volvo Car AB", "Polestar Automotive"):
        expect(box(page, name)).to_have_class(re.compile("lit"))
    expect(page.locator(".traced .stake.lit")).to_have_count(2)
    page.locator(".lede").hover()
    expect(page.locator(".traced")).to_have_count(0)


def test_keys_go_along_the_stakes_to_their_sources_and_back(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    page.get_by_role("button", name=say("page.chart_full", "en")).focus()
    page.keyboard.press("Tab")
    expect(box(page, "Polestar Automotive")).to_be_focused()
    page.keyboard.press("ArrowUp")
    stake = page.locator(".stake:focus")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    shares = [stake.locator(".share").text_content()]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        shares.append(stake.locator(".share").text_content())
    assert sorted(map(str, shares)) == ["16%", "18%", "22%", "44%"]
    page.locator(".stake", has_text="16%").focus()
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_focused()
    expect(panel(page).locator(".claims li")).not_to_have_count(0)
    expect(panel(page)).to_contain_text(say("page.as_filed", "en", percent="16"))
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(page.locator(".stake", has_text="16%")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page, "Volvo Car AB")).to_be_focused()
    page.keyboard.press("Home")
    expect(box(page, "Polestar Automotive")).to_be_focused()


def test_a_stake_on_which_sources_disagree_shows_what_each_of_them_says(opened: Opened) -> None:
    page = chart_of(opened, "t:disputed")
    page.locator(".stake.disputed .hit").first.dispatch_event("click")
    expect(panel(page)).to_contain_text(say("page.conflict", "en"))
    for source, filed in (("tests", "30"), ("others", "45")):
        claim = panel(page).locator(".claims li").filter(has_text=source)
        expect(claim).to_contain_text(say("page.as_filed", "en", percent=filed))


def test_a_box_leads_to_its_verdict_and_tells_its_total(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    box(page, "Volvo Car AB").click()
    expect(panel(page)).to_contain_text("79%")
    panel(page).get_by_role("link", name="Volvo Car AB").click()
    expect(page).to_have_url(re.compile("entity=volvo-cars"))


def test_what_is_opened_by_hand_is_in_the_address_and_can_be_folded_again(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    boxes = page.locator(".chart-frame [data-box]")
    few = boxes.count()
    box(page, "PSD Investment").locator("rect.more").click()
    expect(page).to_have_url(re.compile("expand=psd-investment"))
    expect(boxes).not_to_have_count(few)
    many = boxes.count()
    expect(box(page, "PSD Investment")).to_be_focused()
    page.reload()
    expect(boxes).to_have_count(many)
    page.get_by_role("button", name=say("page.chart_reset", "en")).click()
    expect(boxes).to_have_count(few)
    assert "expand" not in page.url


def test_space_folds_what_is_beyond_a_box(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    before = page.locator(".chart-frame [data-box]").count()
    box(page, "Volvo Car AB").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("collapse=volvo-cars"))
    expect(page.locator(".chart-frame [data-box]")).not_to_have_count(before)
    page.keyboard.press("Space")
    expect(page.locator(".chart-frame [data-box]")).to_have_count(before)


def test_the_chart_goes_up_down_and_both_ways(opened: Opened) -> None:
    page = chart_of(opened, "bytedance")
    side = page.get_by_label(say("page.chart_direction", "en"))
    expect(side).to_have_value("up")
    expect(box(page, "TikTok Inc.")).to_have_count(0)
    side.select_option("both")
    expect(box(page, "TikTok Inc.")).to_have_count(1)
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_label(say("page.chart_direction", "zh"))).to_have_value("both")
    expect(box(page, "TikTok Inc.")).to_have_count(1)


def test_one_zooms_pans_and_fits_by_buttons_keys_and_wheel(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    page.get_by_role("button", name=say("page.chart_fit", "en")).click()
    whole = seen(page)
    page.get_by_role("button", name=say("page.chart_closer", "en")).click()
    assert seen(page)[2] == pytest.approx(whole[2] / 1.3)
    box(page, "Polestar Automotive").focus()
    page.keyboard.press("+")
    closer = seen(page)
    assert closer[2] == pytest.approx(whole[2] / 1.69)
    frame = page.locator(".chart-frame").bounding_box()
    assert frame
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 60, middle[1], steps=4)
    page.mouse.up()
    assert seen(page)[0] > closer[0]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    page.wait_for_function(
        f"() => document.querySelector('.drawing').viewBox.baseVal.width < {closer[2] - 1}"
    )
    now = seen(page)
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(100)
    assert seen(page) == now  # without Ctrl the page scrolls
    box(page, "Polestar Automotive").focus()
    page.keyboard.press("0")
    assert seen(page) == pytest.approx(whole)


def test_two_fingers_zoom(opened: Opened) -> None:
    page = chart_of(opened, "polestar", width=390, has_touch=True)
    before = seen(page)
    frame = page.locator(".chart-frame").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    hands = page.context.new_cdp_session(page)

    def touch(kind: str, *spread: int) -> None:
        points = [{"x": x + off, "y": y, "id": i} for i, off in enumerate(spread)]
        hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # pyright: ignore[reportUnknownMemberType]

    touch("touchStart", -20, 20)
    touch("touchMove", -40, 40)
    touch("touchMove", -80, 80)
    touch("touchEnd")
    assert seen(page)[2] < before[2] * 0.7


def test_the_chart_fills_the_screen(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    page.get_by_role("button", name=say("page.chart_full", "en")).click()
    page.wait_for_function("() => document.fullscreenElement?.matches('.chart-stage')")
    box(page, "Polestar Automotive").focus()
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")


def test_the_chart_is_a_table_too(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    page.get_by_text(say("page.chart_table", "en", count="6")).click()
    table = page.get_by_role("table", name=say("page.chart_table_note", "en"))
    expect(table.get_by_role("row")).to_have_count(7)
    volvo = table.get_by_role("row").filter(has_text="16%")
    expect(volvo).to_contain_text("Volvo Car AB")
    expect(volvo).to_contain_text("Polestar Automotive Holding UK PLC")


def test_the_chart_can_be_taken_along_in_four_forms(opened: Opened) -> None:
    page = chart_of(opened, "polestar", more="&direction=both")
    files = page.locator(".chart-files")

    def taken(form: str) -> bytes:
        with page.expect_download() as download:
            files.get_by_text(form, exact=True).click()
        assert download.value.suggested_filename.endswith(f".{form.lower()}")
        return download.value.path().read_bytes()

    drawing = taken("SVG")
    assert drawing.startswith(b"<svg")
    picture = taken("PNG")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    natural = re.search(rb'width="([\d.]+)" height="([\d.]+)"', drawing)
    assert natural
    assert int.from_bytes(picture[16:20], "big") == pytest.approx(2 * float(natural[1]), abs=2)
    rows = list(csv.DictReader(taken("CSV").decode().splitlines()))
    told = page.request.get(files.get_by_text("JSON").get_attribute("href") or "").json()
    assert taken("JSON")
    assert [(row["owner_name"], row["min"]) for row in rows if row["owner"] and row["min"]] == [
        (next(b["entity"]["name"] for b in told["boxes"] if b["box"] == arrow["owner_box"]), arrow["min"])
        for arrow in told["arrows"]
        if arrow.get("owner") and arrow.get("min")
    ]


def test_on_paper_the_whole_chart_is_shown(opened: Opened) -> None:
    page = chart_of(opened, "polestar")
    page.get_by_role("button", name=say("page.chart_fit", "en")).click()
    whole = seen(page)
    for _ in range(4):
        page.get_by_role("button", name=say("page.chart_closer", "en")).click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    x, y, width, height = page.evaluate(
        "() => (({x, y, width, height}) => [x, y, width, height])(document.querySelector('.body').getBBox())"
    )
    left, top, wide, high = seen(page)
    assert left <= x
    assert top <= y
    assert left + wide >= x + width
    assert top + high >= y + height
    assert whole[2] > 0
    expect(page.locator(".chart-tools")).to_be_hidden()
