"""What a reader does, in a real browser: follow a note and come back, read Arabic, a phone, paper, no JavaScript; test_search.py has the rest."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, publishable
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

TEXTS = ["texts/000/legend.html", "texts/001/legend-ar.html", "texts/001/vaezi.html", "texts/002/soleimani.html"]


def test_from_the_words_to_the_note_to_its_source_and_back(browser: Browser, address: str) -> None:
    """Without JavaScript: a mark leads to its note, the note to its source and back to the words; each address works when it is opened afresh."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + TEXTS[0])
    mark = opened.locator("sup.mark a").first
    assert re.match(r"Note 1: ", mark.get_attribute("aria-label") or "")
    mark.focus()
    opened.keyboard.press("Enter")
    note = opened.locator("li.note:target")
    note.wait_for(timeout=10_000)
    assert note.locator(".kind").inner_text()
    note.locator(".note-sources a").first.click()
    opened.locator("li:target[id^=work_]").wait_for(timeout=10_000)
    opened.go_back()
    opened.locator("li.note:target .back").click()
    words = opened.locator(".noted:target")
    words.wait_for(timeout=10_000)
    fresh = opened.url
    opened.goto("about:blank")
    opened.goto(fresh)
    opened.locator(".noted:target").wait_for(timeout=10_000)
    context.close()


def test_a_claim_leads_to_every_text_that_makes_it(page: Page, address: str) -> None:
    """From a text to the claim in the register, and from there to another text's exact words."""
    page.goto(address + "texts/001/brothers-in-arms.html")
    claim = page.locator("li.note.claim").first.get_attribute("id")
    page.locator(f".mark a[href='#{claim}']").click()
    page.locator("li.note.open a[href*='registers/claims/']").click()
    page.locator("h2:target").wait_for(timeout=10_000)
    page.goto(address + "registers/claims/isis.html")
    links = page.locator("ul.side-by-side a[href*='#']")
    assert links.count() >= 2
    links.last.click()
    page.locator(".noted:target").wait_for(timeout=10_000)


def test_arabic_reads_from_right_to_left(page: Page, address: str) -> None:
    """Arabic blocks have language and direction, start at the right, use the Arabic face, and mixed lines keep their own order."""
    page.goto(address + "texts/001/legend-ar.html")
    block = page.locator("p.source").nth(3)
    assert block.get_attribute("lang") == "ar"
    assert block.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert "Edition Naskh" in block.evaluate("e => getComputedStyle(e).fontFamily")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('20px \"Edition Naskh\"', 'القدس'))")
    page.goto(address + "texts/002/soleimani.html")
    persian = page.locator("p.source[lang=fa]")
    assert persian.inner_text().endswith("قاسم سلیمانی")
    page.goto(address + "texts/001/kandil-ar.html")
    assert page.locator("h1.source").get_attribute("dir") == "ltr"
    assert page.locator("h1.source .foreign[dir=rtl]").count() >= 1


def test_without_javascript_everything_is_there(browser: Browser, address: str) -> None:
    """Boxes, text and notes can be read, and marks lead to notes, with JavaScript switched off."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + TEXTS[0])
    for heading in ("Who is speaking", "How it reached us", "What is contested", "Notes"):
        assert opened.get_by_role("heading", name=heading, exact=True).is_visible()
    opened.locator("sup.mark a").first.click()
    assert opened.url.split("#")[1].startswith("note_")
    assert opened.locator("li.note").first.is_visible()
    context.close()


def test_paper_has_text_boxes_and_notes(browser: Browser, address: str) -> None:
    """What is printed has the boxes, the source's last words and every note, and none of the site's controls."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(address + "texts/004/gaza-victorious.html")
    opened.emulate_media(media="print")
    shown = opened.locator("body").inner_text()
    for words in ("Who is speaking", "How it reached us", "What is contested", "to seek a ceasefire", "Notes"):
        assert words in shown
    notes = opened.locator("li.note")
    assert all(notes.nth(index).is_visible() for index in range(notes.count()))
    assert not opened.locator(".md-header").is_visible()
    assert not opened.locator(".neighbours").is_visible()
    assert opened.locator("details.more ul.claims").evaluate("e => e.getBoundingClientRect().height") > 0
    assert len(opened.pdf()) > 20_000
    context.close()


def test_link_previews_say_whose_text_it_is(page: Page, address: str) -> None:
    """Title and description of a shared link carry outlet and affiliation."""
    page.goto(address + TEXTS[0])
    for name in ("og:title", "og:description"):
        assert "Al-Ahed News (Hezbollah news site)" in (page.locator(f'meta[property="{name}"]').get_attribute("content") or "")


def test_an_edit_shows_in_the_browser_by_itself(browser: Browser, mini: Path) -> None:
    """Under --watch an edit of a text's YAML, a seed or a template reaches the open page without a reload, and a bad quote the terminal."""
    publishable(mini)
    tool = mini.parent / "tool"
    shutil.copytree(ROOT / "reading_edition", tool / "reading_edition", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build_edition.py", tool)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, str(tool / "build_edition.py"), "--root", str(mini), "--watch", "--address", where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as watching:
        try:
            assert watching.stdout is not None
            assert where in watching.stdout.readline()
            opened = browser.new_page()
            for _ in range(60):
                try:
                    opened.goto(f"http://{where}/texts/one/lamp.html")
                    break
                except PlaywrightError:
                    opened.wait_for_timeout(250)
            lamp, seed = mini / "editorial/one/lamp.yml", mini / "seeds/one.txt"
            lamp.write_text(lamp.read_text(encoding="utf-8").replace("Written the week after.", "Written the month after."), encoding="utf-8")
            opened.get_by_text("Written the month after.").wait_for(timeout=20_000)
            seed.write_text(seed.read_text(encoding="utf-8").replace("O wall of salt", "O high wall of salt"), encoding="utf-8", newline="")
            lamp.write_text(lamp.read_text(encoding="utf-8").replace("O wall of salt.", "O high wall of salt."), encoding="utf-8")
            opened.get_by_text("O high").wait_for(timeout=20_000)
            template = tool / "reading_edition/templates/text.md.j2"
            template.write_text(template.read_text(encoding="utf-8").replace("End of the source.", "Here the source ends."), encoding="utf-8")
            opened.get_by_text("Here the source ends.").wait_for(timeout=20_000)
            lamp.write_text(lamp.read_text(encoding="utf-8").replace("ten days - the", "two days - the"), encoding="utf-8")
            assert any("quote-missing" in watching.stdout.readline() for _ in range(8))
        finally:
            watching.send_signal(signal.SIGINT)
            watching.wait(timeout=20)
    assert watching.returncode == 0
