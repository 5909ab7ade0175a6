"""The rules of the editorial policy that a machine can check: evidence, length, words, ease of reading.

Each rule is a generator of problems; its docstring is the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import textstat

from .edition import Comparison, Edition
from .problems import Place, Problem, shorten

Where = Callable[..., Place]
"""Called with a thing such as `("claim", id)` and the path to a field; returns where it was written."""

NOTE_WORDS = 90
HEADNOTE_WORDS = 180


def rules(edition: Edition, where: Where) -> Iterator[Problem]:
    """Yield every way in which an edition breaks the policy."""
    yield from _lengths(edition, where)
    yield from _evidence(edition, where)
    yield from _banned(edition, where)
    yield from _readable(edition, where)


def _lengths(edition: Edition, where: Where) -> Iterator[Problem]:
    """A note has at most 90 words, and so has every other piece of the editors' words; a headnote, and what is said about a
    comparison, at most 180.
    """
    for thing, path, words in _own_words(edition):
        limit = HEADNOTE_WORDS if path in (("headnote",), ("about",)) else NOTE_WORDS
        if (count := len(words.split())) > limit:
            yield Problem(where(thing, *path), "note-long", f"{count} words, at most {limit}; shorten it")


def _evidence(edition: Edition, where: Where) -> Iterator[Problem]:
    """What the editorial policy, section 5, asks of the evidence for each status."""
    for claim in edition.registers.claims.values():
        works = [edition.registers.works[c.work] for c in claim.sources if c.work in edition.registers.works]
        at = where(("claim", claim.id), "status")
        if not works:
            if claim.status not in ("opinion", "unverified"):
                yield Problem(at, "evidence-missing", f'"{claim.status}" needs sources; add them, or make it "unverified" or an "opinion"')
            continue
        outlets = {passage.text.file.outlet for passage in edition.passages.get(("claim", claim.id), ())}
        sides = {edition.registers.outlets[outlet].side for outlet in outlets if outlet in edition.registers.outlets}
        own = sides - {"none"}
        publishers = {work.publisher for work in works}
        if claim.status in ("contested", "contradicted") and (len(publishers) < 2 or _one_sided(works)):
            yield Problem(
                at,
                "evidence-one-sided",
                f'"{claim.status}" needs works of two publishers and not all of one side; '
                f"here: {', '.join(sorted(f'{w.publisher} ({w.custom.side})' for w in works))}",
            )
        if claim.status in ("supported", "partly") and own and all(work.custom.side in own for work in works):
            yield Problem(
                at, "evidence-one-sided", f'"{claim.status}" needs a work from outside the side of the texts that say so ({", ".join(sorted(own))})'
            )


def _one_sided(works: list[Any]) -> bool:
    sides = {work.custom.side for work in works}
    return len(sides) == 1 and sides != {"none"}


def _own_words(edition: Edition) -> Iterator[tuple[tuple[str, ...], tuple[str | int, ...], str]]:
    """Yield every piece of the editors' own words: the thing, the path to the field, the words."""
    fields = {
        "claim": ("statement", "known", "settle"),
        "outlet": ("what", "owner", "self_description", "others", "reading"),
        "person": ("then", "later"),
        "organisation": ("what", "listings"),
        "place": ("what",),
        "term": ("meaning", "use"),
        "event": ("what",),
    }
    for kind, entries in edition.registers.by_kind():
        for entry in entries.values():
            for name in fields[kind]:
                if getattr(entry, name):
                    yield (kind, entry.id), (name,), getattr(entry, name)
    if start := edition.file.start:
        for name, words in (("lead", start.lead), ("before", start.before)):
            if words:
                yield ("edition", "edition"), ("start", name), words
    for _, text in edition.texts():
        thing, file = ("text", *text.key), text.file
        for path, words in ((("headnote",), file.headnote), (("advisory",), file.advisory), (("speaking",), file.speaking)):
            if words:
                yield thing, path, words
        yield thing, ("evidence", "good"), file.evidence.good
        yield thing, ("evidence", "not_good"), file.evidence.not_good
        for index, annotation in enumerate(file.annotations):
            if annotation.note:
                yield thing, ("annotations", index, "note"), annotation.note
    for comparison in edition.comparisons:
        yield from _words_of_comparison(comparison)


def _words_of_comparison(comparison: Comparison) -> Iterator[tuple[tuple[str, ...], tuple[str | int, ...], str]]:
    thing, file = ("comparison", comparison.id), comparison.file
    yield thing, ("title",), file.title
    yield thing, ("about",), file.about
    for index, row in enumerate(file.rows):
        for name in ("label", "note"):
            if getattr(row, name):
                yield thing, ("rows", index, name), getattr(row, name)
        for place, difference in enumerate(row.differences):
            yield thing, ("rows", index, "differences", place, "note"), difference.note


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']*'(?!\w)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def _banned(edition: Edition, where: Where) -> Iterator[Problem]:
    """The editors' own words keep to the policy's list; between quotation marks a word is somebody else's."""
    rules = [(re.compile(rf"\b{re.escape(rule.word)}\b", re.IGNORECASE), rule) for rule in edition.file.banned]
    for thing, path, words in _own_words(edition):
        for sentence in _SENTENCE.split(_QUOTED.sub("“”", words)):
            for pattern, rule in rules:
                if pattern.search(sentence) and not (rule.unless and re.search(rf"\b(?:{rule.unless})", sentence, re.IGNORECASE)):
                    yield Problem(where(thing, *path), "word-banned", f'"{rule.word}" in "{shorten(sentence, 90)}"; instead: {rule.instead}')


HARDEST = 13
"""Highest reading grade of a note. At sixteen one is in grade 10 or 11; names of people and bodies, which cannot be made
shorter, raise a note's grade by two or three."""
SHORTEST = 40
"""Words from which on a reading grade means anything."""


@lru_cache(maxsize=65_536)
def _grade(words: str) -> float:
    return float(textstat.automated_readability_index(words))


def _readable(edition: Edition, where: Where) -> Iterator[Problem]:
    """A note of forty words or more has at most reading grade 13 (Automated Readability Index)."""
    for thing, path, words in _own_words(edition):
        if path[-1] in ("note", "known") and len(words.split()) >= SHORTEST and (grade := _grade(words)) > HARDEST:
            yield Problem(where(thing, *path), "reading-hard", f"reading grade {grade:.1f}, at most {HARDEST}; make its sentences shorter")
