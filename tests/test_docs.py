"""What the documents say is true: the README's example, its commands, the reference for editors."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
import yaml
from conftest import ROOT, run

from reading_edition.load import Loaded, load
from reading_edition.model import BlockKind, Claim, ComparedRow, ComparisonFile, Difference, SeedFile, TextFile
from reading_edition.problems import Problem
from reading_edition.render import KINDS, STATUSES

README = (ROOT / "README.md").read_text(encoding="utf-8")
EDITORS = (ROOT / "docs/editors.md").read_text(encoding="utf-8")


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    """The annotation in the README can be added to the real text; with the wrong quote it gets the message in the README, word for word."""
    for name in ("seeds", "editorial"):
        shutil.copytree(ROOT / name, tmp_path / name)
    file = tmp_path / "editorial/004/gaza-victorious.yml"
    words = file.read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(  - id: every-way\n.*?)```", README, re.DOTALL)
    assert example is not None
    file.write_text(words.replace("annotations:\n", f"annotations:\n{example[1]}"), encoding="utf-8")
    assert run("--root", tmp_path, "--check").returncode == 0
    wrong = example[1].replace("supported Palestine, its people, cause", "supported Palestine and its people, cause")
    file.write_text(words.replace("annotations:\n", f"annotations:\n{wrong}"), encoding="utf-8")
    said = run("--root", tmp_path, "--check").stdout.splitlines()
    if os.environ.get("UPDATE_GOLDEN"):
        (ROOT / "README.md").write_text(re.sub(r"```text\n.*\n```", lambda _: f"```text\n{said[0]}\n```", README), encoding="utf-8")
        pytest.skip("README rewritten")
    assert f"```text\n{said[0]}\n```" in README


@pytest.mark.parametrize("name", ["fold", "output"])
def test_examples_in_docstrings(name: str) -> None:
    """What stands behind `>>>` in a docstring gives what stands below it."""
    failed, tried = doctest.testmod(importlib.import_module(f"reading_edition.{name}"))
    assert tried
    assert not failed


def test_every_example_is_tried() -> None:
    """No module has an example in a docstring that the test above does not try."""
    assert {path.stem for path in (ROOT / "reading_edition").glob("*.py") if ">>>" in path.read_text(encoding="utf-8")} == {"fold", "output"}


def test_every_flag_is_in_the_readme() -> None:
    """Each option that --help names stands in the README, and none that does not exist."""
    flags = set(re.findall(r"--[a-z]+", run("--help").stdout)) - {"--help"}
    assert flags == set(re.findall(r"(?<![\w-])--(?:check|convert|report|reuse|watch|verify|draft|root|address)\b", README))


def test_every_folder_and_dependency_is_in_the_readme() -> None:
    """The map of the folders is whole, and so is the list of packages that the edition is built with."""
    listed = set(re.findall(r"^([a-z0-9-]+)[>=]=", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE))
    table = README[README.index("## Dependencies") : README.index("## Licences")]
    assert listed <= set(re.findall(r"[a-z0-9-]+", table))
    for folder in ("seeds/", "editorial/", "reading_edition/", "docs/", "overrides/", "tests/", "bench/"):
        assert f"`{folder}`" in README


def test_the_reference_for_editors_names_every_field_and_kind() -> None:
    """Each field of a seed's and a text's file, each status and kind of block stands in docs/editors.md."""
    for model in (SeedFile, TextFile, Claim, ComparisonFile, ComparedRow, Difference):
        for field in model.model_fields:
            if field not in ("headnote", "unconfirmed"):
                assert re.search(rf"\b{field}\b", EDITORS), field
    for kind in get_args(BlockKind):
        assert re.search(rf"\b{kind}\b", EDITORS), kind


def test_the_examples_for_editors_load(tmp_path: Path) -> None:
    """The two whole examples in docs/editors.md are valid files."""
    for heading, model, name in (("## `seed.yml`", SeedFile, "seed.yml"), ("## `<text>.yml`", TextFile, "text.yml")):
        example = re.search(r"```yaml\n(.*?)```", EDITORS[EDITORS.index(heading) :], re.DOTALL)
        assert example is not None
        (tmp_path / name).write_text(example[1], encoding="utf-8")
        loaded: Loaded[object] | list[Problem] = load(model, tmp_path, name)
        assert not isinstance(loaded, list), loaded


def test_the_examples_of_comparisons(tmp_path: Path) -> None:
    """The quotes of the two comparisons in docs/editors.md stand in the real texts; only the blocks that the example leaves out are missed."""
    part = EDITORS[EDITORS.index("## Compare") : EDITORS.index("## The registers")]
    for name in ("seeds", "editorial"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for number, example in enumerate(re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)):
        (tmp_path / f"editorial/comparisons/example-{number}.yml").write_text(example, encoding="utf-8")
    said = run("--root", tmp_path, "--check").stdout.splitlines()[:-1]
    assert len(said) == 2
    assert all(line.startswith("editorial/comparisons/example-0.yml:7:") and ": rows-incomplete: blocks " in line for line in said), said


def test_the_example_of_reuse() -> None:
    """The candidate in docs/editors.md is one that --reuse prints."""
    line = next(line for line in EDITORS.splitlines() if line.startswith("001/brothers-in-arms p12"))
    assert line in run("--reuse").stdout.splitlines()


def test_the_pages_in_the_navigation_exist() -> None:
    """Each hand-written page of mkdocs.yml is there."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = yaml.safe_load(config[config.index("nav:") : config.index("not_in_nav:")])
    pages = re.findall(r"'([\w/]+\.md)'", str(nav))
    assert len(pages) > 15
    for page in pages:
        assert page.split("/")[0] in ("index.md", "texts", "seeds", "registers", "comparisons") or (ROOT / "docs" / page).exists(), page


def test_the_signs_of_the_method_page_are_those_of_the_notes() -> None:
    """Each status and each kind of note stands in docs/method.md with its word and its sign."""
    method = (ROOT / "docs/method.md").read_text(encoding="utf-8")
    for word, sign in STATUSES.values():
        assert f"{sign}</span> {word}</span>" in method
    rows = dict(re.findall(r"^\| ([A-Z][\w, ]+) \| (.) \|", method, re.MULTILINE))
    signs = {part.strip().lower(): sign for names, sign in rows.items() for part in names.split(",")}
    for kind, (word, sign) in KINDS.items():
        if kind != "claim":
            assert signs[word.lower()] == sign, kind
