"""What is wrong, where, and the table of everything that can be wrong.

A problem is a value, never an exception: a run collects them all, prints them in order of place, and writes nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

CODES: dict[str, str] = {
    "file-missing": "Every file that is named must exist.",
    "file-unreadable": "Every file must be readable by the person who builds.",
    "folder-unwritable": "The folders for what is generated must be writable.",
    "not-utf8": "Every file is UTF-8.",
    "seed-empty": "A seed holds at least one line of text.",
    "seed-control": "A seed holds no control characters but line ends and tabs, and no code points that are not characters.",
    "seed-changed": "A seed is frozen: its SHA-256 is the one in seed.yml.",
    "seed-unclaimed": "Every file in seeds/ has a folder in editorial/, and no two folders share a seed.",
    "line-uncovered": "Every line of a seed that is not blank belongs to a text or is left out.",
    "begins-order": "The texts of a seed are listed in the order in which they stand, each beginning in a line of its own.",
    "left-out-inside": "What is left out is whole lines, or the beginning or end of a line, and is left out once.",
    "text-empty": "A text keeps at least one line when what is left out is taken away.",
    "text-unlisted": "Every file of a text is listed in its seed.yml.",
    "yaml-syntax": "Every file in editorial/ is well-formed YAML (or JSON).",
    "key-duplicate": "A mapping has each key once.",
    "field-missing": "Every field that is required is given.",
    "field-unknown": "No field is given that does not exist.",
    "value-invalid": "Every value has the type and form of its field.",
    "date-invalid": "A date is a year, a month or a day of the calendar: 2021, 2021-01 or 2021-01-08.",
    "guess-unconfirmed": "What the draft guessed is confirmed by an editor, who deletes it from `unconfirmed`.",
    "quote-missing": "A quote stands in its text.",
    "quote-ambiguous": "A quote stands in its text once; `prefix` and `suffix` tell equal passages apart.",
    "quote-times": "What is left out stands in the seed as often as `times` says.",
    "quote-across-blocks": "A quote lies inside one line of its text, and nothing in it is left out.",
    "block-twice": "A line of a text has one kind.",
    "reference-unknown": "Every id that is referred to exists.",
    "id-duplicate": "An id is given once.",
    "id-reserved": "Ids of the form p12 belong to the paragraphs.",
    "entry-unused": "Every entry of a register, and every work, is referred to.",
    "note-incomplete": "A note has what its kind needs: an entry to point to, or words of its own.",
    "note-long": "A note, like any other piece of the editors' words, has at most 90 words, a headnote or the introduction of a comparison 180.",
    "evidence-missing": "A claim has sources, unless it is an opinion or nothing was found.",
    "evidence-one-sided": "A contested or contradicted claim has works of two publishers and not all of one side; "
    "a supported or partly right one has a work from outside the side of the texts that make it.",
    "translation-incomplete": "A translation has every block of its text once, and no other.",
    "comparison-incomplete": "A comparison has as many texts, and in each row the fields, as its kind needs.",
    "rows-incomplete": "In a comparison of a translation every block of both texts stands in one row, in order.",
    "word-banned": "The editors' own words keep to the policy's list; between quotation marks a word is somebody else's.",
    "reading-hard": "A note of forty words or more can be read at sixteen: its reading grade is at most 13.",
    "link-listed": "The address of a site that was seized or is listed (`unlinked` in edition.yml) is printed, never linked.",
    "link-unsafe": "An address that may be a link begins with https:// or http://.",
}
"""Code -> the rule, in one sentence. docs/problems.md is made from it, and tests/bad/<code>/ breaks each."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: path relative to the edition's root, line and column from 1; 0 where it is the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: a code of CODES, where it is, and a sentence that says what and how to mend it."""

    place: Place
    code: str
    message: str

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"no such problem code: {self.code}")

    def __str__(self) -> str:
        return f"{self.place}: {self.code}: {self.message}"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` with the name nearest to `name`, or an empty string if none is near."""
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def shorten(text: str, width: int = 70) -> str:
    """Return `text` on one line, at most `width` characters long, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
