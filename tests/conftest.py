"""What several tests need: a copy of the mini edition, the real edition built once, a browser."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run build_edition.py as a person would, and return what it said."""
    return subprocess.run([sys.executable, str(ROOT / "build_edition.py"), *map(str, arguments)], capture_output=True, text=True, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the mini edition that a test may break."""
    copy = Path(shutil.copytree(HERE / "mini", tmp_path / "mini", ignore=shutil.ignore_patterns("golden")))
    (copy / "docs").mkdir(exist_ok=True)  # git keeps no empty folders
    return copy


def publishable(mini: Path) -> Path:
    """The mini edition with just enough to be published."""
    (mini / "docs" / "teachers.md").write_text("# For teachers\n", encoding="utf-8")
    (mini / "docs" / "method.md").write_text("# Method\n\n## Status {: #status }\n", encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config[: config.index("\nnav:")] + "\nnot_in_nav: |\n  /\n" + config[config.index("\nvalidation:") :]
    config = config.replace("  custom_dir: overrides\n", "").replace("  favicon: assets/favicon.svg\n", "")
    config = re.sub(r"extra_css:\n(  - .*\n)+", "", config)
    (mini / "mkdocs.yml").write_text(config, encoding="utf-8")
    return mini


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real edition, published once for the whole run, on a path with a space in it."""
    given = os.environ.get("EDITION_SITE")
    if given:
        return Path(given)
    root = tmp_path_factory.mktemp("real edition")
    for name in ("seeds", "editorial", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("index.md", "texts", "seeds", "registers", "comparisons"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    done = run("--root", root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The real edition, served on this machine."""
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves compressed, as a web server does, and keeps how many bytes went out for which path."""

    sent: ClassVar[list[tuple[str, int]]] = []

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, compressed if it is text and the reader takes it."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return super().do_GET()
        body = path.read_bytes()
        packs = path.suffix not in (".woff2", ".png") and "gzip" in self.headers.get("Accept-Encoding", "")
        if packs:
            body = gzip.compress(body, 6)
        self.sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        return None


@pytest.fixture
def sent() -> list[tuple[str, int]]:
    """What the server of `address` sends from now on: (path, bytes on the wire without headers)."""
    _Quiet.sent.clear()
    return _Quiet.sent


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium if it is on the path, else Playwright's own."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found, args=[*sandbox, "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        )
        yield launched
        launched.close()


def violations(page: Page, what: str, *, enhanced: bool = False) -> list[str]:
    """Return what axe finds on a page once nothing on it moves: `what: rule: first element (how many)`.

    `enhanced` also asks for the contrast of WCAG level AAA (7 to 1).
    """
    page.wait_for_function("document.getAnimations().every(one => one.playState === 'finished')")
    page.evaluate((HERE / "node/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    rules = {"color-contrast-enhanced": {"enabled": enhanced}}
    found = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], rules})", rules)["violations"]
    return [f"{what}: {rule['id']}: {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])})" for rule in found]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window in which nothing may be asked of another host, and nothing may go wrong unseen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on(
        "request", lambda request: faults.append(request.url) if not re.match(r"http://127\.0\.0\.1|file:|data:|blob:|about:", request.url) else None
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("requestfailed", lambda request: faults.append(f"failed: {request.url}") if "net::ERR_ABORTED" not in str(request.failure) else None)
    yield opened
    context.close()
    assert faults == []
