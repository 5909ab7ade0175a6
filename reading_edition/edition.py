"""What the engine derives: an Edition, frozen and with every reference resolved. If you hold one, it is valid.

All offsets are Unicode code points in the seed file (after a byte-order mark, if it has one), half-open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from .model import (
    Annotation,
    BlockKind,
    Citation,
    Claim,
    ComparisonFile,
    Correction,
    Difference,
    EditionFile,
    Event,
    Organisation,
    Outlet,
    Person,
    Place,
    SeedFile,
    Term,
    TextFile,
    TranslationFile,
)
from .works import Work

Entry = Claim | Outlet | Person | Organisation | Place | Term
"""What a note can point to."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of a seed that is not printed in the running text, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a text: the unit that is numbered, cited and linked to."""

    number: int
    kind: BlockKind
    start: int
    end: int
    label: tuple[int, int] | None = None
    """In an infobox: the words that name the row; all of it in a row without a name."""

    @property
    def id(self) -> str:
        """The block's address on its page: `p12`."""
        return f"p{self.number}"


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation that has found its words."""

    annotation: Annotation
    number: int
    """Position among the notes of its text, by the words annotated, from 1."""
    start: int
    end: int
    block: Block
    entry: Entry | None
    """What it points to, if its kind points to anything."""

    @property
    def id(self) -> str:
        """Address of the annotated words; the note itself has `note_` before it."""
        return self.annotation.id


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a seed, split into blocks and annotated."""

    seed: str
    id: str
    file: TextFile
    start: int
    end: int
    blocks: tuple[Block, ...]
    omissions: tuple[Omission, ...]
    notes: tuple[Note, ...]
    witness_of: tuple[str, str] | None
    """(seed, text) whose annotations are shown here too."""
    length: int
    """Words in its blocks."""
    translation: TranslationFile | None = None

    @property
    def key(self) -> tuple[str, str]:
        """(seed, text): unique in the edition."""
        return self.seed, self.id


@dataclass(frozen=True, slots=True)
class Seed:
    """One raw file and the texts that it holds."""

    key: str
    file: SeedFile
    words: str
    """The file, decoded."""
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where an entry of a register is spoken of."""

    text: Text
    note: Note | None
    """None where a text as a whole refers to the entry: its outlet, or a hand in its chain."""


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers by id, in file order."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, tuple[Claim, ...]]] = field(default_factory=dict)
    """Topic id -> its title and its claims."""
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    def by_kind(self) -> tuple[tuple[str, Mapping[str, Entry | Event]], ...]:
        """Return (kind, entries) for every register whose entries editors write, works and corrections left out."""
        return (
            ("claim", self.claims),
            ("outlet", self.outlets),
            ("person", self.people),
            ("organisation", self.organisations),
            ("place", self.places),
            ("term", self.terms),
            ("event", self.events),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a cell that differ from those beside them. Offsets as in the seed."""

    start: int
    end: int
    difference: int | None
    """Number of the difference, or None if only the shape of a sign differs."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one text has in a row of a comparison: stretches of blocks, in order; none if nothing stands there."""

    text: Text
    stretches: tuple[tuple[Block, int, int], ...]
    """A block, and the first and last offset of it that is shown."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A difference between two witnesses, found by collation."""

    id: str
    words: tuple[str, str]
    """What each has; an empty string if it has nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison, its quotes found."""

    cells: tuple[Cell, ...]
    differences: tuple[tuple[int, Difference | Variant], ...] = ()
    """Each with its number in the comparison."""
    label: str | None = None
    note: str | None = None
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Texts side by side."""

    id: str
    file: ComparisonFile
    texts: tuple[Text, ...]
    rows: tuple[Row, ...]
    shapes: tuple[tuple[str, str, int], ...] = ()
    """Of witnesses: a sign, the other shape it has in the second, and how often."""
    spacings: int = 0
    """Of witnesses: how often only the white space differs."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole edition."""

    file: EditionFile
    seeds: tuple[Seed, ...]
    registers: Registers
    passages: Mapping[tuple[str, str], tuple[Passage, ...]]
    """(kind, id) of an entry -> where it is spoken of, in reading order. Kinds as in annotations."""
    comparisons: tuple[Comparison, ...] = ()

    def linkable(self, address: str) -> bool:
        """Return whether an address may be a link: its host, and what the host is a part of, is not on the edition's list."""
        host = urlsplit(address).hostname or ""
        return not any(host == other or host.endswith("." + other) for other in self.file.unlinked)

    def texts(self) -> Iterator[tuple[Seed, Text]]:
        """Yield every text with its seed, in reading order."""
        for seed in self.seeds:
            for text in seed.texts:
                yield seed, text


def citations_of(note: Note) -> tuple[Citation, ...]:
    """Return the works that a note rests on: its own, then those of the entry that it points to."""
    entry = note.entry.sources if note.entry else ()
    own = note.annotation.sources
    return own + tuple(citation for citation in entry if citation not in own)


def changed_of(text: Text, note: Note) -> str:
    """Return the day on which a note was last changed, read through with its text, or checked in its register."""
    return max(filter(None, (note.annotation.changed, text.file.revised, note.entry.checked if note.entry else None)))


_MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def day(date: str) -> str:
    """Return a date as the edition prints it: `20 November 2026`, `November 2026` or `2026`."""
    year, *rest = date.split("-")
    words = [year, *(_MONTHS[int(month) - 1] for month in rest[:1]), *(str(int(number)) for number in rest[1:])]
    return " ".join(reversed(words))
