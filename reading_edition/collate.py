"""Collate two witnesses of one text: align their words, and say where they differ.

Terms of textual criticism: a *witness* is a copy of a text; a *variant* a place where two have other words. Signs that differ
only in shape (a straight quotation mark and a curly one) and white space are no variants; they are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from .anchor import fold_quote

_JOINED = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
"""Marks above and below letters, and joiners: parts of the word that they stand in."""
_TOKEN = re.compile(rf"[\w{_JOINED}]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a sign that is no part of one, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens `a` to `b` of the first witness stand where the second has `c` to `d`; one of the two may be none."""

    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True, slots=True)
class Collation:
    """What came of collating two lists of blocks."""

    tokens: tuple[list[Token], list[Token]]
    changes: list[Change]
    shapes: list[tuple[int, int]]
    """Pairs of tokens that differ in shape only."""
    spacings: int
    """How often only the white space before a word differs, the end of a block included."""
    rows: list[tuple[range, range]]
    """Blocks that stand side by side, as indices into the two lists; together all of them, in order."""


def tokens(words: str, start: int, end: int) -> list[Token]:
    """Return the words and signs between two offsets."""
    return [Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(words, start, end)]


def collate(first: str, blocks: Sequence[tuple[int, int]], second: str, others: Sequence[tuple[int, int]]) -> Collation:
    """Return how `second` differs from `first`; blocks are half-open ranges of each."""
    a, cuts_a = _tokens(first, blocks)
    b, cuts_b = _tokens(second, others)
    changes, matched = _changes([fold_quote(t.word) for t in a], [fold_quote(t.word) for t in b], cuts_a, cuts_b)
    shapes = [(i, j) for i, j in matched if a[i].word != b[j].word]
    neighbours = [(i, j) for last, (i, j) in pairwise(matched) if (i - 1, j - 1) == last]
    spacings = sum(_space(first, a, i) != _space(second, b, j) for i, j in neighbours)
    return Collation((a, b), changes, shapes, spacings, _rows(changes, len(a), len(b), cuts_a, cuts_b))


def _tokens(words: str, blocks: Sequence[tuple[int, int]]) -> tuple[list[Token], list[int]]:
    """Return the tokens of all blocks, and for each block the number of tokens up to its end."""
    found, cuts = list[Token](), list[int]()
    for start, end in blocks:
        found += tokens(words, start, end)
        cuts.append(len(found))
    return found, cuts


def _space(words: str, found: list[Token], index: int) -> str:
    return words[found[index - 1].end : found[index].start]


def _changes(a: list[str], b: list[str], cuts_a: list[int], cuts_b: list[int]) -> tuple[list[Change], list[tuple[int, int]]]:
    """Return where two lists of words differ, by their longest common subsequence, and the pairs that are equal."""
    changes, matched = list[Change](), list[tuple[int, int]]()
    i = j = 0
    for block in Indel.opcodes(a, b).as_matching_blocks():  # the last one is empty and stands at the ends
        if (i, j) != (block.a, block.b):
            changes += _split(Change(i, block.a, j, block.b), cuts_a, cuts_b)
        i, j = block.a + block.size, block.b + block.size
        matched += zip(range(block.a, i), range(block.b, j), strict=True)
    return changes, matched


def _split(change: Change, cuts_a: list[int], cuts_b: list[int]) -> list[Change]:
    """Return a change in as many as there are rows that it reaches into."""
    a, b, c, d = change.a, change.b, change.c, change.d
    if a < b and c < d and not (_is_cut(a, cuts_a) and _is_cut(c, cuts_b)):  # words of their own before and after the end of a block
        if _is_cut(a, cuts_a) and _is_cut(d, cuts_b):
            return [*_split(Change(a, a, c, d), cuts_a, cuts_b), *_split(Change(a, b, d, d), cuts_a, cuts_b)]
        if _is_cut(b, cuts_a) and _is_cut(c, cuts_b):
            return [*_split(Change(a, b, c, c), cuts_a, cuts_b), *_split(Change(b, b, c, d), cuts_a, cuts_b)]
    if c == d and _is_cut(c, cuts_b):
        return [Change(*part, c, c) for part in pairwise([a, *(cut for cut in dict.fromkeys(cuts_a) if a < cut < b), b])]
    if a == b and _is_cut(a, cuts_a):
        return [Change(a, a, *part) for part in pairwise([c, *(cut for cut in dict.fromkeys(cuts_b) if c < cut < d), d])]
    return [change]


def _is_cut(offset: int, cuts: list[int]) -> bool:
    """Return whether a block ends there, or the text begins."""
    return offset == 0 or offset in cuts


def _rows(changes: list[Change], length_a: int, length_b: int, cuts_a: list[int], cuts_b: list[int]) -> list[tuple[range, range]]:
    """Return the smallest rows such that no word stands in another row than what it is aligned with."""
    points = _path(changes, length_a, length_b)
    rows = list[tuple[range, range]]()
    done_a = done_b = 0
    index_a, index_b = _ends(cuts_a), _ends(cuts_b)
    for point in points:
        if point[0] in index_a and point[1] in index_b:
            end_a, end_b = index_a[point[0]], index_b[point[1]]
            if end_a > done_a or end_b > done_b:
                rows.append((range(done_a, end_a), range(done_b, end_b)))
                done_a, done_b = end_a, end_b
    if done_a < len(cuts_a) or done_b < len(cuts_b):
        rows.append((range(done_a, len(cuts_a)), range(done_b, len(cuts_b))))
    return rows


def _ends(cuts: list[int]) -> dict[int, int]:
    """Return number of tokens -> number of blocks that end there or before."""
    return {0: 0, **{cut: index + 1 for index, cut in enumerate(cuts)}}


def _path(changes: list[Change], length_a: int, length_b: int) -> list[tuple[int, int]]:
    """Return every pair of offsets up to which the two witnesses correspond, ascending."""
    points, i, j = [(0, 0)], 0, 0
    for change in [*changes, Change(length_a, length_a, length_b, length_b)]:
        points += zip(range(i + 1, change.a + 1), range(j + 1, change.c + 1), strict=True)
        if change.a == change.b:
            points += [(change.a, other) for other in range(change.c + 1, change.d + 1)]
        elif change.c == change.d:
            points += [(one, change.c) for one in range(change.a + 1, change.b + 1)]
        else:
            points.append((change.b, change.d))
        i, j = change.b, change.d
    return points
