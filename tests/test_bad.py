"""Each problem code has a smallest edition that breaks its rule, and exactly that is said of it.

A folder tests/bad/<code>/ holds the files that differ from tests/mini/, besides
- expected.txt: what the script prints;
- DELETE, if there is one: paths that are taken away, one a line;
- COMMAND, if there is one: the arguments instead of `--check`.

UPDATE_GOLDEN=1 writes every expected.txt and docs/problems.md anew; then read what changed.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import HERE, ROOT, run

from reading_edition.problems import CODES

BAD = HERE / "bad"
PAGE = ROOT / "docs" / "problems.md"
OURS = {"expected.txt", "DELETE", "COMMAND"}
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def overlay(case: Path, copy: Path) -> None:
    """Make the copy of the mini edition what the case wants."""
    if (case / "DELETE").exists():
        for name in (case / "DELETE").read_text().splitlines():
            (copy / name).unlink()
    for source in sorted(path for path in case.rglob("*") if path.is_file() and path.relative_to(case).as_posix() not in OURS):
        target = copy / source.relative_to(case)
        if target.parent.is_file():
            target.parent.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return every path in a folder with its bytes, or None for a folder."""
    return {str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")}


def example(code: str) -> str:
    """Return the message of a case, without the count that follows it."""
    return (BAD / code / "expected.txt").read_text(encoding="utf-8").splitlines()[0]


def page() -> str:
    """Return docs/problems.md as it should be."""
    head = (
        "# Problems and their mends\n\n"
        "A message is one line, `path:line:column: code: message`, and where the whole file is meant there is no line and no column. "
        "One run prints all problems that it finds, and if there is one, nothing is written.\n"
    )
    return head + "".join(f"\n## `{code}` {{: #{code} }}\n\n{rule}\n\n```text\n{example(code)}\n```\n" for code, rule in CODES.items())


@pytest.mark.parametrize("code", sorted(path.name for path in BAD.iterdir() if path.is_dir()))
def test_the_problem_is_reported(code: str, mini: Path) -> None:
    """The script prints exactly expected.txt, which has no other code in it, exits with 1, writes nothing and shows no traceback."""
    case = BAD / code
    overlay(case, mini)
    before = contents(mini)
    command = (case / "COMMAND").read_text().split() if (case / "COMMAND").exists() else ["--check"]
    done = run("--root", mini, *command)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert contents(mini) == before
    assert re.findall(r"^\S+: ([a-z0-9-]+): ", done.stdout, re.MULTILINE) == [code], done.stdout
    if UPDATE:
        (case / "expected.txt").write_text(done.stdout, encoding="utf-8")
    assert done.stdout == (case / "expected.txt").read_text(encoding="utf-8")


def test_every_code_has_a_case() -> None:
    """There is a folder for each code, and no other."""
    assert {path.name for path in BAD.iterdir()} == set(CODES)


def test_the_page_is_up_to_date() -> None:
    """docs/problems.md is what CODES and the cases say; UPDATE_GOLDEN=1 writes it."""
    if UPDATE:
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_code() -> None:
    """docs/problems.md has a heading with an address of its own for each code."""
    assert re.findall(r"^## `([a-z0-9-]+)` \{: #\1 \}$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == list(CODES)


def test_one_run_prints_all_problems(mini: Path) -> None:
    """Problems of several files are printed together, in order of place, and counted."""
    for code in ("seed-unclaimed", "quote-missing", "link-unsafe"):
        overlay(BAD / code, mini)
    done = run("--root", mini, "--check")
    assert done.returncode == 1
    assert done.stdout == f"{example('quote-missing')}\n{example('link-unsafe')}\n{example('seed-unclaimed')}\n3 problems; nothing was written.\n"


def test_the_mini_edition_has_no_problems(mini: Path) -> None:
    """What the cases break is whole before, and --check writes nothing."""
    before = contents(mini)
    done = run("--root", mini, "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(mini) == before
