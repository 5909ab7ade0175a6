"""Measure: editions of 100 to 10,000 texts made from the seeds, our part beside the publisher alone, in one run.

    python bench/run.py                  all sizes (about twenty minutes on two cores)
    python bench/run.py 100 1000         these sizes

Each figure is one run of a whole process, seen from outside: wall seconds, and the peak memory of its largest process.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from make import ROOT, make

OUT = Path(__file__).parent / "out"
SIZES = (100, 1_000, 5_000, 10_000)


class Run(NamedTuple):
    """A finished process."""

    seconds: float
    mebibytes: float


def run(*command: str, cwd: Path = ROOT) -> Run:
    """Run a command to its end and return what it took; stop if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}\n{said}")
    return Run(time.perf_counter() - started, usage.ru_maxrss / 1024)


def edition(root: Path, *arguments: str) -> Run:
    """Run build_edition.py on an edition."""
    return run(sys.executable, str(ROOT / "build_edition.py"), "--root", str(root), *arguments)


def measure(texts: int) -> None:
    """Make an edition of this size and print what it takes."""
    root = OUT / f"edition-{texts}"
    make(root, texts)

    def row(what: str, taken: Run) -> None:
        print(f"{texts:>6}  {what:<58}{taken.seconds:>8.2f} s {1000 * taken.seconds / texts:>8.2f} ms a text {taken.mebibytes:>7.0f} MiB", flush=True)

    row("check: read, anchor, resolve", edition(root, "--check"))
    row("convert: the same, and write Markdown", edition(root, "--convert"))
    row("convert again, nothing changed", edition(root, "--convert"))
    _touch(root)
    row("convert again, one text changed", edition(root, "--convert"))
    publisher = ["-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(root / "alone")]
    row("MkDocs alone on the same Markdown", run(sys.executable, *publisher))
    row("whole build: convert, MkDocs, prove, swap", _fresh(root))
    row("verify the published site", edition(root, "--verify", str(root / "site")))
    row("one text edited under --watch, until it is on disk", _watched(root))
    _bytes(root, texts)


def _fresh(root: Path) -> Run:
    (root / ".edition.json").unlink(missing_ok=True)
    return edition(root)


def _touch(root: Path) -> None:
    text = next((root / "editorial").glob("s*/t3.yml"))
    text.write_text(re.sub(r"speaking: \w+", lambda match: match[0] + "x", text.read_text(encoding="utf-8")), encoding="utf-8")


def _watched(root: Path) -> Run:
    """Edit one text in a process that has the edition in memory, as --watch has, and time it until docs/ is written."""
    program = (
        f"import sys, time; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'bench')!r}]\n"
        "from pathlib import Path\nimport build_edition as b, run, gc; gc.disable()\n"
        f"root = Path({str(root)!r}); preview = b._Preview(root); preview.convert(); run._touch(root)\n"
        "started = time.perf_counter(); preview.convert(); print(time.perf_counter() - started)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return Run(float(done.stdout.split()[-1]), 0)


def _bytes(root: Path, texts: int) -> None:
    """Print the sizes that a reader pays for."""
    site = root / "site"
    page = (site / "texts/s00000/t0.html").read_bytes()
    assets = re.findall(rb'(?:src|href)="([^"]+\.(?:js|css))"', page)
    files = [page, *((site / "texts/s00000" / path.decode()).resolve().read_bytes() for path in assets)]
    first = sum(len(gzip.compress(file)) for file in files)
    sizes = f"a page {len(page) / 1000:.0f} kB ({len(gzip.compress(page)) / 1000:.1f} kB compressed)"
    view = f"first view without fonts {first / 1000:.0f} kB compressed"
    print(f"{texts:>6}  {sizes}; {view}\n", flush=True)


if __name__ == "__main__":
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        measure(size)
