"""Find a quote in a text.

The words are those of the W3C Web Annotation Data Model (TextQuoteSelector): an exact quote, told apart from equal
passages by a prefix and a suffix. Matching is exact but for what a keyboard cannot know: any run of white space equals
one space, and curly quotation marks and dashes equal straight ones. Nothing is ever matched approximately; `Missing`
carries the nearest passage only so that a message can show it.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from rapidfuzz import fuzz

_FOLDS = {
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("‐‑‒–—―", "-"),
    **dict.fromkeys("\t\n\r\f\v\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
}
_RUN = re.compile("  +")


@dataclass(frozen=True, slots=True)
class Found:
    """The quote stands once: half-open offsets into the text as it was before folding."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    """The quote does not stand in the text; `nearest` is the passage most like it and `at` its offset."""

    nearest: str
    at: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The quote stands more than once, at these offsets."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made ready for finding quotes in it, with the way back to its own offsets."""

    text: str
    string: str
    cuts: tuple[int, ...]
    """Folded offsets at which a run of white space was shortened, ascending."""
    shifts: tuple[int, ...]
    """How far an offset at or after the cut of the same index lies from its place in `text`."""

    def back(self, offset: int) -> int:
        """Return the offset in `text` for an offset in `string`."""
        index = bisect.bisect_right(self.cuts, offset) - 1
        return offset + (self.shifts[index] if index >= 0 else 0)

    def forth(self, offset: int) -> int:
        """Return the offset in `string` for an offset in `text`; inside a run that was shortened, one that is not before it."""
        index = bisect.bisect_right(range(len(self.cuts)), offset, key=lambda i: self.cuts[i] + self.shifts[i]) - 1
        return offset - (self.shifts[index] if index >= 0 else 0)


def _plain(text: str) -> str:
    """Return `text` with each character that folds replaced by its fold; `str.replace` is quicker here than `str.translate`."""
    if text.isascii() and text.isprintable():
        return text
    for character, plain in _FOLDS.items():
        text = text.replace(character, plain)
    return text


def fold(text: str) -> Folded:
    """Return `text` with white space, quotation marks and dashes made plain."""
    plain = _plain(text)
    pieces, cuts, shifts = [], [], []
    last = length = shift = 0
    for run in _RUN.finditer(plain):
        pieces.append(plain[last : run.start() + 1])
        length += run.start() + 1 - last
        last = run.end()
        shift += run.end() - run.start() - 1
        cuts.append(length)
        shifts.append(shift)
    pieces.append(plain[last:])
    return Folded(text, "".join(pieces), tuple(cuts), tuple(shifts))


def fold_quote(quote: str) -> str:
    """Return a quote, prefix or suffix as it would stand in a folded text."""
    return _RUN.sub(" ", _plain(quote))


def find_all(folded: Folded, quote: str, prefix: str = "", suffix: str = "", start: int = 0, end: int | None = None) -> list[Found]:
    """Return every place of `quote` between `start` and `end` (offsets of the text) with `prefix` before and `suffix` after it.

    The prefix and the suffix may reach beyond `start` and `end`.
    """
    wanted = fold_quote(quote).strip(" ")
    before, after = fold_quote(prefix), fold_quote(suffix)
    string, limit = folded.string, len(folded.text) if end is None else end
    if not wanted:
        return []
    stop_at = folded.forth(limit)
    found, at = [], string.find(wanted, max(0, start - (folded.shifts[-1] if folded.shifts else 0)), stop_at)
    while at >= 0:
        stop = at + len(wanted)
        first, last = folded.back(at), folded.back(stop - 1) + 1
        if last > limit:
            break
        if first >= start and string.endswith(before, 0, at) and string.startswith(after, stop):
            found.append(Found(first, last))
        at = string.find(wanted, at + 1, stop_at)
    return found


def find(folded: Folded, quote: str, prefix: str = "", suffix: str = "", start: int = 0, end: int | None = None) -> Found | Missing | Ambiguous:
    """Return where `quote` stands, or why that cannot be said. Arguments as for `find_all`."""
    places = find_all(folded, quote, prefix, suffix, start, end)
    if len(places) == 1:
        return places[0]
    if places:
        return Ambiguous(tuple(place.start for place in places))
    return _nearest(folded, quote, start, len(folded.text) if end is None else end)


_WINDOW = 200_000
"""Characters that are searched for the nearest passage: enough for any text worth reading, and quick."""


def _nearest(folded: Folded, quote: str, start: int, end: int) -> Missing:
    piece = _plain(folded.text[start : min(end, start + _WINDOW)])
    alignment = fuzz.partial_ratio_alignment(fold_quote(quote), piece)
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return Missing("", start)
    first = start + alignment.dest_start
    return Missing(folded.text[first : start + alignment.dest_end], first)
