"""The report counts what the notes say, each note once, and prints and publishes the same tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, run

from reading_edition.assemble import assemble
from reading_edition.edition import Edition
from reading_edition.report import Table, plain, tables


@pytest.fixture(scope="module")
def real() -> dict[str, Table]:
    """The report of the real edition."""
    edition = assemble(ROOT)
    assert isinstance(edition, Edition)
    return {table.id: table for table in tables(edition)}


def test_the_figures_of_the_mini_edition(mini: Path) -> None:
    """Two texts of one outlet and one of another: words, notes, density and statuses are what can be counted by hand."""
    edition = assemble(mini)
    assert isinstance(edition, Edition)
    outlets = {row[0]: row[2:] for row in tables(edition)[0].rows}
    words = {text.id: text.length for _, text in edition.texts()}
    gazette = words["lamp"] + words["again"]
    assert outlets["Harbour Gazette"] == ("2", str(gazette), "7", f"{7000 / gazette:.1f}", "0", "0", "1", "0", "0", "0")
    assert outlets["The Leaf"][2] == "3"


def test_each_note_is_counted_once(real: dict[str, Table]) -> None:
    """The sides' notes add up to the outlets', and the second copy of the article that stands twice adds none."""
    edition = assemble(ROOT)
    assert isinstance(edition, Edition)
    own = sum(len(text.notes) for _, text in edition.texts() if text.witness_of is None)
    assert sum(int(row[4]) for row in real["outlets"].rows) == sum(int(row[3]) for row in real["sides"].rows) == own
    assert sum(len(text.notes) for _, text in edition.texts()) > own


def test_every_work_is_counted(real: dict[str, Table]) -> None:
    """The table of sources holds every work of the bibliography."""
    edition = assemble(ROOT)
    assert isinstance(edition, Edition)
    assert sum(int(row[-1]) for row in real["sources"].rows) == len(edition.registers.works)


def test_what_is_printed_is_what_is_published(mini: Path) -> None:
    """`--report` prints every cell that the page has."""
    edition = assemble(mini)
    assert isinstance(edition, Edition)
    assert run("--root", mini, "--report").stdout.strip() == plain(tables(edition)).strip()
    run("--root", mini, "--convert")
    page = (mini / "docs/registers/report.md").read_text(encoding="utf-8")
    for table in tables(edition):
        for row in table.rows:
            assert row[0] in page
