"""Works as entries of a bibliography, in the order and manner of the Chicago notes-and-bibliography style.

A CSL processor was tried and left: citeproc-py 0.11 takes 17 to 50 ms an entry, drops entries, and prints the title twice where
there is no author, which is most of the press.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from .weave import escape
from .works import Name, Work

_MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_WHOLE: Final = frozenset({"book", "report", "thesis", "legislation", "legal_case", "document", "motion_picture", "broadcast"})
"""Types whose title stands in italics, because the work stands alone."""


def entries(works: Iterable[Work]) -> dict[str, Markup]:
    """Return work id -> its entry, Markdown-safe, sorted by who is answerable for it, then by date and title."""
    ordered = sorted(works, key=lambda work: (_who(work).casefold(), _sortable(work), work.title.casefold(), work.id))
    return {work.id: _entry(work) for work in ordered}


def short(work: Work) -> str:
    """Return the few words that name a work in a note: author or publisher, and year."""
    names = [name.family or name.literal or "" for name in work.author]
    who = " and ".join(names) if 0 < len(names) < 3 else f"{names[0]} et al." if names else work.container_title or work.publisher
    return f"{who} {work.issued.date_parts[0][0]}" if work.issued else f"{who}, undated"


def _entry(work: Work) -> Markup:
    title = escape(work.title, False)
    parts = [escape(_names(work.author), False)] if work.author else []
    parts.append(f"<i>{title}</i>" if work.type in _WHOLE else f"“{title}”")
    where = [f"<i>{escape(work.container_title, False)}</i>"] if work.container_title else []
    where += [
        escape(f"{label}{value}", False) for label, value in (("vol. ", work.volume), ("no. ", work.issue or work.number), ("", work.page)) if value
    ]
    if work.publisher != work.container_title and not any(name.literal == work.publisher for name in work.author):
        where.append(escape(work.publisher, False))
    where.append(escape(_date(work), False) if work.issued else "undated")
    return Markup(". ".join([*parts, ", ".join(where)]).replace(".. ", ". ") + ".")


def _who(work: Work) -> str:
    return _names(work.author) if work.author else work.title.lstrip("“\"'[‘(")


def _names(names: tuple[Name, ...]) -> str:
    written = [
        name.literal or (f"{name.family}, {name.given}" if name.given and index == 0 else " ".join(filter(None, (name.given, name.family))))
        for index, name in enumerate(names)
    ]
    return written[0] if len(written) == 1 else f"{', '.join(written[:-1])}, and {written[-1]}"


def _date(work: Work) -> str:
    assert work.issued is not None
    year, *rest = work.issued.date_parts[0]
    if not rest:
        return str(year)
    month = _MONTHS[rest[0] - 1] if rest[0] <= 12 else ""
    return " ".join(filter(None, (str(rest[1]) if len(rest) > 1 else "", month, str(year))))


def _sortable(work: Work) -> tuple[int, ...]:
    return work.issued.date_parts[0] if work.issued else (9999,)
