#!/usr/bin/env python3
"""Build the edition: check what the editors wrote, write Markdown into docs/, publish it with MkDocs into site/.

The site is replaced only by one that was built without a fault and that gives back every seed, character by character.
Exit status: 0 done, 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from reading_edition import draft, pages, watch
from reading_edition.assemble import assemble
from reading_edition.edition import Edition
from reading_edition.problems import Place, Problem
from reading_edition.verify import verify

BUILDING = ".building"
"""Folder in the root for a site that is not finished. It is on the same disk as site/, so that it can be swapped in."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--check", action="store_true", help="only check; write nothing")
    act.add_argument("--convert", action="store_true", help="check, and write Markdown into docs/; do not publish")
    act.add_argument("--watch", action="store_true", help="show the site in a browser, and every edit as it is saved")
    act.add_argument("--verify", metavar="SITE", type=Path, help="prove from the published HTML alone that each seed comes back")
    act.add_argument("--draft", metavar="SEED", type=Path, help="write the editorial files for a new seed, with what can be guessed")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent, help="folder of the edition (default: this script's)")
    parser.add_argument("--address", default="127.0.0.1:8000", help="where --watch serves (default: %(default)s)")
    options = parser.parse_args(arguments)
    root: Path = options.root.resolve()
    if options.verify is not None:
        return _verify(options.verify, root)
    if options.draft is not None:
        return _draft(root, options.draft)
    if options.watch:
        return watch.run(root, options.address, lambda: _convert(root, frozen=False))
    if options.check:
        edition = _assembled(root)
        return 1 if edition is None else _say(f"{_size(edition)}: no problems.")
    return _build(root, publish=not options.convert)


def _say(line: str) -> int:
    print(line, flush=True)
    return 0


class _Progress:
    """Says on standard error how far a long run is, at most twice a second, and only after two seconds."""

    def __init__(self) -> None:
        self.next = time.monotonic() + 2

    def __call__(self, what: str, done: int, of: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.5
            print(f"{what}: {done} of {of}", file=sys.stderr, flush=True)


def _size(edition: Edition) -> str:
    texts = [text for _, text in edition.texts()]
    return (f"{len(edition.seeds)} seeds, {len(texts)} texts, {sum(len(text.notes) for text in texts)} notes, "
            f"{len(edition.registers.claims)} claims, {len(edition.registers.works)} works")


def _print(problems: list[Problem]) -> None:
    print(*problems, sep="\n")
    print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}; nothing was written.", flush=True)


def _assembled(root: Path, *, frozen: bool = True) -> Edition | None:
    edition = assemble(root, frozen=frozen, progress=_Progress())
    if isinstance(edition, Edition):
        return edition
    _print(edition)
    return None


def _convert(root: Path, *, frozen: bool = True) -> Edition | None:
    """Write docs/ from what the editors wrote; return the edition, or None if it has problems (printed)."""
    edition = _assembled(root, frozen=frozen)
    if edition is None:
        return None
    try:
        _write(root / "docs", edition)
    except OSError as error:
        _print([Problem(Place(os.path.relpath(error.filename or root / "docs", root)), "folder-unwritable", f"{error.strerror}; mend its permissions")])
        return None
    return edition


def _write(docs: Path, edition: Edition) -> None:
    """Write what changed into the owned folders of docs/, and remove what no longer belongs there."""
    for name in pages.OWNED:
        (docs / name).mkdir(parents=True, exist_ok=True)
        probe = docs / name / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    kept, progress = set[Path](), _Progress()
    total = sum(1 for _ in edition.texts())
    for done, (name, text) in enumerate(pages.write(edition)):
        progress("writing pages", done, total)
        path, new = docs / name, text.encode()
        kept.add(path)
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


def _build(root: Path, *, publish: bool) -> int:
    started = time.monotonic()
    edition = _convert(root)
    if edition is None:
        return 1
    if not publish:
        return _say(f"{_size(edition)}: written to docs/ in {time.monotonic() - started:.1f} s.")
    new = root / BUILDING / "site"
    shutil.rmtree(root / BUILDING, ignore_errors=True)
    try:
        fault = _publish(root, new) or "\n".join(verify(new, root / "seeds"))
        if fault:
            print(fault, "The site was not replaced.", sep="\n", flush=True)
            return 1
        swap(new, root / "site")
    except OSError as error:
        print(Problem(Place(os.path.relpath(error.filename or root, root)), "folder-unwritable", f"{error.strerror}; the site was not replaced"))
        return 1
    finally:
        shutil.rmtree(root / BUILDING, ignore_errors=True)
    return _say(f"{_size(edition)}: published to site/ in {time.monotonic() - started:.1f} s, and every seed comes back from it. "
                f"Open site/index.html.")


def _publish(root: Path, new: Path) -> str:
    """Run MkDocs from docs/ into `new`; return what it says against it, or an empty string."""
    if not (root / "mkdocs.yml").exists():
        return str(Problem(Place("mkdocs.yml"), "file-missing", "MkDocs needs it to publish"))
    new.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(new)]
    done = subprocess.run(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True)
    if done.returncode:
        return f"MkDocs stopped:\n{(done.stdout + done.stderr).strip()}"
    _prune(new)
    return ""


def _prune(site: Path) -> None:
    """Remove what the theme copies and no page asks for: maps of its sources, and stemmers for other languages."""
    for path in site.glob("assets/**/*.map"):
        path.unlink()
    keep = {"lunr.ar.min.js", "lunr.multi.min.js", "lunr.stemmer.support.min.js"}
    for path in site.glob("assets/javascripts/lunr/min/lunr.*.js"):
        if path.name not in keep:
            path.unlink()
    for path in (site / "assets/javascripts/lunr").glob("*.js"):
        path.unlink()


def swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`. Killed in between, the last good site is in `site.last`, and the next build restores it."""
    last = site.with_name(site.name + ".last")
    restore(site)
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


def _verify(site: Path, root: Path) -> int:
    if not site.is_dir():
        print(Problem(Place(str(site)), "file-missing", "there is no such folder; build the site first"))
        return 1
    progress = _Progress()
    faults = verify(site, root / "seeds", lambda done, of: progress("verifying pages", done, of))
    if faults:
        print(*faults, f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}: the site does not give back its seeds.", sep="\n")
        return 1
    return _say("Every seed comes back from the site, character by character.")


def _draft(root: Path, seed: Path) -> int:
    result = draft.draft(root, seed)
    if isinstance(result, list):
        _print(result)
        return 1
    for name, text in result.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
        print(f"wrote {name}")
    return _say("Now correct them, delete each guess that you have confirmed from `unconfirmed`, and run --check.")


if __name__ == "__main__":
    sys.exit(main())
