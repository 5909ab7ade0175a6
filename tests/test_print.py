"""What comes out of a printer: every page names outlet, affiliation and edition, every note is there, and nothing of the screen."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from lxml import html
from playwright.sync_api import Browser
from pypdf import PdfReader

TEXTS = {
    "texts/000/legend": "Al-Ahed News (Hezbollah news site)",
    "texts/001/kandil-ar": "Al-Binaa (Syrian Social Nationalist Party daily)",
    "texts/001/nujaba": "Al-Ahed News (Hezbollah news site)",
    "texts/002/soleimani": "ProleWiki (Marxist-Leninist wiki)",
}
"""A portrait, an Arabic text, an interview, and the longest text."""
EDITION = "Reading Soleimani: An annotated edition of partisan sources"
WIDGETS = (
    "Back to top",
    "Table of contents",
    "Switch to",
    "Initializing search",
    "Type to start",
    "Skip to content",
    "Report an error",
    "Made with",
    "Read the text",
    "↩",
)


def _letters(words: str) -> str:
    """Return the letters and figures of words: without hyphenation, ligatures, spaces, signs, and the apostrophe that a font calls a letter."""
    return re.sub("[\\W_\u02bc]+", "", unicodedata.normalize("NFKC", words)).lower()


def _printed(browser: Browser, address: str, name: str) -> list[str]:
    """Return the words of each page, as a reader prints it."""
    opened = browser.new_page()
    opened.goto(f"{address}{name}.html")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(opened.pdf(format="A4"))).pages]
    opened.close()
    return pages


@pytest.mark.parametrize("name", TEXTS)
def test_every_printed_page_names_outlet_and_edition(browser: Browser, address: str, name: str) -> None:
    """Each page of the PDF has outlet, affiliation, the edition's whole title, the address of the text, and its number of all pages."""
    pages = _printed(browser, address, name)
    assert len(pages) > 4
    for number, words in enumerate(pages, start=1):
        for wanted in (TEXTS[name], EDITION, f"{name}.html", f"{number} / {len(pages)}"):
            assert _letters(wanted) in _letters(words), (number, wanted)


@pytest.mark.parametrize("name", TEXTS)
def test_paper_has_every_note_and_no_widget(browser: Browser, address: str, site: object, name: str) -> None:
    """Each sentence of each note, box and citation, and each address of a work is on paper, and no word that belongs to the screen."""
    pages = _printed(browser, address, name)
    whole = "\n".join(pages)
    # A sentence may run over the end of a page: the running heads are taken out.
    heads = [_letters(f"{TEXTS[name]} {EDITION} {number}/{len(pages)} {name}.html") for number in range(1, len(pages) + 1)]
    printed = "".join(_letters(words).removeprefix(head) for words, head in zip(pages, heads, strict=True))
    tree = html.parse(f"{site}/{name}.html").getroot()
    parts = tree.xpath("//li[contains(concat(' ', @class, ' '), ' note ')]/p[not(@class='note-foot')] | //section//p | //section//dd")
    assert len(parts) > 20
    missing = []
    for part in parts:
        for sentence in re.split(r"(?<=[.;:]) ", part.text_content()):
            if re.search("[\u0600-\u06ff]", sentence):  # a PDF keeps Arabic as shapes
                continue
            letters = _letters(sentence.replace("↩", ""))
            if letters not in printed:
                missing.append(sentence)
    assert missing == []
    for widget in WIDGETS:
        assert widget not in whole, widget
    for link in tree.xpath("//ul[@class='works']//a/@href"):
        if link.startswith("http") and "%" not in link and link.isascii():  # other letters come out of a PDF as shapes
            assert _letters(link) in printed or _letters(link)[:60] in printed, link


def test_a_register_names_the_edition_on_every_page(browser: Browser, address: str) -> None:
    """The pages of the editors name themselves and the edition."""
    pages = _printed(browser, address, "registers/outlets")
    assert len(pages) > 2
    for words in pages:
        assert "Outlets" in words
        assert "Reading Soleimani" in words


def test_the_styles_of_paper_come_last(browser: Browser, address: str) -> None:
    """On paper the sizes, links and breaks are those of print.css, whatever the styles of the screen say of the same things."""
    context = browser.new_context()
    opened = context.new_page()
    opened.emulate_media(media="print")
    opened.goto(address + "texts/001/kandil-ar.html")

    def has(selector: str, style: str) -> str:
        value: str = opened.locator(selector).first.evaluate("(element, style) => getComputedStyle(element)[style]", style)
        return value

    assert has(".source.paragraph", "fontSize") == "15.3333px"  # 11.5 points, Arabic
    assert has("li.note", "fontSize") == "11.3333px"  # 8.5 points
    assert has(".note-sources a", "textDecorationLine") == "none"
    assert has(".pair", "breakInside") == "auto"
    context.close()
