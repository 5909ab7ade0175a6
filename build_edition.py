#!/usr/bin/env python3
"""Build the edition: check what the editors wrote, write Markdown into docs/, publish it with MkDocs into site/.

The site is replaced only by one that was built without a fault and that gives back every seed, character by character.
Exit status: 0 done, 1 problems, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reading_edition import draft, index, output, report, reuse, watch
from reading_edition.assemble import Memory, assemble
from reading_edition.bibliography import BibliographyError
from reading_edition.edition import Edition
from reading_edition.load import stamps
from reading_edition.problems import Place, Problem
from reading_edition.verify import verify


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--check", action="store_true", help="only check; write nothing")
    act.add_argument("--convert", action="store_true", help="check, and write Markdown into docs/; do not publish")
    act.add_argument("--report", action="store_true", help="print how even-handed the edition is")
    act.add_argument("--reuse", action="store_true", help="print the passages that two texts share: candidates for a comparison")
    act.add_argument("--watch", action="store_true", help="show the site in a browser, and every edit as it is saved")
    act.add_argument("--verify", metavar="SITE", type=Path, help="prove from the published HTML alone that each seed comes back")
    act.add_argument("--draft", metavar="SEED", type=Path, help="write the editorial files for a new seed, with what can be guessed")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent, help="folder of the edition (default: this script's)")
    parser.add_argument("--address", default="127.0.0.1:8000", help="where --watch serves (default: %(default)s)")
    options = parser.parse_args(arguments)
    root: Path = options.root.resolve()
    gc.disable()  # a run makes millions of values that live to its end; looking for garbage among them doubles its time
    if options.verify is not None:
        return _verify(options.verify, root)
    if options.draft is not None:
        return _draft(root, options.draft)
    if options.watch:
        return watch.run(root, options.address, _Preview(root).convert)
    if options.report:
        edition = _assembled(root)
        return 1 if edition is None else _say(report.plain(report.tables(edition)))
    if options.reuse:
        edition = _assembled(root)
        return 1 if edition is None else _say("\n".join(map(str, reuse.shared(edition))) or "No two texts share a passage.")
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
        if done and time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.5
            print(f"{what}: {done} of {of}", file=sys.stderr, flush=True)

    def of(self, what: str) -> Callable[[int, int], None]:
        """Return this for one kind of thing."""
        return lambda done, of: self(what, done, of)


def _size(edition: Edition) -> str:
    texts = [text for _, text in edition.texts()]
    return (
        f"{len(edition.seeds)} seeds, {len(texts)} texts, {sum(len(text.notes) for text in texts)} notes, "
        f"{len(edition.registers.claims)} claims, {len(edition.registers.works)} works"
    )


def _print(problems: list[Problem]) -> None:
    print(*problems, sep="\n")
    print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}; nothing was written.", flush=True)


def _assembled(root: Path, *, frozen: bool = True, memory: Memory | None = None) -> Edition | None:
    edition = assemble(root, frozen=frozen, memory=memory, progress=_Progress())
    if isinstance(edition, Edition):
        return edition
    _print(edition)
    return None


class _Preview:
    """Writes docs/ again and again, reading and writing only what changed in between. A seed may differ from its checksum."""

    def __init__(self, root: Path) -> None:
        self.root, self.memory = root, Memory()
        self.last: Edition | None = None
        self.templates = stamps(watch.TEMPLATES)

    def convert(self) -> bool:
        """Return whether docs/ was written."""
        templates = stamps(watch.TEMPLATES)
        if templates != self.templates:
            self.templates, self.last = templates, None
        edition = _convert(self.root, frozen=False, memory=self.memory, last=self.last)
        self.last = edition or self.last
        return edition is not None


def _convert(root: Path, *, frozen: bool = True, memory: Memory | None = None, last: Edition | None = None) -> Edition | None:
    """Write docs/ from what the editors wrote; return the edition, or None if it has problems (printed)."""
    edition = _assembled(root, frozen=frozen, memory=memory)
    if edition is None:
        return None
    try:
        output.write_pages(root / "docs", edition, last, _Progress().of("writing pages"))
    except OSError as error:
        _print([_unwritable(root, error)])
        return None
    except BibliographyError as error:
        _print([Problem(Place("editorial/registers/works"), "value-invalid", str(error))])
        return None
    return edition


def _build(root: Path, *, publish: bool) -> int:
    try:
        return _built(root, publish=publish)
    except OSError as error:
        _print([_unwritable(root, error)])
        return 1
    finally:
        shutil.rmtree(root / output.BUILDING, ignore_errors=True)


def _built(root: Path, *, publish: bool) -> int:
    started = time.monotonic()
    output.restore(root / "site")
    edition = None
    size = output.unchanged(root)
    if size is None:
        edition = _convert(root)
        if edition is None:
            return 1
        size = _size(edition)
        output.remember(root, size)
    if not publish:
        return _say(f"{size}: written to docs/ in {time.monotonic() - started:.1f} s.")
    new = root / output.BUILDING / "site"
    shutil.rmtree(new.parent, ignore_errors=True)
    fault = output.publish(root, new) or "\n".join(verify(new, root / "seeds", _Progress().of("verifying pages")))
    if fault:
        print(fault, "The site was not replaced.", sep="\n", flush=True)
        return 1
    edition = edition or _assembled(root)
    if edition is None:
        return 1
    try:
        index.write(new, edition)
    except index.IndexingError as error:
        print(f"The search index could not be made: {error}", "The site was not replaced.", sep="\n", flush=True)
        return 1
    output.swap(new, root / "site")
    return _say(f"{size}: published to site/ in {time.monotonic() - started:.1f} s, and every seed comes back from it. Open site/index.html.")


def _unwritable(root: Path, error: OSError) -> Problem:
    path = os.path.relpath(error.filename or root, root)
    return Problem(Place(path), "folder-unwritable", f"{error.strerror}; mend its permissions, or remove what is in its place")


def _verify(site: Path, root: Path) -> int:
    if not site.is_dir():
        print(Problem(Place(str(site)), "file-missing", "there is no such folder; build the site first"))
        return 1
    faults = verify(site, root / "seeds", _Progress().of("verifying pages"))
    if faults:
        print(*faults, f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}: the site does not give back its seeds.", sep="\n")
        return 1
    return _say("Every seed comes back from the site, character by character.")


def _draft(root: Path, seed: Path) -> int:
    result = draft.draft(root, seed)
    if isinstance(result, list):
        _print(result)
        return 1
    try:
        for name, text in result.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    except OSError as error:
        _print([_unwritable(root, error)])
        return 1
    return _say("Now correct them, delete each guess that you have confirmed from `unconfirmed`, and run --check.")


if __name__ == "__main__":
    sys.exit(main())
