"""The rules of the editorial policy that a machine can check, and whatever needs the whole edition to be seen.

Each rule is a generator of problems; its docstring is the rule.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import textstat

from .edition import Edition
from .load import Loaded
from .model import Citation, SeedFile
from .problems import Place, Problem, did_you_mean, shorten

Where = Callable[..., Place]
"""Called with a thing such as `("claim", id)` and the path to a field; returns where it was written."""

NOTE_WORDS = 90
HEADNOTE_WORDS = 180


def listing(root: Path, key: str, loaded: Loaded[SeedFile]) -> Iterator[Problem]:
    """Every file of a text is listed in its seed.yml, and each id once."""
    names = [entry.id for entry in loaded.value.texts]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(loaded.place("texts", index, "id"), "id-duplicate", f'there is a text "{name}" in this seed already; choose another id')
    for entry in sorted(os.listdir(root / "editorial" / key)):
        stem = entry.removesuffix(".yml")
        if entry.endswith(".yml") and stem not in {"seed", *names}:
            yield Problem(
                Place(f"editorial/{key}/{entry}"),
                "text-unlisted",
                f"{loaded.file} lists no such text; list it there, or delete this file.{did_you_mean(stem, names)}",
            )
    folder = root / "editorial" / key / "translations"
    for entry in sorted(os.listdir(folder)) if folder.is_dir() else ():
        if entry.removesuffix(".en.yml") not in names:
            place = Place(f"editorial/{key}/translations/{entry}")
            yield Problem(place, "text-unlisted", f"{loaded.file} lists no such text; name the file <text>.en.yml, or delete it")


def all_rules(edition: Edition, where: Where, root: Path) -> Iterator[Problem]:
    """Yield every problem of a whole edition."""
    yield from _seed_files(edition, where, root)
    yield from _references(edition, where)
    yield from _unused(edition, where)
    yield from _lengths(edition, where)
    yield from _evidence(edition, where)
    yield from _links(edition, where)
    yield from _corrected(edition, where)
    yield from _banned(edition, where)
    yield from _readable(edition, where)


def _seed_files(edition: Edition, where: Where, root: Path) -> Iterator[Problem]:
    """Every file in seeds/ has a folder in editorial/, and no two folders share a seed."""
    claimed: dict[str, str] = {}
    for seed in edition.seeds:
        if seed.file.file in claimed:
            yield Problem(
                where(("seed", seed.key), "file"),
                "seed-unclaimed",
                f"editorial/{claimed[seed.file.file]} has this seed already; delete one of the two folders",
            )
        claimed[seed.file.file] = seed.key
    for name in sorted(os.listdir(root / "seeds")):
        if name not in claimed and not name.startswith("."):
            yield Problem(
                Place(f"seeds/{name}"), "seed-unclaimed", f"no folder of editorial/ has it; run: python build_edition.py --draft seeds/{name}"
            )


def _cited(edition: Edition) -> Iterator[tuple[tuple[str, ...], tuple[str | int, ...], Citation]]:
    """Yield every citation: the thing that cites, the path to the citation in it, the citation."""
    for kind, entries in edition.registers.by_kind():
        for entry in entries.values():
            for index, citation in enumerate(entry.sources):
                yield (kind, entry.id), ("sources", index), citation
    for _, text in edition.texts():
        for step, hand in enumerate(text.file.chain):
            for index, citation in enumerate(hand.sources):
                yield ("text", *text.key), ("chain", step, "sources", index), citation
        for number, annotation in enumerate(text.file.annotations):
            for index, citation in enumerate(annotation.sources):
                yield ("text", *text.key), ("annotations", number, "sources", index), citation


def _references(edition: Edition, where: Where) -> Iterator[Problem]:
    """Every work that is cited is in the bibliography."""
    works = edition.registers.works
    for thing, path, citation in _cited(edition):
        if citation.work not in works:
            yield Problem(where(thing, *path), "reference-unknown", f'there is no work "{citation.work}".{did_you_mean(citation.work, works)}')


def _named(edition: Edition) -> Iterator[tuple[str, str | None]]:
    """Yield (kind, id) of every entry that a text names, also in a note whose quote is missing."""
    for seed, text in edition.texts():
        yield "outlet", seed.file.outlet
        yield "outlet", text.file.outlet
        for hand in text.file.chain:
            yield from (("outlet", hand.outlet), ("person", hand.person))
        for annotation in text.file.annotations:
            yield from ((kind, getattr(annotation, kind)) for kind in ("claim", "outlet", "person", "organisation", "place", "term"))


def _unused(edition: Edition, where: Where) -> Iterator[Problem]:
    """Every entry of a register, and every work, is referred to."""
    registers, named = edition.registers, set(_named(edition))
    for kind, entries in registers.by_kind():
        for name in entries if kind != "event" else ():
            if (kind, name) not in named:
                yield Problem(where((kind, name), "id"), "entry-unused", f'no text refers to the {kind} "{name}"; annotate a passage or delete it')
    cited = {citation.work for _, _, citation in _cited(edition)}
    for name in registers.works:
        if name not in cited:
            yield Problem(where(("work", name), "id"), "entry-unused", f'nothing cites the work "{name}"; cite or delete it')


def _words(text: str | None) -> int:
    return len(text.split()) if text else 0


def _lengths(edition: Edition, where: Where) -> Iterator[Problem]:
    """A note has at most 90 words, a headnote 180."""

    def too_long(thing: tuple[str, ...], path: tuple[str | int, ...], text: str | None, limit: int = NOTE_WORDS) -> Iterator[Problem]:
        if (count := _words(text)) > limit:
            yield Problem(where(thing, *path), "note-long", f"{count} words, at most {limit}; shorten it")

    for claim in edition.registers.claims.values():
        yield from too_long(("claim", claim.id), ("known",), claim.known)
    for outlet in edition.registers.outlets.values():
        for name in ("owner", "self_description", "others", "reading"):
            yield from too_long(("outlet", outlet.id), (name,), getattr(outlet, name))
    for _, text in edition.texts():
        thing = ("text", *text.key)
        yield from too_long(thing, ("headnote",), text.file.headnote, HEADNOTE_WORDS)
        yield from too_long(thing, ("speaking",), text.file.speaking)
        yield from too_long(thing, ("advisory",), text.file.advisory)
        for index, annotation in enumerate(text.file.annotations):
            yield from too_long(thing, ("annotations", index, "note"), annotation.note)


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
        own = sides - {"none"} if len(sides) == 1 else set()
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
                at, "evidence-one-sided", f'"{claim.status}" needs a work from outside the side of the texts that say so ({", ".join(own)})'
            )


def _one_sided(works: list[Any]) -> bool:
    sides = {work.custom.side for work in works}
    return len(sides) == 1 and sides != {"none"}


def _links(edition: Edition, where: Where) -> Iterator[Problem]:
    """An address that may be a link begins with https:// or http://, and is not of a site that was seized or is listed."""
    for outlet in edition.registers.outlets.values():
        address, at = outlet.address or "", where(("outlet", outlet.id), "address")
        if outlet.linked and not address.startswith(("https://", "http://")):
            yield Problem(at, "link-unsafe", f'"{address}" cannot be a link; begin it with https://, or set `linked: false`')
        elif outlet.linked and not edition.linkable(address):
            yield Problem(at, "link-listed", f'"{address}" is a site that edition.yml lists under `unlinked`; set `linked: false`')


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


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']*'(?!\w)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def _banned(edition: Edition, where: Where) -> Iterator[Problem]:
    """The editors' own words keep to the policy's list; between quotation marks a word is somebody else's."""
    rules = [(re.compile(rf"\b{re.escape(rule.word)}\b", re.IGNORECASE), rule) for rule in edition.file.banned]
    for thing, path, words in _own_words(edition):
        for sentence in _SENTENCE.split(_QUOTED.sub("“”", words)):
            for pattern, rule in rules:
                if pattern.search(sentence) and not (rule.unless and re.search(rule.unless, sentence, re.IGNORECASE)):
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


def _corrected(edition: Edition, where: Where) -> Iterator[Problem]:
    """A correction names a text, topic or register that exists, and a note, claim or entry in it."""
    registers = edition.registers
    ids: dict[str, Iterable[str]] = {f"{text.seed}/{text.id}": [annotation.id for annotation in text.file.annotations] for _, text in edition.texts()}
    ids |= {f"claims/{topic}": [claim.id for claim in claims] for topic, (_, claims) in registers.topics.items()}
    ids |= {f"registers/{name}": getattr(registers, name) for name in ("outlets", "people", "organisations", "places", "terms", "events", "works")}
    for index, correction in enumerate(registers.corrections):
        thing = ("correction", str(index))
        if correction.where not in ids:
            message = f'there is no text, topic or register "{correction.where}".{did_you_mean(correction.where, ids)}'
            yield Problem(where(thing, "where"), "reference-unknown", message)
        elif correction.id is not None and correction.id not in ids[correction.where]:
            message = f'there is no "{correction.id}" in {correction.where}.{did_you_mean(correction.id, ids[correction.where])}'
            yield Problem(where(thing, "id"), "reference-unknown", message)
