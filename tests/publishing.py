"""From any words to a published page and back, without an edition on disk: for property tests."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import markdown
from conftest import ROOT
from mkdocs.config import load_config

from reading_edition import render
from reading_edition.edition import Block, Note, Seed, Text
from reading_edition.model import Annotation, BlockKind, SeedFile, TextFile
from reading_edition.seeds import BLANKS
from reading_edition.verify import verify

FILE = "any seed.txt"


@lru_cache
def _extensions() -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions of the real mkdocs.yml, as MkDocs hands them to Python-Markdown."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return config["markdown_extensions"], config["mdx_configs"]


def to_html(text: str) -> str:
    """Return Markdown as the real publisher's Markdown processor converts it."""
    names, configs = _extensions()
    return markdown.Markdown(extensions=names, extension_configs=configs).convert(text)


def seed_of(words: str, kinds: Sequence[BlockKind] = ("paragraph",), spans: Sequence[tuple[int, int]] = (), language: str = "en") -> Seed:
    """Return a seed of one text: each line a block, of the kinds given in turn, and a note on every span that fits into a block."""
    blocks, at = list[Block](), 0
    for raw in words.split("\n"):
        content = raw.strip(BLANKS)
        if content:
            start = at + raw.index(content)
            number = len(blocks) + 1
            blocks.append(Block(number, kinds[(number - 1) % len(kinds)], start, start + len(content)))
        at += len(raw) + 1
    notes = list[Note]()
    for index, (start, end) in enumerate(spans):
        block = next((b for b in blocks if b.start <= start < end <= b.end), None)
        if block is not None:
            annotation = Annotation(id=f"n{index}", kind="framing", quote="-", note="-")
            notes.append(Note(annotation, len(notes) + 1, start, end, block, None))
    file = TextFile.model_validate(
        {
            "title": "T",
            "short": "T",
            "outlet": "o",
            "byline": "b",
            "language": language,
            "genre": "g",
            "form": "report",
            "revised": "2026-11-20",
            "lost_references": "lost",
            "date": {"shown": "1901", "earliest": "1901", "certainty": "unknown", "why": "w"},
            "speaking": "s",
            "evidence": {"good": "g", "not_good": "n"},
            "chain": [{"hand": "h", "role": "capture", "did": "d", "certainty": "unknown", "why": "w"}],
        }
    )
    text = Text("any", "text", file, 0, len(words), tuple(blocks), (), tuple(notes), None, 1)
    facts = SeedFile.model_validate(
        {"file": FILE, "sha256": "0" * 64, "title": "t", "about": "a", "outlet": "o", "texts": [{"id": "text", "begins": "x"}]}
    )
    return Seed("any", facts, words, (text,))


def page(seed: Seed) -> str:
    """Return the seed's text as published HTML."""
    headline = render.headline(seed, seed.texts[0]) or "# T"
    return to_html(f"{headline}\n\n{render.body(seed, seed.texts[0])}\n")


def faults(words: str, html: str) -> list[str]:
    """Return what `verify` says of a site that has this one page, and of a seeds folder that has this one file."""
    with tempfile.TemporaryDirectory() as folder:
        site, seeds = Path(folder) / "site", Path(folder) / "seeds"
        site.mkdir()
        seeds.mkdir()
        (site / "page.html").write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8", newline="")
        (seeds / FILE).write_text(words, encoding="utf-8", newline="")
        return verify(site, seeds)
