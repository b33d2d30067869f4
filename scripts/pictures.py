"""Makes the README's pictures from a running stack: `python scripts/pictures.py http://127.0.0.1:8080` after the samples.

Needs Debian's Chromium and the development packages.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

_FOLDER = Path(__file__).parents[1] / "docs" / "images"
_PICTURES = {"orders.png": ("/", 760), "order.png": ("/orders/order:10062:2026-1093", 900)}


def main(gateway: str) -> None:
    """Replace the pictures under docs/images."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, (path, height) in _PICTURES.items():
            page = browser.new_page(viewport={"width": 1360, "height": height}, device_scale_factor=1.5)
            page.goto(gateway + path, wait_until="networkidle")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(128).save(_FOLDER / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
