"""A live preview: MkDocs serves docs/, and this rewrites docs/ whenever a seed, an editors' file or a template is saved."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .load import stamps

TEMPLATES = Path(__file__).parent / "templates"
"""The pages are made through these, so a change of theirs shows too."""

_SECONDS = 0.3
"""Time between two looks at the files."""


def run(root: Path, address: str, convert: Callable[[], bool]) -> int:
    """Serve until interrupted, calling `convert` at the start and after every change. Return the exit status."""
    if not convert() and not (root / "docs" / "texts" / "index.md").exists():
        print("Mend these first: there is nothing to show yet.", flush=True)
        return 1
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--config-file", str(root / "mkdocs.yml"), "--dev-addr", address]
    server = subprocess.Popen(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    print(f"Look at http://{address}/ and edit; press Ctrl+C to end.", flush=True)
    try:
        watched = (root / "seeds", root / "editorial", TEMPLATES)
        before = stamps(*watched)
        while server.poll() is None:
            time.sleep(_SECONDS)
            now = stamps(*watched)
            if now != before:
                before = now
                if convert():
                    print("written", flush=True)
                gc.collect()  # the script switches the collector off; here, between two edits, nobody waits for it
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()
    return 0
