"""Lay overlapping spans over a string as properly nested tags, and write a source's words so that Markdown leaves them alone.

Vocabulary: a *span* is a half-open range of the string; a *piece* is a stretch of it in which the same spans are live.
Tags nest, spans need not, so a span may be written as several pieces:

    the words:   a b c d e f        cut at every boundary, and keep the open tags
    span 1:      [-----)            a prefix of the live spans ranked by start, then
    span 2:          [-----)        longest, then order given:
    written:     <1>ab<2>cd</2></1><2>ef</2>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a string and the spans that are live in it, outermost first, as indices into the spans given."""

    start: int
    end: int
    live: tuple[int, ...]


def cut(length: int, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Return the pieces of a string of `length` characters under `spans`, in order and without gaps.

    Raises ValueError for a span that is empty or lies outside the string.
    """
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise ValueError(f"span {start}-{end} does not fit a string of {length}")
    ranked = sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1], i))
    edges = sorted({0, length, *(edge for span in spans for edge in span)})
    pieces, live, upcoming = [], list[int](), 0
    for start, end in pairwise(edges):
        live = [i for i in live if spans[i][1] > start]
        while upcoming < len(ranked) and spans[ranked[upcoming]][0] == start:
            live.append(ranked[upcoming])
            upcoming += 1
        pieces.append(Piece(start, end, tuple(live)))
    return pieces


def weave(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    words: Callable[[str, bool], str],
    opened: Callable[[int, bool], str],
    closed: Callable[[int, bool], str],
) -> str:
    """Return `text` written through `words`, with `opened(i, first)` and `closed(i, last)` around each piece of span i.

    `words` gets a stretch of the text and whether it is the first of all.
    """
    out, stack, begun = list[str](), list[int](), set[int]()
    pieces = cut(len(text), spans)
    for piece in pieces:
        keep = 0
        while keep < len(stack) and keep < len(piece.live) and stack[keep] == piece.live[keep]:
            keep += 1
        out.extend(closed(i, spans[i][1] <= piece.start) for i in reversed(stack[keep:]))
        for i in piece.live[keep:]:
            out.append(opened(i, i not in begun))
            begun.add(i)
        stack = list(piece.live)
        out.append(words(text[piece.start : piece.end], piece.start == 0))
    out.extend(closed(i, True) for i in reversed(stack))
    return "".join(out)


_QUIET = frozenset(",;'\"()/-.?% \n")
"""ASCII marks that Markdown and its extensions never act on inside a line."""

_ENTITIES = {
    **{chr(code): f"&#{code};" for code in range(0x21, 0x7F) if not chr(code).isalnum() and chr(code) not in _QUIET},
    # White space beyond ASCII, which Markdown would strip or split lines at.
    **{chr(code): f"&#{code};" for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)},
    # A line end inside a block, and other ASCII blanks, are white space to a reader and must not be line ends to Markdown.
    **dict.fromkeys("\t\n\v\f\r", " "),
}
_ACTIVE = re.compile("[" + re.escape("".join(_ENTITIES)) + "]")
_STARTER = re.compile(r"[^\w\s&]|\d+[.)]")


def escape(text: str, at_start: bool = True) -> str:
    """Return a source's words as Markdown that every publisher turns back into exactly these words, white space folded.

    Whatever Markdown could act on becomes a numeric entity; `at_start` says whether the words begin a block, where more
    marks are active (`1.`, `-`, `>`). Marks that only act in HTML are covered too, so no tag or entity can come through.
    """
    written = _ACTIVE.sub(lambda mark: _ENTITIES[mark[0]], text)
    starter = _STARTER.match(written) if at_start else None
    if starter is None:
        return written
    return "".join(c if c.isdigit() else f"&#{ord(c)};" for c in starter[0]) + written[starter.end() :]
