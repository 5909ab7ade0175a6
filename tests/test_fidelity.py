"""Any words, under any annotations, come back from the published HTML unchanged, and nothing in them acts as markup."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from publishing import faults, page, seed_of

from reading_edition.model import BlockKind
from reading_edition.seeds import _UNPRINTABLE

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)

characters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(
    "\n\n\t\r *_`[](){}<>&#!|~=+-:.\"'\\^$@%1\u00a0\u200f\u202e\u2066\ufeff"
)
words = st.text(characters, max_size=80).filter(lambda text: text.strip() != "" and not _UNPRINTABLE.intersection(text))
"""Any Unicode text that a seed may hold, with the marks that Markdown acts on drawn often."""

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></div></body>",
    "<!-- comment",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "[click](javascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "[a]: javascript:alert(1)",
    "[a][b] [a]",
    "---",
    "title: x",
    "[TOC]",
    "[[TOC]]",
    '!!! danger "x"',
    "??? note",
    "???+ x",
    '--8<-- "secret.txt"',
    "-8<- x",
    ";--8<--",
    'words {: onclick="alert(1)" }',
    "{: .apparatus }",
    "{:.source #p1}",
    '{ #p9 .omitted data-span="0-1" }',
    "{{ config }}",
    "{% raw %}",
    "[^1]: a definition",
    "[^1]",
    "*[HTML]: an abbreviation",
    "HTML",
    "&amp; &lt;b&gt; &#60;i&#62; &copy &copy;",
    ":smile: :material-home:",
    "# heading",
    "## heading ##",
    "heading\n===",
    "heading\n---",
    "> quoted",
    ">> quoted",
    "* item",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "- [ ] task",
    "    indented code",
    "\tcode",
    "`code`",
    "``` python",
    "~~~",
    "~~gone~~",
    "==marked==",
    "^^x^^",
    "H~2~O",
    "++ctrl++",
    "| a | b |\n|---|---|\n| c | d |",
    "term\n:   definition",
    ": definition",
    "a  \nb",
    "a\\\nb",
    "\\*not\\*",
    "*a* _b_ **c** __d__ ***e***",
    "http://example.org www.example.org a@b.org @someone #12",
    "(c) (tm) 1/2 +/- -> <- ... -- ---",
    "\"quoted\" 'quoted'",
    "<a href='x'>y</a>",
    '<span class="apparatus">stolen</span>',
    '<div markdown="1">x</div>',
    '<p class="source" data-seed="x" data-span="0-1">x</p>',
    "\u202eright to left\u202c",
    "\u2067isolated",
    "\u200f\u200e",
    "zero\u200bwidth",
    "soft\u00adhyphen",
    "no\u00a0break",
    "\u00a0\u00a0lead",
    "a\u2028b\u2029c",
    "\u3000wide",
    "e\u0301 combining",
    "\U0001f600 \U0001f1f1\U0001f1e7",
    "القُدْس [1] Hezbollah حزب الله",
    "wzxhzdk:1",
    "klzzwxh:0001",
    "\ufdfa \ufeff",
    "STX",
    "<b",
    "a<b>c",
    "x < y > z && w",
    "${x} #{x} %{x} $$x$$ \\(x\\)",
    "*",
    "_",
    "\\",
    "<",
    "&",
    "`",
    "{",
    "#",
    "1.",
    "-",
]


@pytest.mark.parametrize("line", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_lines_come_back_in_every_kind_of_block(kind: BlockKind, line: str) -> None:
    """Each line comes back exactly, alone and between others."""
    for text in (line, f"before\n{line}\nafter"):
        assert faults(text, page(seed_of(text, [kind]))) == []


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_lines_make_no_element(line: str) -> None:
    """Nothing in a seed becomes a tag, a link, an attribute or an identifier: the page has only elements of ours."""
    kinds: list[BlockKind] = ["title", *["paragraph" for _ in range(9)]]  # type: ignore[list-item]
    tree = lxml_html.fragment_fromstring(page(seed_of(f"first\n{line}", kinds)), create_parent="main")
    ours = {"id", "class", "data-seed", "data-span", "lang", "dir", "href", "aria-label", "data-toc-label"}
    for element in tree.iter():
        assert element.tag in {"main", "h1", "p", "a", "span"}
        assert set(element.attrib) <= ours
        assert re.fullmatch(r"#p\d+", element.get("href", "#p1"))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words,
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=6),
    st.sampled_from(["en", "ar"]),
)
def test_any_words_under_any_notes_come_back(text: str, kinds: list[BlockKind], drawn: list[tuple[int, int]], language: str) -> None:
    """Any Unicode text in any kinds of block, with any overlapping notes on it, in either direction."""
    spans = [(start, start + length) for start, length in drawn]
    seed = seed_of(text, kinds, spans, language)
    html = page(seed)
    assert faults(text, html) == []
    for note in seed.texts[0].notes:
        assert html.count(f'id="{note.id}"') == 1
        assert html.count(f'href="#note_{note.id}"') == 1


def test_the_words_of_a_note_are_the_words_that_were_quoted() -> None:
    """All pieces of an annotation together hold exactly its words, in order."""
    text = "one two three four"
    seed = seed_of(text, spans=[(0, 13), (4, 18), (8, 9)])
    tree = lxml_html.fragment_fromstring(page(seed), create_parent=True)
    for note in seed.texts[0].notes:
        pieces = tree.xpath(f'.//*[@data-note="{note.id}"]//text()[not(ancestor::*[contains(@class, "apparatus")])]')
        assert "".join(pieces) == text[note.start : note.end]


@pytest.mark.parametrize("line", ["a" * 1_000_000, "word " * 200_000, "<b>*x*</b> & " * 2_000 + "a" * 970_000])
def test_a_line_of_a_megabyte_comes_back(line: str) -> None:
    """Length alone breaks nothing."""
    assert faults(line, page(seed_of(line))) == []


def test_a_seed_of_ten_megabytes_comes_back() -> None:
    """Ten million characters in forty thousand lines."""
    text = "\n".join(f"Line {number}: the sea, the *wall* and the “lamp”. " + "salt " * 44 for number in range(40_000))
    assert len(text) > 10_000_000
    assert faults(text, page(seed_of(text))) == []
