"""How a text is cited and found: three styles, files for reference managers, what other programs read of a page, and reports of errors."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest
from conftest import ROOT, publishable, run
from lxml import html
from playwright.sync_api import Page

from reading_edition import citations, pages
from reading_edition.assemble import assemble
from reading_edition.edition import Edition, Text, changed_of, day
from reading_edition.metadata import common


def _edition(root: Path) -> Edition:
    edition = assemble(root)
    assert isinstance(edition, Edition), edition
    return edition


@pytest.fixture(scope="module")
def real() -> Edition:
    """The real edition."""
    return _edition(ROOT)


def _voice(edition: Edition, text: Text) -> str:
    return citations.voice(edition.registers.outlets[text.file.outlet])


def _folded(words: str) -> str:
    """Return words in one case, without what styles do to brackets and quotation marks."""
    return re.sub("[\\[\\]()“”‘’'\"]", "", words).lower()


def test_every_citation_names_author_title_outlet_date_edition_and_text(real: Edition) -> None:
    """In all three styles, whole and for a paragraph, each text has what a reader needs to find it and to know whose it is."""
    cited = citations.cite(real)
    assert len(cited) == 27
    for _, text in real.texts():
        year = re.findall(r"\d{4}", citations.published(text))[0]
        wanted = [*(author.family for author in text.file.authors), text.file.title.removesuffix("."), _voice(real, text), year]
        wanted += [real.file.title, real.file.subtitle, real.file.issued[:4], f"{text.seed}/{text.id}"]
        assert [each.style for each in cited[text.key]] == ["chicago", "mla", "apa"]
        for each in cited[text.key]:
            entry = str(html.fromstring(f"<p>{each.entry}</p>").xpath("string()"))
            for words in (entry, f"{each.before}12{each.after}"):
                for part in wanted:
                    assert _folded(part) in _folded(words), (each.style, part, words)
                assert "Xq" not in words
                assert "77777" not in words
            assert re.search(r"par(a)?\. $", each.before), each.before


def test_the_citations_of_a_text_with_an_author(real: Edition) -> None:
    """The interview with Vaezi in each style, letter by letter."""
    chicago, mla, apa = citations.cite(real)["001", "vaezi"]
    title = "Iranian President’s Chief of Staff to Al-Ahed&#58; Soleimani’s Martyrdom Broke His Killers’ Backbone"
    capital = "Reading Soleimani&#58; An Annotated Edition of Partisan Sources"
    plain = "Reading Soleimani&#58; An annotated edition of partisan sources"
    assert chicago.entry == (
        f"Mokhtar Haddad, “{title},” in <em>{capital}</em>, text 001/vaezi "
        "(Al-Ahed News &#91;Hezbollah news site&#93;, about 2 January 2021; repr., 2026)."
    )
    assert mla.entry == (
        f"Haddad, Mokhtar. “{title}.” <em>{capital}</em>, text 001/vaezi, 2026. "
        "Originally published by Al-Ahed News (Hezbollah news site), about 2 January 2021."
    )
    assert apa.entry == (
        f"Haddad, M. (2026). {title}. In <em>{plain}</em> (Text 001/vaezi). "
        "(Original work published ca. 2021, Al-Ahed News &#91;Hezbollah news site&#93;)"
    )
    assert chicago.before.endswith("repr., 2026), para. ")
    assert chicago.after == "."
    assert mla.before.endswith(" In text: (Haddad, par. ")
    assert apa.before.endswith(" In text: (Haddad, ca. 2021/2026, para. ")
    assert mla.after == apa.after == ")"


def test_a_headline_stays_as_it_is(mini: Path) -> None:
    """Case, marks, markup and a stand-in's own word in a headline reach the citation unchanged; a question mark takes no full stop."""
    lamp = mini / "editorial/one/lamp.yml"
    title = "who *lit* the <lamp> Xqdatex & Why?"
    lamp.write_text(lamp.read_text(encoding="utf-8").replace("title: The Lamp and the Sea\n", f"title: '{title}'\n", 1), encoding="utf-8")
    edition = _edition(mini)
    for each in citations.cite(edition)["one", "lamp"]:
        words = str(html.fromstring(f"<p>{each.entry}</p>").xpath("string()"))
        assert title in words
        assert f"{title}." not in words
        assert title in each.before
        assert "<lamp>" not in each.entry
        assert "*" not in each.entry


def _read(kind: str, words: str) -> dict[str, Any]:
    command = [pypandoc.get_pandoc_path(), f"--from={kind}", "--to=csljson"]
    done = subprocess.run(command, input=words, capture_output=True, text=True, encoding="utf-8", check=True)
    (item,) = json.loads(done.stdout)
    return dict(item)


def test_files_for_reference_managers_can_be_read_back(site: Path, real: Edition) -> None:
    """Each text's BibTeX, RIS and CSL-JSON, read by pandoc, give title, author, year, book and outlet, Arabic included."""
    for _, text in real.texts():
        for kind, ending in (("bibtex", "bib"), ("ris", "ris"), ("csljson", "csl.json")):
            item = _read(kind, (site / f"texts/{text.seed}/{text.id}.{ending}").read_text(encoding="utf-8"))
            plain = re.sub("<[^>]*>", "", item["title"])
            assert _folded(plain) == _folded(text.file.title), (kind, text.id)
            assert item["container-title"].lower() == f"{real.file.title}: {real.file.subtitle}".lower()
            assert item["issued"]["date-parts"][0][0] == 2026
            names = [
                "".join(name.get(part, "") for part in ("dropping-particle", "non-dropping-particle", "family", "literal"))
                for name in item.get("author", ())
            ]
            assert names[: len(text.file.authors)] == [author.family for author in text.file.authors], (kind, text.id)
            if kind == "csljson":
                assert _folded(item["original-publisher"]) == _folded(_voice(real, text))  # pandoc curls apostrophes
                assert item["original-date"]["date-parts"][0][0] == int(text.file.date.earliest[:4])
            else:
                assert "- " not in str(names[:-1])
                # RIS has no comma within a name
                assert _folded(citations.one_name(_voice(real, text))) == _folded(citations.one_name(str(names[-1]))), (kind, text.id)
            if kind != "ris":  # whose reader in pandoc knows no notes
                assert _folded(_voice(real, text)) in _folded(item["note"])
                assert citations.published(text) in item["note"]
        assert f"OP  - {_voice(real, text)}, {citations.published(text)}\n" in (site / f"texts/{text.seed}/{text.id}.ris").read_text(encoding="utf-8")


def test_a_reference_manager_sees_a_chapter(site: Path, real: Edition) -> None:
    """Each text's page has the tags that make Zotero see a chapter of a book, and its links to the three files lead to them."""
    for _, text in real.texts():
        tree = html.parse(str(site / f"texts/{text.seed}/{text.id}.html")).getroot()
        tags = [(tag.get("name"), tag.get("content")) for tag in tree.xpath("//head/meta[starts-with(@name, 'citation_')]")]
        found = dict(tags)
        assert found["citation_title"] == text.file.title
        assert found["citation_book_title"] == "Reading Soleimani: An annotated edition of partisan sources"
        assert found["citation_publication_date"] == real.file.issued.replace("-", "/")
        assert found["citation_language"] == text.file.language
        authors = [value for name, value in tags if name == "citation_author"]
        assert authors[-1] == citations.one_name(_voice(real, text))
        assert [author.split(",")[0] for author in authors[:-1]] == [author.family for author in text.file.authors]
        # Zotero takes no other type than a chapter from these
        assert not {"citation_journal_title", "citation_conference_title", "citation_dissertation_institution"} & set(found)
        for link in [*tree.xpath("//head/link[@rel='describedby']/@href"), *tree.xpath("//p[@class='cite-files']/a[@download]/@href")]:
            assert (site / f"texts/{text.seed}" / link).is_file()


def test_search_engines_are_told_whose_text_it_is(site: Path, real: Edition) -> None:
    """The JSON-LD of a text names the outlet as publisher, with affiliation, the edition as the whole, and no day that is not known."""
    for _, text in real.texts():
        tree = html.parse(str(site / f"texts/{text.seed}/{text.id}.html")).getroot()
        data = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
        outlet = real.registers.outlets[text.file.outlet]
        assert data["headline"] == text.file.title
        assert data["publisher"] == {"@type": "Organization", "name": outlet.name, "description": outlet.affiliation}
        assert data["isPartOf"]["name"].startswith("Reading Soleimani: ")
        assert text.file.date.earliest.startswith(data.get("datePublished", ""))
        assert (text.file.date.latest or text.file.date.earliest).startswith(data.get("datePublished", ""))
    assert common("2020-12-27", "2020-12-31") == "2020-12"
    assert common("2020-12-31", "2021-01-10") == ""


def test_every_page_has_a_preview(site: Path) -> None:
    """Title and description of a shared link stand on every page; those of a text begin with outlet and affiliation."""
    for path in sorted(site.rglob("*.html")):
        tree = html.parse(str(path)).getroot()
        for name in ("og:title", "og:description", "og:type", "og:site_name"):
            assert len(tree.xpath(f"//meta[@property='{name}']/@content[. != '']")) == 1, (path, name)
        outlet = tree.xpath("//meta[@name='author']/@content")
        if re.search(r"texts/\d", str(path)):
            assert tree.xpath("//meta[@property='og:description']/@content")[0].startswith(outlet[0])
            assert outlet[0] in tree.xpath("//meta[@property='og:title']/@content")[0]


def test_marks_in_names_break_neither_front_matter_nor_head(mini: Path) -> None:
    """Quotation marks, brackets, backslashes and tags in a headline and an outlet's name come out of both heads as they went in."""
    publishable(mini)
    config = mini / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  name: material\n", f"  name: material\n  custom_dir: {ROOT / 'overrides'}\n", 1), "utf-8"
    )
    title, name = 'A "lamp" \\ </script><b> & it\'s', 'The "Gazette" \\ </style> & Co.'
    lamp, outlets = mini / "editorial/one/lamp.yml", mini / "editorial/registers/outlets.yml"
    lamp.write_text(lamp.read_text("utf-8").replace("title: The Lamp and the Sea\n", f"title: {json.dumps(title)}\n", 1), "utf-8")
    outlets.write_text(outlets.read_text("utf-8").replace("name: Harbour Gazette", f"name: {json.dumps(name)}", 1), "utf-8")
    done = run("--root", mini)
    assert done.returncode == 0, done.stdout + done.stderr
    tree = html.parse(str(mini / "site/texts/one/lamp.html")).getroot()
    assert tree.xpath("//meta[@name='citation_title']/@content") == [title]
    data = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert (data["headline"], data["publisher"]["name"]) == (title, name)
    style = tree.xpath("//head/style[contains(., '@page')]")[0].text
    assert '"The \\"Gazette\\" \\\\ ' in style
    shown = str.maketrans("<>", "‹›")  # the theme prints front matter as HTML
    assert tree.xpath("string(//*[@class='topic-title'])") == title.translate(shown)
    assert tree.xpath("string(//*[@class='topic-voice'])") == f"{name} (paper of the council)".translate(shown)


def test_the_date_of_a_note(mini: Path) -> None:
    """It is the latest of three: the note's own change, the reading of its text, and the check of the entry that it points to."""
    lamp, claims = mini / "editorial/one/lamp.yml", mini / "editorial/registers/claims/fire.yml"
    lamp.write_text(lamp.read_text("utf-8").replace("id: harbour, kind", "id: harbour, changed: 2026-12-01, kind"), "utf-8")
    claims.write_text(re.sub("checked: [0-9-]+", "checked: 2027-01-05", claims.read_text("utf-8")), "utf-8")
    text = next(text for _, text in _edition(mini).texts() if text.id == "lamp")
    found = {note.id: changed_of(text, note) for note in text.notes}
    assert (found.pop("harbour"), found.pop("ten-days")) == ("2026-12-01", "2027-01-05")
    assert set(found.values()) == {text.file.revised}
    assert (day("2026-11-02"), day("2026-11"), day("2026")) == ("2 November 2026", "November 2026", "2026")


def test_the_foot_of_a_note(mini: Path) -> None:
    """It has the date of the note, and a way to report an error that carries its lasting address."""
    edition = _edition(mini)
    template = pages._Pages(edition).env.from_string('{% import "macros.j2" as m with context %}{{ m.note_foot(text, note) }}')
    text = next(text for _, text in edition.texts() if text.id == "lamp")
    foot = html.fromstring(template.render(text=text, note=text.notes[0]))
    assert foot.text == "Last changed or read through 20 November 2026. "
    (report,) = (link.get("href") for link in foot.findall("a"))
    assert report == f"../../registers/corrections.html?about=texts/one/lamp.html%23note_{text.notes[0].id}#report"


def test_a_report_leads_where_the_edition_says(mini: Path) -> None:
    """Without an address a report leads to the page of corrections; with one, to it, with the address of the text in it."""
    run("--root", mini, "--convert")
    page = mini / "docs/texts/one/lamp.md"
    assert "registers/corrections.html?about&#61;texts/one/lamp.html&#35;report" in page.read_text("utf-8")
    edition = mini / "editorial/edition.yml"
    edition.write_text(edition.read_text("utf-8") + "report: 'mailto:editors@example.org?subject={note}'\n", "utf-8")
    run("--root", mini, "--convert")
    assert 'href="mailto&#58;editors&#64;example.org?subject&#61;texts%2Fone%2Flamp.html"' in page.read_text("utf-8")


def test_the_page_of_corrections_says_where_the_reader_came_from(page: Page, address: str) -> None:
    """The link to report an error carries the address of its place; an address of anywhere else is not shown."""
    page.goto(address + "texts/001/vaezi.html")
    page.locator("a.report").last.click()
    page.locator("#report").wait_for()
    shown = page.locator(".reported-address")
    shown.wait_for()
    assert shown.inner_text().endswith("texts/001/vaezi.html")
    page.goto(address + "registers/corrections.html?about=https://example.org/")
    assert not shown.is_visible()
