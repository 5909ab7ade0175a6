"""Prove from published HTML alone that each seed comes back, character by character.

The contract (docs/contract.md): every block of source words is an element with class `source`, every stretch that is left
out one with class `omitted`; both say which file and which code points of it they print; whatever inside them is not the
source has class `apparatus`. So for each seed: every element's words equal the file's at that place; nothing is printed
twice; what is printed nowhere is white space; and on a page the elements stand in the order of the file. White space is
folded, except that U+00A0 and its like are characters of the source.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lxml import etree, html

from .seeds import BLANKS

_SPAN = re.compile(r"(\d+)-(\d+)")
_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
_MARKED = etree.XPath('//*[@data-span or contains(@class, "source") or contains(@class, "omitted")]')
"""Everything that could be marked; what only has such a word inside another class is passed over."""


@dataclass(frozen=True, slots=True, order=True)
class Printed:
    """A stretch of a seed as a page prints it."""

    start: int
    end: int
    words: str
    page: str
    kind: str
    """`source` or `omitted`."""
    order: int
    """Position among the marked elements of its page."""


def verify(site: Path, seeds: Path, progress: Callable[[int, int], None] = lambda done, of: None) -> list[str]:
    """Return one sentence for each way in which the pages below `site` do not give back the files in `seeds`; none if they do."""
    printed: dict[str, list[Printed]] = {}
    faults: list[str] = []
    pages = sorted(_pages(site))
    for done, page in enumerate(pages):
        progress(done, len(pages))
        for file, stretch in _read(site / page, page, faults):
            printed.setdefault(file, []).append(stretch)
    names = sorted(entry.name for entry in os.scandir(seeds) if entry.is_file() and not entry.name.startswith("."))
    if not names:
        faults.append(f"{seeds} holds no seed")
    for name in names:
        faults += _compare(name, (seeds / name).read_bytes().decode("utf-8-sig"), printed.pop(name, []))
    return faults + [f"{stretches[0].page}: prints words of {name!r}, which is not in {seeds}" for name, stretches in sorted(printed.items())]


def _pages(site: Path) -> Iterator[str]:
    for folder, _, files in os.walk(site):
        for file in files:
            if file.endswith(".html"):
                yield os.path.relpath(os.path.join(folder, file), site)


def _read(path: Path, page: str, faults: list[str]) -> Iterator[tuple[str, Printed]]:
    """Yield (seed's file name, stretch) for every marked element of a page."""
    raw = path.read_bytes()
    if b"data-span" not in raw:
        return
    marked = cast("list[etree._Element]", _MARKED(html.document_fromstring(raw, parser=_PARSER)))
    for order, element in enumerate(marked):
        classes = (element.get("class") or "").split()
        kind = "source" if "source" in classes else "omitted" if "omitted" in classes else None
        if kind is None and element.get("data-span") is None:
            continue
        match = _SPAN.fullmatch(element.get("data-span") or "")
        file = element.get("data-seed")
        if match is None or file is None or kind is None:
            faults.append(f"{page}: a marked element lacks its class, data-seed or data-span: {etree.tostring(element)[:80]!r}")
            continue
        yield file, Printed(int(match[1]), int(match[2]), fold("".join(_words(element))), page, kind, order)


def _words(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element without the apparatus in it."""
    yield element.text or ""
    for child in element:
        if "apparatus" not in (child.get("class") or "").split():
            yield from _words(child)
        yield child.tail or ""


def fold(words: str) -> str:
    """Return words with each run of ASCII white space as one space, and none at the ends."""
    for blank in BLANKS:
        words = words.replace(blank, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words.strip(" ")


def _compare(name: str, seed: str, printed: list[Printed]) -> Iterator[str]:
    at = 0
    for stretch in sorted(printed):
        where = f"{stretch.page}: {name} {stretch.start}-{stretch.end}"
        if not 0 <= stretch.start < stretch.end <= len(seed):
            yield f"{where}: there is no such place in the file"
            continue
        if stretch.start < at:
            yield f"{where}: printed twice"
        elif seed[at : stretch.start].strip(BLANKS):
            yield f"{name} {at}-{stretch.start}: printed nowhere: {seed[at : stretch.start].strip()[:60]!r}"
        if stretch.words != fold(seed[stretch.start : stretch.end]):
            yield f"{where}: not the words of the file: {_difference(stretch.words, fold(seed[stretch.start : stretch.end]))}"
        at = max(at, stretch.end)
    if seed[at:].strip(BLANKS):
        yield f"{name} {at}-{len(seed)}: printed nowhere: {seed[at:].strip()[:60]!r}"
    yield from _disorder(name, printed)


def _disorder(name: str, printed: list[Printed]) -> Iterator[str]:
    """On a page, the source stands in the order of the file, and so does what is left out."""
    last: dict[tuple[str, str], int] = {}
    for stretch in sorted(printed, key=lambda stretch: (stretch.page, stretch.order)):
        key = stretch.page, stretch.kind
        if stretch.start < last.get(key, -1):
            yield f"{stretch.page}: {name} {stretch.start}-{stretch.end}: out of order"
        last[key] = stretch.start


def _difference(page: str, file: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(page, file, strict=False)) if a != b), min(len(page), len(file)))
    return f"{page[max(0, at - 12) : at + 20]!r} instead of {file[max(0, at - 12) : at + 20]!r}"
