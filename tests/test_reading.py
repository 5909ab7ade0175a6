"""What a reader does with a text and its notes, in a real browser: beside the line, in a sheet, by keyboard; ways to read; words taken away."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Page, Route

LEGEND, ARABIC, WIKI, VAEZI = "texts/000/legend.html", "texts/001/legend-ar.html", "texts/002/soleimani.html", "texts/001/vaezi.html"

BOXES = """() => [...document.querySelectorAll('ol.notes > li.note')].filter(note => note.offsetHeight).map(note => {
  const line = document.querySelector(`.mark a[href="#${note.id}"]`).getBoundingClientRect();
  const words = document.querySelector(`[data-note="${note.id.slice(5)}"]`).closest('.source').getBoundingClientRect();
  const box = note.getBoundingClientRect(), title = !!document.querySelector(`h1 [data-note="${note.id.slice(5)}"]`);
  return {id: note.id, top: box.top, bottom: box.bottom, left: box.left, right: words.right, line: line.top, title};
})"""


@pytest.fixture
def copying(browser: Browser) -> Iterator[Page]:
    """A window that may use the clipboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("text", [LEGEND, ARABIC, WIKI, "texts/001/nasrallah-capitol.html"])
@pytest.mark.parametrize("width", [980, 1280, 1920])
def test_beside_the_line_no_two_notes_collide(page: Page, address: str, text: str, width: int) -> None:
    """However dense they are: every note is there, in order, right of the text, none above its line, none over another, open or not."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + text)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    for opened in (None, 7, 25):
        if opened is not None:
            page.evaluate(f"document.querySelectorAll('.mark a')[{opened}].click()")
            page.wait_for_timeout(300)
        page.wait_for_function("document.getAnimations().every((one) => one.playState === 'finished')")
        boxes = page.evaluate(BOXES)
        assert len(boxes) == page.locator("li.note").count()
        for above, below in pairwise(boxes):
            assert above["bottom"] <= below["top"], (above["id"], below["id"])
        assert all(box["left"] >= box["right"] or box["title"] for box in boxes)
        if opened is None:
            assert all(-12 <= box["top"] - box["line"] < 700 or box["title"] for box in boxes)
            assert sorted(box["top"] - box["line"] for box in boxes)[len(boxes) // 2] < 150


@pytest.mark.parametrize("text", [LEGEND, VAEZI, WIKI])
def test_a_note_takes_the_room_that_it_has(page: Page, address: str, text: str) -> None:
    """Wherever a closed note is cut, the next one (or the end of the text) is less than two lines below it."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + text)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    loose = page.evaluate(
        """() => { const notes = [...document.querySelectorAll('ol.notes > li.note')];
        const end = document.querySelector('.reading').getBoundingClientRect().bottom;
        return notes.filter((note, i) => {
          const body = note.querySelector('.note-body'), cut = Math.max(note.scrollHeight - note.clientHeight, body.scrollHeight - body.clientHeight);
          const below = notes[i + 1] ? notes[i + 1].getBoundingClientRect().top : end;
          return cut > 6 && below - note.getBoundingClientRect().bottom > 38; }).map(note => note.id) }"""
    )
    assert loose == []


def test_a_note_opens_beside_its_words_and_leads_back(page: Page, address: str) -> None:
    """A click on the mark or the words opens the note, lights the words and gives the address; Escape closes it and goes back to the mark."""
    page.goto(address + VAEZI)
    mark = page.locator(".mark a").nth(4)
    mark.click()
    note = page.locator("li.note.open")
    assert note.count() == 1
    assert page.evaluate("document.activeElement.id") == note.get_attribute("id")
    assert page.url.endswith("#" + str(note.get_attribute("id")))
    assert page.locator(".noted.lit").first.is_visible()
    note.locator(".note-sources a").first.click()
    assert len(note.locator(".in-place").inner_text()) > 60
    page.keyboard.press("Escape")
    assert page.locator("li.note.open").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('href')") == mark.get_attribute("href")
    page.locator(".noted").nth(1).click(position={"x": 5, "y": 5})
    assert page.locator("li.note.open").count() == 1


def test_notes_by_keyboard_alone(page: Page, address: str) -> None:
    """J and k go from note to note and bring the words into view; Tab reaches each control; the keys can be switched off."""
    page.goto(address + LEGEND)
    seen = []
    for _ in range(12):
        page.keyboard.press("j")
        seen.append(page.locator("li.note.open .note-number").inner_text())
        assert page.evaluate(
            "(() => { const r = document.querySelector('.noted.lit').getBoundingClientRect(); return r.top > 40 && r.top < innerHeight - 60 })()"
        )
    assert seen == [str(number) for number in range(1, 13)]
    page.keyboard.press("k")
    assert page.locator("li.note.open .note-number").inner_text() == "11"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Previous note"
    page.keyboard.press("Enter")
    assert page.locator("li.note.open .note-number").inner_text() == "10"
    page.keyboard.press("Escape")
    page.locator("details.choices summary").press("Enter")
    page.locator("[name=keys]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("li.note.open").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator("li.note.open").count() == 0


def test_each_of_two_overlapping_notes_can_be_reached(page: Page, address: str) -> None:
    """Where notes share words, each has its own mark, and each mark opens its own note."""
    page.goto(address + "texts/004/gaza-victorious.html")
    inner = page.locator(".noted .noted").first
    names = {inner.get_attribute("data-note"), inner.locator("xpath=ancestor::*[@data-note][1]").get_attribute("data-note")}
    assert len(names) == 2
    for name in names:
        page.locator(f".mark a[href='#note_{name}']").click()
        assert page.locator("li.note.open").get_attribute("id") == f"note_{name}"


def test_three_ways_to_read_are_kept_in_the_address(page: Page, address: str) -> None:
    """Source first has no marks and no notes, markers no notes, full has all; boxes stay; links to the texts before and after keep it."""
    for read, marks, notes in (("source", 0, 0), ("markers", 26, 0), ("full", 26, 26)):
        page.goto(f"{address}{VAEZI}?read={read}")
        assert page.locator(".mark:visible").count() == marks
        assert page.locator("li.note:visible").count() == notes
        assert page.get_by_role("heading", name="What is contested").is_visible()
    page.locator(".modes label", has_text="Source").click()
    assert "read=source" in page.url
    assert "read=source" in page.evaluate("document.querySelector('.neighbours a').href")
    page.keyboard.press("j")
    assert page.locator("li.note:visible").count() == 1
    page.goto(f"{address}{VAEZI}?read=source#note_" + str(page.locator("li.note").nth(3).get_attribute("id"))[5:])
    assert page.locator("li.note.open .note-number").inner_text() == "4"


def test_kinds_can_be_switched_off_and_on(page: Page, address: str) -> None:
    """A kind that is switched off has no mark and no note; the address says so; stepping passes it over."""
    page.goto(address + VAEZI)
    page.locator("details.choices summary").click()
    claims = page.locator("li.note.claim").count()
    for kind in ("person", "term", "context", "framing", "organisation", "place", "outlet", "translation", "textual"):
        box = page.locator(f"[name=kind][value={kind}]")
        if box.count():
            box.uncheck()
    assert page.locator("li.note:visible").count() == claims == page.locator(".mark:visible").count()
    assert "kinds=claim" in page.url
    page.goto(page.url)
    page.keyboard.press("j")
    assert page.locator("li.note.open.claim").count() == 1
    assert page.locator(".walked").inner_text() == f"1/{claims}"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_is_being_read_stays_where_it_is(page: Page, address: str, width: int) -> None:
    """Changing the way to read or opening a note does not move the paragraph at the top of the window."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + LEGEND + "#p20")
    page.wait_for_timeout(400)
    where = "document.querySelector('#p20').getBoundingClientRect().top"
    before = page.evaluate(where)
    for name in ("Source", "Full", "Markers", "Full"):
        page.locator(".modes label", has_text=name).click()
        page.wait_for_timeout(100)
        assert abs(page.evaluate(where) - before) <= 1, name


def test_the_bar_fits_a_phone(page: Page, address: str) -> None:
    """With the longest count of notes that there is, nothing in the bar is cut, lies over another thing or leaves the window."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(address + WIKI)
    last = page.locator("li.note").last.get_attribute("id")
    page.goto(f"{address}{WIKI}#{last}")
    page.wait_for_function("/\\d\\d\\d\\/\\d\\d\\d/.test(document.querySelector('.walked').textContent)")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.reading-bar :is(.modes label, summary, .walk button, .walked)')].map(e => e.getBoundingClientRect())"
        ".map(box => [box.left, box.right])"
    )
    assert len(boxes) == 7
    assert all(left[1] <= right[0] + 0.5 for left, right in pairwise(boxes)), boxes
    assert boxes[-1][1] <= 360
    assert page.locator(".modes").evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_on_a_phone_a_note_is_a_sheet(page: Page, address: str) -> None:
    """It stands at the foot of the window, its words stay in sight, a button closes it; full puts each note under its paragraph."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + LEGEND)
    page.locator(".mark a").nth(6).click()
    sheet = page.locator("li.note.open")
    box = sheet.bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert box["width"] == 360
    assert abs(box["y"] + box["height"] - 740) <= 1
    assert page.evaluate("document.querySelector('.noted.lit').getBoundingClientRect().top") < box["y"]
    sheet.get_by_role("button", name="Close the note").click()
    assert page.locator("li.note.open").count() == 0
    page.locator(".modes label", has_text="Full").click()
    assert page.locator(".source + ol.group > li.note").count() > 20
    assert page.locator("li.note").count() == page.locator("li.note:visible").count()


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "none"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_whose_text_it_is_stays_in_sight(browser: Browser, address: str, site: Path, width: int, scripted: bool) -> None:
    """Whoever is led into the middle of a text sees outlet and affiliation in the head of the page, whole, with and without JavaScript."""
    context = browser.new_context(viewport={"width": width, "height": 700}, java_script_enabled=scripted)
    opened = context.new_page()
    for text in sorted(site.glob("texts/*/*.html")):
        opened.goto(f"{address}{text.relative_to(site)}#p3")
        head, voice = opened.locator("header .md-header__title"), opened.locator(".topic-voice")
        if scripted:
            opened.wait_for_function(
                "getComputedStyle(document.querySelector('.topic').parentNode).opacity === '1' && !document.getAnimations().length"
            )
        assert opened.locator(".topic").locator("..").evaluate("topic => getComputedStyle(topic).opacity") == "1"
        assert voice.inner_text() == opened.locator("meta[name=author]").get_attribute("content")
        assert voice.evaluate("e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")
        assert voice.evaluate("e => e.getBoundingClientRect().bottom <= e.parentNode.getBoundingClientRect().bottom + 1")
        inside, room = voice.bounding_box(), head.bounding_box()
        assert inside is not None
        assert room is not None
        assert room["x"] <= inside["x"]
        assert inside["x"] + inside["width"] <= room["x"] + room["width"]
        assert room["y"] <= inside["y"]
        assert inside["y"] + inside["height"] <= room["y"] + room["height"]
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("late", ["nothing", "*.woff2", "*.css", "*.js"])
def test_nothing_shifts_while_a_page_loads(browser: Browser, address: str, width: int, late: str) -> None:
    """The sum of layout shifts of a page, from opening to rest, is below 0.02, also when fonts, styles or scripts come late."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    opened = context.new_page()
    opened.add_init_script(
        "window.shift = 0; new PerformanceObserver(all => { for (const one of all.getEntries()) shift += one.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    def hold(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    opened.route(f"**/{late}", hold)
    for name in (LEGEND, LEGEND + "#p12", ARABIC + "#p40", "index.html", "registers/claims/index.html"):
        opened.goto("about:blank")
        opened.goto(address + name)
        opened.wait_for_timeout(600)
        assert opened.evaluate("shift") < 0.02, name
    context.close()


@pytest.mark.parametrize("where", ["http", "disk"])
def test_the_typefaces_are_those_of_the_edition(page: Page, address: str, site: Path, where: str) -> None:
    """At the latest on the second page that somebody opens, source, editors' words and Arabic are set in the site's own fonts."""
    base = address if where == "http" else site.as_uri() + "/"
    devtools = page.context.new_cdp_session(page)
    for text, selector, font in ((LEGEND, "h1.source", "Edition Serif"), (LEGEND, ".box dd", "Edition Sans"), (ARABIC, "h1.source", "Edition Naskh")):
        page.goto(base + text)
        page.wait_for_timeout(300)
        page.goto(base + text)
        for domain in ("DOM", "CSS"):
            devtools.send(f"{domain}.enable")
        root = devtools.send("DOM.getDocument")["root"]["nodeId"]
        node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        assert font in {used["familyName"] for used in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}


def test_a_disk_has_the_same_fonts() -> None:
    """The rules of disk.css are those of edition.css, but that a font from a disk is waited for."""
    faces = {
        name: [line for line in (ROOT / "docs/assets" / name).read_text("utf-8").splitlines() if line.startswith("@font-face") and "url(" in line]
        for name in ("edition.css", "disk.css")
    }
    assert len(faces["disk.css"]) == 4
    assert faces["disk.css"] == [face.replace("font-display: optional", "font-display: block") for face in faces["edition.css"]]


def test_words_that_are_copied_carry_their_outlet(copying: Page, address: str) -> None:
    """The clipboard has the source's words without marks, then outlet, affiliation, title, paragraphs and address; editors' words say so."""
    copying.goto(address + VAEZI)
    copying.evaluate(
        "const [from, to] = [document.querySelector('#p3'), document.querySelector('#p5')];"
        "getSelection().setBaseAndExtent(from, 0, to, to.childNodes.length)"
    )
    copying.keyboard.press("Control+c")
    words = copying.evaluate("navigator.clipboard.readText()")
    assert "On the occasion of the first martyrdom anniversary of General Hajj Qassem Soleimani, Al-Ahed News" in " ".join(words.split())
    assert "Source: Al-Ahed News (Hezbollah news site): Iranian President" in words
    assert "paragraphs 3–5" in words
    assert words.rstrip().endswith(VAEZI + "#p3")
    copying.evaluate("getSelection().selectAllChildren(document.querySelector('.box.who p'))")
    copying.keyboard.press("Control+c")
    assert "The editors of this edition, on Al-Ahed News (Hezbollah news site)" in copying.evaluate("navigator.clipboard.readText()")
