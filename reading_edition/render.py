"""Write the blocks of a text as Markdown that carries the contract of a published page (docs/contract.md).

Source words go through `escape` and nothing else. Whatever else stands inside a block has `class="apparatus"`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from markupsafe import Markup

from .edition import Block, Note, Seed, Text
from .model import Claim, Status
from .weave import escape, weave

RTL: Final = frozenset({"ar", "fa", "he"})
"""Languages written from right to left."""

STATUSES: Final[dict[Status, tuple[str, str]]] = {
    "supported": ("Supported", "●"),
    "partly": ("Partly right", "◐"),
    "contested": ("Contested", "◆"),
    "unverified": ("Unverified", "○"),
    "contradicted": ("Contradicted", "✕"),
    "opinion": ("Opinion", "▽"),
}
"""What the reader sees: a word and a shape, so that nothing is said by colour alone."""

KINDS: Final = {
    "claim": ("Claim", ""),
    "context": ("Context", "※"),
    "framing": ("Framing", "❝"),
    "term": ("Term", "§"),
    "person": ("Person", "@"),
    "outlet": ("Outlet", "§"),
    "organisation": ("Organisation", "§"),
    "place": ("Place", "⌖"),
    "translation": ("Translation", "⇄"),
    "textual": ("Textual note", "‡"),
}

_ARABIC = r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_LETTERS = r"[^\W\d_]"
_FOREIGN = {
    "ltr": re.compile(rf"{_ARABIC}+(?:[\s\u00a0.]+{_ARABIC}+)*"),
    "rtl": re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f'’.-]*(?:[\s\u00a0]+[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f'’.-]*)*"),
}
"""Runs of the other script in a line of the one direction."""
_PERSIAN = re.compile("[پچژگکی]")
_MARK = re.compile(r"\[\d{1,3}\]")
_EDGE_SPACING = re.compile(r"^[\s]*\u00a0[\s\u00a0]*|[\s]*\u00a0[\s\u00a0]*$")
"""White space with a no-break space in it, at the beginning or end of a block: the spacing of a web page."""


def direction_of(text: str, default: str) -> str:
    """Return `rtl` or `ltr` by the first strong character of `text` (Unicode Bidirectional Algorithm, rule P2), or `default`."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return default


def language_of(text: str, language: str) -> tuple[str, str]:
    """Return (language, direction) of a line in a text in `language`: the text's own unless the line begins in the other script."""
    own = "rtl" if language in RTL else "ltr"
    direction = direction_of(text, own)
    if direction == own:
        return language, own
    return (_script_language(text) if direction == "rtl" else "en"), direction


def foreign_runs(words: str, direction: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, language, direction) of each run of the other script in a line of the given direction."""
    if direction == "ltr" and words.isascii():
        return
    for run in _FOREIGN[direction].finditer(words):
        language, other = (_script_language(run[0]), "rtl") if direction == "ltr" else ("en", "ltr")
        yield run.start(), run.end(), language, other


def _script_language(text: str) -> str:
    return "fa" if _PERSIAN.search(text) else "ar"


def shape(note: Note) -> tuple[str, str]:
    """Return the word and the sign for a note: of its status if it is a claim, else of its kind."""
    if isinstance(note.entry, Claim):
        return STATUSES[note.entry.status]
    return KINDS[note.annotation.kind]


def body(seed: Seed, text: Text) -> Markup:
    """Return the running text as Markdown. The first block is not in it if it is the headline (see `headline`)."""
    blocks = text.blocks[1:] if text.blocks[0].kind == "title" else text.blocks
    if text.translation:
        return Markup("\n\n".join(_beside(seed, text, block) for block in blocks))
    parts = list[str]()
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        parts += _group(kind, [_Writer(seed, text, block).markdown() for block in run])
    return Markup("\n\n".join(parts))


def translated(text: Text, block: Block) -> Markup:
    """Return the editors' translation of a block as a paragraph of theirs, or nothing."""
    if text.translation is None:
        return Markup("")
    words = escape(text.translation.blocks[block.number])
    return Markup(f'<p class="translation {block.kind}" lang="en" dir="ltr"><span class="translation-label">Translation</span> {words}</p>')


def _beside(seed: Seed, text: Text, block: Block) -> str:
    """Return a block and its translation side by side; quotations and list items stand as paragraphs here."""
    return f'<div class="pair" markdown="block">\n\n{_Writer(seed, text, block).markdown()}\n\n{translated(text, block)}\n\n</div>'


def headline(seed: Seed, text: Text) -> Markup | None:
    """Return the source's own headline as the page's first heading, or None if the text has none."""
    first = text.blocks[0]
    return Markup(_Writer(seed, text, first, level=1).markdown()) if first.kind == "title" else None


def _group(kind: str, written: list[str]) -> Iterator[str]:
    """Yield blocks of one kind that follow each other, as Markdown of that kind."""
    if kind == "quotation":
        yield "\n>\n".join("> " + block.replace("\n", "\n> ") for block in written)
    elif kind == "item":
        yield "\n".join("- " + block.replace("\n", "\n    ") for block in written)
    else:
        yield from written


class _Writer:
    """One block on its way into Markdown."""

    def __init__(self, seed: Seed, text: Text, block: Block, level: int = 0) -> None:
        self.seed, self.text, self.block = seed, text, block
        self.words = seed.words[block.start : block.end]
        self.level = level or {"title": 3, "heading": 3, "subheading": 4}.get(block.kind, 0)
        self.language, self.direction = language_of(self.words, text.file.language)
        self.spans: list[tuple[int, int]] = []
        self.tags: list[tuple[str, str, str, str]] = []
        """For each span: its first tag, its later tags, its end tag, and what follows its last piece."""

    def markdown(self) -> str:
        self._mark_notes()
        self._mark_label()
        self._mark_foreign()
        self._mark_lost_references()
        self._mark_spacing()
        inline = weave(
            self.words,
            self.spans,
            words=escape,
            opened=lambda i, first: self.tags[i][0 if first else 1],
            closed=lambda i, last: self.tags[i][2] + (self.tags[i][3] if last else ""),
        )
        number = f'<a class="apparatus number" href="#{self.block.id}" aria-label="Paragraph {self.block.number}">{self.block.number}</a>'
        if self.level:
            return f"{'#' * self.level} {number}{inline} {self._attributes()}"
        return f"{number}{inline}\n{self._attributes()}"

    def _attributes(self) -> str:
        block = self.block
        parts = [f"{{: #{block.id} .source .{block.kind}", f'data-seed="{self.seed.file.file}"', f'data-span="{block.start}-{block.end}"']
        if self.level:
            label = escape(" ".join(self.words.split()), False).replace('"', "&quot;")
            parts.append(f'data-toc-label="{label}"')
        if self.language != "en":
            parts.append(f'lang="{self.language}" dir="{self.direction}"')
        elif self.text.file.language != "en":
            parts.append('lang="en" dir="ltr"')
        return " ".join(parts) + " }"

    def _add(self, start: int, end: int, first: str, later: str, close: str = "</span>", after: str = "") -> None:
        self.spans.append((start, end))
        self.tags.append((first, later, close, after))

    def _mark_notes(self) -> None:
        for note in self.text.notes:
            if note.block != self.block:
                continue
            data = f'data-note="{note.id}" class="noted {note.annotation.kind}"'
            self._add(
                note.start - self.block.start,
                note.end - self.block.start,
                f'<span id="{note.id}" {data}>',
                f"<span {data}>",
                after=self._marker(note),
            )

    @staticmethod
    def _marker(note: Note) -> str:
        word, sign = shape(note)
        kind = KINDS[note.annotation.kind][0]
        label = f"Note {note.number}: {kind}" + (f", {word.lower()}" if word != kind else "")
        return (
            f'<sup class="apparatus mark {note.annotation.kind}" lang="en" dir="ltr"><a href="#note_{note.id}" '
            f'aria-label="{label}">{note.number}<span aria-hidden="true" class="sign">{sign}</span></a></sup>'
        )

    def _mark_label(self) -> None:
        if self.block.label and self.block.label != (self.block.start, self.block.end):
            start, end = self.block.label
            self._add(start - self.block.start, end - self.block.start, '<span class="label">', '<span class="label">')

    def _mark_foreign(self) -> None:
        for start, end, language, direction in foreign_runs(self.words, self.direction):
            tag = f'<span class="foreign" lang="{language}" dir="{direction}">'
            self._add(start, end, tag, tag)

    def _mark_lost_references(self) -> None:
        if self.text.file.lost_references:
            for mark in _MARK.finditer(self.words):
                self._add(mark.start(), mark.end(), '<span class="lost-reference">', '<span class="lost-reference">')

    def _mark_spacing(self) -> None:
        if "\u00a0" not in self.words:
            return
        for run in _EDGE_SPACING.finditer(self.words):
            self._add(run.start(), run.end(), '<span class="spacing">', '<span class="spacing">')
