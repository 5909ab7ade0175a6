"""A seed is split into texts and lines, and nothing of it is lost."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from reading_edition.load import Loaded
from reading_edition.model import LeftOut, SeedFile, Selector, TextEntry
from reading_edition.problems import Problem
from reading_edition.seeds import BLANKS, SplitText, read_seed, sha256, split

NBSP = "\u00a0"


def divided(words: str, begins: list[str], left_out: list[LeftOut] | None = None) -> tuple[list[SplitText], list[str]]:
    """Return the texts t0, t1, … that begin with these quotes, and the problems as lines."""
    texts = tuple(TextEntry(id=f"t{index}", begins=Selector(quote=quote)) for index, quote in enumerate(begins))
    file = SeedFile(file="s.txt", sha256="0" * 64, title="T", about="A", outlet="o", texts=texts, left_out=tuple(left_out or ()))
    _, parts, problems = split(words, "seeds/s.txt", Loaded(file, "seed.yml", {(): (1, 1)}))
    return parts, [str(problem) for problem in problems]


def out(quote: str, times: int = 1, prefix: str = "", suffix: str = "") -> LeftOut:
    return LeftOut(quote=quote, times=times, prefix=prefix, suffix=suffix, reason="r")


def printed(words: str, begins: list[str], left_out: list[LeftOut] | None = None) -> list[list[str]]:
    """Return the lines of each text, of a seed that has no problems."""
    parts, problems = divided(words, begins, left_out)
    assert problems == []
    return [[words[line.start : line.end] for line in part.lines] for part in parts]


def omitted(words: str, begins: list[str], left_out: list[LeftOut]) -> list[str]:
    """Return what is left out, of a seed that has no problems."""
    parts, problems = divided(words, begins, left_out)
    assert problems == []
    return [words[cut.start : cut.end] for part in parts for cut in part.omissions]


def test_a_line_is_what_stands_between_line_ends() -> None:
    """Each line that is not blank is a block, without the ASCII blanks at its sides; blanks inside stay."""
    assert printed("\n\n  a  b\t\n \t\nc\n   d", ["a b"]) == [["a  b", "c", "d"]]


def test_a_text_ends_where_the_next_begins() -> None:
    """Texts begin with the whole line in which their quote stands, and the last one ends with the seed."""
    assert printed("One\nx\nno. Two\ny\nThree", ["One", "Two", "Three"]) == [["One", "x"], ["no. Two", "y"], ["Three"]]


def test_windows_line_ends_are_blanks() -> None:
    """A carriage return belongs to no line."""
    assert printed("One\r\n\r\n x \r\nTwo\r\n", ["One", "Two"]) == [["One", "x"], ["Two"]]


@pytest.mark.parametrize("spacing", [NBSP, f"{NBSP} {NBSP}", "\u2003", "\u2028", f"\t{NBSP}"])
def test_a_line_of_spacing_joins_the_line_before(spacing: str) -> None:
    """White space that is not ASCII is no block, and stays with the block before it, also with several such lines and before another text."""
    assert printed(f"One\n{spacing}\nx\n{spacing}\n\n {NBSP}\nTwo\ny\n{spacing}", ["One", "Two"]) == [
        [f"One\n{spacing}", f"x\n{spacing}\n\n {NBSP}"],
        ["Two", f"y\n{spacing}"],
    ]


def test_spacing_before_the_first_line_joins_that_line() -> None:
    """Where there is no line before, the spacing belongs to the first line, and that is no line before the first text."""
    assert printed(f" {NBSP}\n\nOne\nx", ["One"]) == [[f"{NBSP}\n\nOne", "x"]]


def test_spacing_after_a_line_that_is_left_out_is_left_out() -> None:
    """Spacing goes the way of the line before it."""
    assert omitted(f"One\nMenu\n{NBSP}\nx", ["One"], [out("Menu")]) == [f"Menu\n{NBSP}"]


def test_spacing_at_the_edge_of_a_line_stays() -> None:
    """No-break spaces before and after the words of a line are part of it."""
    assert printed(f"One\n {NBSP} x{NBSP}\t", ["One"]) == [["One", f"{NBSP} x{NBSP}"]]


def test_whole_lines_and_edges_are_left_out() -> None:
    """What is left out is a whole line, its beginning or its end; the rest of the line is printed without the blanks between."""
    words = "One\nMenu\nRead: x\ny. More\n1 z 2"
    cuts = [out("Menu"), out("Read:"), out("More"), out("1"), out("2")]
    assert printed(words, ["One"], cuts) == [["One", "x", "y.", "z"]]
    assert omitted(words, ["One"], cuts) == ["Menu", "Read:", "More", "1", "2"]


def test_spacing_at_the_edge_goes_with_what_is_left_out() -> None:
    """No-break spaces outside the words that are left out go with them, and so do those between two such stretches."""
    assert omitted(f"One\n{NBSP} Menu {NBSP}\nx", ["One"], [out("Menu")]) == [f"{NBSP} Menu {NBSP}"]
    assert omitted(f"One\nHome {NBSP} Menu\nx", ["One"], [out("Home"), out("Menu")]) == ["Home", f"{NBSP} Menu"]


def test_the_middle_of_a_line_cannot_be_left_out() -> None:
    """Words with others on both sides, or of two lines, are reported with their line, and stay printed."""
    parts, problems = divided("One\na b c\nd", ["One"], [out("b"), out("c d")])
    assert problems == ["seed.yml:1:1: left-out-inside: stands inside line 2 of seeds/s.txt; leave out a whole line, or its beginning or end"] * 2
    assert [len(part.lines) for part in parts] == [3]


@pytest.mark.parametrize("cuts", [[out("Menu"), out("Menu")], [out("Read"), out("Read more")], [out("aa", times=2)]])
def test_nothing_is_left_out_twice(cuts: list[LeftOut]) -> None:
    """Words that are left out by two entries, or in two places of one entry that overlap, are reported."""
    _, problems = divided("One\nMenu\nRead more\naaa", ["One"], cuts)
    assert [problem.split(": ", 2)[1] for problem in problems] == ["left-out-inside"]


@pytest.mark.parametrize(
    ("times", "problems"),
    [
        (1, ["seed.yml:1:1: quote-times: seeds/s.txt has 3 of these to leave out, but `times` is 1; mend `times`, or add `prefix` or `suffix`"]),
        (3, []),
        (4, ["seed.yml:1:1: quote-times: seeds/s.txt has 3 of these to leave out, but `times` is 4; mend `times`, or add `prefix` or `suffix`"]),
    ],
)
def test_times_says_how_often(times: int, problems: list[str]) -> None:
    """A quote is left out in all its places, if `times` gives their number."""
    parts, found = divided("One\nMenu\nx\nMenu\nTwo\nMenu", ["One", "Two"], [out("Menu", times)])
    assert found == problems
    assert [len(part.omissions) for part in parts] == ([0, 0] if problems else [2, 1])


def test_a_headline_is_not_left_out() -> None:
    """The words with which a text begins are printed, however often the same words are left out elsewhere."""
    words = "Menu\nOne\nx\nOne\nTwo\nTwo"
    assert printed(words, ["Menu", "x"], [out("One", 2)]) == [["Menu"], ["x", "Two", "Two"]]
    texts = (TextEntry(id="a", begins=Selector(quote="One", prefix="Menu\n")), TextEntry(id="b", begins=Selector(quote="Two", suffix="\nTwo")))
    file = SeedFile(file="s.txt", sha256="0" * 64, title="T", about="A", outlet="o", texts=texts, left_out=(out("Menu"), out("One"), out("Two")))
    _, parts, problems = split(words, "seeds/s.txt", Loaded(file, "seed.yml", {(): (1, 1)}))
    assert problems == []
    assert [[words[line.start : line.end] for line in part.lines] for part in parts] == [["One", "x"], ["Two"]]
    assert [[cut.start for cut in part.omissions] for part in parts] == [[0, words.rindex("One")], [words.rindex("Two")]]


def test_leaving_out_only_a_headline_is_a_problem() -> None:
    """A quote that stands only where a text begins leaves out nothing."""
    _, problems = divided("One\nx", ["One"], [out("One")])
    assert problems == ["seed.yml:1:1: quote-times: stands in the seed only where a text begins, and that is printed; delete this entry"]


def test_lines_before_the_first_text_are_accounted_for() -> None:
    """What stands before the first text is left out or reported, line by line, in its place in the seed."""
    _, problems = divided("Menu\n  Home\nSearch\nOne", ["One"], [out("Menu")])
    assert problems == [
        f'seeds/s.txt:{line}: line-uncovered: "{word}" stands before the first text; leave it out in seed.yml and say why'
        for line, word in (("2:3", "Home"), ("3:1", "Search"))
    ]


def test_texts_stand_in_their_order() -> None:
    """A text that begins before the one listed before it, or in the same line, is reported and has no lines of its own."""
    parts, problems = divided("One\nTwo a\nb", ["One", "Two", "a"])
    assert [part.id for part in parts] == ["t0", "t1"]
    assert [problem.split(": ")[1] for problem in problems] == ["begins-order"]


def test_bidi_controls_are_kept() -> None:
    """Marks that steer the direction of writing, joiners and soft hyphens are characters of the source, at edges too."""
    line = "\u200f\u0627\u200c\u202b\u0628\u202c\u2067\u00ad\u2069\u200e"
    assert printed(f"One\n {line} \n\u200f\n", ["One"]) == [["One", line, "\u200f"]]


def test_a_byte_order_mark_is_not_a_word(tmp_path: Path) -> None:
    """Only a mark at the very beginning is dropped, and the checksum is that of the bytes with it."""
    (tmp_path / "s.txt").write_bytes(b"\xef\xbb\xbfOne\r\n\xef\xbb\xbfx")
    assert read_seed(tmp_path, "s.txt") == "One\r\n\ufeffx"
    assert sha256(tmp_path, "s.txt") == hashlib.sha256(b"\xef\xbb\xbfOne\r\n\xef\xbb\xbfx").hexdigest()


@pytest.mark.parametrize("written", ["", "\n \t\r\n", "\ufeff", f"{NBSP}\n{NBSP}", "\u2028"])
def test_a_seed_without_words_is_empty(written: str, tmp_path: Path) -> None:
    """White space of any sort is no text."""
    (tmp_path / "s.txt").write_text(written, encoding="utf-8")
    assert [str(problem) for problem in problems_of(tmp_path)] == ["s.txt: seed-empty: there is no text in it; get the file again, or delete it"]


@pytest.mark.parametrize("control", ["\0", "\b", "\x1b", "\x7f", "\x85", "\x9f", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff"])
def test_a_control_character_is_reported(control: str, tmp_path: Path) -> None:
    """What no page can hold is reported in its place, with its number."""
    (tmp_path / "s.txt").write_bytes(f"One\r\né {control}x".encode())
    assert [str(problem) for problem in problems_of(tmp_path)] == [
        f"s.txt:2:3: seed-control: U+{ord(control):04X} cannot be published; get a copy of the file without it"
    ]


def problems_of(root: Path) -> list[Problem]:
    read = read_seed(root, "s.txt")
    assert isinstance(read, list)
    return read


def accounted(words: str, parts: list[SplitText]) -> None:
    """Assert that the texts share out the seed, and that their lines and omissions, none of them blank, leave only ASCII blanks between them."""
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == len(words)
    at, between = 0, ""
    for part in parts:
        for start, end in sorted([(line.start, line.end) for line in part.lines] + [(cut.start, cut.end) for cut in part.omissions]):
            assert max(at, part.start) <= start < end <= part.end
            assert words[start:end].strip()
            between, at = between + words[at:start], end
    assert (between + words[at:]).strip(BLANKS) == ""


WORD = st.text("ab.é٣\u200f", min_size=1, max_size=3)
SPACE = st.text(f" \t{NBSP}\u2003", max_size=3)
LINE = st.builds("{}{}{}{}{}".format, SPACE, WORD, SPACE, WORD, SPACE) | SPACE
LINES = st.lists(LINE, min_size=1, max_size=10)
SEED = st.builds(
    str.join,
    st.sampled_from(["\n", "\r\n"]),
    LINES.map(lambda lines: [re.sub(r"^(\s*)(?=\S)", rf"\g<1>{chr(0x2460 + number)}", line) for number, line in enumerate(lines)]),
)
"""Lines that begin with a number in a circle, which makes each findable, and lines of spacing."""


@given(SEED, st.data())
def test_everything_is_accounted_for(words: str, data: st.DataObject) -> None:
    """Whatever is left out, and wherever texts begin, lines and omissions together are the seed, with only ASCII blanks between them."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    assume(lines)
    numbers = [line[0] for line in lines]
    begins = sorted({numbers[0], *data.draw(st.lists(st.sampled_from(numbers), max_size=2))})
    pieces = [*lines, *(word for line in lines for word in line.split())]
    entries = list[LeftOut]()
    for quote in data.draw(st.lists(st.sampled_from(pieces), max_size=4, unique=True)):
        for times in range(1, words.count(quote) + 1):
            if not divided(words, begins, [*entries, out(quote, times)])[1]:
                entries.append(out(quote, times))
                break
    parts, problems = divided(words, begins, entries)
    event(f"{len(parts)} texts, {len(entries)} entries")
    assert problems == []
    accounted(words, parts)


@given(SEED)
def test_a_seed_that_is_one_text_keeps_every_line(words: str) -> None:
    """Marked at both ends and with nothing left out, a seed has no problems, and its lines joined are the seed."""
    whole = f"\u2039{words}\u203a"
    parts, problems = divided(whole, ["\u2039"])
    assert problems == []
    accounted(whole, parts)
    assert re.sub(r"\s+", "", "".join(whole[line.start : line.end] for line in parts[0].lines)) == re.sub(r"\s+", "", whole)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent.parent / "seeds").iterdir()), ids=lambda path: str(path.name))
def test_the_real_seeds_keep_every_line(path: Path) -> None:
    """A real seed, taken as one text, is its lines."""
    words = read_seed(path.parent, path.name)
    assert isinstance(words, str)
    first = next(line.strip() for line in words.split("\n") if line.strip())
    file = SeedFile(
        file=path.name,
        sha256=sha256(path.parent, path.name),
        title="T",
        about="A",
        outlet="o",
        texts=(TextEntry(id="t", begins=Selector(quote=first, suffix=words[words.index(first) + len(first) :][:40])),),
    )
    _, parts, problems = split(words, path.name, Loaded(file, "seed.yml", {}))
    assert problems == []
    accounted(words, parts)
