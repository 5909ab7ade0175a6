"""Works in one citation style, written by pandoc's CSL processor (Chicago author-date, which is its default)."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import pypandoc
from markupsafe import Markup

from .weave import escape
from .works import Work

_ENTRY: Final = re.compile(r'<div id="ref-([^"]+)" class="csl-entry"[^>]*>\s*(.*?)\s*</div>', re.DOTALL)
_TAG: Final = re.compile(r"(</?em>|</?strong>)")
_SPAN: Final = re.compile(r"</?span[^<>]*>")

_PRESS: Final = frozenset({"article-newspaper", "article-magazine", "article", "post-weblog", "post"})
"""Types whose publisher the style prints only as the title of what they appeared in."""


def entries(works: Iterable[Work]) -> dict[str, Markup]:
    """Return work id -> its entry, Markdown-safe and without its address, in the order of the style.

    Raises BibliographyError if pandoc fails or leaves a work out.
    """
    items = [_item(work) for work in works]
    if not items:
        return {}
    found = {key: _safe(entry) for key, entry in _ENTRY.findall(_pandoc(json.dumps(items, ensure_ascii=False)))}
    missing = [item["id"] for item in items if not found.get(item["id"])]
    if missing:
        raise BibliographyError(f"pandoc wrote no entry for {', '.join(missing)}; give these works another type")
    return found


def short(work: Work) -> str:
    """Return the few words that name a work in a note: author or publisher, and year."""
    names = [name.family or name.literal or "" for name in work.author]
    who = " and ".join(names) if 0 < len(names) < 3 else f"{names[0]} et al." if names else work.container_title or work.publisher
    return f"{who} {work.issued.date_parts[0][0]}" if work.issued else f"{who}, undated"


class BibliographyError(Exception):
    """The CSL processor could not write the bibliography."""


@lru_cache(maxsize=2)
def _pandoc(items: str) -> str:
    """Return the bibliography of CSL-JSON items as HTML. The last ones are kept, for a preview that asks again and again."""
    command = [pypandoc.get_pandoc_path(), "--from=csljson", "--to=html", "--citeproc", "--wrap=none"]
    done = subprocess.run(command, input=items, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise BibliographyError(f"pandoc stopped: {done.stderr.strip()}")
    return done.stdout


def _item(work: Work) -> dict[str, Any]:
    """Return a work as the style needs it: the press with the paper as container, an encyclopedia's page as a page of the web."""
    item = work.csl()
    item.pop("URL", None)  # the page prints it, and knows whether it may be a link
    if work.type in _PRESS and not work.container_title:
        item["container-title"] = item.pop("publisher")
    if work.type == "entry-encyclopedia":
        item["type"] = "webpage"
    return item


def _safe(entry: str) -> Markup:
    """Return an entry with pandoc's emphasis kept, its spans dropped and every word escaped for Markdown."""
    parts = _TAG.split(_SPAN.sub("", entry))
    return Markup("".join(part if _TAG.fullmatch(part) else escape(html.unescape(part), False) for part in parts))
