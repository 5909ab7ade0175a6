"""The draft for a new seed is a beginning that the check accepts, but for what only a person can know."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TypeVar

import pytest
from conftest import ROOT, run
from hypothesis import event, given, settings
from hypothesis import strategies as st

from reading_edition.annotate import TextAnchor
from reading_edition.draft import draft
from reading_edition.edition import Registers
from reading_edition.load import Loaded, load
from reading_edition.model import SeedFile, TextFile
from reading_edition.problems import Problem
from reading_edition.seeds import read_seed, sha256, split

T = TypeVar("T", SeedFile, TextFile)
SEEDS = sorted(path.name for path in (ROOT / "seeds").iterdir())
LEGEND, AWAKENING = "000_024bd6d43b864ed0.txt", "003_ea7438489bd31fbe.txt"


def drafted(mini: Path, name: str) -> tuple[Path, Path]:
    """Draft the files for the seed of that name; return the two that were written: seed.yml and the text."""
    done = run("--root", mini, "--draft", mini / "seeds" / name)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    seed, text = (mini / written for written in re.findall("^wrote (.+)$", done.stdout, re.MULTILINE))
    assert sorted(seed.parent.iterdir()) == sorted([seed, text])
    return seed, text


def value(mini: Path, file: Path, kind: type[T]) -> T:
    """Return what a file without problems holds."""
    loaded: Loaded[T] | list[Problem] = load(kind, mini, str(file.relative_to(mini)))
    assert isinstance(loaded, Loaded), loaded
    return loaded.value


def checked(mini: Path) -> list[str]:
    """Return what --check says, without the count."""
    done = run("--root", mini, "--check")
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()[:-1]


def replace(file: Path, old: str, new: str) -> None:
    """Mend a file as an editor would."""
    written = file.read_text(encoding="utf-8")
    assert re.search(old, written), old
    file.write_text(re.sub(old, new, written), encoding="utf-8")


@pytest.mark.parametrize("name", [LEGEND, AWAKENING])
def test_a_draft_asks_only_for_what_nobody_can_guess(name: str, mini: Path) -> None:
    """The check reports the outlet, the date and each guess, and nothing when a person has given, made and confirmed them."""
    shutil.copy(ROOT / "seeds" / name, mini / "seeds")
    seed, text = drafted(mini, name)
    file = value(mini, seed, SeedFile)
    assert (file.file, file.sha256) == (name, sha256(mini, f"seeds/{name}"))

    said = {re.sub(r"^(\S+?):\d+:\d+: ", r"\1: ", line) for line in checked(mini)}
    at, text_at = seed.relative_to(mini), text.relative_to(mini)
    assert said == {
        f'{at}: reference-unknown: there is no outlet "to-be-named".',
        f'{text_at}: date-invalid: "to be given" is no date; write 2021, 2021-01 or 2021-01-08',
        *(f"{at}: guess-unconfirmed: `{guess}` was guessed; check it, and delete it here" for guess in file.unconfirmed),
    }

    replace(text, '"to be given"', "2021")
    said = {re.sub(r"^(\S+?):\d+:\d+: ", r"\1: ", line) for line in checked(mini)}
    words = value(mini, text, TextFile)
    assert words.language == "en"
    assert said == {f'{where}: reference-unknown: there is no outlet "to-be-named".' for where in (at, text_at)} | {
        f"{where}: guess-unconfirmed: `{guess}` was guessed; check it, and delete it here"
        for where, guesses in ((at, file.unconfirmed), (text_at, words.unconfirmed))
        for guess in guesses
    }

    for path in (seed, text):
        replace(path, "to-be-named", "gazette")
        replace(path, r"unconfirmed: \[.*\]\n", "")
    assert checked(mini) == []


@pytest.mark.parametrize("name", SEEDS)
def test_a_draft_of_a_real_seed_fits_its_words(name: str, mini: Path) -> None:
    """When the outlet and the date are given, the check asks for guesses to be confirmed and for nothing else."""
    shutil.copy(ROOT / "seeds" / name, mini / "seeds" / f"new-{name}")
    for path in drafted(mini, f"new-{name}"):
        path.write_text(path.read_text(encoding="utf-8").replace("to-be-named", "gazette").replace('"to be given"', '"1901"'), encoding="utf-8")
    assert {line.split(": ")[1] for line in checked(mini)} == {"guess-unconfirmed"}


def fitting(root: Path, words: str) -> tuple[SeedFile, TextFile, list[str]]:
    """Draft the files for these words in an empty root; return what they hold, and whatever does not fit the words, as lines."""
    (root / "seeds").mkdir(parents=True)
    (root / "seeds/new.txt").write_bytes(words.encode())
    written = draft(root, root / "seeds/new.txt")
    assert isinstance(written, dict), written
    for name, content in written.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.replace('"to be given"', '"1901"').encode())
    seed_name, text_name = written
    seed: Loaded[SeedFile] | list[Problem] = load(SeedFile, root, seed_name)
    text: Loaded[TextFile] | list[Problem] = load(TextFile, root, text_name)
    assert isinstance(seed, Loaded), seed
    assert isinstance(text, Loaded), text
    known = read_seed(root, "seeds/new.txt")
    assert isinstance(known, str)
    folded, parts, problems = split(known, "seeds/new.txt", seed)
    TextAnchor(known, folded, parts[0], "seeds/new.txt", Registers(), problems).blocks(text)
    return seed.value, text.value, [str(problem) for problem in problems]


LINES = st.sampled_from(
    [
        "Menu",
        "menu",
        "Share",
        "Share this",
        "Share this a",
        "Read more: Share",
        "The sea burned",
        "sea",
        "The sea burned again",
        "By the sea",
        "1. The sea",
        "- a - a",
        "– a – a",
        "a",
        "a a",
        "a a a",
        "1901-02-31",
        "31 May 1901",
        "Seed",
        "\u00a0",
        "",
        "By a writer",
        "The “sea”",
        'The "sea"',
        "#: {%",
        "a\ufeffb",
        "a " * 20,
        "٣١ May ١٩٠١",
        "The sea " * 40,
    ]
)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=12)


@settings(max_examples=400, deadline=None)
@given(
    lines=st.lists(LINES | ANY, min_size=1, max_size=9).filter(lambda lines: any(line.strip() for line in lines)), end=st.sampled_from(["\n", "\r\n"])
)
def test_a_draft_fits_any_words(lines: list[str], end: str) -> None:
    """Whatever the words, the files load, every line belongs to the text or is left out, and every quote finds one place."""
    with tempfile.TemporaryDirectory() as folder:
        words = end.join(lines).removeprefix("\ufeff")
        if not words.strip():
            return
        seed, text, problems = fitting(Path(folder), words)
    assert problems == []
    event(f"left out: {bool(seed.left_out)}, context: {any(s.prefix or s.suffix for kind in text.blocks.values() for s in kind)}")


def test_a_headline_that_stands_twice_is_the_title(tmp_path: Path) -> None:
    """The second copy and what stands before the first are left out for reasons of their own, and the first is still found."""
    seed, text, problems = fitting(tmp_path, "The Gazette\nThe harbour burned again\nThe harbour burned again\nIt did.\n")
    assert problems == []
    assert [(entry.quote, entry.times, entry.reason) for entry in seed.left_out] == [
        ("The Gazette", 1, "Stands before the headline; probably furniture of the web page."),
        ("The harbour burned again", 1, "The headline again, probably where a picture stood."),
    ]
    assert [selector.quote for selector in text.blocks["title"]] == ["The harbour burned again"]
    assert "several" in seed.about


def test_only_whole_lines_are_left_out(tmp_path: Path) -> None:
    """Words of furniture that stand in a sentence too are left out in their own line alone."""
    seed, _, problems = fitting(tmp_path, "The harbour burned again\nShare\nShare this\nThey share all, and Share again.\nShare\n")
    assert problems == []
    assert [(entry.quote, entry.times) for entry in seed.left_out] == [("Share", 1), ("Share", 1), ("Share this", 1)]
    assert all(entry.prefix or entry.suffix for entry in seed.left_out if entry.quote == "Share")


def test_a_quote_is_told_apart_or_not_proposed(tmp_path: Path) -> None:
    """A heading whose words stand in a paragraph has context, and of a long line only the first words are quoted."""
    item = "1. " + " ".join(f"word{number}" for number in range(20))
    _, text, problems = fitting(tmp_path, f"The harbour burned again\nThe war\nHe saw The war begin.\n{item}\n")
    assert problems == []
    assert [(selector.quote, selector.suffix) for selector in text.blocks["heading"]] == [("The war", " He saw The")]
    assert [selector.quote for selector in text.blocks["item"]] == ["1. word0 word1 word2 word3 word4 word5"]


@pytest.mark.parametrize(
    ("line", "earliest"),
    [
        ("1901-02-31", "1901"),
        ("31 February 1901 or 12 May, 1901", "1901-05-12"),
        ("March 3, 1901", "1901-03-03"),
        ("٣١ May ١٩٠١", "1901"),
        ("3 Brumaire 1901", "1901"),
    ],
)
def test_a_date_is_in_the_calendar(line: str, earliest: str, tmp_path: Path) -> None:
    """A day that is none is passed over; 1901 stands for a date that is to be given."""
    assert fitting(tmp_path, f"The harbour burned again\n{line}\n")[1].date.earliest == earliest


def test_every_field_that_was_guessed_is_named(mini: Path) -> None:
    """Whatever the draft gives stands in `unconfirmed`, but for the seed's name and checksum, which are facts, the list of notes and its day."""
    shutil.copy(ROOT / "seeds" / LEGEND, mini / "seeds")
    seed, text = drafted(mini, LEGEND)
    replace(text, '"to be given"', "2021")
    file, words = value(mini, seed, SeedFile), value(mini, text, TextFile)
    assert set(file.unconfirmed) == file.model_fields_set - {"file", "sha256", "unconfirmed"}
    assert set(words.unconfirmed) == words.model_fields_set - {"annotations", "revised", "unconfirmed"}


def test_furniture_and_headings_are_guessed(mini: Path) -> None:
    """Lines of the web page are left out with their number, the headline is the title, the by-line and the date are found."""
    (mini / "seeds" / "new.txt").write_text(
        "Menu\nThe harbour burned again\nBy Anne Writer\n12 May 1901\nIt burned.\nComments\nThe second night\n1. The oil.\nComments\n"
    )
    seed, text = drafted(mini, "new.txt")
    file, words = value(mini, seed, SeedFile), value(mini, text, TextFile)
    assert [(entry.quote, entry.times) for entry in file.left_out] == [("Menu", 1), ("Comments", 2)]
    assert (file.texts[0].id, file.texts[0].begins.quote) == ("the-harbour-burned-again", "The harbour burned again")
    assert (words.title, words.byline, words.date.earliest, words.language) == ("The harbour burned again", "By Anne Writer", "1901-05-12", "en")
    blocks = {kind: [selector.quote for selector in selectors] for kind, selectors in words.blocks.items()}
    assert blocks["title"] == ["The harbour burned again"]
    assert blocks["byline"] == ["By Anne Writer"]
    assert blocks["item"] == ["1. The oil."]
    assert "The second night" in blocks["heading"]
    assert {line.split(": ")[1] for line in checked(mini)} == {"guess-unconfirmed", "reference-unknown"}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("البحر والمصباح وحدهما\nقال الكاتب إن المرفأ احترق عشرة أيام بحسب Harbour Council وحدها.\n", "ar"),
        ("دریا و چراغ بندر\nنویسنده گفت که بندر ده روز سوخت و هیچ کس چیزی نگفت.\n", "fa"),
        ("The sea and the lamp\nThe writer said البحر and nothing more.\n", "en"),
    ],
)
def test_the_language_is_guessed(words: str, language: str, mini: Path) -> None:
    """Most letters decide between Arabic and Latin script, and Persian is told by the letters that Arabic does not have."""
    (mini / "seeds" / "new.txt").write_text(words, encoding="utf-8")
    seed, text = drafted(mini, "new.txt")
    assert re.search("^language: (..)", text.read_text(encoding="utf-8"), re.MULTILINE)[1] == language  # type: ignore[index]
    file = value(mini, seed, SeedFile)
    assert file.texts[0].begins.quote == words.split("\n")[0]


def test_nothing_is_overwritten(mini: Path) -> None:
    """A second draft for a seed is refused, and so is one whose folder another seed has."""
    shutil.copy(ROOT / "seeds" / LEGEND, mini / "seeds")
    seed, text = drafted(mini, LEGEND)
    seed.write_text("an editor's work")
    text.unlink()
    for name in (LEGEND, "one.txt"):
        done = run("--root", mini, "--draft", mini / "seeds" / name)
        assert done.returncode == 1
        assert re.match(r"editorial/(000|one): id-duplicate: this folder exists already; nothing is overwritten\n", done.stdout)
    assert seed.read_text() == "an editor's work"
    assert not text.exists()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("seeds/none.txt", None, "seeds/none.txt: file-missing: "),
        ("new.txt", b"One\n", "new.txt: file-missing: put the file into seeds/ first"),
        ("seeds/new.txt", b" \n", "seeds/new.txt: seed-empty: "),
        ("seeds/new.txt", b"caf\xe9", "seeds/new.txt:1:4: not-utf8: "),
        ("seeds/new.txt", b"a\nb\x1b", "seeds/new.txt:2:2: seed-control: U+001B "),
    ],
)
def test_a_seed_that_cannot_be_read_has_no_draft(name: str, content: bytes | None, problem: str, mini: Path) -> None:
    """The problem is printed, and no folder is made."""
    if content is not None:
        (mini / name).write_bytes(content)
    done = run("--root", mini, "--draft", mini / name)
    assert done.returncode == 1
    assert problem in done.stdout
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (mini / "editorial").iterdir()) == ["comparisons", "edition.yml", "one", "registers", "two"]
