"""The engine is built in floors: a module knows only those below it."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT

FLOORS = [
    "problems",
    "anchor",
    "weave",
    "collate",
    "fold",
    "model",
    "works",
    "edition",
    "load",
    "gather",
    "registers",
    "seeds",
    "annotate",
    "compare",
    "policy",
    "check",
    "assemble",
    "bibliography",
    "citations",
    "metadata",
    "render",
    "parallel",
    "drawings",
    "glance",
    "report",
    "reuse",
    "pages",
    "search",
    "output",
    "index",
    "verify",
    "draft",
    "watch",
]
ENGINE = ROOT / "reading_edition"


def ours(tree: ast.AST) -> set[str]:
    """Return the modules of the engine that are imported anywhere in a syntax tree."""
    names = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.removeprefix("reading_edition.") for alias in node.names if alias.name.split(".")[0] == "reading_edition"}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level == 0 and module.split(".")[0] != "reading_edition":
                continue
            inside = module.removeprefix("reading_edition").removeprefix(".")
            names |= {inside} if inside else {alias.name for alias in node.names}
    return names


def test_every_module_has_a_floor() -> None:
    """The list is the engine, no more and no less."""
    assert {path.stem for path in ENGINE.glob("*.py")} == {*FLOORS, "__init__"}


@pytest.mark.parametrize("module", FLOORS)
def test_a_module_imports_only_from_below(module: str) -> None:
    """Whatever a module imports of the engine stands before it in the list."""
    assert ours(ast.parse((ENGINE / f"{module}.py").read_text())) <= set(FLOORS[: FLOORS.index(module)])


@pytest.mark.parametrize("module", FLOORS)
def test_nothing_of_the_engine_is_imported_late(module: str) -> None:
    """No import of the engine stands inside a function, a class or a condition."""
    tree = ast.parse((ENGINE / f"{module}.py").read_text())
    late = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert set().union(*map(ours, late)) == set()


def test_the_engine_imports_nothing_from_the_package_itself() -> None:
    """reading_edition/__init__.py imports no module, so that none is loaded before its turn."""
    assert ours(ast.parse((ENGINE / "__init__.py").read_text())) == set()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("from .load import load", {"load"}),
        ("from . import check, pages", {"check", "pages"}),
        ("import reading_edition.watch", {"watch"}),
        ("from reading_edition import draft", {"draft"}),
        ("def f():\n    from reading_edition.seeds import split", {"seeds"}),
        ("import os\nfrom pathlib import Path", set()),
    ],
)
def test_imports_are_seen(written: str, names: set[str]) -> None:
    """The helper sees every way to import a module of ours, and nothing else."""
    assert ours(ast.parse(written)) == names
