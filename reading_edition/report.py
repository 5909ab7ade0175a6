"""How even-handed the edition is: the figures by which anybody can see whether every side's words meet the same scrutiny."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from .edition import Edition, Note, Text, citations_of
from .model import Claim, Side, SourceKind, Status
from .render import STATUSES

SIDES: Final[dict[Side, str]] = {
    "axis": "Iran, Hezbollah and allies",
    "us": "United States",
    "israel": "Israel",
    "gulf": "Gulf states",
    "iraq": "Iraq",
    "russia": "Russia",
    "west": "another Western government",
    "none": "no party",
}

SOURCE_KINDS: Final[dict[SourceKind, str]] = {
    "court-or-un": "court or UN document",
    "government": "government",
    "news-agency": "news agency",
    "newspaper": "press",
    "research": "research",
    "reference": "reference work",
    "advocacy": "advocacy",
    "party": "party to the conflict",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report."""

    id: str
    title: str
    about: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(edition: Edition) -> tuple[Table, ...]:
    """Return the tables of the report."""
    return (_by_outlet(edition), _by_side(edition), _sources(edition), _single(edition), _oldest(edition), _unverified(edition))


def plain(report: Iterable[Table]) -> str:
    """Return the report as plain text, each table with its columns in line."""
    parts = []
    for table in report:
        lines = [table.header, *table.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(table.header))]
        parts.append(f"{table.title}\n{table.about}\n")
        parts += ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
        parts.append("")
    return "\n".join(parts)


_COUNTED: Final = ("texts", "words", "notes", "per 1,000 words", *(word.lower() for word, _ in STATUSES.values()))


def _figures(texts: list[Text]) -> tuple[str, ...]:
    """Return how many texts, words, notes, notes per 1,000 words, and claims of each status. A second copy's notes are not counted again."""
    own = [text for text in texts if text.witness_of is None]
    words, notes = sum(text.length for text in own), [note for text in own for note in text.notes]
    statuses = Counter(note.entry.status for note in notes if isinstance(note.entry, Claim))
    density = f"{1000 * len(notes) / words:.1f}" if words else "-"
    return (str(len(texts)), str(words), str(len(notes)), density, *(str(statuses[status]) for status in get_args(Status)))


def _by_outlet(edition: Edition) -> Table:
    texts: dict[str, list[Text]] = defaultdict(list)
    for _, text in edition.texts():
        texts[text.file.outlet].append(text)
    rows = [
        (edition.registers.outlets[key].name, SIDES[edition.registers.outlets[key].side], *_figures(found)) for key, found in sorted(texts.items())
    ]
    about = "Whose texts carry how many notes, and how their claims stand. A short text with many facts has more notes to the word."
    return Table("outlets", "Notes and statuses by outlet", about, ("outlet", "side", *_COUNTED), tuple(rows))


def _by_side(edition: Edition) -> Table:
    texts: dict[Side, list[Text]] = defaultdict(list)
    for _, text in edition.texts():
        texts[edition.registers.outlets[text.file.outlet].side].append(text)
    rows = [(SIDES[side], *_figures(texts[side])) for side in SIDES if texts[side]]
    about = "The files were given to us, and most come from one side; the rules for a status are the same for all."
    return Table("sides", "Notes and statuses by side of the conflict", about, ("side", *_COUNTED), tuple(rows))


def _sources(edition: Edition) -> Table:
    works = edition.registers.works.values()
    count = Counter((work.custom.kind, work.custom.side) for work in works)
    used = [side for side in SIDES if any(count[kind, side] for kind in SOURCE_KINDS)]
    rows = [(SOURCE_KINDS[kind], *(str(count[kind, side]) for side in used), str(sum(count[kind, side] for side in used))) for kind in SOURCE_KINDS]
    header = ("kind of source", *(SIDES[side] for side in used), "all")
    return Table("sources", "What the notes rest on", "Works in the bibliography, by kind and by whose side they belong to.", header, tuple(rows))


def _notes(edition: Edition) -> list[tuple[Text, Note]]:
    return [(text, note) for _, text in edition.texts() if text.witness_of is None for note in text.notes]


def _single(edition: Edition) -> Table:
    count = Counter[str]()
    for _, note in _notes(edition):
        if note.annotation.kind in ("claim", "context"):
            found = len(citations_of(note))
            count["none" if not found else "one" if found == 1 else "two" if found == 2 else "three or more"] += 1
    rows = tuple((name, str(count[name])) for name in ("none", "one", "two", "three or more"))
    return Table(
        "single", "How many sources a note has", "Notes on claims and on context. A single source is a reason for care.", ("sources", "notes"), rows
    )


def _oldest(edition: Edition) -> Table:
    claims = sorted(edition.registers.claims.values(), key=lambda claim: (claim.checked, claim.id))[:10]
    rows = tuple((claim.checked, claim.statement) for claim in claims)
    return Table("oldest", "The oldest checks", "The ten claims that nobody has looked up for the longest time.", ("checked", "claim"), rows)


def _unverified(edition: Edition) -> Table:
    claims = [claim for claim in edition.registers.claims.values() if claim.status == "unverified"]
    rows = tuple((claim.statement, claim.settle or "") for claim in claims)
    about = "Claims that rest on the text's own side or on an unnamed witness: where a reader could help."
    return Table("unverified", "What nobody could confirm", about, ("claim", "what would settle it"), rows)
