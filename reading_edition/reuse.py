"""Find the passages that two texts share: candidates for a comparison, chosen and explained by an editor.

A passage is a maximal run of equal words. Case, signs and the marks above letters do not count. Runs of `SHORTEST` words or
more are found, all of them: of every third sequence of six words one is kept in an index, and every sequence is looked up.
"""

from __future__ import annotations

import bisect
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from .collate import tokens
from .edition import Block, Edition, Text
from .problems import shorten

GRAM = 6
"""Words in a sequence."""
STEP = 3
SHORTEST = GRAM + STEP - 1
"""Words in the shortest run: whatever has so many holds a sequence that is in the index."""
FORMULA = 50
"""A sequence that the index has more often is a formula, and no sign that one text was made from another."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of words that stands in two texts."""

    first: tuple[Text, Block]
    second: tuple[Text, Block]
    """The text, and the block in which the run begins."""
    length: int
    words: str
    """As they stand in the first."""

    def __str__(self) -> str:
        places = " · ".join(f"{text.seed}/{text.id} {block.id}" for text, block in (self.first, self.second))
        return f'{places} · {self.length} words: "{shorten(self.words, 160)}"'


@dataclass(slots=True)
class _Words:
    """The words of all texts, one after the other, each as a number."""

    texts: list[tuple[str, Text]]
    """The words of the seed, and the text."""
    begins: list[int]
    """For each text where its words begin; at the end, where the last one's stop."""
    numbers: array[int]
    starts: array[int]
    ends: array[int]
    """For each word where it stands in its seed."""

    def text_at(self, position: int) -> int:
        return bisect.bisect_right(self.begins, position) - 1

    def gram(self, position: int) -> bytes:
        return self.numbers[position : position + GRAM].tobytes()


def shared(edition: Edition) -> list[Shared]:
    """Return the passages that two texts share, longest first; witnesses of one text are not compared with each other."""
    words = _words(edition)
    index: dict[bytes, array[int]] = {}
    for first, last in zip(words.begins, words.begins[1:], strict=False):
        for position in range(first, last - GRAM + 1, STEP):
            index.setdefault(words.gram(position), array("q")).append(position)
    found = [_shared(words, *run) for run in _runs(words, index)]
    return sorted(found, key=lambda one: (-one.length, one.first[0].key, one.first[1].number, one.second[0].key, one.second[1].number))


def _words(edition: Edition) -> _Words:
    known: dict[str, int] = {}
    words = _Words([], [0], array("q"), array("q"), array("q"))
    for seed, text in edition.texts():
        words.texts.append((seed.words, text))
        for block in text.blocks:
            for token in tokens(seed.words, block.start, block.end):
                if plain := _plain(token.word):
                    words.numbers.append(known.setdefault(plain, len(known)))
                    words.starts.append(token.start)
                    words.ends.append(token.end)
        words.begins.append(len(words.numbers))
    return words


def _plain(word: str) -> str:
    """Return a word without case, marks above its letters and signs; an empty string for a sign."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


def _runs(words: _Words, index: dict[bytes, array[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield (position in a text, position in a later text, number of words) for each maximal run."""
    numbers = words.numbers
    for later in range(1, len(words.texts)):
        done: dict[int, int] = {}
        """How far apart two runs stand -> where the last one stopped."""
        start, stop = words.begins[later], words.begins[later + 1]
        for here in range(start, stop - GRAM + 1):
            hits = index.get(words.gram(here), ())
            for there in hits if len(hits) <= FORMULA else ():
                if there >= start:
                    break
                if here < done.get(here - there, 0):
                    continue
                earlier = words.text_at(there)
                low, high = words.begins[earlier], words.begins[earlier + 1]
                back = 0
                while there - back > low and here - back > start and numbers[there - back - 1] == numbers[here - back - 1]:
                    back += 1
                length = GRAM
                while there + length < high and here + length < stop and numbers[there + length] == numbers[here + length]:
                    length += 1
                done[here - there] = here + length
                if back + length >= SHORTEST and _root(words.texts[earlier][1]) != _root(words.texts[later][1]):
                    yield there - back, here - back, back + length


def _root(text: Text) -> tuple[str, str]:
    return text.witness_of or text.key


def _shared(words: _Words, there: int, here: int, length: int) -> Shared:
    places = []
    for position in (there, here):
        text = words.texts[words.text_at(position)][1]
        places.append((text, text.blocks[bisect.bisect_right(text.blocks, words.starts[position], key=lambda block: block.start) - 1]))
    source = words.texts[words.text_at(there)][0]
    return Shared(places[0], places[1], length, source[words.starts[there] : words.ends[there + length - 1]])
