"""Comparisons: what is wrong with a file is said where it stands; every cell says whose words it has, and has the source's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from conftest import ROOT, run, violations
from lxml import html
from playwright.sync_api import Browser, Page

from reading_edition.assemble import Memory, assemble
from reading_edition.edition import Edition
from reading_edition.pages import write

FOLDER = ROOT / "editorial/comparisons"
TRANSLATION = "comparisons/translation-legend.html"
PAGES = ["comparisons/index.html", TRANSLATION, "comparisons/legend-witnesses.html", "comparisons/qaani-threat.html"]


def said(mini: Path, name: str, old: str, new: str) -> list[str]:
    """Change a comparison of the mini edition, and return what the check says, without the paths."""
    file = mini / f"editorial/comparisons/{name}.yml"
    words = file.read_text(encoding="utf-8")
    assert words.count(old) == 1
    file.write_text(words.replace(old, new), encoding="utf-8")
    edition = assemble(mini)
    return [] if isinstance(edition, Edition) else [str(problem).removeprefix(f"editorial/comparisons/{name}.yml:") for problem in edition]


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "code"),
    [
        ("ten-days", "two/bahr, two/again", "two/bahr, two/agane", "4:29", "reference-unknown"),
        ("ten-days", "[one/lamp, two/bahr, two/again]", "[one/lamp]", "4:8", "value-invalid"),
        ("ten-days", "[one/lamp, two/bahr, two/again]", "[one/lamp, two/bahr, two/again, one/lamp, two/bahr]", "4:8", "comparison-incomplete"),
        ("ten-days", "kind: quotation", "kind: translation", "4:8", "comparison-incomplete"),
        ("ten-days", "prefix: 'for '", "prefix: 'four '", "7:49", "quote-missing"),
        ("ten-days", "The oil.", "The oil", "11:14", ""),
        ("ten-days", "The oil.", "The", "11:14", "quote-ambiguous"),
        ("ten-days", '[The oil., "", ""]', '["", "", ""]', "11:13", "comparison-incomplete"),
        ("ten-days", "    note: Only one gives a reason.\n", "", "10:5", "comparison-incomplete"),
        ("ten-days", "Only one gives a reason.", "Only one regime gives a reason.", "12:11", "word-banned"),
        ("ten-days", "Only one gives a reason.", "word " * 91, "12:11", "note-long"),
        ("ten-days", "Only one gives a reason.", "Internationalisation notwithstanding, " * 45, "12:11", "reading-hard"),
        ("ten-days", "How long it burned, in three texts.", "word " * 180, "3:8", ""),
        ("ten-days", "How long it burned, in three texts.", "word " * 181, "3:8", "note-long"),
        ("ten-days", "almanac-1902", "almanac-1903", "9:15", "reference-unknown"),
        ("sea", "how: renames", "how: forgets", "14:14", "value-invalid"),
        ("sea", "id: council", "id: writer-left-out", "13:13", "id-duplicate"),
        ("sea", "the council's own figure", "The Lamp and", "15:40", ""),
        ("sea", "the council's own figure", "again The harbour", "15:40", "quote-across-blocks"),
        ("sea", '[قال الكاتب, ""]', "[قال الكاتب]", "11:17", "comparison-incomplete"),
        ("sea", "[[1], []]", "[[1], [1]]", "7:19", "rows-incomplete"),
        ("sea", "[[1], []]", "[[], []]", "6:13", "comparison-incomplete"),
        ("sea", "[[1], []]", "[[], []]", "7:14", "rows-incomplete"),
        ("sea", "[[2], [1, 2]]", "[[2], [2, 1]]", "7:19", "rows-incomplete"),
        ("sea", "[[2], [1, 2]]", "[[2], [1, 2, 3]]", "7:19", "rows-incomplete"),
        ("sea", "page 3", "regime 3", "16:15", ""),
        ("lamp-copies", "texts: [one/lamp, two/again]", "texts: [one/lamp, two/again]\nrows: [{label: A}]", "5:7", "comparison-incomplete"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(mini: Path, name: str, old: str, new: str, place: str, code: str) -> None:
    """A wrong field has its code and its place; what is right gives no message."""
    found = said(mini, name, old, new)
    if code:
        assert any(line.startswith(f"{place}: {code}: ") for line in found), found
    else:
        assert found == []


def test_a_comparison_with_a_fault_hides_no_other_problem(mini: Path) -> None:
    """A wrong text in a comparison is the only problem: the works that it cites still count as cited."""
    works = mini / "editorial/registers/works/works.json"
    text = works.read_text(encoding="utf-8")
    works.write_text(
        text.rstrip().removesuffix("]") + ", " + text[text.index("{") : text.index("},\n") + 1].replace("1902", "1999") + "]", encoding="utf-8"
    )
    assert [line.split(": ")[1] for line in said(mini, "ten-days", "sources: [almanac-1902]", "sources: [almanac-1999]")] == []
    assert [line.split(": ")[1] for line in said(mini, "ten-days", "two/bahr, two/again", "two/bahr, two/agane")] == ["reference-unknown"]


@pytest.mark.parametrize(("name", "code"), [("index", "id-reserved"), ("My comparison", "value-invalid")])
def test_the_name_of_the_file_is_an_id(mini: Path, name: str, code: str) -> None:
    """The name stands in an address, and the list of comparisons has one of its own."""
    file = mini / "editorial/comparisons/lamp-copies.yml"
    file.rename(file.with_stem(name))
    assert f"editorial/comparisons/{name}.yml: {code}: " in run("--root", mini, "--check").stdout


def test_a_correction_leads_to_a_difference(mini: Path) -> None:
    """The corrections log can name a difference, and links to its note; one that is not there is a problem."""
    log = mini / "editorial/registers/corrections.yml"
    words = log.read_text(encoding="utf-8")
    log.write_text(words + "- {date: 2026-11-20, where: comparisons/sea, id: council, was: It said adds., now: It says renames.}\n", encoding="utf-8")
    edition = assemble(mini)
    assert isinstance(edition, Edition)
    page = dict(write(edition))["registers/corrections.md"]
    assert '<a href="../comparisons/sea.html#note_council">council</a>' in (page or "").replace("&#35;", "#").replace("&#95;", "_")
    log.write_text(
        words + "- {date: 2026-11-20, where: comparisons/sea, id: councils, was: It said adds., now: It says renames.}\n", encoding="utf-8"
    )
    assert 'no "councils" in comparisons/sea. Did you mean "council"?' in run("--root", mini, "--check").stdout


def test_the_preview_sees_a_changed_comparison(mini: Path) -> None:
    """With a memory, a file that changed is read again and one that did not is not; a text's page follows the title."""
    memory = Memory()
    first = assemble(mini, memory=memory)
    kept = memory.comparisons["ten-days.yml"]
    file = mini / "editorial/comparisons/sea.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("The sea, Arabic and English", "The sea in two languages"), encoding="utf-8")
    second = assemble(mini, memory=memory)
    assert isinstance(first, Edition)
    assert isinstance(second, Edition)
    assert [comparison.file.title for comparison in second.comparisons] == ["The lamp, twice", "The sea in two languages", "Ten days"]
    assert memory.comparisons["ten-days.yml"] is kept
    assert dict(write(second, first))["texts/one/lamp.md"] is not None
    assert dict(write(second, second))["texts/one/lamp.md"] is None


def test_words_that_markdown_could_act_on(mini: Path) -> None:
    """Stars, brackets, tags and entities of a source come out of a cell as they stand in the source."""
    assert run("--root", mini, "--convert").returncode == 0
    page: Any = html.fromstring((mini / "docs/comparisons/lamp-copies.md").read_text(encoding="utf-8").split("---", 2)[2])
    assert "A second paragraph with *stars*, [brackets](x), <b>tags</b> & an &amp; entity." in [words(e) for e in page.xpath(QUOTED)]


# -- the real edition


QUOTED = '//*[contains(concat(" ", @class, " "), " quoted-source ")]'


def words(element: html.HtmlElement) -> str:
    """Return the words of an element without its apparatus, ASCII white space folded."""

    def pieces(one: html.HtmlElement) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            if "apparatus" not in (child.get("class") or "").split():
                yield from pieces(child)
            yield child.tail or ""

    return re.sub("[ \t\n\r\f\v]+", " ", "".join(pieces(element))).strip(" ")


@pytest.fixture(scope="module")
def comparisons() -> dict[str, Any]:
    """The editors' files by id."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))}


def test_every_comparison_has_its_page(site: Path, comparisons: dict[str, Any]) -> None:
    """There are some of each kind; the list leads to each, and each to its texts."""
    assert {file["kind"] for file in comparisons.values()} == {"witnesses", "translation", "quotation"}
    listed = html.parse(str(site / "comparisons/index.html")).xpath('//ul[contains(@class, "comparisons")]//a/@href')
    for name, file in comparisons.items():
        assert f"{name}.html" in listed
        page = html.parse(str(site / f"comparisons/{name}.html"))
        assert page.xpath("//h1")[0].text_content().strip() == file["title"]
        heads = page.xpath('//ol[contains(@class, "column-heads")]/li')
        assert [head.xpath("./a/@href")[0] for head in heads] == [f"../texts/{text}.html" for text in file["texts"]]


def test_every_cell_names_its_outlet_and_has_the_words_of_its_source(site: Path, comparisons: dict[str, Any]) -> None:
    """Outlet and affiliation stand in each cell; its words stand in the block that its number leads to, and none is a `source` with a span."""
    outlets = yaml.safe_load((ROOT / "editorial/registers/outlets.yml").read_text(encoding="utf-8"))
    voices = {f"{outlet['name']} ({outlet['affiliation']})" for outlet in outlets}
    sources: dict[str, Any] = {}
    seen = 0
    for name, file in comparisons.items():
        page = html.parse(str(site / f"comparisons/{name}.html"))
        assert not page.xpath('//*[@data-span] | //*[contains(concat(" ", @class, " "), " source ")]')
        rows = page.xpath('//*[contains(@class, "compared-row")]')
        assert file["kind"] == "witnesses" or len(rows) == len(file["rows"])
        for row in rows:
            cells = row.xpath('./div[@class="cells"]/div')
            assert len(cells) == len(file["texts"])
            for cell, text in zip(cells, file["texts"], strict=True):
                assert any(cell.xpath('string(p[@class="cell-voice"])').startswith(voice) for voice in voices), (name, row.get("id"))
                quoted = cell.xpath("." + QUOTED)
                numbers = cell.xpath('./a[@class="cell-number"]')
                assert len(quoted) == len(numbers)
                assert bool(quoted) != bool(cell.xpath('./p[@class="nothing"]'))
                for number, element in zip(numbers, quoted, strict=True):
                    address, anchor = number.get("href").split("#")
                    assert address == f"../texts/{text}.html"
                    tree = sources.setdefault(text, html.parse(str(site / f"texts/{text}.html")))
                    whole = words(tree.xpath(f'//*[@id="{anchor}"]')[0])
                    assert words(element) == whole if file["kind"] != "quotation" else words(element) in whole, (name, anchor)
                    assert element.get("dir") in ("ltr", "rtl")
                    seen += 1
    assert seen > 300


def test_whole_texts_stand_in_translations_and_witnesses(site: Path, comparisons: dict[str, Any]) -> None:
    """Every block of both texts stands in its column once, in order."""
    for name, file in comparisons.items():
        if file["kind"] == "quotation":
            continue
        page = html.parse(str(site / f"comparisons/{name}.html"))
        for text in file["texts"]:
            blocks = html.parse(str(site / f"texts/{text}.html")).xpath('//*[contains(concat(" ", @class, " "), " source ")]/@id')
            assert page.xpath(f'//a[@class="cell-number"][starts-with(@href, "../texts/{text}.html")]/@href') == [
                f"../texts/{text}.html#{block}" for block in blocks
            ]


def test_what_the_two_copies_of_the_article_differ_in(site: Path) -> None:
    """The headline goes on in Arabic, the line "Al-Ahed EXCLUSIVE" is gone, and no other word differs; signs and white space are counted."""
    page = html.parse(str(site / "comparisons/legend-witnesses.html"))
    variants = page.xpath('//li[contains(@class, "difference")]//q')
    assert [variant.text_content() for variant in variants] == ["حكاية الأسطورة.. من كرمان الى فلسطين قاسم", "Al-Ahed EXCLUSIVE"]
    counted = page.xpath('string(//p[@class="in-numbers"])')
    assert "Their words differ in 2 places. In 89 places only the shape of a sign differs" in counted
    assert "67 places, nothing is marked" in counted


# -- in a browser


def test_from_a_difference_to_its_note_and_back(page: Page, address: str) -> None:
    """The list at the top leads to the words, their mark to the note, the note back to the words; the address of a note works afresh."""
    page.goto(address + TRANSLATION)
    page.locator("ol.jumps a").nth(4).click()
    marked = page.locator(".differs:target")
    marked.wait_for(timeout=10_000)
    name = page.url.split("#")[1]
    page.locator(f"#{name} + sup.mark a").focus()
    page.keyboard.press("Enter")
    page.locator(f"li.difference:target[id='note_{name}']").wait_for(timeout=10_000)
    fresh = page.url
    page.locator("li.difference:target .back").click()
    marked.wait_for(timeout=10_000)
    page.goto("about:blank")
    page.goto(fresh)
    page.locator("li.difference:target").wait_for(timeout=10_000)


def boxes(page: Page) -> list[Any]:
    """Return where the two cells of the second row stand."""
    return [page.locator("#row_2 .cell").nth(index).bounding_box() for index in range(2)]


def test_side_by_side_on_a_desk_and_one_above_the_other_on_a_phone(page: Page, address: str) -> None:
    """At 1280 pixels the two cells of a row stand in one line, in columns of the same width; at 360 the second stands below the first."""
    page.goto(address + TRANSLATION)
    wide = boxes(page)
    assert wide[0]["y"] == wide[1]["y"]
    assert wide[0]["width"] == pytest.approx(wide[1]["width"], abs=1)
    page.set_viewport_size({"width": 360, "height": 800})
    narrow = boxes(page)
    assert narrow[1]["y"] >= narrow[0]["y"] + narrow[0]["height"]
    assert narrow[0]["x"] == narrow[1]["x"]


def test_arabic_cells_read_from_right_to_left(page: Page, address: str) -> None:
    """Arabic words have their face and direction, and their number stands at the right; the words of the editors stay left to right."""
    page.goto(address + TRANSLATION)
    cell = page.locator("#row_2 .cell").first
    quoted = cell.locator(".quoted-source")
    assert quoted.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert "Edition Naskh" in quoted.evaluate("e => getComputedStyle(e).fontFamily")
    number, box = cell.locator(".cell-number").bounding_box(), quoted.bounding_box()
    assert number is not None
    assert box is not None
    assert number["x"] >= box["x"] + box["width"] - 1
    assert cell.locator(".cell-voice").evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window(page: Page, address: str, comparisons: dict[str, Any], width: int) -> None:
    """No comparison scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("index", *comparisons):
        page.goto(f"{address}comparisons/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_no_rule_of_accessibility_is_broken(browser: Browser, address: str, scheme: Any, width: int) -> None:
    """Axe finds no violation on the list and on a comparison of each kind."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    found: list[str] = []
    for name in PAGES:
        opened.goto(address + name)
        found += violations(opened, name)
    context.close()
    assert found == []


MEDIA: tuple[Literal["screen"], Literal["print"]] = ("screen", "print")


def test_without_javascript_and_on_paper(browser: Browser, address: str) -> None:
    """Both texts and the notes can be read with JavaScript switched off, on paper too; no row of a few lines breaks inside."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + TRANSLATION)
    for media in MEDIA:
        opened.emulate_media(media=media)
        assert opened.locator(".quoted-source").last.is_visible()
        assert opened.locator("li.difference").last.is_visible()
        assert opened.locator(".cell-voice").last.is_visible()
    assert opened.locator(".compared-row").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    context.close()
