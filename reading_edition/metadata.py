"""What other programs read of a page of a text: reference managers (Highwire's `citation_*` names) and search engines (schema.org)."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, Final

from .citations import one_name, voice
from .edition import Edition, Text
from .model import Organisation, Person, Place

_TYPES: Final = ((Person, "Person"), (Organisation, "Organization"), (Place, "Place"))


def highwire(edition: Edition, text: Text) -> list[list[str]]:
    """Return (name, value) of what makes a reference manager see a chapter of a book, with the outlet among its authors.

    https://www.zotero.org/support/dev/exposing_metadata: `citation_book_title` makes it a chapter.
    """
    outlet = edition.registers.outlets[text.file.outlet]
    book = f"{edition.file.title}: {edition.file.subtitle}"
    authors = [f"{author.family}, {author.given or ''}".strip() for author in text.file.authors]
    return [
        ["citation_title", text.file.title],
        *(["citation_author", author] for author in authors),
        ["citation_author", one_name(voice(outlet))],
        ["citation_publication_date", edition.file.issued.replace("-", "/")],
        ["citation_book_title", book],
        ["citation_inbook_title", book],
        ["citation_language", text.file.language],
    ]


def json_ld(edition: Edition, text: Text) -> dict[str, Any]:
    """Return a text as schema.org describes an article that is part of a book, and whom and what its notes speak of."""
    outlet = edition.registers.outlets[text.file.outlet]
    publisher = {"@type": "Organization", "name": outlet.name, "description": outlet.affiliation}
    people = [{"@type": "Person", "name": f"{author.given or ''} {author.family}".strip()} for author in text.file.authors]
    about = {note.entry.id: note.entry for note in text.notes if isinstance(note.entry, (Person, Organisation, Place))}
    date = text.file.date
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": text.file.title,
        "inLanguage": text.file.language,
        "author": people or publisher,
        "publisher": publisher,
        "creditText": voice(outlet),
        "datePublished": common(date.earliest, date.latest or date.earliest),
        "genre": text.file.genre,
        "isPartOf": {
            "@type": "Book",
            "name": f"{edition.file.title}: {edition.file.subtitle}",
            "editor": [{"@type": "Organization", "name": name} for name in edition.file.editors],
            "datePublished": edition.file.issued,
        },
        "about": [{"@type": kind, "name": entry.name} for entry in about.values() for type_, kind in _TYPES if isinstance(entry, type_)],
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def common(earliest: str, latest: str) -> str:
    """Return the part of a date that both have: the day, the month, the year or nothing."""
    return "-".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(earliest.split("-"), latest.split("-"), strict=False)))
