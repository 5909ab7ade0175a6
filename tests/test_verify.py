"""The proof fails whenever the published words are not the seed's: tried by damaging real pages everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from reading_edition.seeds import BLANKS
from reading_edition.verify import verify

PAGES = {"000_024bd6d43b864ed0.txt": "texts/000/legend.html", "004_b62c47261cad9b5a.txt": "texts/004/gaza-victorious.html"}
"""Two real seeds of one page each: one full of no-break spaces and left-out lines, one short."""


@pytest.fixture(scope="module")
def small(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two real pages with the seeds that they print."""
    folder = tmp_path_factory.mktemp("small")
    for seed, page in PAGES.items():
        (folder / "site" / page).parent.mkdir(parents=True)
        (folder / "seeds").mkdir(exist_ok=True)
        shutil.copy(site / page, folder / "site" / page)
        shutil.copy(ROOT / "seeds" / seed, folder / "seeds" / seed)
    return folder


def _elements(tree: etree._Element) -> list[etree._Element]:
    return [e for e in tree.iter() if isinstance(e.tag, str) and {"source", "omitted"} & set((e.get("class") or "").split())]


def _text_places(element: etree._Element) -> list[tuple[etree._Element, str]]:
    """Every place in an element that holds source words: (node, `text` or `tail`)."""
    places = []

    def walk(node: etree._Element) -> None:
        if node.text:
            places.append((node, "text"))
        for child in node:
            if "apparatus" not in (child.get("class") or "").split():
                walk(child)
            if child.tail:
                places.append((child, "tail"))

    walk(element)
    return places


def _faults(small: Path, page: str, tree: etree._Element) -> list[str]:
    good = (small / "site" / page).read_bytes()
    try:
        (small / "site" / page).write_bytes(etree.tostring(tree, method="html", encoding="utf-8"))
        return verify(small / "site", small / "seeds")
    finally:
        (small / "site" / page).write_bytes(good)


def test_the_real_pages_pass(small: Path) -> None:
    """Undamaged, and parsed and written again, nothing is wrong."""
    assert verify(small / "site", small / "seeds") == []
    for page in PAGES.values():
        assert _faults(small, page, html.parse(str(small / "site" / page)).getroot()) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_one_character_anywhere(small: Path, data: st.DataObject) -> None:
    """Flip, drop, double or swap one character of any block or omission: the proof fails."""
    page = data.draw(st.sampled_from(sorted(PAGES.values())))
    tree = html.parse(str(small / "site" / page)).getroot()
    places = [place for element in _elements(tree) for place in _text_places(element)]
    node, where = data.draw(st.sampled_from(places))
    words: str = getattr(node, where)
    inked = [i for i, character in enumerate(words) if character not in BLANKS]
    if not inked:
        return
    at = data.draw(st.sampled_from(inked))
    how = data.draw(st.sampled_from(["flip", "drop", "double", "swap"]))
    changed = {
        "flip": words[:at] + ("x" if words[at] != "x" else "y") + words[at + 1 :],
        "drop": words[:at] + words[at + 1 :],
        "double": words[:at] + words[at] * 2 + words[at + 1 :],
        "swap": words[:at] + words[at + 1 : at + 2] + words[at] + words[at + 2 :],
    }[how]
    if changed == words or (" ".join(changed.split(" ")).split() == words.split() and "\u00a0" not in words[at : at + 2]):
        return
    setattr(node, where, changed)
    assert _faults(small, page, tree) != [], (how, words[max(0, at - 20) : at + 20])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_one_block_anywhere(small: Path, data: st.DataObject) -> None:
    """Drop, double or swap one block or omission, or move its span: the proof fails."""
    page = data.draw(st.sampled_from(sorted(PAGES.values())))
    tree = html.parse(str(small / "site" / page)).getroot()
    elements = _elements(tree)
    index = data.draw(st.integers(0, len(elements) - 1))
    element, how = elements[index], data.draw(st.sampled_from(["drop", "double", "swap", "shift", "unmark", "misname"]))
    parent = element.getparent()
    assert parent is not None
    if how == "drop":
        parent.remove(element)
    elif how == "double":
        copy = html.fromstring(etree.tostring(element, method="html", encoding="unicode", with_tail=False))
        parent.insert(parent.index(element), copy)
    elif how == "swap":
        same = [
            e
            for e in elements
            if e is not element
            and set((e.get("class") or "").split()) & {"source", "omitted"} == set((element.get("class") or "").split()) & {"source", "omitted"}
        ]
        other = data.draw(st.sampled_from(same))
        mine, theirs = etree.Element("i"), etree.Element("i")
        parent.replace(element, mine)
        other_parent = other.getparent()
        assert other_parent is not None
        other_parent.replace(other, theirs)
        mine.getparent().replace(mine, other)  # type: ignore[union-attr]
        theirs.getparent().replace(theirs, element)  # type: ignore[union-attr]
    elif how == "shift":
        start, end = map(int, (element.get("data-span") or "").split("-"))
        element.set("data-span", f"{start + 1}-{end + 1}")
    elif how == "unmark":
        element.set("class", "paragraph")
    else:
        element.set("data-seed", "another.txt")
    assert _faults(small, page, tree) != [], how


def test_a_page_that_is_gone(small: Path, tmp_path: Path) -> None:
    """A seed without its page, and a site without any, fail."""
    copy = tmp_path / "copy"
    shutil.copytree(small / "site", copy)
    (copy / PAGES["004_b62c47261cad9b5a.txt"]).unlink()
    assert any("printed nowhere" in fault for fault in verify(copy, small / "seeds"))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert len(verify(empty, small / "seeds")) == 2


def test_the_command(small: Path, site: Path, tmp_path: Path) -> None:
    """`--verify` says one line and exits 0 if every seed comes back, else names the fault and exits 1."""
    good = run("--verify", site)
    assert (good.returncode, good.stdout) == (0, "Every seed comes back from the site, character by character.\n")
    copy = Path(shutil.copytree(small, tmp_path / "copy"))
    page = copy / "site" / PAGES["004_b62c47261cad9b5a.txt"]
    page.write_text(page.read_text(encoding="utf-8").replace("Throughout his honorable", "Throughout his honourable"), encoding="utf-8")
    bad = run("--root", copy, "--verify", copy / "site")
    assert bad.returncode == 1
    assert "not the words of the file" in bad.stdout
    assert "'honourable" in bad.stdout or "honourab" in bad.stdout
    missing = run("--verify", tmp_path / "nowhere")
    assert missing.returncode == 1
    assert "file-missing" in missing.stdout
