"""The drawn things, the cards and the matrix, in a real browser: choose a text, on a desk, on a phone, on paper, without JavaScript."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, violations
from playwright.sync_api import Browser, Page

PAGES = [
    "index.html",
    "texts/index.html",
    "registers/claims/index.html",
    "registers/claims/killing.html",
    "registers/matrix.html",
    "registers/timeline.html",
    "registers/people.html",
    "registers/outlets.html",
    "texts/001/last-hour.html",
    "texts/002/soleimani.html",
]


def _shown(page: Page) -> int:
    return page.locator("li.card:visible").count()


@pytest.mark.parametrize("name", ["index.html", "texts/index.html"])
def test_texts_are_chosen_and_the_choice_stands_in_the_address(page: Page, address: str, name: str) -> None:
    """A choice hides the other cards, says how many are left, is kept in the address, works when that is opened afresh, and can be undone."""
    page.goto(address + name)
    assert _shown(page) == 27
    page.get_by_label("Outlet").select_option("al-ahed")
    assert _shown(page) == page.locator("li.card[data-outlet=al-ahed]").count() == 11
    page.get_by_label("With a claim that is").select_option("contradicted")
    chosen = _shown(page)
    assert 0 < chosen < 11
    assert page.locator(".filter [role=status]").inner_text() == f"{chosen} of 27 texts"
    assert page.url.endswith("?outlet=al-ahed&status=contradicted")
    if name == "texts/index.html":
        assert page.locator(".shelf:visible").count() == 2
    fresh = page.url
    page.goto("about:blank")
    page.goto(fresh)
    assert _shown(page) == chosen
    assert page.get_by_label("Outlet").input_value() == "al-ahed"
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelectorAll('li.card[hidden]').length === 0")
    assert page.url == address + name


def test_a_choice_that_does_not_exist_shows_all(page: Page, address: str) -> None:
    """A mistyped address hides nothing."""
    page.goto(address + "?outlet=nobody&language=")
    assert _shown(page) == 27


def test_choosing_works_from_a_disk(page: Page, site: Path) -> None:
    """Opened from a disk, choosing works, whether or not the browser lets the address change."""
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Language").select_option("ar")
    assert _shown(page) == page.locator("li.card[data-language=ar]").count() == 4


def test_what_this_is_stands_on_the_first_screen(page: Page, address: str) -> None:
    """On a desk and on a phone the title, the lead and the five doors need no scrolling, and each door is a link that is large enough."""
    for width, height in ((1440, 900), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        doors = page.locator(".doors li")
        assert doors.count() == 5
        for index in range(5):
            box = doors.nth(index).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height
            assert box["height"] >= 24


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_rule_of_accessibility_is_broken(browser: Browser, address: str, scheme: Any, width: int) -> None:
    """Axe finds no violation; a choice is made and what is folded is open, so that it sees all."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    found: list[str] = []
    for name in PAGES:
        opened.goto(address + name + "?language=ar")
        opened.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found += violations(opened, name)
    context.close()
    assert found == []


def test_without_javascript_all_is_there_but_the_choice(browser: Browser, address: str) -> None:
    """All cards, the strip, the chain, the timeline and the matrix; no form that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert _shown(opened) == 27
    assert not opened.locator("form.filter").is_visible()
    opened.goto(address + "texts/002/soleimani.html")
    assert opened.locator(".strip .lane:visible").count() == 4
    assert opened.locator(".drawn-chain circle:visible").count() == 6
    opened.goto(address + "registers/timeline.html")
    assert opened.locator(".drawn-time").is_visible()
    opened.goto(address + "registers/matrix.html")
    opened.locator("#claims_all ~ .matrix td a").first.click()
    opened.locator(".noted:target").wait_for(timeout=10_000)
    context.close()


def test_a_phone_has_the_chain_as_a_list(page: Page, address: str) -> None:
    """Where there is no room for the drawing the list draws the chain; the role of each hand is seen in one of the two."""
    page.goto(address + "texts/001/vaezi.html")
    assert page.locator(".drawn-chain").is_visible()
    page.set_viewport_size({"width": 360, "height": 780})
    assert not page.locator(".drawn-chain").is_visible()
    assert page.locator("ol.chain .role").first.bounding_box()["width"] > 20  # type: ignore[index]


def test_the_matrix_keeps_its_head_and_its_claims_in_sight(page: Page, address: str) -> None:
    """On a phone the table scrolls in its own box, also by keyboard, and the claim and the outlet stay."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(address + "registers/matrix.html")
    box = page.get_by_role("region", name="All claims, by topic")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    box.evaluate("each => each.scrollTo(200, 900)")
    frame = box.bounding_box()
    corner = box.locator(".corner").bounding_box()
    assert frame is not None
    assert corner is not None
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2


def test_a_cell_says_who_says_it_and_leads_there(page: Page, address: str) -> None:
    """The text of a cell for a screen reader has outlet and number of passages; its link leads to the words, in a text of that outlet."""
    page.goto(address + "registers/matrix.html")
    cell = page.get_by_role("link", name="Middle East Eye says it, 1 passage").first
    cell.click()
    page.locator(".noted:target").wait_for(timeout=10_000)
    assert page.locator(".kicker-outlet").inner_text() == "Middle East Eye"


def test_paper_has_the_pictures_whole(browser: Browser, address: str) -> None:
    """Printed, the chain and the timeline are there, the matrix is not cut off by its box, and the form is gone."""
    context = browser.new_context(viewport={"width": 720, "height": 900})
    opened = context.new_page()
    opened.emulate_media(media="print")
    opened.goto(address + "texts/001/vaezi.html")
    assert opened.locator(".drawn-chain").is_visible()
    opened.goto(address + "registers/matrix.html")
    assert opened.locator(".matrix").last.evaluate("each => each.scrollHeight - each.clientHeight") <= 1
    opened.goto(address)
    assert not opened.locator("form.filter").is_visible()
    context.close()


@pytest.mark.parametrize(("name", "limit"), [("pictures.css", 3000), ("cards.js", 2000)])
def test_what_a_reader_loads_for_it_is_small(name: str, limit: int) -> None:
    """Compressed, the styles of the drawings have at most three kilobytes and the script of the cards two."""
    assert len(gzip.compress((ROOT / "docs/assets" / name).read_bytes())) < limit
