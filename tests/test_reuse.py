"""Text reuse: what two texts share is found whole, once, longest first, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from conftest import ROOT, run
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing import seed_of

from reading_edition.reuse import SHORTEST, shared


def lines(*texts: str, witness: int | None = None) -> list[str]:
    """Return what `shared` prints of an edition of these texts; the text of number `witness` is a witness of the first."""
    pairs = []
    for index, words in enumerate(texts):
        seed = seed_of(words)
        text = replace(seed.texts[0], seed=str(index), witness_of=("0", "text") if index == witness else None)
        pairs.append((replace(seed, key=str(index)), text))
    return [str(found) for found in shared(SimpleNamespace(texts=lambda: iter(pairs)))]  # type: ignore[arg-type]


SAID = "By committing this crime you created a job for all people"


def test_a_shared_passage_is_found_whole() -> None:
    """Other case and other signs do not hide it; the line names both places, the number of words, and the words of the first text."""
    found = lines(f"Something else.\nHe said: “{SAID}”.", f"Nothing.\n{SAID.upper()}, he wrote.")
    assert found == [f'0/text p2 · 1/text p2 · 11 words: "{SAID}"']


def test_longest_first_and_pairs_of_texts() -> None:
    """Three texts give three pairs, the longest run first; the same run is not printed twice for one pair."""
    found = lines(SAID, f"Well: {SAID}", f"{SAID[:50]} nobody")
    assert [line.split('"')[0] for line in found] == [
        "0/text p1 · 1/text p1 · 11 words: ",
        "0/text p1 · 2/text p1 · 10 words: ",
        "1/text p1 · 2/text p1 · 10 words: ",
    ]


def test_witnesses_of_one_text_are_left_out() -> None:
    """Two copies of a text are not printed, but what a third shares with each is."""
    assert [line.split(" · 10")[0] for line in lines(SAID, SAID, SAID[:50], witness=1)] == ["0/text p1 · 2/text p1", "1/text p1 · 2/text p1"]


def test_short_runs_and_a_text_with_itself_are_not_printed() -> None:
    """Seven words are too few; a text that repeats itself shares nothing."""
    assert lines("one two three four five six seven", "one two three four five six seven") == []
    assert lines(f"{SAID} and {SAID}", "nothing like it") == []


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.integers(0, 5), st.lists(st.sampled_from("ijklmnop"), max_size=12))
def test_every_run_that_is_long_enough_is_found(before: list[str], more: int, behind: list[str]) -> None:
    """Wherever a run of the shortest length or more stands in the two texts, it is found, whole."""
    run_ = [f"w{n}" for n in range(SHORTEST + more)]
    found = lines(" ".join([*before, *run_]), " ".join([*behind, *run_]))
    assert len(found) == 1
    assert f"{len(run_)} words" in found[0]


def test_marks_above_letters_do_not_count() -> None:
    """Arabic with and without vowel signs is the same."""
    words = "قال الكاتب إنّ المرفأ احترق عشرة أيام بحسب المجلس"
    assert len(lines(words, words.replace("ّ", ""))) == 1


def test_the_real_edition() -> None:
    """The sentence of Qaani that three reports share is among the candidates; the two copies of one article are not."""
    done = run("--root", ROOT, "--reuse")
    assert done.returncode == 0
    pairs = [line.split(" words")[0] for line in done.stdout.splitlines() if "freedom-seeking people" in line]
    assert pairs == [
        "001/brothers-in-arms p12 · 001/people-inside p5 · 40",
        "001/brothers-in-arms p12 · 001/gulf-tensions p8 · 32",
        "001/people-inside p5 · 001/gulf-tensions p8 · 32",
    ]
    assert "000/legend" not in done.stdout or "001/legend-en" not in done.stdout
