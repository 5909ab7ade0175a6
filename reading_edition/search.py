"""An Edition as the search sees it: records of words, the table that filters them, and the names that stand for each other.

A record is a text, an entry of a register or a section of another page. Its words are parts: a part has an address, so that a
result can lead to it. Source words and editors' words are two voices, and never one hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from . import render
from .edition import Edition, Entry, Seed, Text
from .fold import tokens
from .model import Claim, Event, Organisation, Outlet, Person, Place, Term
from .pages import LANGUAGES

SOURCE, EDITORS = 0, 1
"""The two voices."""

ENDS: Final = "ⵣⵞ"
"""What every word ends in, by voice, so that the engine never takes a word for the beginning of a longer one. No folded word has them."""

APART: Final = "·"
"""Stands between two parts. The engine counts it as a place and finds it nowhere, so that no phrase runs on into the next part."""

_PAGES: Final = {
    "outlet": "outlets",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "term": "terms",
    "event": "timeline",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Words with an address on the page of their record."""

    anchor: str
    label: str
    """What a result shows for it: a paragraph's number, or what part of the page it is."""
    words: str
    language: str = "en"
    direction: str = "ltr"
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A page, or an entry of one, with all its words."""

    address: str
    title: str
    kind: str
    """The form of a text; else `claim`, `person` and so on, or `page`."""
    parts: tuple[tuple[Part, ...], tuple[Part, ...]]
    """By voice."""
    outlet: str = ""
    """Id of who publishes it, or of the outlet that it is about."""
    date: str = ""
    language: str = ""
    statuses: tuple[str, ...] = ()

    def content(self) -> str:
        """Return what the engine indexes: folded words, each with the end of its voice; sources first."""
        return f" {APART} ".join(" ".join(word + ENDS[voice] for word in part.folded) for voice in (SOURCE, EDITORS) for part in self.parts[voice])


def records(edition: Edition) -> Iterator[Record]:
    """Yield the texts in reading order, then the entries of the registers."""
    for seed, text in edition.texts():
        yield _text(seed, text)
    topics = {claim.id: topic for topic, (_, claims) in edition.registers.topics.items() for claim in claims}
    for kind, entries in edition.registers.by_kind():
        for entry in entries.values():
            page = f"claims/{topics[entry.id]}" if isinstance(entry, Claim) else _PAGES[kind]
            yield _entry(kind, entry, f"registers/{page}.html")


def part(anchor: str, label: str, words: str, language: str = "en", direction: str = "ltr") -> Part:
    """Return words as a part, folded."""
    return Part(anchor, label, words, language, direction, tuple(token.folded for token in tokens(words)))


def _text(seed: Seed, text: Text) -> Record:
    file = text.file
    source = []
    for block in text.blocks:
        words = seed.words[block.start : block.end]
        source.append(part(block.id, str(block.number), words, *render.language_of(words, file.language)))
    return Record(
        address=f"texts/{text.seed}/{text.id}.html",
        title=file.short,
        kind=file.form,
        parts=(tuple(source), tuple(_editors(text))),
        outlet=file.outlet,
        date=file.date.shown,
        language=file.language,
        statuses=tuple(dict.fromkeys(note.entry.status for note in text.notes if isinstance(note.entry, Claim))),
    )


def _editors(text: Text) -> Iterator[Part]:
    """Yield what the editors say on the page of a text, but for what stands in a register."""
    file = text.file
    if file.advisory:
        yield part("", "Before you read", file.advisory)
    yield part("who_is_speaking", "Who is speaking", f"{file.speaking} {file.evidence.good} {file.evidence.not_good}")
    for hand in file.chain:
        yield part("how_it_reached_us", "How it reached us", f"{hand.hand} {hand.did} {hand.why}")
    if file.headnote:
        yield part("headnote", "Before the text", file.headnote)
    if text.translation:
        for number, words in sorted(text.translation.blocks.items()):
            yield part(f"p{number}", f"Translation of {number}", words)
    for note in text.notes:
        if note.annotation.note:
            yield part(f"note_{note.id}", f"Note {note.number}", note.annotation.note)


def _entry(kind: str, entry: Entry | Event, address: str) -> Record:
    fields: tuple[str | None, ...]
    match entry:
        case Claim():
            title, fields = entry.statement, (entry.known, entry.settle)
        case Outlet():
            named = f"{entry.native or ''} {entry.affiliation} {entry.country}"
            title, fields = entry.name, (named, entry.what, entry.owner, entry.self_description, entry.others, entry.reading)
        case Person():
            title, fields = entry.name, (entry.then, entry.later)
        case Organisation():
            title, fields = entry.name, (entry.what, entry.listings)
        case Place():
            title, fields = entry.name, (entry.what,)
        case Term():
            title, fields = entry.name, (entry.meaning, entry.use)
        case Event():
            title, fields = entry.date, (entry.what,)
    words = [title, *getattr(entry, "variants", ()), *filter(None, fields)]
    return Record(
        address=address,
        title=title,
        kind=kind,
        parts=((), tuple(part(entry.id, "", field, *render.language_of(field, "en")) for field in words)),
        outlet=entry.id if isinstance(entry, Outlet) else "",
        statuses=(entry.status,) if isinstance(entry, Claim) else (),
    )


def names(edition: Edition) -> list[list[str]]:
    """Return groups of names that mean the same: of people, organisations, places and outlets, as the registers give them."""
    registers = edition.registers
    groups = [
        [entry.name, *entry.variants] for register in (registers.people, registers.organisations, registers.places) for entry in register.values()
    ]
    groups += [[outlet.name, outlet.native] for outlet in registers.outlets.values() if outlet.native]
    return [group for names in groups if len(group := _distinct(names)) > 1]


def _distinct(names: Iterable[str]) -> list[str]:
    """Return names without what stands in brackets, and one of those that fold alike."""
    folded = dict[tuple[str, ...], str]()
    for name in names:
        plain = " ".join(re.sub(r"\([^)]*\)", "", name).split())
        folded.setdefault(tuple(token.folded for token in tokens(plain)), plain)
    folded.pop((), None)
    return list(folded.values())


def table(edition: Edition, found: Iterable[tuple[str, Record]]) -> dict[str, Any]:
    """Return what the page filters by, as columns with one item for each (id in the index, record)."""
    rows = list(found)
    outlets = list(dict.fromkeys(record.outlet for _, record in rows if record.outlet))
    kinds, languages = (list(dict.fromkeys(getattr(record, name) for _, record in rows)) for name in ("kind", "language"))
    register = edition.registers.outlets
    return {
        "outlets": [[register[key].name, register[key].affiliation] for key in outlets],
        "kinds": kinds,
        "languages": [LANGUAGES.get(key, "") for key in languages],
        "statuses": [word for word, _ in render.STATUSES.values()],
        "ids": " ".join(key for key, _ in rows),
        "texts": sum(1 for _, record in rows if record.parts[SOURCE]),
        "outlet": [outlets.index(record.outlet) if record.outlet else -1 for _, record in rows],
        "kind": [kinds.index(record.kind) for _, record in rows],
        "language": [languages.index(record.language) for _, record in rows],
        "status": [sum(1 << at for at, key in enumerate(render.STATUSES) if key in record.statuses) for _, record in rows],
    }


def shown(edition: Edition, record: Record) -> dict[str, Any]:
    """Return what the page needs to show a result in its words."""
    outlet = edition.registers.outlets.get(record.outlet)
    return {
        "address": record.address,
        "title": record.title,
        "kind": record.kind,
        "outlet": outlet.name if outlet and record.parts[SOURCE] else "",
        "affiliation": outlet.affiliation if outlet and record.parts[SOURCE] else "",
        "date": record.date,
        "sources": len(record.parts[SOURCE]),
        "parts": [
            [p.anchor, p.label, len(p.folded), p.words] + ([p.language, p.direction] if p.language != "en" else [])
            for voice in record.parts
            for p in voice
        ],
    }
