"""The page in a browser: search, verdict, permalink, both languages, keyboard, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from lookthrough.words import say

POLICY = "anthropic-2025-09"
NAYARA = f"/?entity=nayara&policy={POLICY}&as_of=2026-11-01&lang=en"
SMART = f"/?entity=smart&policy={POLICY}&as_of=2026-11-01&lang=en"
Opened = Callable[..., Page]


def suggestions(page: Page) -> Locator:
    return page.locator("#suggestions").get_by_role("option")


def headline(page: Page, outcome: str, lang: str = "en") -> None:
    expect(page.get_by_role("heading", level=2)).to_contain_text(say(f"outcome.{outcome}", lang))


@pytest.mark.parametrize(
    ("lang", "text", "name", "outcome"),
    [
        ("en", "Nayara", "Nayara Energy Limited", "UNDETERMINED"),
        ("en", "Tencent Hold", "Tencent Holdings Limited", "RESTRICTED"),
        ("zh", "腾讯控股", "腾讯控股有限公司", "RESTRICTED"),
        ("zh", "字节跳动", "ByteDance", "RESTRICTED"),
        ("zh", "騰訊控股", "腾讯控股有限公司", "RESTRICTED"),
        ("en", "zijie tiaodong", "ByteDance Ltd.", "RESTRICTED"),
        ("en", "byetdance", "ByteDance Ltd.", "RESTRICTED"),
    ],
)
def test_one_types_a_name_chooses_and_reads_the_verdict(
    opened: Opened, lang: str, text: str, name: str, outcome: str
) -> None:
    page = opened(f"/?lang={lang}")
    box = page.get_by_role("combobox", name=say("page.entity", lang), exact=True)
    box.press_sequentially(text)
    suggestions(page).filter(has_text=name).first.click()
    headline(page, outcome, lang)
    assert f"lang={lang}" in page.url
    assert f"policy={POLICY}" in page.url


def test_a_suggestion_shows_kind_places_and_id(opened: Opened) -> None:
    page = opened("/?lang=en")
    page.get_by_role("combobox", name="Entity", exact=True).press_sequentially("tencent holdings")
    option = suggestions(page).first
    for told in ("company", "HQ CN", "Inc. KY", "tencent", "腾讯控股有限公司"):
        expect(option).to_contain_text(told)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_suggestion_shows_its_outcome_under_the_chosen_rule(opened: Opened, lang: str) -> None:
    page = opened(f"/?lang={lang}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/outcome?" in request.url else None)
    page.get_by_role("combobox", name=say("page.entity", lang), exact=True).press_sequentially("tengxun")
    outcome = suggestions(page).first.locator(".option-outcome")
    expect(outcome).to_contain_text(say("outcome.RESTRICTED", lang))
    expect(suggestions(page).last.locator(".option-outcome")).not_to_be_empty()
    assert 1 < len(asked) == suggestions(page).count() <= 8
    assert all(f"policy={POLICY}" in url for url in asked)


def test_the_keyboard_is_enough(opened: Opened) -> None:
    page = opened("/?lang=en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=say("page.skip", "en"))).to_be_focused()
    box = page.get_by_role("combobox", name="Entity", exact=True)
    for _ in range(10):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    expect(box).to_be_focused()
    page.keyboard.type("nayara")
    expect(suggestions(page).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(suggestions(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestions-0")
    page.keyboard.press("Enter")
    headline(page, "UNDETERMINED")
    expect(page.get_by_role("article")).to_be_focused()


def test_text_that_names_one_entity_needs_no_choosing(opened: Opened) -> None:
    page = opened("/?lang=en")
    page.get_by_role("combobox", name="Entity", exact=True).fill("635400Z5LQ5F9OLVT688")
    page.get_by_role("button", name=say("page.ask", "en")).click()
    expect(page).to_have_url(re.compile("entity=prosus"))
    expect(page.locator("#headline")).to_be_visible()


def test_text_that_names_several_asks_to_choose(opened: Opened) -> None:
    page = opened("/?lang=en")
    page.get_by_role("combobox", name="Entity", exact=True).fill("limited")
    page.get_by_role("button", name=say("page.ask", "en")).click()
    expect(page.get_by_role("status")).to_have_text(say("page.choose_one", "en"))
    expect(page.get_by_role("combobox", name="Entity", exact=True)).to_be_focused()


def test_a_verdict_that_arrives_late_leaves_what_was_typed_meanwhile(opened: Opened) -> None:
    page = opened("/?lang=en")

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/v1/verdicts", late)
    page.get_by_role("link", name="PDD Holdings").click()
    box = page.get_by_role("combobox", name="Entity", exact=True)
    box.fill("nayara")
    headline(page, "UNDETERMINED")
    expect(box).to_have_value("nayara")


def test_the_address_is_the_verdict(opened: Opened) -> None:
    page = opened(NAYARA)
    headline(page, "UNDETERMINED")
    page.reload()
    headline(page, "UNDETERMINED")
    expect(page.get_by_label(say("page.as_of", "en"), exact=True)).to_have_value("2026-11-01")


def test_back_and_forward_go_through_the_questions(opened: Opened) -> None:
    page = opened(NAYARA)
    page.get_by_role("link", name="United Capital Partners").first.click()
    expect(page.locator(".subject")).to_contain_text("United Capital Partners")
    page.go_back()
    expect(page.locator(".subject")).to_contain_text("Nayara")
    page.go_forward()
    expect(page.locator(".subject")).to_contain_text("United Capital Partners")


def test_the_permalink_fixes_both_clocks(opened: Opened) -> None:
    page = opened(f"/?entity=nayara&policy={POLICY}&lang=en")
    page.get_by_role("link", name=say("page.permalink", "en")).click()
    expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d\d-\d\d&known_at=\d{4}.*Z"))
    headline(page, "UNDETERMINED")


def test_the_language_switch_keeps_the_question(opened: Opened) -> None:
    page = opened(NAYARA)
    headline(page, "UNDETERMINED")
    page.get_by_role("link", name="中文").click()
    headline(page, "UNDETERMINED", "zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".sentence").first).to_contain_text("界线为超过 50%")
    assert "entity=nayara" in page.url
    page.go_back()
    headline(page, "UNDETERMINED")


def test_an_undetermined_verdict_shows_what_is_missing(opened: Opened) -> None:
    page = opened(NAYARA)
    table = page.get_by_role("table", name=say("page.missing_note", "en"))
    expect(table.get_by_role("row")).to_have_count(4)
    decisive = table.get_by_role("row").filter(has_text=say("page.yes", "en"))
    expect(decisive).to_have_count(2)
    expect(decisive.nth(1)).to_contain_text(say("missing.disputed_location", "en"))
    expect(decisive.nth(1)).to_contain_text("49.84%")
    expect(decisive.nth(1)).to_contain_text("CY / RU")
    page.get_by_role("link", name=re.compile("United Capital")).first.click()
    expect(page).to_have_url(re.compile("entity=ucp"))


def figure(text: str) -> Fraction:
    found = re.match(r"([\d.]+)%", text.strip())
    assert found, text
    return Fraction(found[1])


def test_the_chains_on_the_page_add_up_to_the_proven_share(opened: Opened) -> None:
    page = opened(SMART)
    expect(page.locator(".chain").first).to_be_visible()
    products = [figure(each) for each in page.locator(".chain .product").all_inner_texts()]
    total, rest, proven = (figure(each) for each in page.locator(".sum .product").all_inner_texts())
    assert len(products) > 1
    assert sum(products) == total
    assert total + rest == proven


def test_along_a_chain_the_arrows_multiply_to_its_figure(opened: Opened) -> None:
    page = opened(SMART)
    expect(page.locator(".chain").first).to_be_visible()
    for chain in page.locator(".chain").all():
        product = Fraction(100)
        for step in chain.locator(".on-arrow").all_inner_texts():
            product *= figure(step) / 100
        assert product == figure(chain.locator(".product").inner_text())


def test_the_sources_of_a_chain_come_on_demand(opened: Opened) -> None:
    page = opened(NAYARA)
    chain = page.locator(".chain").first
    chain.get_by_text("hydrocarbonprocessing.com").first.click()
    claim = chain.locator(".claims li").first
    expect(claim).to_contain_text("49.13")
    expect(claim).to_contain_text("2017-08-18")
    expect(claim.get_by_role("link")).to_have_attribute("href", re.compile("^https?://"))


def test_the_bar_says_in_words_what_it_draws(opened: Opened) -> None:
    page = opened(NAYARA)
    bar = page.locator("svg.bar")
    expect(bar).to_have_attribute(
        "aria-label", re.compile(r"at least 49\.13%, at most 98\.26%.*more than 50%")
    )
    expect(bar.locator(".bar-restricted")).to_have_attribute("width", "49.13%")
    expect(bar.locator(".bar-unknown")).to_have_attribute("width", "98.26%")


def test_what_would_change_it_is_shown_for_a_restricted_entity(opened: Opened) -> None:
    page = opened(f"/?entity=lynk&policy={POLICY}&lang=en")
    table = page.get_by_role("table", name=say("page.changes_note", "en"))
    expect(table.get_by_role("row").nth(1)).to_contain_text(say("page.at_most", "en", figure="1"))


def test_readings_stand_side_by_side_and_can_be_chosen(opened: Opened) -> None:
    page = opened(NAYARA)
    page.get_by_role("link", name="companies-only").click()
    expect(page).to_have_url(re.compile("variant=companies-only"))
    expect(page.get_by_label(say("page.variant", "en"), exact=True)).to_have_value("companies-only")
    expect(page.locator(".variants a[aria-current]")).to_have_text("companies-only")


def test_another_rule_is_a_new_question_about_the_same_entity(opened: Opened) -> None:
    page = opened(NAYARA)
    headline(page, "UNDETERMINED")
    page.get_by_label(say("page.policy", "en"), exact=True).select_option("openai")
    expect(page).to_have_url(re.compile("entity=nayara&policy=openai"))
    expect(page.get_by_role("article")).to_contain_text("openai@1")


def test_names_and_notes_from_files_never_become_markup(opened: Opened) -> None:
    page = opened(f"/?entity=t%3Amarkup&policy={POLICY}&lang=en")
    expect(page.locator(".subject")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("article img")).to_have_count(0)
    expect(page.locator("article b")).to_have_count(0)
    expect(page.locator('a[href^="javascript:"]')).to_have_count(0)
    page.goto(f"/?entity=t%3Ashared&policy={POLICY}&lang=en")
    owners = page.get_by_role("table", name=say("page.owners_note", "en"))
    expect(owners.get_by_role("row")).to_have_count(10)
    expect(page.locator('a[href^="javascript:"]')).to_have_count(0)


@pytest.mark.parametrize("entity", ["a/owners", "100%/x?y#z", "a%2Fb", "股权/穿透"])
def test_ids_with_any_sign_can_be_followed(opened: Opened, entity: str) -> None:
    page = opened(f"/?entity=t%3Aclean&policy={POLICY}&lang=en")
    box = page.get_by_role("combobox", name="Entity", exact=True)
    box.fill(entity)
    page.get_by_role("button", name=say("page.ask", "en")).click()
    expect(page.get_by_text(entity, exact=True).first).to_be_visible()
    expect(page.get_by_role("table", name=say("page.owners_note", "en"))).to_be_visible()


def test_the_json_is_the_answer_itself(opened: Opened) -> None:
    page = opened(NAYARA)
    with page.expect_download() as download:
        page.get_by_role("link", name=say("page.json", "en")).click()
    told = download.value.path().read_bytes()
    question = {"entity": "nayara", "policy": POLICY, "as_of": "2026-11-01"}
    assert told == page.request.post("/v1/verdicts", data=question).body()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("entity", ["", "nayara", "smart", "bytedance", "t:shared"])
def test_nothing_scrolls_sideways_on_a_narrow_screen(
    opened: Opened, entity: str, lang: str, scheme: str
) -> None:
    page = opened(f"/?entity={entity}&policy={POLICY}&lang={lang}", width=360, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_reference_does_not_scroll_sideways_either(opened: Opened) -> None:
    page = opened("/docs?lang=en", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_everything_that_is_asked_for_has_a_label(opened: Opened) -> None:
    page = opened(NAYARA)
    headline(page, "UNDETERMINED")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('input, select, button, a')]
            .filter((node) => !(node.labels?.length || node.textContent.trim() || node.ariaLabel))
            .map((node) => node.outerHTML)"""
    )
    assert unnamed == []
    levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3')].map((head) => head.tagName)")
    assert levels[:3] == ["H1", "H2", "H3"]
    assert levels.count("H1") == 1


def test_without_scripts_the_page_says_what_it_is(opened: Opened) -> None:
    page = opened("/?lang=en", java_script_enabled=False)
    expect(page.get_by_text(say("page.no_script", "en"))).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=say("page.docs", "en"))).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)


def test_the_first_page_offers_cases_to_look_at(opened: Opened) -> None:
    page = opened("/?lang=en")
    page.get_by_role("link", name="PDD Holdings").click()
    headline(page, "UNDETERMINED")
