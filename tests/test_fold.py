"""One form for all the spellings of a word: the rules, and that the reader's browser has the same ones."""

from __future__ import annotations

import random
import unicodedata

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from reading_edition.fold import fold, tokens

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


@pytest.mark.parametrize(
    "spellings",
    [
        "القدس القُدْس قدس والقدس بالقدس للقدس وبالقدس وللقدس فالقدس كالقدس القـدس",
        "إيران ايران أيران بإيران وإيران لايران ولإيران ایران",
        "حزب لحزب وحزب الحزب بحزب",
        "الله والله بالله لله ولله",
        "المقاومة مقاومة المقاومه مقاومةٌ وللمقاومة",
        "سليماني سلیمانی سليمانى",
        "یقتل سيقتل وسيقتل يقتل",
        "گاز كاز",
        "٢٠٢٠ ۲۰۲۰ 2020",
        "شهداء شهدا الشهداء",
        "می‌شود میشود",
        "Iran iran IRAN Iran's Iran’s",
        "Kata'ib Kataib Kata’ib Kata'ib's",
        "Agnès agnes AGNÈS Agne\u0300s",
        "Straße strasse STRASSE",
    ],
)
def test_spellings_of_one_word_are_one(spellings: str) -> None:
    """All of these fold alike."""
    assert len({fold(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "words",
    ["martyr martyrs", "الله له", "قدس قدم", "حق حر", "Hezbollah Hizbullah", "الآن الذي", "بعد عد", "لكن كن"],
)
def test_different_words_stay_different(words: str) -> None:
    """No two of these fold alike."""
    assert len({fold(word) for word in words.split()}) == len(words.split())


def test_words_and_where_they_stand() -> None:
    """Hyphens and quotation marks part words, an apostrophe inside does not, and every word knows its place."""
    words = "‘Al-Quds’ isn't 3,000 (وَالقُدْسِ)…"
    found = tokens(words)
    assert [token.folded for token in found] == ["al", "quds", "isnt", "3", "000", "قدس"]
    assert [words[token.start : token.end] for token in found] == ["Al", "Quds", "isn't", "3", "000", "وَالقُدْسِ"]


@given(st.text(LETTERS, min_size=3, max_size=9), st.sampled_from(["و", "ف", "ب", "ك", "ل", "وب", "ول", "فل", "ال", "وال", "بال", "فبال"]))
def test_a_prefix_never_makes_another_word(word: str, prefix: str) -> None:
    """Whatever the word, it is found with each prefix. What begins like God's name or an article of its own may be read otherwise."""
    if not word.startswith(("ال", "ل")):
        assert fold(prefix + word) == fold(word)


@given(st.text(max_size=40))
def test_folded_words_are_plain(words: str) -> None:
    """Whatever is typed, a folded word has letters and digits only, folds to itself in Latin script, and has a place in the words."""
    end = 0
    for token in tokens(words):
        assert end <= token.start < token.end <= len(words)
        assert token.folded.isalnum()
        end = token.end


def test_the_browser_folds_as_the_engine_does(browser: Browser) -> None:
    """Over every word of the seeds, of the editors, and thousands of random strings, find.js finds the same words and the same forms."""
    dice = random.Random(1)
    known = [chr(code) for code in range(1, 0x2FA20) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    near = [*"'’‘`´ʼʾʿʻ′\u00ad\u200c\u200d\u200fسوفبكلالهيتن.- aÀßİςΣıæ", *LETTERS]
    lines = [line for path in sorted((ROOT / "seeds").glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "editorial").rglob("*.yml"))]
    lines += ["".join(dice.choices(known, k=12)) for _ in range(6000)] + ["".join(dice.choices(near, k=9)) for _ in range(20000)]
    page = browser.new_page()
    page.add_script_tag(content="Object.defineProperty(document, 'currentScript', {value: {src: 'http://127.0.0.1/assets/find.js'}});")
    page.add_script_tag(path=str(ROOT / "docs/assets/find.js"))
    theirs = page.evaluate("lines => lines.map(line => Finding.tokens(line).map(t => [line.slice(t[0], t[1]), t[2]]))", lines)
    page.close()
    ours = [[[line[token.start : token.end], token.folded] for token in tokens(line)] for line in lines]
    different = [(line, a, b) for line, a, b in zip(lines, ours, theirs, strict=True) if a != b]
    assert different[:5] == []
