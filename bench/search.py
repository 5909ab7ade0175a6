"""Measure the search beside the publisher's own on the same pages, in one run, in Chromium over loopback.

    python bench/search.py               1,000 texts
    python bench/search.py 5000          so many

For each word a fresh browser opens a page and asks: seconds, by the page's own clock, until the first result is painted, and the bytes
of all that only the search needs, compressed as a server would send them.
"""

from __future__ import annotations

import gzip
import http.server
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from make import make
from playwright.sync_api import Browser, Page, sync_playwright
from run import OUT, edition, run

WORDS = ("Soleimani", "missiles", "resistance", "tunnels", "Baghdad", "commander", "habituated")
"""From words that stand in nearly every text to one that stands in few."""

OURS = re.compile(r"/search/|/assets/(?:find|search)\.(?:js|css)")
THEIRS = re.compile(r"/search/|/assets/javascripts/(?:workers|lunr)/")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a public server would: text compressed, and every answer counted."""

    sent: list[tuple[str, int]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = _compressed(path) if path.suffix in (".html", ".js", ".css", ".json", ".svg") else path.read_bytes()
        self.sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in (".html", ".js", ".css", ".json", ".svg"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@lru_cache(maxsize=1_000)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


def opened(page: Page, address: str, word: str) -> None:
    """Open the search page with a query in its address."""
    page.add_init_script(_CLOCK.format(result="a.line", began="0"))
    page.goto(f"{address}/search.html?q={word}", wait_until="commit")


def asked(page: Page, address: str, word: str) -> None:
    """Open the search page, type into its box and press Enter; time runs from that key."""
    page.add_init_script(_CLOCK.format(result="a.line", began="began"))
    page.goto(f"{address}/search.html")
    _type(page, ".search-form [name=q]", word)
    page.keyboard.press("Enter")


def quick(page: Page, address: str, word: str) -> None:
    """Open a page and type into the box in its head; time runs from the last letter."""
    page.add_init_script(_CLOCK.format(result=".quick-results a", began="began"))
    page.goto(f"{address}/index.html")
    _type(page, ".quick input", word)


def theirs(page: Page, address: str, word: str) -> None:
    """The same in the publisher's own box, which loads its index with the page."""
    page.add_init_script(_CLOCK.format(result=".md-search-result__item", began="began"))
    page.goto(f"{address}/index.html")
    _type(page, ".md-search__input", word)
    page.keyboard.press("End")  # it listens to keys only


def _type(page: Page, box: str, word: str) -> None:
    """Go into a box and type ten letters a second; they arrive together, so that no first half of a word is found."""
    page.locator(box).focus()
    page.wait_for_timeout(100 * len(word))
    page.keyboard.insert_text(word)


_CLOCK = """
for (const one of ["input", "keydown"]) addEventListener(one, () => {{ window.began = performance.now() }}, true);
new MutationObserver(() => {{
  if (window.first || !document.querySelector("{result}")) return;
  window.first = true;
  requestAnimationFrame(() => setTimeout(() => {{ window.seconds = (performance.now() - {began}) / 1000 }}));
}}).observe(document, {{ subtree: true, childList: true }});
"""
"""Takes the time in the page itself, when the first result has been painted. {result}: what a result is, {began}: since when."""


def measure(browser: Browser, site: Path, what: str, search: Callable[[Page, str, str], None], counted: re.Pattern[str]) -> None:
    """Print seconds and bytes for each word, and their median and worst."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seconds, sizes = list[float](), list[int]()
    for word in WORDS:
        context = browser.new_context()
        page = context.new_page()
        Handler.sent.clear()
        search(page, f"http://127.0.0.1:{server.server_port}", word)
        seconds.append(page.wait_for_function("window.seconds", polling=200, timeout=120_000).json_value())
        sizes.append(sum(size for path, size in Handler.sent if counted.search(path)))
        print(f"    {what}: {word}: {seconds[-1]:.2f} s, {sizes[-1] / 1000:.0f} kB", flush=True)
        context.close()
    server.shutdown()
    size = f"{statistics.median(sizes) / 1000:.0f} kB (most {max(sizes) / 1000:.0f})"
    print(f"{what:<40} {statistics.median(seconds):.2f} s (worst {max(seconds):.2f}), {size}", flush=True)


def main(texts: int) -> None:
    """Make an edition of this size, publish it twice, and measure."""
    root = OUT / f"search-{texts}"
    make(root, texts)
    page = (Path(__file__).resolve().parent.parent / "docs/search.md").read_text(encoding="utf-8")
    page = re.sub(r"<noscript>.*</noscript>\n", "", page)  # it links pages that a made edition does not have
    (root / "docs/search.md").write_text(page, encoding="utf-8")
    whole = edition(root)
    print(f"whole build: {whole.seconds:.0f} s, {whole.mebibytes:.0f} MiB", flush=True)
    again = run(sys.executable, "-c", _INDEX.format(here=str(Path(__file__).resolve().parent.parent), root=str(root)))
    print(f"the index alone, with reading the edition: {again.seconds:.1f} s, {again.mebibytes:.0f} MiB")
    disk = subprocess.run(["du", "-sm", str(root / "site/search")], capture_output=True, text=True, check=True)
    print(f"the index on disk, with its twins: {disk.stdout.split()[0]} MB", flush=True)
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*sandbox, "--disable-gpu"])
        measure(browser, root / "site", f"{texts} texts, the search page opened with a query", opened, OURS)
        measure(browser, root / "site", f"{texts} texts, the search page asked", asked, OURS)
        measure(browser, root / "site", f"{texts} texts, the quick search", quick, OURS)
        _publish_with_theirs(root)
        measure(browser, root / "lunr", f"{texts} texts, the publisher's own", theirs, THEIRS)
        browser.close()


def _publish_with_theirs(root: Path) -> None:
    """Publish the same pages with the search of the theme, in its own templates."""
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("  custom_dir: overrides\n", "").replace("plugins: []", "plugins: [search]")
    (root / "lunr.yml").write_text(config, encoding="utf-8")
    run(sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(root / "lunr.yml"), "--site-dir", str(root / "lunr"))


_INDEX = """
import sys, pathlib
sys.path.insert(0, {here!r})
from reading_edition import index
from reading_edition.assemble import assemble
root = pathlib.Path({root!r})
index.write(root / "site", assemble(root))
"""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
