"""The mini edition, written as Markdown, is what it was when somebody last looked. UPDATE_GOLDEN=1 rewrites it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from conftest import HERE, run

from reading_edition import pages

GOLDEN = HERE / "mini" / "golden"


def _files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))}


def test_the_pages_of_the_mini_edition(mini: Path) -> None:
    """Every page is written as it stands in tests/mini/golden."""
    done = run("--root", mini, "--convert")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("2 seeds, 3 texts, 10 notes, 1 claims, 2 works: written to docs/")
    written = {name: text for name, text in _files(mini / "docs").items() if name.split(os.sep)[0] in (*pages.OWNED, *pages.OWNED_FILES)}
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, text in written.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8")
    golden = _files(GOLDEN)
    assert sorted(written) == sorted(golden)
    for name in golden:
        assert written[name] == golden[name], name


def test_only_what_changed_is_written(mini: Path) -> None:
    """A second run leaves every file untouched; a stale page goes, a lost one comes back; a page of a person's own stays."""
    own = mini / "docs" / "about.md"
    own.write_text("# About\n", encoding="utf-8")
    run("--root", mini, "--convert")
    stale = mini / "docs" / "texts" / "one" / "stale.md"
    stale.write_text("old", encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in (mini / "docs").rglob("*.md") if path != stale}
    run("--root", mini, "--convert")
    assert {path: path.stat().st_mtime_ns for path in (mini / "docs").rglob("*.md")} == before
    assert own.exists()
    (mini / "docs" / "index.md").unlink()
    run("--root", mini, "--convert")
    assert (mini / "docs" / "index.md").exists()
    assert own.read_text(encoding="utf-8") == "# About\n"
