"""Rules of the editorial policy whose edges one smallest breaking input does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import run


def _claim(mini: Path, status: str, sources: str) -> str:
    """Give the claim of the mini edition, which a paper of one side and a leaf of no side make, a status and sources; return what the check says."""
    file = mini / "editorial/registers/claims/fire.yml"
    words = file.read_text(encoding="utf-8")
    changed = words.replace("status: contested", f"status: {status}").replace("sources: [almanac-1902, council-1901]", f"sources: [{sources}]")
    assert changed != words
    file.write_text(changed, encoding="utf-8")
    return run("--root", mini, "--check").stdout


@pytest.mark.parametrize("status", ["supported", "partly"])
def test_support_comes_from_outside_the_side_that_says_so(mini: Path, status: str) -> None:
    """A work of the side of one of the texts is not enough, even if another text of no side says the same."""
    assert "evidence-one-sided" in _claim(mini, status, "council-1901")


def test_one_work_from_outside_is_enough(mini: Path) -> None:
    """A work of no side supports the claim of a text of one side."""
    assert "no problems" in _claim(mini, "supported", "council-1901, almanac-1902")


def test_a_word_that_makes_it_right_is_looked_for_at_its_beginning(mini: Path) -> None:
    """`unless: listed` allows "listed as terrorist", not "enlisted a terrorist"; between quotation marks anything stands."""
    file = mini / "editorial/two/again.yml"
    words = file.read_text(encoding="utf-8")
    for note, right in (("It was listed as terrorist.", True), ("It enlisted a terrorist.", False), ("It says “terrorist”.", True)):
        file.write_text(words.replace("The first printing has a dash after these words.", note), encoding="utf-8")
        assert ("word-banned" not in run("--root", mini, "--check").stdout) is right, note


def test_every_piece_of_the_editors_words_has_its_length(mini: Path) -> None:
    """Ninety-one words are too many in an entry of a register too, not only in a note."""
    file = mini / "editorial/registers/terms.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("The breakwater.", "A wall " * 46), encoding="utf-8")
    assert "note-long: 92 words, at most 90" in run("--root", mini, "--check").stdout


def test_the_first_page_keeps_to_the_rules_too(mini: Path) -> None:
    """A word that is not the editors' own is found in the edition's words on the first page, at its place."""
    file = mini / "editorial/edition.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("One text describes a", "The regime, and a"), encoding="utf-8")
    said = run("--root", mini, "--check").stdout
    assert "editorial/edition.yml:9:11: word-banned" in said
