"""YAML is read as it was written, and each field keeps its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reading_edition.load import Loaded, load
from reading_edition.model import EditionFile, Event, Outlet, SeedFile, TextFile, Written
from reading_edition.problems import Place, Problem
from reading_edition.works import Work


class Answer(Written):
    """A small model for these tests."""

    answer: str
    more: tuple[str, ...] = ()
    inner: Answer | None = None


def read(folder: Path, written: str | bytes, kind: Any = Answer, name: str = "a.yml") -> Any:
    """Return what `written` is loaded as: a Loaded, or its problems as the lines that would be printed."""
    (folder / name).write_bytes(written if isinstance(written, bytes) else written.encode())
    loaded = load(kind, folder, name)
    return loaded if isinstance(loaded, Loaded) else [str(problem) for problem in loaded]


@pytest.mark.parametrize("word", ["no", "yes", "on", "null", "~", "1901", "1_000", "0o17", "1.10", "12:30:00", "2021-01-08", ".inf", "=", "!!int 3"])
def test_a_scalar_stays_text(word: str, tmp_path: Path) -> None:
    """What looks like a truth, a number, a time or a date is the text that was written."""
    assert read(tmp_path, f"answer: {word}").value.answer == word.removeprefix("!!int ")


def test_an_empty_value_is_not_given(tmp_path: Path) -> None:
    """A key without a value is as good as no key, but quotation marks around nothing are an empty text."""
    assert read(tmp_path, "answer: ''\ninner:\n").value == Answer(answer="")
    assert read(tmp_path, "answer:\n") == ["a.yml:1:8: value-invalid: `answer`: a piece of text is wanted, and nothing is given"]


def test_the_model_may_ask_for_a_number_or_a_yes(mini: Path) -> None:
    """`times: 2` becomes a number and `linked: true` a truth, because their fields say so."""
    outlets: Loaded[Any] | list[Problem] = load(tuple[Outlet, ...], mini, "editorial/registers/outlets.yml")
    assert isinstance(outlets, Loaded)
    assert [outlet.linked for outlet in outlets.value] == [True, False]
    written = (mini / "editorial/one/seed.yml").read_text().replace("{quote: Menu,", "{quote: Menu, times: 2,")
    assert [entry.times for entry in read(mini, written, SeedFile).value.left_out] == [2, 1, 1]
    assert read(mini, written.replace("times: 2", "times: two"), SeedFile) == [
        'a.yml:10:26: value-invalid: `times`: a whole number is wanted, not "two"'
    ]


def test_a_second_key_is_reported(tmp_path: Path) -> None:
    """A key that is given twice is a problem at the second one, on every level, beside all others."""
    assert read(tmp_path, "answer: a\nanswer: b\ninner: {answer: c, more: [], more: [d]}\nmroe: e") == [
        'a.yml:2:1: key-duplicate: "answer" is given twice here; keep one',
        'a.yml:3:30: key-duplicate: "more" is given twice here; keep one',
        'a.yml:4:1: field-unknown: there is no field `mroe`. Did you mean "more"?',
    ]


def test_fields_keep_their_places(tmp_path: Path) -> None:
    """Each field, list entry and nested field has the line and column of its value; a part that stands nowhere has its parent's."""
    loaded = read(tmp_path, "# é\nanswer: é a\nmore:\n  - b\n  - 'd'\ninner: {more: [é], answer: e}\n")
    expected = {
        ("answer",): (2, 9),
        ("more",): (4, 3),
        ("more", 1): (5, 5),
        ("inner", "more", 0): (6, 16),
        ("inner", "answer"): (6, 28),
        ("inner", "inner", "answer"): (6, 8),
        (): (2, 1),
    }
    assert {path: loaded.place(*path) for path in expected} == {path: Place("a.yml", *place) for path, place in expected.items()}


def test_an_alias_is_read_as_what_it_names(tmp_path: Path) -> None:
    """An anchor may be used again, and the copy has the places of the original."""
    loaded = read(tmp_path, "answer: &a words\nmore: [*a, *a]")
    assert loaded.value == Answer(answer="words", more=("words", "words"))
    assert loaded.place("more", 1) == Place("a.yml", 1, 9)


@pytest.mark.parametrize("written", ["answer: a\nmore: &m [*m]", "answer: a\nmore: &m\n - b\n - [c, *m]"])
def test_a_part_that_contains_itself_is_a_problem(written: str, tmp_path: Path) -> None:
    """An alias inside the part that it names is reported, once, and not followed for ever."""
    assert [line.partition(": ")[2] for line in read(tmp_path, written)] == ["yaml-syntax: this part contains itself; write it out"]


def test_json_is_read_by_the_same_reader(mini: Path, tmp_path: Path) -> None:
    """A JSON file gives the same values and places, with tabs or blanks, its escapes and its own keys."""
    loaded: Loaded[Any] | list[Problem] = load(tuple[Work, ...], mini, "editorial/registers/works/works.json")
    assert isinstance(loaded, Loaded)
    assert (loaded.value[0].title, loaded.value[1].custom.nolink) == ("The <Almanac> & its *days*", True)
    assert loaded.value[1].issued is not None
    assert loaded.value[1].issued.date_parts == ((1901, 6, 1),)
    assert loaded.place(1, "issued", "date-parts") == Place("editorial/registers/works/works.json", 4, 122)
    assert read(tmp_path, '{\n\t"answer": "\\u00e9\\n\\/ \\"",\n\t"more": []\n}', name="a.json").value == Answer(answer='é\n/ "')


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(prefix: str, end: str, tmp_path: Path) -> None:
    """A file from Windows or an old Mac, with or without a byte-order mark, gives the same values and places."""
    loaded = read(tmp_path, prefix + end.join(["answer: a", "more:", "  - b", "inner:", "  answer: >-", "    c", "    d", ""]))
    assert loaded.value == Answer(answer="a", more=("b",), inner=Answer(answer="c d"))
    assert [loaded.place(*path) for path in (("answer",), ("more", 0))] == [Place("a.yml", 1, 9), Place("a.yml", 3, 5)]


@pytest.mark.parametrize("date", ["1901", "1901-05", "1901-05-31", "2020-02-29", "9999-12-31"])
def test_a_date_is_as_exact_as_is_known(date: str, tmp_path: Path) -> None:
    """A year, a month or a day of the calendar is taken as it is."""
    assert read(tmp_path, f"- {{id: a, date: {date}, what: b, sources: [c]}}", tuple[Event, ...]).value[0].date == date


@pytest.mark.parametrize(
    "date", ["1901-02-29", "1901-04-31", "1901-13", "1901-00", "0000-01-01", "1901-5", "01-05-1901", "May 1901", "1901/05", "1901-05-01T12:00"]
)
def test_what_is_no_date_is_a_problem(date: str, tmp_path: Path) -> None:
    """A day that the calendar does not have, and any other form, is reported where it stands."""
    assert read(tmp_path, f"- {{id: a, date: '{date}', what: b, sources: [c]}}", tuple[Event, ...]) == [
        f'a.yml:1:17: date-invalid: "{date}" is no date; write 2021, 2021-01 or 2021-01-08'
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "answer: [",
            "a.yml:2:1: yaml-syntax: did not find expected node content; a value with a colon, a # or quotation marks wants quotes around it",
        ),
        ("answer: *b", "a.yml:1:9: yaml-syntax: found undefined alias; a value with a colon, a # or quotation marks wants quotes around it"),
        ("answer: é\a", "a.yml:1:10: yaml-syntax: U+0007 may not stand in YAML; delete it"),
        ("? [a]\n: b", "a.yml:1:3: yaml-syntax: a key is one word, not a list or a mapping"),
        ("answer: " + "[" * 900 + "]" * 900, "a.yml: yaml-syntax: nested too deeply to be read; write it flatter"),
        ("", "a.yml: field-missing: `answer` is not given; add it"),
        ("- answer", "a.yml:1:1: value-invalid: the file: a mapping of fields is wanted"),
        ("more: [a]\ninner: {answer: b}", "a.yml:1:1: field-missing: `answer` is not given; add it"),
        ("answer: a\ninner:\n  more: []", "a.yml:3:3: field-missing: `answer` is not given; add it"),
        ("answer: a\nmore: [b, [c]]", "a.yml:2:11: value-invalid: `more`: a piece of text is wanted"),
        ("answer: a\nmore: b", 'a.yml:2:7: value-invalid: `more`: a list is wanted, not "b"'),
        (b"answer: a\nmore: [\xc3\xa9, \xe9]", "a.yml:2:11: not-utf8: this byte is not UTF-8; save the file as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_one_problem_in_its_place(written: str | bytes, problem: str, tmp_path: Path) -> None:
    """Each fault gives one line that says where it is and what to do."""
    assert read(tmp_path, written) == [problem]


def test_every_form_has_words_of_its_own(mini: Path) -> None:
    """A value of the wrong form is answered with the form in words, never with a regular expression."""

    def answer(name: str, kind: Any, old: str, new: str) -> str:
        (line,) = read(mini, (mini / name).read_text().replace(old, new, 1), kind)
        return str(line).split("value-invalid: ")[1]

    seed, works = "editorial/one/seed.yml", "editorial/registers/works/works.json"
    assert answer(seed, SeedFile, "file: one.txt", "file: ../one.txt") == '`file`: the name of a file in seeds/ is wanted, not "../one.txt"'
    assert answer(seed, SeedFile, "sha256: 23a1", "sha256: 23A1").startswith("`sha256`: a SHA-256 is wanted: 64 digits from 0 to 9 and a to f, not ")
    assert answer(seed, SeedFile, "{id: lamp,", "{id: Lamp,") == (
        '`id`: an id is wanted: lower-case letters and digits, with single hyphens between them, not "Lamp"'
    )
    assert answer(seed, SeedFile, "about: One web page.", "about: ' '") == '`about`: some text is wanted, not " "'
    assert answer(works, tuple[Work, ...], "https://almanac", "ftp://almanac") == (
        '`URL`: an address that begins with https:// or http:// is wanted, not "ftp://almanac.example/a_b*c"'
    )
    assert answer(works, tuple[Work, ...], '{"family": "Yearly", "given": "Y."}', "{}") == "`author`: a name needs `family` or `literal`"


def test_an_unknown_kind_of_block_is_reported_at_its_key(mini: Path) -> None:
    """The place of a wrong key is the key, and the message lists the right ones."""
    (line,) = read(mini, (mini / "editorial/one/lamp.yml").read_text().replace("  question:", "  qestion:"), TextFile)
    assert line.startswith("a.yml:21:3: value-invalid: `qestion`: one of 'title', 'subtitle', ")


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """No file, no exception: a problem without a line."""
    problems: Loaded[Any] | list[Problem] = load(EditionFile, tmp_path, "editorial/edition.yml")
    assert isinstance(problems, list)
    assert [(problem.code, problem.place) for problem in problems] == [("file-missing", Place("editorial/edition.yml"))]
