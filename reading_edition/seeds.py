"""Read a raw seed, split it into texts and lines, and prove that every line is accounted for.

A line is the unit: what stands between two line ends, without ASCII blanks at either side. A line that holds only other white
space (no-break spaces, mostly: the spacing of a web page) is part of the source too; it belongs to the line before it.
"""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass
from pathlib import Path

from .anchor import Ambiguous, Folded, Found, Missing, find, find_all, fold
from .edition import Omission
from .load import Loaded, read_text
from .model import SeedFile
from .problems import Place, Problem, shorten

BLANKS = " \t\n\r\f\v"
"""ASCII white space: what HTML folds. U+00A0 is a character of the source and is not among it."""

_UNPRINTABLE = frozenset(
    [
        *map(chr, range(0x09)),
        *map(chr, range(0x0E, 0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *map(chr, range(0xFDD0, 0xFDF0)),
        *(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)),
    ]
)
"""Control characters but ASCII white space, and the code points that Unicode reserves as no characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a seed that is printed as one block."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SplitText:
    """One text of a seed before its editors' file is looked at."""

    id: str
    start: int
    end: int
    lines: tuple[Line, ...]
    omissions: tuple[Omission, ...]


def read_seed(root: Path, file: str) -> str | list[Problem]:
    """Return the words of a seed, or what is wrong with the file."""
    text = read_text(root, file)
    if isinstance(text, Problem):
        return [text]
    if not text.strip():
        return [Problem(Place(file), "seed-empty", "there is no text in it; get the file again, or delete it")]
    bad = _UNPRINTABLE.intersection(text)
    return [
        Problem(
            place_in(file, text, text.index(character)),
            "seed-control",
            f"U+{ord(character):04X} cannot be published; get a copy of the file without it",
        )
        for character in sorted(bad)
    ] or text


def sha256(root: Path, file: str) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    return hashlib.sha256((root / file).read_bytes()).hexdigest()


def place_in(file: str, text: str, offset: int) -> Place:
    """Return line and column of an offset."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - start + 1)


@dataclass(slots=True)
class _Item:
    """A line, or a part of one that is left out, while a seed is being split."""

    start: int
    end: int
    reason: str | None = None


def split(words: str, path: str, loaded: Loaded[SeedFile]) -> tuple[Folded, list[SplitText], list[Problem]]:
    """Return the folded seed, its texts as `loaded` describes them, and whatever cannot be done.

    `path` names the seed in messages. Texts are returned even if there are problems, so that their files can be checked too.
    """
    folded = fold(words)
    lines = _lines(words)
    problems: list[Problem] = []
    begins = _begins(words, path, folded, lines, loaded, problems)
    cuts = _left_out(words, path, folded, lines, {begin for _, begin in begins}, loaded, problems)
    items = _items(words, lines, cuts)
    texts = list[SplitText]()
    for index, (name, begin) in enumerate(begins):
        start = 0 if index == 0 else begin
        end = begins[index + 1][1] if index + 1 < len(begins) else len(words)
        inside = [item for item in items if start <= item.start < end]
        if index == 0:
            problems += [
                Problem(
                    place_in(path, words, item.start),
                    "line-uncovered",
                    f'"{shorten(words[item.start : item.end])}" stands before the first text; leave it out in {loaded.file} and say why',
                )
                for item in inside
                if item.reason is None and item.end <= begin
            ]
        printed = tuple(Line(item.start, item.end) for item in inside if item.reason is None)
        omissions = tuple(Omission(item.start, item.end, item.reason) for item in inside if item.reason is not None)
        if not printed:
            problems.append(
                Problem(loaded.place("texts", index), "text-empty", f'nothing is left of "{name}" to print; leave out less, or delete this entry')
            )
        texts.append(SplitText(name, start, end, printed, omissions))
    return folded, texts, problems


def _lines(words: str) -> list[Line]:
    lines, at = list[Line](), 0
    for raw in words.split("\n"):
        content = raw.strip(BLANKS)
        if content:
            start = at + len(raw) - len(raw.lstrip(BLANKS))
            lines.append(Line(start, start + len(content)))
        at += len(raw) + 1
    return lines


def _line_at(lines: list[Line], offset: int) -> Line:
    return lines[bisect.bisect_right(lines, offset, key=lambda line: line.start) - 1]


def _begins(words: str, path: str, folded: Folded, lines: list[Line], loaded: Loaded[SeedFile], problems: list[Problem]) -> list[tuple[str, int]]:
    begins, last = list[tuple[str, int]](), -1
    for index, entry in enumerate(loaded.value.texts):
        at = loaded.place("texts", index, "begins")
        match find(folded, entry.begins.quote, entry.begins.prefix, entry.begins.suffix):
            case Found(start=start):
                begin = _line_at(lines, start).start
                if begin <= last:
                    problems.append(
                        Problem(
                            at,
                            "begins-order",
                            f'"{entry.id}" begins before or with the text listed before it; list the texts in the order in which they stand',
                        )
                    )
                else:
                    begins.append((entry.id, begin))
                    last = begin
            case Missing() | Ambiguous() as failure:
                problems.append(explain(failure, at, words, path, "the seed"))
    return begins


def explain(failure: Missing | Ambiguous, at: Place, words: str, path: str, where: str) -> Problem:
    """Return the problem for a quote that did not find its place in `where`, with the nearest passage or all places of it."""
    if isinstance(failure, Ambiguous):
        places = ", ".join(str(place_in(path, words, offset).line) for offset in failure.places[:5])
        return Problem(
            at,
            "quote-ambiguous",
            f"stands {len(failure.places)} times in {where}, in lines {places} of {path}; add `prefix` or `suffix` to say which",
        )
    if not failure.nearest.strip():
        return Problem(at, "quote-missing", f"no such passage in {where}")
    place = place_in(path, words, failure.at)
    return Problem(at, "quote-missing", f'no such passage in {where}. Nearest: "{shorten(failure.nearest, 120)}" ({place})')


def _left_out(
    words: str, path: str, folded: Folded, lines: list[Line], begins: set[int], loaded: Loaded[SeedFile], problems: list[Problem]
) -> dict[int, list[_Item]]:
    """Return what is left out, by the start of the line in which it stands."""
    cuts: dict[int, list[_Item]] = {}
    for index, entry in enumerate(loaded.value.left_out):
        at = loaded.place("left_out", index, "quote")
        found = [f for f in find_all(folded, entry.quote, entry.prefix, entry.suffix) if not _is_headline(words, f, _line_at(lines, f.start), begins)]
        if not found:
            failure = find(folded, entry.quote, entry.prefix, entry.suffix)
            problems.append(
                explain(failure, at, words, path, "the seed")
                if not isinstance(failure, Found)
                else Problem(at, "quote-times", "stands in the seed only where a text begins, and that is printed; delete this entry")
            )
            continue
        if len(found) != entry.times:
            problems.append(
                Problem(
                    at,
                    "quote-times",
                    f"{path} has {len(found)} of these to leave out, but `times` is {entry.times}; mend `times`, or add `prefix` or `suffix`",
                )
            )
            continue
        for place in found:
            line = _line_at(lines, place.start)
            head, tail = words[line.start : place.start].strip(), words[place.end : line.end].strip()
            if place.end > line.end or (head and tail):
                problems.append(
                    Problem(
                        at,
                        "left-out-inside",
                        f"stands inside line {place_in(path, words, place.start).line} of {path}; leave out a whole line, or its beginning or end",
                    )
                )
                continue
            cut = _Item(line.start if not head else place.start, line.end if not tail else place.end, entry.reason)
            others = cuts.setdefault(line.start, [])
            if any(cut.start < other.end and other.start < cut.end for other in others):
                problems.append(
                    Problem(
                        at,
                        "left-out-inside",
                        f"line {place_in(path, words, place.start).line} of {path}: another entry leaves out these words; keep one",
                    )
                )
                continue
            others.append(cut)
    return cuts


def _is_headline(words: str, found: Found, line: Line, begins: set[int]) -> bool:
    """Whether the words are those with which a text begins: all of its first line, or its middle, but not an edge of it."""
    head, tail = words[line.start : found.start].strip(), words[found.end : line.end].strip()
    return line.start in begins and bool(head) == bool(tail)


def _items(words: str, lines: list[Line], cuts: dict[int, list[_Item]]) -> list[_Item]:
    """Return printed lines and omissions in order; lines of nothing but white space are joined to what stands before them."""
    items, spacing_from = list[_Item](), -1
    for line in lines:
        if not words[line.start : line.end].strip():
            if items:
                items[-1].end = line.end
            elif spacing_from < 0:
                spacing_from = line.start
            continue
        for part in _parts(words, line, cuts.get(line.start, [])):
            if spacing_from >= 0:
                part.start, spacing_from = spacing_from, -1
            items.append(part)
    return items


def _parts(words: str, line: Line, omitted: list[_Item]) -> list[_Item]:
    parts, at = list[_Item](), line.start
    for item in sorted(omitted, key=lambda item: item.start):
        gap = words[at : item.start]
        if gap.strip():
            parts += _printed(words, at, item.start)
        else:
            item.start -= len(gap.lstrip(BLANKS))
        parts.append(item)
        at = item.end
    return parts + _printed(words, at, line.end)


def _printed(words: str, start: int, end: int) -> list[_Item]:
    content = words[start:end].strip(BLANKS)
    if not content:
        return []
    start += len(words[start:end]) - len(words[start:end].lstrip(BLANKS))
    return [_Item(start, start + len(content))]
