"""Write the first state of the editors' files for a new seed, with what can be guessed from its words.

Every guess is named in `unconfirmed`, and the check asks for each until an editor deletes it there. Nothing is proposed
that the check would refuse: a quote that cannot be told apart from equal passages is not proposed at all.
"""

from __future__ import annotations

import bisect
import contextlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from .anchor import Found, find_all, fold, fold_quote
from .model import LeftOut, Selector
from .problems import Place, Problem, shorten
from .render import RTL, direction_of
from .seeds import read_seed, sha256

_FURNITURE: Final = re.compile(
    r"(?:no script|please wait|loading|comments?|related( \w+)?s?|share( this)?|read (more|also).*|tags?(:.*)?|add to favou?rites"
    r"|.*empty alt attribute.*|%d bloggers.*|image result for.*|see the source image|advertisement|menu|search|print|subscribe.*"
    r"|مقالات ذات صلة|فيديوات ذات صلة)[.…]*",
    re.IGNORECASE,
)
"""Lines that belong to a web page more often than to a text."""

_LINE: Final = re.compile(r"\S(?:[^\n]*\S)?")
_BYLINE: Final = re.compile(r"by[: ]\s*\S.{1,60}|author: .{2,60}|بقلم.{2,60}", re.IGNORECASE)
_DAY: Final = re.compile(r"\b(?:\d{4}-\d\d-\d\d|\d{1,2} [a-z]{3,9},? \d{4}|[a-z]{3,9} \d{1,2},? \d{4})\b", re.ASCII | re.IGNORECASE)
_ITEM: Final = re.compile(r"([-–•*]|\d{1,2}[.)])\s+\S")


def draft(root: Path, seed: Path) -> dict[str, str] | list[Problem]:
    """Return path -> text of the editors' files for `seed`, or why they cannot be written. Nothing that exists is overwritten."""
    path = seed.resolve()
    file = f"seeds/{path.name}"
    if path.parent != (root / "seeds").resolve():
        return [Problem(Place(str(seed)), "file-missing", "put the file into seeds/ first")]
    words = read_seed(root, file)
    if isinstance(words, list):
        return words
    key = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "seed"
    key = key.split("-")[0] if key.split("-")[0].isdigit() else key
    if (root / "editorial" / key).exists():
        return [Problem(Place(f"editorial/{key}"), "id-duplicate", "this folder exists already; nothing is overwritten")]
    guess = _Guess(words)
    text = re.sub(r"[^a-z0-9]+", "-", guess.title.text.lower()).strip("-")[:40].strip("-")
    text = "text" if text in ("", "seed") else text  # seed.yml is the other file
    return {f"editorial/{key}/seed.yml": guess.seed_file(path.name, sha256(root, file), text), f"editorial/{key}/{text}.yml": guess.text_file()}


def _quoted(value: str) -> str:
    """Return `value` as YAML in double quotes; what YAML takes for a byte-order mark is escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def _fields(selector: Selector) -> list[str]:
    fields = {"quote": selector.quote, "prefix": selector.prefix, "suffix": selector.suffix}
    return [f"{name}: {_quoted(value)}" for name, value in fields.items() if value]


def _short(selector: Selector) -> str:
    return f"{{{', '.join(_fields(selector))}}}" if selector.prefix or selector.suffix else _quoted(selector.quote)


class _Line(NamedTuple):
    """A line of the seed without the white space at its sides: as an editor would quote it, and folded, as a quote finds it."""

    start: int
    end: int
    text: str
    folded: str


class _Guess:
    """What the words of a seed suggest."""

    def __init__(self, words: str) -> None:
        self.folded = fold(words)
        self.lines = [_Line(match.start(), match.end(), text := " ".join(match[0].split()), fold_quote(text)) for match in _LINE.finditer(words)]
        self.counts = Counter(line.folded for line in self.lines)
        kept = [line for line in self.lines if not _FURNITURE.fullmatch(line.folded)]
        self.title = next((line for line in kept if line.text.count(" ") + (self.counts[line.folded] > 1) > 1), (kept or self.lines)[0])
        self.headline = self.title.text if len(self.title.text) < 200 else f"[{shorten(self.title.text)}]"
        self.byline = next((line for line in kept[:12] if _BYLINE.fullmatch(line.text) and line is not self.title), None)
        self.date = next((date for line in kept[:12] for date in _dates(line.text)), None)
        self.language = _language(words)
        self.begins = self._pin(self.title, always=True)
        self.out = set[_Line]()
        self.left_out = list(self._leave_out())
        self.blocks = self._blocks()

    def _pin(self, line: _Line, counts: Callable[[Found], bool] = bool, whole: bool = False, always: bool = False) -> Selector | None:
        """Return a selector for the line, or for its first words unless it must be `whole`, that finds no other place that counts.

        None if that takes more than twelve words of context; with `always` it may take all that stands before and after the line.
        """
        string, at = self.folded.string, self.folded.forth(line.start)
        first = [] if whole or line.text.count(" ") < 12 else [(" ".join(line.text.split(" ")[:7]), "", "")]
        for words in (0, 3, 6, 12, *([len(string)] if always else [])):
            before = " ".join(string[:at].rsplit(" ", words + 1)[-words - 1 :])
            after = " ".join(string[at + len(line.folded) :].split(" ", words + 1)[: words + 1])
            for quote, prefix, suffix in (*first, (line.text, "", after), (line.text, before, ""), (line.text, before, after)):
                if sum(map(counts, find_all(self.folded, quote, prefix, suffix))) == 1:
                    return Selector(quote=quote, prefix=prefix, suffix=suffix)
        return None

    def _reason(self, line: _Line) -> str | None:
        """Return why a line is probably not to be printed, or None."""
        if line is self.title:
            return None
        if _FURNITURE.fullmatch(line.folded):
            return "Probably furniture of the web page."
        if line.start < self.title.start:
            return "Stands before the headline; probably furniture of the web page."
        return "The headline again, probably where a picture stood." if line.folded == self.title.folded else None

    def _leave_out(self) -> Iterator[LeftOut]:
        """Yield whole lines to leave out: equal ones together if their words stand nowhere else, or else each for itself."""
        groups: dict[tuple[str, str], list[_Line]] = {}
        for line in self.lines:
            if (reason := self._reason(line)) is not None:
                groups.setdefault((line.folded, reason), []).append(line)
        for (_, reason), lines in groups.items():
            whole = {(line.start, line.end) for line in (self.title, *lines)}
            if all((place.start, place.end) in whole for place in find_all(self.folded, lines[0].text)):
                self.out.update(lines)
                yield LeftOut(quote=lines[0].text, times=len(lines), reason=reason)
                continue
            for line in lines:
                if (selector := self._pin(line, whole=True, always=line.start < self.title.start)) is not None:
                    self.out.add(line)
                    yield LeftOut(**selector.model_dump(), reason=reason)

    def _blocks(self) -> dict[str, list[Selector]]:
        """Return kind of block -> selectors, each of which finds one place in the lines that are printed."""
        printed = [line for line in self.lines if line not in self.out]

        def is_printed(place: Found) -> bool:
            index = bisect.bisect_right(printed, place.start, key=lambda line: line.start) - 1
            return index >= 0 and place.end <= printed[index].end

        blocks: dict[str, list[Selector]] = {}
        for line in printed:
            if (kind := self._kind(line)) is not None and (selector := self._pin(line, is_printed)) is not None:
                blocks.setdefault(kind, []).append(selector)
        return blocks

    def _kind(self, line: _Line) -> str | None:
        if line is self.title:
            return "title" if self.headline == line.text else None
        if line is self.byline:
            return "byline"
        if _ITEM.match(line.text):
            return "item"
        alone = self.counts[line.folded] == 1 and not _DAY.fullmatch(line.text)
        return "heading" if alone and 3 < len(line.text) < 75 and line.text[-1] not in '.,;!:…"”’)' else None

    def seed_file(self, name: str, checksum: str, text: str) -> str:
        """Return seed.yml: one text that begins with the headline, and the lines that are probably not its own."""
        assert self.begins is not None
        left_out = "left_out:\n" if self.left_out else ""
        for entry in self.left_out:
            fields = [*_fields(entry), f"times: {entry.times}", f"reason: {entry.reason}"]
            left_out += "  - " + "\n    ".join(field for field in fields if field != "times: 1") + "\n"
        return f"""\
file: {_quoted(name)}
sha256: {checksum}
title: {_quoted(self.headline)}
about: >-
  To be written. What kind of file is it, and how is it printed here? The draft takes it for one text; if it holds several,
  list each under `texts` and write a file for each.
outlet: to-be-named
captured: unknown
texts:
  - id: {text}
    begins: {_short(self.begins)}
{left_out}unconfirmed: [title, about, outlet, captured, texts, left_out]
"""

    def text_file(self) -> str:
        """Return the file of the text, with `To be written` for what only a person can know."""
        why = "The first date that stands in the text." if self.date else "No date stands in the text."
        blocks = "blocks:\n" if self.blocks else ""
        for kind, selectors in self.blocks.items():
            blocks += f"  {kind}:\n" + "".join(f"    - {_short(selector)}\n" for selector in selectors)
        return f"""\
title: {_quoted(self.headline)}
short: {_quoted(" ".join(self.title.text.split(" ")[:5]))}
outlet: to-be-named
byline: {_quoted(self.byline.text if self.byline else "unsigned")}
language: {self.language}  # read {"right to left" if self.language in RTL else "left to right"}
genre: To be written.
form: report
revised: {datetime.now().astimezone().date().isoformat()}
date: {{shown: {self.date or "undated"}, earliest: {_quoted(self.date or "to be given")}, certainty: unknown, why: {why}}}
speaking: To be written. Who speaks, in what office at the time?
evidence: {{good: To be written., not_good: To be written.}}
chain:
  - {{hand: Unknown, role: capture, did: saved the page, certainty: unknown, why: To be written.}}
{blocks}annotations: []
unconfirmed: [title, short, outlet, byline, language, genre, form, date, speaking, evidence, chain, blocks]
"""


def _dates(line: str) -> Iterator[str]:
    """Yield each day in a line that is in the calendar."""
    for match in _DAY.finditer(line):
        for form in ("%Y-%m-%d", "%d %B %Y", "%B %d %Y"):
            with contextlib.suppress(ValueError):
                yield datetime.strptime(match[0].replace(",", ""), form).date().isoformat()


def _language(words: str) -> str:
    letters = [character for character in words if character.isalpha()]
    arabic = sum(1 for character in letters if direction_of(character, "ltr") == "rtl")
    other = "fa" if len(re.findall("[پچژگ]", words)) * 200 > arabic else "ar"
    return other if arabic * 2 > len(letters) else "en"
