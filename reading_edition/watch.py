"""A live preview: MkDocs serves docs/, and this rewrites docs/ whenever a seed, an editors' file or a template is saved."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_SECONDS = 0.3
"""Time between two looks at the files."""


def run(root: Path, address: str, convert: Callable[[], object]) -> int:
    """Serve until interrupted, calling `convert` at the start and after every change. Return the exit status."""
    if convert() is None and not (root / "docs" / "texts" / "index.md").exists():
        print("Mend these first: there is nothing to show yet.", flush=True)
        return 1
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--config-file", str(root / "mkdocs.yml"), "--dev-addr", address]
    server = subprocess.Popen(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    print(f"Look at http://{address}/ and edit; press Ctrl+C to end.", flush=True)
    try:
        before = snapshot(root)
        while server.poll() is None:
            time.sleep(_SECONDS)
            now = snapshot(root)
            if now != before:
                before = now
                if convert() is not None:
                    print("written", flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()
    return 0


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Return path -> (time of change, size) for every file that the pages are made from."""
    found: dict[str, tuple[int, int]] = {}
    todo = [str(root / "seeds"), str(root / "editorial"), str(Path(__file__).parent / "templates")]
    while todo:
        try:
            entries = list(os.scandir(todo.pop()))
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir():
                    todo.append(entry.path)
                elif not entry.name.startswith("."):
                    facts = entry.stat()
                    found[entry.path] = facts.st_mtime_ns, facts.st_size
            except OSError:
                continue
    return found
