"""Take the pictures of the README from the built site: `make pictures`. They are kept in docs/assets/pictures/.

Before they are committed, ImageMagick makes them small: convert NAME.png -resize '1200x>' -colors 128 NAME.png
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/assets/pictures"

VIEWS = [
    # name, page, width, height, scheme, what to do before the picture is taken
    ("start", "index.html", 1440, 900, "light", ""),
    ("text", "texts/001/nujaba.html#p6", 1440, 900, "light", "document.querySelectorAll('.mark a')[10].click()"),
    ("arabic", "texts/001/legend-ar.html#p15", 1440, 900, "dark", ""),
    ("phone", "texts/000/legend.html#p14", 390, 800, "light", "document.querySelector('button.next').click()"),
    ("contested", "texts/000/legend.html#how_it_reached_us", 1440, 1100, "light", ""),
    ("comparison", "comparisons/translation-legend.html#forty-five-km", 1440, 900, "light", ""),
    ("search", "search.html?q=Hizbullah", 1440, 900, "light", ""),
    ("matrix", "registers/matrix.html", 1440, 900, "light", ""),
]


def main() -> None:
    """Photograph each view."""
    chromium = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        for name, page, width, height, scheme, act in VIEWS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light")
            opened = context.new_page()
            opened.goto((ROOT / "site").as_uri() + "/" + page)
            opened.wait_for_timeout(3000 if "search" in page else 600)
            if act:
                opened.evaluate(act)
                opened.wait_for_timeout(400)
            opened.screenshot(path=PICTURES / f"{name}.png")
            print(f"{name}.png: {opened.title()}")
            context.close()


if __name__ == "__main__":
    main()
