"""Finding: what the search page finds, counts, filters, shows and loads, over http and from a disk, against a search by brute force."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import pytest
from conftest import ROOT, publishable, run, violations
from playwright.sync_api import Browser, Page

from reading_edition import index, search
from reading_edition.assemble import assemble
from reading_edition.edition import Edition
from reading_edition.fold import tokens

Words = tuple[str, ...]
Found = dict[tuple[str, int], set[tuple[int, int, int]]]
"""(address, voice) -> (part, first word, last word) of every place."""

QUERIES = [
    ("Hezbollah", "all", True),
    ("Hizbullah", "all", True),
    ("حزب الله", "all", True),
    ("حزب الله", "phrase", False),
    ("Hezbollah", "all", False),
    ("القدس", "all", False),
    ("القُدْس", "all", True),
    ("والقدس", "all", False),
    ("للقدس", "any", False),
    ("قدس", "all", False),
    ("سلیمانی", "all", False),
    ("سليماني", "phrase", True),
    ("المقاومة", "all", False),
    ("المقاومه الاسلامية", "phrase", False),
    ("اسرائيل", "all", False),
    ("بإسرائيل", "all", False),
    ("فلسطين لبنان", "all", False),
    ("فلسطين لبنان", "any", False),
    ("martyr", "all", False),
    ("martyrs", "all", False),
    ("martyr", "all", True),
    ("enemies missile", "any", True),
    ('"missile" army', "all", True),
    ("MARTYR'S", "all", False),
    ("axis of resistance", "all", False),
    ("axis of resistance", "any", False),
    ("axis of resistance", "phrase", False),
    ('"axis of resistance" missiles', "all", False),
    ('"axis of resistance" missiles', "any", False),
    ("“Quds Force” commander", "all", True),
    ("Qasem Soleimani", "all", True),
    ("General Qasem Soleimani", "phrase", True),
    ("Qassem Soleimani", "phrase", False),
    ("Kata'ib Hezbollah", "all", True),
    ("katai'b hezbollah", "phrase", False),
    ("IRGC missiles", "all", True),
    ("the", "all", False),
    ("of the", "phrase", False),
    ("1982", "all", False),
    ("3 January 2020", "phrase", False),
    ("tunnels Gaza", "all", True),
    ("habituated", "all", True),
    ("qwertzuiop", "all", True),
    ("tunnels qwertzuiop", "all", False),
    ("tunnels qwertzuiop", "any", False),
    ("al-Quds", "all", False),
    ("Callamard", "all", True),
    ("!?", "all", True),
]
"""Plain words, Arabic in every spelling, phrases, all, any, names, nothing: words, mode, whether names are searched too."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The real edition."""
    found = assemble(ROOT)
    assert isinstance(found, Edition)
    return found


@pytest.fixture(scope="module")
def records(edition: Edition, site: Path) -> list[search.Record]:
    """All that can be found."""
    return [*search.records(edition), *index.sections(site)]


def _folded(words: str) -> Words:
    return tuple(token.folded for token in tokens(words))


def _has(words: Words, some: Words) -> bool:
    return any(words[at : at + len(some)] == some for at in range(len(words) - len(some) + 1))


def _both_numbers(word: str) -> list[Words]:
    """A word, and the other number of it if it is English."""
    if not re.fullmatch("[a-z]{4,}", word):
        return [(word,)]
    rules = [
        ("([^aeiou])ies", r"\1y"),
        ("([sxz]|ch|sh)es", r"\1"),
        ("([^aius])s", r"\1"),
        ("([^aeiou])y", r"\1ies"),
        ("([sxz]|ch|sh)", r"\1es"),
        ("", "s"),
    ]
    ending, other = next(rule for rule in rules if re.search(f"{rule[0]}$", word))
    return [(word,), (re.sub(f"{ending}$", other, word, count=1),)]


def _wordings(words: Words, groups: list[list[Words]], *, loose: bool) -> list[list[Words]]:
    """The row of alternatives that stands for some words, the longest names first."""
    row, at = list[list[Words]](), 0
    while at < len(words):
        for size in range(min(8, len(words) - at), 0, -1):
            typed = words[at : at + size]
            mine = [form for group in groups if typed in group for form in group if not _has(typed, form)]
            if mine or any(typed in group for group in groups):
                forms = [typed, *mine]
                row.append([form for form in dict.fromkeys(forms) if not any(other != form and _has(form, other) for other in forms)])
                at += size
                break
        else:
            row.append(_both_numbers(words[at]) if loose else [(words[at],)])
            at += 1
    return row


def _units(query: str, mode: str, groups: list[list[Words]]) -> list[list[list[Words]]]:
    if mode == "phrase":
        return [row for row in [_wordings(_folded(query), groups, loose=False)] if row]
    units = []
    for number, piece in enumerate(re.split('[“”"]', query)):
        row = _wordings(_folded(piece), groups, loose=bool(groups) and not number % 2)
        units += ([row] if row else []) if number % 2 else [[slot] for slot in row]
    return units


def _spans(words: Words, row: list[list[Words]]) -> set[tuple[int, int]]:
    """First and last word of every place where the slots of a row follow each other."""
    ends = {(at, at) for at in range(len(words))}
    for slot in row:
        ends = {(first, at + len(form)) for first, at in ends for form in slot if words[at : at + len(form)] == form}
    return {(first, end - 1) for first, end in ends}


def _address(record: search.Record) -> str:
    """Return where a record stands: a page, or an entry of a register on one."""
    return record.address + (f"#{record.parts[1][0].anchor}" if not record.parts[0] and record.kind != "page" else "")


def brute_force(records: list[search.Record], groups: list[list[Words]], query: str, mode: str) -> Found:
    """Look at every word of every part."""
    units, found = _units(query, mode, groups), Found()
    for record in records:
        for voice in (search.SOURCE, search.EDITORS):
            each = [{(part, *span) for part, words in enumerate(record.parts[voice]) for span in _spans(words.folded, row)} for row in units]
            if each and (all(each) or (mode == "any" and any(each))):
                every = set().union(*each)
                inside = {a for a in every for b in every if a != b and a[0] == b[0] and b[1] <= a[1] and a[2] <= b[2]}
                found[record.address + (f"#{record.parts[1][0].anchor}" if not record.parts[0] and record.kind != "page" else ""), voice] = (
                    every - inside
                )
    return found


def _search(page: Page, base: str, query: str, mode: str = "all", names: bool = True, more: str = "") -> None:
    page.goto(f"{base}search.html?q={quote(query)}&mode={mode}{'' if names else '&names=off'}{more}")
    _settled(page)


def _settled(page: Page) -> None:
    page.wait_for_function("document.querySelector('.search-results').getAttribute('aria-busy') === 'false'", timeout=20_000)


def _said(found: Found, texts: set[str]) -> str:
    number = sum(map(len, found.values()))
    addresses = {address for address, _ in found}
    in_texts, others = len(addresses & texts), len(addresses - texts)

    def count(many: int, one: str, several: str) -> str:
        return f"{many:,} {one if many == 1 else several}"

    where = [count(in_texts, "text", "texts")] if in_texts else []
    where += [count(others, "entry or page", "entries and pages")] if others else []
    return f"{count(number, 'place', 'places')} in {' and '.join(where)}" if number else "Found nowhere."


@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_the_counts_are_those_of_a_search_by_brute_force(
    page: Page, address: str, site: Path, edition: Edition, records: list[search.Record], disk: bool
) -> None:
    """For forty-eight queries of all kinds the status line says how many places in how many texts and entries there are."""
    base = f"{site.as_uri()}/" if disk else address
    names = [[_folded(name) for name in group] for group in search.names(edition)]
    texts = {record.address for record in records if record.parts[search.SOURCE]}
    wrong = []
    for query, mode, with_names in QUERIES:
        _search(page, base, query, mode, with_names)
        expected = _said(brute_force(records, names if with_names else [], query, mode), texts) if _folded(query) else "Type a word."
        if page.locator(".search-status").inner_text() != expected:
            wrong.append((query, mode, with_names, page.locator(".search-status").inner_text(), expected))
    assert wrong == []


def test_the_engine_finds_the_very_places(page: Page, address: str, edition: Edition, records: list[search.Record]) -> None:
    """Not only as many: in each record, the same words of the same parts."""
    names = [[_folded(name) for name in group] for group in search.names(edition)]
    page.goto(address + "search.html")
    for query, mode, with_names in QUERIES[:-1]:
        expected = brute_force(records, names if with_names else [], query, mode)
        got = page.evaluate(
            """async ([query, mode, names]) => {
                const found = await Finding.search(query, {mode, names}), all = [];
                for (const voice of [0, 1]) for (const [id, spans] of found.voices[voice]) {
                    const record = await Finding.load("words/" + id), starts = [];
                    let at = 0;
                    for (const part of record.parts) { starts.push(at); at += part[2] + 1; }
                    const own = record.sources || record.kind === "page" ? "" : "#" + record.parts[0][0];
                    const places = spans.map(([a, b]) => { let part = starts.findLastIndex(s => s <= a);
                        return [part - (voice ? record.sources : 0), a - starts[part], b - starts[part]]; });
                    all.push([record.address + own, voice, places]);
                }
                return all;
            }""",
            [query, mode, with_names],
        )
        assert {(address_, voice): {tuple(place) for place in places} for address_, voice, places in got} == expected, query


@pytest.mark.parametrize("name", ["Hezbollah", "Hizbullah", "Hizballah", "حزب الله", "وحزب الله"])
def test_a_name_is_found_in_all_its_spellings_and_both_scripts(page: Page, address: str, name: str) -> None:
    """Each spelling finds the words of the others, says what was searched too, and can be searched alone."""
    _search(page, address, name)
    also = page.locator(".search-also").inner_text()
    assert all(other in also for other in ("Hezbollah", "Hizbullah", "حزب الله") if other not in name)
    found = page.locator(".search-status").inner_text()
    marks = Counter(_folded(mark) for mark in page.locator(".hit mark").all_inner_texts())
    assert {("hezbollah",), ("حزب", "الله")} <= marks.keys() or marks
    page.get_by_label("also plurals, other names and spellings").uncheck()
    page.wait_for_function("old => document.querySelector('.search-status').textContent !== old", arg=found)
    assert page.locator(".search-also").count() == 0


@pytest.fixture(scope="module")
def counted(edition: Edition, records: list[search.Record]) -> dict[str, dict[str, int]]:
    """What the filters must say for `martyr`: facet -> value -> how many texts and entries, by brute force."""
    found = brute_force(records, [], "martyr", "all")
    outlets, counts = edition.registers.outlets, dict[str, Counter[str]]()
    words = {"supported": "Supported", "partly": "Partly right", "contested": "Contested", "unverified": "Unverified", "contradicted": "Contradicted"}
    for record in records:
        key = _address(record)
        voices = [voice for voice in (0, 1) if (key, voice) in found]
        if not voices:
            continue
        values = {
            "voice": [("the sources", "the editors")[voice] for voice in voices],
            "outlet": [outlets[record.outlet].name] if record.outlet else [],
            "affiliation": [outlets[record.outlet].affiliation] if record.outlet else [],
            "language": [{"en": "English", "ar": "Arabic"}[record.language]] if record.language else [],
            "kind": [record.kind.capitalize()],
            "status": [words.get(status, "Opinion") for status in record.statuses],
        }
        for facet, which in values.items():
            counts.setdefault(facet, Counter()).update(set(which))
    return cast(dict[str, dict[str, int]], counts)


def test_filters_count_and_narrow_rightly(page: Page, address: str, counted: dict[str, dict[str, int]]) -> None:
    """Each filter offers every value with the number of texts and entries, and choosing it leaves so many."""
    _search(page, address, "martyr", "all", names=False)
    for facet, values in counted.items():
        options = page.locator(f"select[name={facet}] option").all_inner_texts()
        assert sorted(options) == sorted(["any", *(f"{value} ({number})" for value, number in values.items())]), facet
    for facet, values in counted.items():
        for value, number in values.items():
            _search(page, address, "martyr", "all", names=False, more=f"&{facet}={quote(value)}")
            said = page.locator(".search-status").inner_text()
            left = [int(many) for many in re.findall(r"(\d+) (?:text|entr)", said)]
            assert sum(left) == number, (facet, value, said)


def test_the_address_is_the_search_and_back_goes_back(page: Page, address: str) -> None:
    """What is chosen stands in the address; going back and forward shows it again, in the form and in the results."""
    page.goto(address + "search.html")
    page.get_by_label("Words, or").fill("martyr")
    page.get_by_label("Words, or").press("Enter")
    _settled(page)
    first = page.locator(".search-status").inner_text()
    page.locator("select[name=voice]").select_option("the editors")
    page.wait_for_function("old => document.querySelector('.search-status').textContent !== old", arg=first)
    second = page.locator(".search-status").inner_text()
    assert "q=martyr" in page.url
    assert "voice=the+editors" in page.url
    page.go_back()
    page.wait_for_function("old => document.querySelector('.search-status').textContent === old", arg=first)
    assert page.locator("select[name=voice]").input_value() == ""
    page.go_forward()
    page.wait_for_function("old => document.querySelector('.search-status').textContent === old", arg=second)
    page.goto("about:blank")
    page.go_back()
    page.wait_for_function("old => document.querySelector('.search-status').textContent === old", arg=second)
    assert page.locator("select[name=voice]").input_value() == "the editors"


@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_a_result_says_whose_words_they_are_and_leads_to_the_paragraph(page: Page, address: str, site: Path, disk: bool) -> None:
    """Outlet and affiliation, the paragraph's number, the words themselves in the source's face, and a link to that paragraph."""
    base = f"{site.as_uri()}/" if disk else address
    _search(page, base, "habituated", names=False)
    hit = page.locator(".hit").first
    assert "Al-Ahed News (Hezbollah news site)" in hit.inner_text()
    line = hit.locator("a.line").first
    number = line.locator(".line-place").inner_text()
    face = "e => getComputedStyle(e).fontFamily"
    assert "Edition Serif" in line.locator(".line-words").evaluate(face)
    words = line.locator(".line-words").inner_text().strip("… ")
    line.click()
    page.locator(f"#p{number}:target").wait_for(timeout=10_000)
    assert "habituated" in words
    assert " ".join(words.split()[2:-2]) in " ".join(page.locator(f"#p{number}").inner_text().split()) or page.locator(f"#p{number} sup").count()


def test_editors_hits_are_labelled_and_in_the_other_face(page: Page, address: str) -> None:
    """The editors' words stand apart, say that they are the editors', and lead to the note."""
    _search(page, address, "figure", names=False, more="&voice=the+editors")
    label = page.locator(".hit-label").first
    assert label.inner_text() == "Editors, on this text:"
    words = page.locator(".hit-editors .line-words").first
    assert "Edition Sans" in words.evaluate("e => getComputedStyle(e).fontFamily")
    assert page.locator(".hit-source").count() == 0
    link = page.locator(".hit-editors a.line[href*='#note_']").first
    link.click()
    page.locator("li.note:target").wait_for(timeout=10_000)


def test_arabic_results_run_from_right_to_left(page: Page, address: str) -> None:
    """A line of Arabic has its language and direction, in the Arabic face, and marks the word as it is printed."""
    _search(page, address, "القدس", names=False)
    line = page.locator(".line-words[lang=ar]").first
    assert line.evaluate("e => getComputedStyle(e).direction") == "rtl"
    marks = page.locator(".line-words[lang=ar] mark").all_inner_texts()
    assert {"القدس", "للقدس"} <= set(marks)


def test_more_texts_and_more_lines_come_on_demand(page: Page, address: str) -> None:
    """Seven texts at first, four lines of each; buttons show the others, and the keyboard goes on where they begin."""
    _search(page, address, "martyr", "any", names=False)
    texts = page.locator(".search-results > section").first
    assert texts.locator(".hit").count() == 7
    button = texts.get_by_role("button", name="Show")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.search-results > section').querySelectorAll('.hit').length > 7")
    assert page.evaluate("[...document.querySelectorAll('.hit')].indexOf(document.activeElement.closest('.hit'))") == 7
    rest = page.locator(".hit-source .more-lines").first
    number = int(rest.inner_text().split()[0])
    block = rest.evaluate_handle("e => e.parentElement").as_element()
    assert block is not None
    rest.click()
    assert len(block.query_selector_all("a.line")) == 4 + number


def _asked(page: Page) -> list[str]:
    """Return the list to which every request of the page will be added."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("disk", [False, True], ids=["http", "disk"])
def test_the_quick_search_loads_nothing_before_it_is_opened(page: Page, address: str, site: Path, disk: bool) -> None:
    """A page asks for no index; going into the box does; words bring results below it; arrows go through them; Escape closes."""
    base = f"{site.as_uri()}/" if disk else address
    asked = _asked(page)
    page.goto(base + "texts/000/legend.html")
    page.wait_for_timeout(500)
    assert [url for url in asked if url.startswith(f"{base}search/") or "find.js" in url] == []
    field = page.get_by_role("searchbox", name="Search the texts and notes")
    field.focus()
    page.wait_for_function("window.Finding")
    page.keyboard.type("habituated")
    panel = page.locator(".quick-results")
    panel.locator("a").first.wait_for(timeout=10_000)
    assert "Al-Ahed News (Hezbollah news site)" in panel.inner_text()
    assert any(url.startswith(f"{base}search/") for url in asked)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.classList.contains('line')")
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=habituated")
    _settled(page)
    assert "place" in page.locator(".search-status").inner_text()


def test_the_first_view_pays_little_for_the_box(site: Path) -> None:
    """The box, its style and its script are 1.5 kB compressed, and no page loads a search of the theme."""
    page = (site / "index.html").read_text(encoding="utf-8")
    box = page[page.index('<a class="md-header__button md-icon quick-link"') : page.index("</nav>", page.index('class="quick"'))]
    files = [(site / "assets" / name).read_bytes() for name in ("quick.js", "quick.css")]
    assert sum(len(gzip.compress(part)) for part in (box.encode(), *files)) <= 1500
    assert 'data-md-component="search"' not in page
    assert not (site / "search/search_index.json").exists()
    assert not list(site.rglob("lunr*"))


def test_on_a_phone_an_icon_leads_to_the_search(page: Page, address: str) -> None:
    """There is no room for a box, so there is a link."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + "texts/index.html")
    assert page.locator(".quick").is_hidden()
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.wait_for_url("**/search.html")


def test_a_query_loads_only_a_part_of_the_index(page: Page, address: str, site: Path) -> None:
    """A word asks for one or two of the chunks, and the words of no more texts than are shown."""
    chunks = len(list((site / "search/index").glob("*.pf_index")))
    assert chunks >= 8
    asked = _asked(page)
    _search(page, address, "tunnels", names=False)
    page.locator(".hit").first.wait_for()
    assert 1 <= sum(url.endswith(".pf_index") for url in asked) <= 2
    assert sum("/words/" in url for url in asked) <= 20


def test_by_keyboard_alone(page: Page, address: str) -> None:
    """From the top of the search page: type, choose `any`, open the filters, and follow a result."""
    page.goto(address + "search.html")
    field = page.get_by_label("Words, or")
    field.focus()
    page.keyboard.type("tunnels zebra")
    page.keyboard.press("Enter")
    _settled(page)
    assert page.locator(".search-status").inner_text() == "Found nowhere."
    page.locator("input[name=mode][value=all]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("/place/.test(document.querySelector('.search-status').textContent)")
    page.locator("a.line").first.focus()
    assert page.locator("a.line").first.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")


def test_without_javascript_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    """The browser's own search and the lists are named, and the form's box in the head leads there."""
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + "search.html")
    assert "Find in page" in opened.locator("main").inner_text()
    context.close()


def test_without_an_index_it_says_so(browser: Browser, mini: Path) -> None:
    """A preview, or a site of which the index was not copied, says plainly that it cannot search."""
    context = browser.new_context()
    opened = context.new_page()
    assets = ROOT / "docs/assets"
    (mini / "assets").mkdir()
    for name in ("find.js", "search.js"):
        (mini / "assets" / name).write_text((assets / name).read_text(encoding="utf-8"), encoding="utf-8")
    form = (ROOT / "docs/search.md").read_text(encoding="utf-8").split("# Search", 1)[1]
    (mini / "search.html").write_text(
        "<meta charset=utf-8>" + form + "<script src=assets/find.js></script><script src=assets/search.js></script>", encoding="utf-8"
    )
    opened.goto((mini / "search.html").as_uri() + "?q=word")
    opened.wait_for_function("/not in this copy/.test(document.querySelector('.search-status').textContent)")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("light", 1280), ("dark", 360), ("dark", 1280)])
def test_no_rule_of_accessibility_is_broken(browser: Browser, address: str, scheme: Any, width: int) -> None:
    """Axe finds nothing on the search page, empty, with results and with filters open, nor on the open quick search."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    found: list[str] = []

    def look(what: str) -> None:
        found.extend(violations(opened, what))
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, what

    opened.goto(address + "search.html")
    look("empty")
    for query in ("Hezbollah", "القدس"):
        _search(opened, address, query)
        opened.locator(".hit").first.wait_for()
        opened.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        look(query)
    if width > 1000:
        opened.goto(address + "texts/000/legend.html")
        opened.get_by_role("searchbox", name="Search the texts and notes").focus()
        opened.wait_for_function("window.Finding")
        opened.keyboard.type("القدس")
        opened.locator(".quick-results a").first.wait_for()
        look("quick")
    context.close()
    assert found == []


def test_no_target_is_too_small(page: Page, address: str) -> None:
    """Every control and link of the search page is at least 24 pixels high and wide."""
    _search(page, address, "Hezbollah")
    page.locator(".hit").first.wait_for()
    small = page.evaluate(
        "[...document.querySelectorAll('.search-form :is(label, button, select, summary, input[type=search]), .hit a, .hit button')]"
        ".filter(e => e.offsetWidth).map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)])"
        ".filter(([box]) => box.height < 23.9 || box.width < 23.9).map(pair => pair[1])"
    )
    assert small == []


def test_the_index_is_the_same_every_time(edition: Edition, site: Path, tmp_path: Path) -> None:
    """Written twice from the same edition it has the same bytes, and they are those of the site."""
    written = []
    for name in ("one", "two"):
        copy = tmp_path / name
        copy.mkdir()
        for page in site.glob("*.html"):
            (copy / page.name).write_bytes(page.read_bytes())
        index.write(copy, edition)
        written.append({str(path.relative_to(copy)): path.read_bytes() for path in (copy / "search").rglob("*") if path.is_file()})
    assert written[0] == written[1]
    assert written[0] == {str(path.relative_to(site)): path.read_bytes() for path in (site / "search").rglob("*") if path.is_file()}


def test_what_is_shown_is_what_was_indexed(records: list[search.Record], edition: Edition) -> None:
    """Each part shown has as many words as were indexed, so that the n-th word of the index is the n-th word of the page."""
    for record in records:
        shown = search.shown(edition, record)
        assert [len(tokens(part[3])) for part in shown["parts"]] == [part[2] for part in shown["parts"]]
        places = record.content().split()
        assert len(places) == sum(part[2] for part in shown["parts"]) + max(0, len(shown["parts"]) - 1)
        assert not any(a == b == search.APART for a, b in pairwise(places)) or any(not part[2] for part in shown["parts"])


def test_a_build_whose_index_fails_leaves_the_last_good_site(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the engine is not what it should be, the build says so in a line and the site stays as it was."""
    publishable(mini)
    assert run("--root", mini).returncode == 0
    before = sorted(path.name for path in (mini / "site").rglob("*"))
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\nexit 0\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))
    failed = run("--root", mini)
    assert failed.returncode == 1
    assert "The search index could not be made" in failed.stdout
    assert "Traceback" not in failed.stdout + failed.stderr
    assert sorted(path.name for path in (mini / "site").rglob("*")) == before
