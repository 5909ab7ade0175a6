"""Write pages into docs/, and a finished site in the place of the last one. The only module that writes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import minify

from . import pages
from .edition import Edition
from .load import Stamps, stamps
from .problems import Place, Problem

BUILDING = ".building"
"""Folder in the root for a site that is not finished. It is on the same disk as site/, so that it can be swapped in."""

STAMP = ".edition.json"
"""File in the root that says from what the pages in docs/ were written, so that a run without a change need not write them."""


def write_pages(docs: Path, edition: Edition, last: Edition | None, progress: Callable[[int, int], None]) -> None:
    """Write what changed into the owned folders of docs/ and its owned files, and remove from those folders what no longer belongs there."""
    for name in pages.OWNED:
        (docs / name).mkdir(parents=True, exist_ok=True)
        probe = docs / name / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    kept = set[Path]()
    total = sum(1 for _ in edition.texts())  # the other pages are few
    for done, (name, text) in enumerate(pages.write(edition, last)):
        progress(min(done, total), total)
        path = docs / name
        kept.add(path)
        if text is None:
            continue
        new = text.encode()
        if not path.exists() or path.read_bytes() != new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(new)
    for name in pages.OWNED:
        for old in sorted((docs / name).rglob("*"), reverse=True):
            if old.is_dir():
                if not any(old.iterdir()):
                    old.rmdir()
            elif old not in kept:
                old.unlink()


def _stamp(root: Path) -> str:
    """Return a digest of the times and sizes of all that goes into the pages, and of the pages."""
    package = Path(__file__).parent
    inputs: Stamps = stamps(root / "seeds", root / "editorial", package)
    found = {**inputs, **stamps(*(root / "docs" / name for name in (*pages.OWNED, *pages.OWNED_FILES)))}
    return hashlib.sha256(json.dumps(sorted((path, *facts) for path, facts in found.items() if "__pycache__" not in path)).encode()).hexdigest()


def remember(root: Path, size: str) -> None:
    """Keep from what docs/ was written, and the size of the edition in words."""
    (root / STAMP).write_text(json.dumps({"stamp": _stamp(root), "size": size}) + "\n", encoding="utf-8")


def unchanged(root: Path) -> str | None:
    """Return the size of the edition if neither its sources nor its pages changed since they were written, else None."""
    try:
        known = json.loads((root / STAMP).read_text(encoding="utf-8"))
        return str(known["size"]) if known["stamp"] == _stamp(root) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(root: Path, new: Path) -> str:
    """Run MkDocs from docs/ into `new`; return what it says against it, or an empty string."""
    if not (root / "mkdocs.yml").exists():
        return str(Problem(Place("mkdocs.yml"), "file-missing", "MkDocs needs it to publish"))
    new.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(new)]
    done = subprocess.run(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith(("WARNING", "ERROR", "Aborted", "Error", "Config"))]
        return "\n".join(["MkDocs stopped:", *(said or (done.stdout + done.stderr).splitlines()[-5:])])
    prune(new)
    return ""


_OTHER_COLOURS = re.compile(r"(?:\[data-md-color-scheme=slate\])?\[data-md-color-(?:primary|accent)=(?!custom)[^{}]*\{[^}]*\}")


_PARTS = (
    "tabbed",
    "md-search",
    "md-version",
    "md-source",
    "md-annotation",
    "md-consent",
    "md-feedback",
    "md-post",
    "md-author",
    "task-list",
    "critic",
    "arithmatex",
)
"""Parts of the theme that a page may have or not, by a word that stands in the names of their classes."""

_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")


def prune(site: Path) -> None:
    """Remove what the theme copies and no page asks for: maps of its sources, its own search, its palettes, styles of parts that are on no page.

    Make our own scripts and styles small.
    """
    for path in site.glob("assets/**/*.map"):
        path.unlink()
    shutil.rmtree(site / "assets/javascripts/lunr", ignore_errors=True)
    shutil.rmtree(site / "assets/javascripts/workers", ignore_errors=True)
    parts = _absent(site)
    for path in site.glob("assets/stylesheets/*.css"):
        path.write_text(without(_OTHER_COLOURS.sub("", path.read_text(encoding="utf-8")), parts), encoding="utf-8")
    for kind, ending in (("application/javascript", "*.js"), ("text/css", "*.css")):
        for path in (site / "assets").glob(ending):
            path.write_text(minify.string(kind, path.read_text(encoding="utf-8")), encoding="utf-8")


def _absent(site: Path) -> list[str]:
    """Return the parts of the theme that are on no page: no element has their word in its classes."""
    parts = {part: re.compile(rb'class="[^"]*' + part.encode()) for part in _PARTS}
    for path in site.rglob("*.html"):
        page = path.read_bytes()
        parts = {part: there for part, there in parts.items() if part.encode() not in page or not there.search(page)}
    return list(parts)


def without(css: str, parts: list[str]) -> str:
    """Return styles without the rules that can only apply to one of these parts: each selector names one, and none says what is *not* such a part.

    >>> without(".tabbed-set a,.md-search{x:y}.md-nav,.md-search{x:y}a:not(.md-search){x:y}", ["tabbed", "md-search"])
    '.md-nav,.md-search{x:y}a:not(.md-search){x:y}'
    """

    def kept(rule: re.Match[str]) -> str:
        only = ":not(" not in rule[1] and all(any(part in selector for part in parts) for selector in rule[1].split(","))
        return "" if only else rule[0]

    return _RULE.sub(kept, css)


def swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`. Killed in between, the last good site is in `site.last`, and the next build restores it."""
    last = site.with_name(site.name + ".last")
    if site.exists():
        site.rename(last)
    new.rename(site)
    shutil.rmtree(last, ignore_errors=True)


def restore(site: Path) -> None:
    """Bring back the last good site if a build was killed while it was being replaced."""
    last = site.with_name(site.name + ".last")
    if last.exists() and not site.exists():
        last.rename(site)
    shutil.rmtree(last, ignore_errors=True)
