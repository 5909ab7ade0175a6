"""The Markdown in docs/ does not depend on its publisher: ProperDocs and Zensical make the same articles of it.

What differs is listed here and explained in docs/publishers.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import etree, html

from reading_edition.verify import verify

COMMANDS = {
    "properdocs": ["-m", "properdocs", "build", "--quiet", "--config-file", "mkdocs.yml", "--site-dir", "site"],
    "zensical": ["-m", "zensical", "build", "--config-file", "mkdocs.yml"],
}


def _articles(site: Path) -> dict[str, str]:
    """Return path -> the article of each page, without what Zensical changes: white space, a skip anchor."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        tree = html.parse(str(path)).getroot()
        for skip in tree.xpath('//a[@id="__skip" and not(node())]'):
            skip.drop_tree()
        for article in tree.xpath("//article"):
            found[str(path.relative_to(site))] = re.sub(r"\s+", " ", etree.tostring(article, method="c14n").decode()).replace("> <", "><")
    return found


@pytest.mark.parametrize("publisher", sorted(COMMANDS))
def test_another_publisher_makes_the_same_articles(publisher: str, site: Path, tmp_path: Path) -> None:
    """Every page is there, every article is the same, and every seed comes back from it."""
    root = tmp_path / "with a space"
    root.mkdir()
    shutil.copytree(site.parent / "docs", root / "docs")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", root)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run([sys.executable, *COMMANDS[publisher]], cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = _articles(site), _articles(root / "site")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert verify(root / "site", ROOT / "seeds") == []
