"""Write the first state of the editors' files for a new seed, with what can be guessed from its words.

Every guess is named in `unconfirmed`, and the check asks for each until an editor deletes it there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Final

from .anchor import Found, find, find_all, fold
from .problems import Place, Problem
from .render import RTL, direction_of
from .seeds import BLANKS, read_seed, sha256

_FURNITURE: Final = re.compile(
    r"(?:no script|please wait|loading|comments?|related( \w+)?s?|share( this)?|read (more|also).*|tags?:?.*|add to favou?rites|.*empty alt attribute.*"
    r"|%d bloggers.*|image result for.*|see the source image|advertisement|menu|search|print|subscribe.*|مقالات ذات صلة|فيديوات ذات صلة)[.…]*", re.IGNORECASE)
"""Lines that belong to a web page more often than to a text."""

_BYLINE: Final = re.compile(r"by[: ]\s*\S.{1,60}|author: .{2,60}|بقلم.{2,60}", re.IGNORECASE)
_MONTHS: Final = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_DAY: Final = re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d1>\d{{1,2}}) (?P<m1>{'|'.join(_MONTHS)}),? (?P<y1>\d{{4}})"
                         rf"|(?P<m2>{'|'.join(_MONTHS)}) (?P<d2>\d{{1,2}}),? (?P<y2>\d{{4}})", re.IGNORECASE)
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
    text = re.sub(r"[^a-z0-9]+", "-", guess.title.lower()).strip("-")[:40].strip("-") or "text"
    return {f"editorial/{key}/seed.yml": guess.seed_file(path.name, sha256(root, file), text), f"editorial/{key}/{text}.yml": guess.text_file()}


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Guess:
    """What the words of a seed suggest."""

    def __init__(self, words: str) -> None:
        self.folded = fold(words)
        self.lines = [line for raw in words.split("\n") if (line := raw.strip(BLANKS)).strip()]
        counts = Counter(self.lines)
        self.furniture = [line for line in counts if _FURNITURE.fullmatch(line.strip())]
        kept = [line for line in self.lines if line not in self.furniture]
        self.title = next((line for line in kept if len(line.split()) > 2), (kept or self.lines)[0])
        self.again = [line for line in counts if counts[line] > 1 and line not in self.furniture and len(line) < 200]
        self.byline = next((line for line in kept[:12] if _BYLINE.fullmatch(line)), None)
        self.date = next((date for line in kept[:12] if (date := self._date(line))), None)
        self.language = self._language(words)
        self.before = kept[: kept.index(self.title)] if kept else []
        body = kept[len(self.before) + 1 :]
        self.items = [line for line in body if _ITEM.match(line) and counts[line] == 1]
        self.headings = [line for line in body if self._is_heading(line) and line != self.byline and counts[line] == 1 and line not in self.items]

    @staticmethod
    def _date(line: str) -> str | None:
        match = _DAY.search(line)
        if match is None:
            return None
        if match["y"]:
            return match[0]
        year, month, day = match["y1"] or match["y2"], match["m1"] or match["m2"], match["d1"] or match["d2"]
        return f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}"

    @staticmethod
    def _language(words: str) -> str:
        letters = [character for character in words if character.isalpha()]
        arabic = sum(1 for character in letters if direction_of(character, "ltr") == "rtl")
        if arabic * 2 < len(letters):
            return "en"
        return "fa" if len(re.findall("[پچژگ]", words)) * 200 > arabic else "ar"

    @staticmethod
    def _is_heading(line: str) -> bool:
        return 3 < len(line) < 75 and line[-1] not in ".,;!:…\"”’)" and not _DAY.fullmatch(line)

    def seed_file(self, name: str, checksum: str, text: str) -> str:
        begins, suffix = self.title, ""
        if not isinstance(find(self.folded, begins), Found):
            at = self.folded.string.find(fold(begins).string)
            suffix = self.folded.string[at + len(fold(begins).string) :][:60]
        lines = [f"file: {_quoted(name)}", f"sha256: {checksum}", f"title: {_quoted(self.title)}",
                 "about: To be written. What kind of file is it, and how is it printed here?", "outlet: to-be-named",
                 "captured: unknown", "texts:", f"  - id: {text}",
                 f"    begins: {{quote: {_quoted(begins)}, suffix: {_quoted(suffix)}}}" if suffix else f"    begins: {_quoted(begins)}"]
        again = [self.title] if self.title in self.again else []
        left = [(line, len(find_all(self.folded, line)) - (line == self.title)) for line in dict.fromkeys(self.furniture + self.before + again)]
        lines += ["left_out:"] if left else []
        for line, times in left:
            lines += [f"  - quote: {_quoted(line)}", *([f"    times: {times}"] if times > 1 else []), "    reason: Probably furniture of the web page."]
        return "\n".join([*lines, "unconfirmed: [title, about, outlet, captured, texts, left_out]", ""])

    def text_file(self) -> str:
        lines = [f"title: {_quoted(self.title)}", f"short: {_quoted(' '.join(self.title.split()[:5]))}", "outlet: to-be-named",
                 f"byline: {_quoted(self.byline or 'unsigned')}", f"language: {self.language}  # read {'right to left' if self.language in RTL else 'left to right'}",
                 "genre: To be written.", "date:", f"  shown: {self.date or 'undated'}", f"  earliest: {_quoted(self.date or 'to be given')}",
                 "  certainty: unknown", f"  why: {'The first date that stands in the text.' if self.date else 'No date stands in the text.'}",
                 "speaking: To be written. Who speaks, in what office at the time?", "evidence:", "  good: To be written.", "  not_good: To be written.",
                 "chain:", "  - {hand: Unknown, role: capture, did: saved the page, certainty: unknown, why: To be written.}"]
        blocks = [("title", [self.title] if len(find_all(self.folded, self.title)) == 1 else []), ("byline", [self.byline] if self.byline else []),
                  ("heading", self.headings), ("item", self.items)]
        if any(quotes for _, quotes in blocks):
            lines.append("blocks:")
        for kind, quotes in blocks:
            lines += [f"  {kind}:", *(f"    - {_quoted(quote)}" for quote in quotes)] if quotes else []
        return "\n".join([*lines, "annotations: []", "unconfirmed: [title, short, outlet, byline, language, genre, date, speaking, evidence, chain, blocks]", ""])
